use std::collections::BTreeMap;

use chrono_tz::Tz;
use leadwright_domain::{
    access::RepVisibility,
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    leads::{CustomFieldDef, parts::BantPart},
    organization::{Organization, RouteWhen},
    precedence::{Precedence, WriterOrder},
    quantity::Decimal,
    text::{self, Complaint},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::stale;

/// What to change of the organization; `None` leaves as it is, and for what can be cleared `Some(None)` clears.
#[derive(Clone, Debug, Default)]
pub struct OrganizationChange {
    /// Its name.
    pub name: Option<String>,
    /// IANA name of the zone of its days and hours.
    pub timezone: Option<String>,
    /// Country of phone numbers without a country code.
    pub default_region: Option<String>,
    /// ISO 4217.
    pub base_currency: Option<String>,
    /// Country of its address.
    pub country: Option<Option<String>>,
    /// Degrees north and east; both or neither.
    pub latitude: Option<Option<f64>>,
    /// Degrees east.
    pub longitude: Option<Option<f64>>,
    /// Which leads reps see.
    pub rep_visibility: Option<RepVisibility>,
    /// When new leads are routed.
    pub route_when: Option<RouteWhen>,
    /// Parts of BANT that `qualified` demands.
    pub required_bant: Option<Vec<BantPart>>,
    /// Industries of the ideal customer profile.
    pub profile_industries: Option<Vec<String>>,
    /// Technologies of the ideal customer profile.
    pub profile_technologies: Option<Vec<String>>,
    /// Minutes until the first response is due.
    pub sla_minutes: Option<i64>,
    /// From which similarity on two leads are proposed as duplicates.
    pub duplicate_similarity: Option<i64>,
    /// Whether short forms of first names count as the name.
    pub match_nicknames: Option<bool>,
    /// Who may overwrite whose values.
    pub precedence: Option<PrecedenceChange>,
}

/// What to change of who may overwrite whose values.
#[derive(Clone, Debug, Default)]
pub struct PrecedenceChange {
    /// The order of all fields.
    pub order: Option<WriterOrder>,
    /// Orders of single fields; `None` takes one away.
    pub fields: BTreeMap<String, Option<WriterOrder>>,
}

/// Changes the organization's settings.
#[derive(Clone, Debug)]
pub struct UpdateOrganization {
    /// What to change.
    pub change: OrganizationChange,
    /// The revision the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateOrganization {
    type Out = Organization;

    async fn run(&self, tx: &Tx) -> Result<Organization, CommandError> {
        // Also the lock on the row that is about to be read.
        tx.bump_config().await?;
        let old = tx.organization().get().await?;
        let seen = old.config_rev - 1;
        if self.expected.is_some_and(|expected| expected != seen) {
            return Err(stale(seen).into());
        }
        let custom = tx.custom_fields().all().await?;
        let new = changed(old, self.change.clone(), &custom)?;
        tx.organization().update(&new).await?;
        let told = json!({"change": "updated"});
        tx.append(NewEvent::of(EventKind::ConfigChanged, "organization", new.id.uuid(), told));
        Ok(new)
    }
}

/// The organization as it is wished for, or all that is wrong with the wish.
fn changed(
    old: Organization,
    change: OrganizationChange,
    custom: &[CustomFieldDef],
) -> Result<Organization, CommandError> {
    let mut new = old;
    let mut faults = Vec::new();
    if let Some(name) = change.name {
        new.name = name.trim().to_owned();
    }
    if let Some(written) = change.timezone
        && let Some(zone) = noted(&mut faults, "timezone", text::timezone(&written))
    {
        new.timezone = zone.parse::<Tz>().unwrap_or(new.timezone);
    }
    if let Some(written) = change.default_region
        && let Some(region) = noted(&mut faults, "default_region", country(&written))
    {
        new.default_region = region;
    }
    if let Some(written) = change.country {
        new.country = written.and_then(|written| noted(&mut faults, "country", country(&written)));
    }
    if let Some(written) = change.base_currency
        && let Some(currency) = noted(&mut faults, "base_currency", currency(&written))
    {
        new.base_currency = currency;
    }
    if let Some(latitude) = change.latitude {
        new.latitude = latitude.and_then(Decimal::from_f64);
    }
    if let Some(longitude) = change.longitude {
        new.longitude = longitude.and_then(Decimal::from_f64);
    }
    if new.latitude.is_some() != new.longitude.is_some() {
        let missing = if new.latitude.is_some() { "longitude" } else { "latitude" };
        faults.push(Fault::in_field(missing, "required", "Send latitude and longitude together, or neither."));
    }
    let settings = &mut new.settings;
    settings.rep_visibility = change.rep_visibility.unwrap_or(settings.rep_visibility);
    settings.route_when = change.route_when.unwrap_or(settings.route_when);
    settings.sla_minutes = change.sla_minutes.unwrap_or(settings.sla_minutes);
    settings.duplicate_similarity = change.duplicate_similarity.unwrap_or(settings.duplicate_similarity);
    settings.match_nicknames = change.match_nicknames.unwrap_or(settings.match_nicknames);
    if let Some(parts) = change.required_bant {
        settings.required_bant = parts;
    }
    if let Some(industries) = change.profile_industries {
        settings.profile_industries = industries;
    }
    if let Some(technologies) = change.profile_technologies {
        settings.profile_technologies = technologies;
    }
    if let Some(change) = change.precedence {
        settings.precedence = reordered(&settings.precedence, change);
        faults.extend(settings.precedence.faults(custom));
    }
    if faults.is_empty() { Ok(new) } else { Err(Refusal::invalid(faults).into()) }
}

fn reordered(old: &Precedence, change: PrecedenceChange) -> Precedence {
    let mut new = old.clone();
    new.order = change.order.unwrap_or(new.order);
    for (field, order) in change.fields {
        match order {
            Some(order) => drop(new.fields.insert(field, order)),
            None => drop(new.fields.remove(&field)),
        }
    }
    new
}

fn noted<T>(faults: &mut Vec<Fault>, field: &str, read: Result<T, Complaint>) -> Option<T> {
    read.map_err(|complaint| faults.push(complaint.at(format!("#/{field}")))).ok()
}

fn country(written: &str) -> Result<String, Complaint> {
    let complaint = || Complaint::new("invalid_country", "Send an ISO 3166-1 code such as `DE`.");
    text::country(written).map(ToOwned::to_owned).ok_or_else(|| complaint().suggesting(text::nearest_country(written)))
}

fn currency(written: &str) -> Result<String, Complaint> {
    let complaint = || Complaint::new("invalid_currency", "Send an ISO 4217 code such as `EUR`.");
    text::currency(written).map(ToOwned::to_owned).ok_or_else(complaint)
}
