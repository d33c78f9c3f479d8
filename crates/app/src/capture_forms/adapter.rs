use leadwright_domain::capture::adapters::{Adapter, AdapterSettings, GenericMapping};

/// What to change of the system whose bodies a form reads; `None` leaves as it is, `Some(None)` clears.
#[derive(Clone, Debug, Default)]
pub struct AdapterChange {
    /// Whose bodies they are. What was set for another system is forgotten.
    pub kind: Option<Adapter>,
    /// The secret, sealed.
    pub sealed_secret: Option<Option<String>>,
    /// The word that the other system shows, sealed.
    pub sealed_verify_token: Option<Option<String>>,
    /// Where things are.
    pub mapping: Option<Option<GenericMapping>>,
    /// Where leads are asked for.
    pub fetch_url: Option<Option<String>>,
    /// What we show there, sealed.
    pub sealed_access_token: Option<Option<String>>,
}

impl AdapterChange {
    /// The settings after the change.
    #[must_use]
    pub fn applied(self, old: AdapterSettings) -> AdapterSettings {
        let kind = self.kind.unwrap_or(old.kind);
        let old = if kind == old.kind { old } else { AdapterSettings::default() };
        let fetch_url = self.fetch_url.unwrap_or_else(|| old.fetch_url.clone());
        // A token is shown to nobody but whom it was given for: a new address needs it anew.
        let known_token = old.sealed_access_token.filter(|_| fetch_url == old.fetch_url);
        AdapterSettings {
            kind,
            sealed_secret: self.sealed_secret.unwrap_or(old.sealed_secret),
            sealed_verify_token: self.sealed_verify_token.unwrap_or(old.sealed_verify_token),
            mapping: self.mapping.map_or(old.mapping, Option::unwrap_or_default),
            fetch_url,
            sealed_access_token: self.sealed_access_token.unwrap_or(known_token),
        }
    }
}
