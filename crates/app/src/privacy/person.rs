//! Who is meant: all leads that are one person, and by what traces of them are found.

use std::collections::BTreeSet;

use leadwright_domain::{
    duplicates::IdentityKeys,
    fault::{Fault, Refusal},
    ids::{ErasureId, LeadId},
    leads::{Lead, Profile},
    privacy::{Stay, Traces},
    text::email_key,
};
use leadwright_persistence::{
    CommandError, DbError, Reader, Tx,
    duplicates::Duplicates,
    erasures::Erasures,
    leads::{Keys, Leads},
};

use super::{
    erase::MOST_AT_ONCE,
    gone, named_ids,
    stays::{former, replaced_by},
};

/// Who is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The person behind a lead, with all leads that were merged with it.
    Lead(LeadId),
    /// Whoever has this e-mail address, normalized.
    Email(String),
    /// Whoever has this phone number, in E.164.
    Phone(String),
}

/// A person as they are known.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Person {
    /// The leads, by id.
    pub(super) leads: Vec<Lead>,
    /// By what they are and were recognized.
    pub(super) keys: Keys,
    /// By what traces of them are found.
    pub(super) traces: Traces,
}

/// Whom a search came to.
pub(super) enum Search {
    /// Somebody, or nobody yet.
    Person(Person),
    /// They were erased before.
    Erased(ErasureId),
}

/// Looks for people.
#[derive(Clone, Copy)]
pub(super) struct Finder<'a> {
    pub(super) leads: Leads<'a>,
    pub(super) duplicates: Duplicates<'a>,
    pub(super) erasures: Erasures<'a>,
}

impl<'a> Finder<'a> {
    pub(super) fn of_tx(tx: &'a Tx) -> Self {
        Self { leads: tx.leads(), duplicates: tx.duplicates(), erasures: tx.erasures() }
    }

    pub(super) fn of_reader(reader: &'a Reader) -> Self {
        Self { leads: reader.leads(), duplicates: reader.duplicates(), erasures: reader.erasures() }
    }

    /// Everything by which the wanted person is known.
    pub(super) async fn find(&self, wanted: &Wanted) -> Result<Search, CommandError> {
        let named = match wanted {
            Wanted::Lead(id) if self.leads.get(*id).await?.is_some() => vec![*id],
            // Asked afterwards, so that whoever is erased just now is not missed in between.
            Wanted::Lead(id) => match self.erasures.of_lead(*id).await? {
                Some((erasure, _)) => return Ok(Search::Erased(erasure)),
                None => return Err(gone(self.erasures, *id).await),
            },
            Wanted::Email(_) | Wanted::Phone(_) => {
                self.leads.find_matches(&wanted.keys()).await?.into_iter().map(|found| found.id).collect()
            }
        };
        let leads = self.leads.get_all(&self.families(&named).await?).await?;
        let mut person = Person { leads: Vec::new(), keys: wanted.keys(), traces: wanted.traces() };
        self.profiles_of(&leads).await?.iter().for_each(|profile| person.add(profile));
        leads.iter().for_each(|lead| person.traces.add_lead(lead.id));
        person.sort();
        Ok(Search::Person(Person { leads, ..person }))
    }

    /// What leads say and said of who they are.
    async fn profiles_of(&self, leads: &[Lead]) -> Result<Vec<Profile>, DbError> {
        let ids: Vec<LeadId> = leads.iter().map(|lead| lead.id).collect();
        let former = former(*self, &ids).await?.into_iter().map(|(field, was)| known_by(field, was)).collect();
        self.with_snapshots(leads, former).await
    }

    /// The same with what they were known by before, as they are and as they were when they were merged.
    async fn with_snapshots(&self, leads: &[Lead], former: Vec<Profile>) -> Result<Vec<Profile>, DbError> {
        let ids: Vec<LeadId> = leads.iter().map(|lead| lead.id).collect();
        let snapshots = self.duplicates.snapshots_of(&ids).await?;
        let now = leads.iter().map(|lead| lead.profile.clone());
        Ok(now.chain(snapshots.into_iter().map(|snapshot| snapshot.lead.profile)).chain(former).collect())
    }

    /// By what the people of leads are and ever were known, also where somebody else was part of them who brought it.
    pub(super) async fn ever_known_by(&self, leads: &[LeadId]) -> Result<Traces, DbError> {
        let events = self.erasures.readdressed(leads).await?;
        let former = events.iter().flat_map(replaced_by).map(|(field, was)| known_by(field, was.to_owned())).collect();
        let leads = self.leads.get_all(leads).await?;
        let mut traces = Traces::none();
        self.with_snapshots(&leads, former).await?.iter().for_each(|profile| traces.add(profile));
        Ok(traces)
    }

