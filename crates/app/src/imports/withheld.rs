//! Rejected rows of people who were erased: of them nothing but the line is kept, whatever else is wrong with them.

use std::collections::BTreeSet;

use leadwright_domain::{
    duplicates::IdentityKeys,
    fault::Fault,
    ids::LeadId,
    text::{email, email_key, is_email, phone},
};
use leadwright_persistence::{
    CommandError, Tx,
    imports::Reject,
    leads::{Found, Keys},
};

use super::{
    row::{Row, Said},
    rows::cell_text,
};
use crate::{
    Configuration,
    privacy::{Trait, buried_among, named_ids, traits_in, traits_of},
};

/// How many digits a phone number may have.
const DIGITS: std::ops::RangeInclusive<usize> = 6..=20;

/// By what the person in a row may be recognized.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    keys: Keys,
    lead: Option<LeadId>,
}

/// By what the person in a row may be recognized, also where the row could not be understood.
pub(super) fn told(row: &Row, config: &Configuration) -> Told {
    let mut told = Told::default();
    let said = match &row.said {
        Said::Flawed(_) => None,
        Said::Read(parsed) => Some((&parsed.profile, parsed.command.kept.id)),
        Said::Fit(prepared) => Some((&prepared.profile, prepared.kept.id)),
    };
    if let Some((profile, id)) = said {
        let keys = IdentityKeys::of(profile);
        told.keys.emails.extend(keys.email_key);
        told.keys.phones.extend(keys.phone_key.filter(|phone| phone.starts_with('+')));
        told.keys.external.extend(named_ids(&profile.external_ids));
        told.lead = id;
    }
    for cell in row.cells.iter().map(cell_text) {
        let tokens = cell.split(|c: char| c.is_whitespace() || ",;<>()\"'".contains(c));
        let addresses = tokens.filter(|token| is_email(token)).filter_map(|token| email(token).ok());
        told.keys.emails.extend(addresses.map(|address| email_key(&address)));
        if is_like_phone(&cell) {
            let number = phone(cell.trim_start_matches('\''), &config.organization.default_region);
            told.keys.phones.extend(number.ok().map(|number| number.e164));
        }
    }
    told
}

/// Whether it is worth reading as a phone number.
fn is_like_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    DIGITS.contains(&digits) && cell.chars().all(|c| !c.is_alphabetic() || "extEXT".contains(c))
}

/// Holds what rejected rows are recognized by, with what the others are: whoever erases somebody waits, and finds the rows.
/// All at once, because whoever holds some keys must not ask for more.
pub(super) async fn hold(tx: &Tx, mut keys: Keys, rejected: &[Told]) -> Result<(), CommandError> {
    if rejected.iter().all(|told| traits_in(&told.keys).next().is_none()) {
        return Ok(());
    }
    united(&mut keys, rejected);
    Ok(tx.leads().lock_keys(&keys).await?)
}

fn united(keys: &mut Keys, rejected: &[Told]) {
    for told in rejected {
        keys.emails.extend(told.keys.emails.iter().cloned());
        keys.phones.extend(told.keys.phones.iter().cloned());
        keys.external.extend(told.keys.external.iter().cloned());
    }
    for list in [&mut keys.emails, &mut keys.phones] {
        list.sort_unstable();
        list.dedup();
    }
    keys.external.sort_unstable();
    keys.external.dedup();
}

/// Keeps nothing but the line of rows whose person was erased, and says so.
pub(super) async fn withhold(
    tx: &Tx,
    config: &Configuration,
    rejects: &mut [Reject],
    told: &[Told],
) -> Result<(), CommandError> {
    let mut keys = Keys::default();
    united(&mut keys, told);
    let named: Vec<LeadId> = told.iter().filter_map(|told| told.lead).collect();
    let buried = buried_among(tx.erasures(), &config.secrets, &keys, &named).await?;
    if buried.is_empty() {
        return Ok(());
    }
    let found = tx.leads().find_matches(&keys).await?;
    let known: BTreeSet<Trait> = found.into_iter().flat_map(traits).collect();
    for (reject, told) in rejects.iter_mut().zip(told) {
        if buried.is(traits_in(&told.keys), told.lead, &known) {
            let detail = "The person in this row was erased, so that nothing of it is kept; with `erased=allow` it is.";
            (reject.cells, reject.reasons) = (Vec::new(), vec![Fault::at_pointer("#", "person_erased", detail)]);
        }
    }
    Ok(())
}

fn traits(found: Found) -> Vec<Trait> {
    let keys = IdentityKeys::kept(found.email_key, found.phone_key, None, None);
    traits_of(&keys, &found.external.into_iter().collect())
}