    /// By what traces the people of leads are found.
    pub(super) async fn traces_of(&self, leads: &[LeadId]) -> Result<Traces, DbError> {
        let mut traces = Traces::none();
        let leads = self.leads.get_all(leads).await?;
        self.profiles_of(&leads).await?.iter().for_each(|profile| traces.add(profile));
        leads.iter().for_each(|lead| traces.add_lead(lead.id));
        Ok(traces)
    }

    /// The leads that came along when a lead became part of another, with that lead: those that were part of it then, and of
    /// those. Who is part of `own` by now is nobody else.
    pub(super) async fn party_of(&self, stay: &Stay, own: &[LeadId]) -> Result<Vec<LeadId>, DbError> {
        let (mut all, mut next) = (BTreeSet::new(), vec![stay.lead]);
        while !next.is_empty() {
            let mut new = Vec::new();
            for lead in next {
                new.extend(self.duplicates.family_of(lead).await?);
            }
            new.retain(|lead| all.insert(*lead));
            let with_them = self.erasures.stays_in(&new).await?;
            let with_them = with_them.iter().filter(|one| one.from <= stay.from && stay.from <= one.until);
            next = with_them.map(|one| one.lead).collect();
        }
        Ok(all.into_iter().filter(|lead| !own.contains(lead)).collect())
    }

    /// The leads with all that were merged with them, whichever stayed.
    async fn families(&self, named: &[LeadId]) -> Result<Vec<LeadId>, CommandError> {
        let masters = self.leads.masters_of(named).await?;
        let roots: BTreeSet<LeadId> = named.iter().map(|id| masters.get(id).copied().unwrap_or(*id)).collect();
        let mut all = BTreeSet::new();
        for root in roots {
            all.extend(self.duplicates.family_of(root).await?);
            if all.len() > MOST_AT_ONCE {
                let detail =
                    format!("More than {MOST_AT_ONCE} leads are this person; erase them one by one, by `lead_id`.");
                return Err(Refusal::invalid(vec![Fault::at_pointer("#", "too_many", detail)]).into());
            }
        }
        Ok(all.into_iter().collect())
    }
}

/// A profile of which only an address or number is known.
fn known_by(field: &str, value: String) -> Profile {
    match field {
        "email" => Profile { email: Some(value), ..Profile::default() },
        _ => Profile { phone: Some(value), ..Profile::default() },
    }
}

impl Wanted {
    fn keys(&self) -> Keys {
        match self {
            Self::Lead(_) => Keys::default(),
            Self::Email(email) => Keys { emails: vec![email_key(email)], ..Keys::default() },
            Self::Phone(phone) => Keys { phones: vec![phone.clone()], ..Keys::default() },
        }
    }

    fn traces(&self) -> Traces {
        let mut traces = Traces::none();
        match self {
            Self::Lead(_) => {}
            Self::Email(email) => traces.add_email(email),
            Self::Phone(phone) => traces.add_phone(phone),
        }
        traces
    }
}

impl Person {
    fn add(&mut self, profile: &Profile) {
        let keys = IdentityKeys::of(profile);
        self.keys.emails.extend(keys.email_key);
        // A number that could not be normalized is no key.
        self.keys.phones.extend(keys.phone_key.filter(|phone| phone.starts_with('+')));
        self.keys.external.extend(named_ids(&profile.external_ids));
        self.traces.add(profile);
    }

    fn sort(&mut self) {
        let Keys { emails, phones, external, .. } = &mut self.keys;
        for list in [emails, phones] {
            list.sort_unstable();
            list.dedup();
        }
        external.sort_unstable();
        external.dedup();
    }

    pub(super) fn ids(&self) -> Vec<LeadId> {
        self.leads.iter().map(|lead| lead.id).collect()
    }

    /// Texts that no answer may hold which is kept for a repeat.
    pub(super) fn needles(&self) -> Vec<String> {
        let mut needles: Vec<String> = self.leads.iter().map(|lead| lead.id.to_string()).collect();
        let given = self.leads.iter().flat_map(|lead| lead.profile.email_given.iter().chain(&lead.profile.email));
        needles.extend(self.keys.emails.iter().chain(&self.keys.phones).cloned().chain(given.cloned()));
        needles.sort_unstable();
        needles.dedup();
        needles
    }
}
