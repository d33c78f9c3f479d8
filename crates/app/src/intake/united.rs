//! What a known lead becomes by what is said of it again.

use std::borrow::Cow;

use leadwright_domain::{
    duplicates::{self, MatchDecision, Policy},
    imports::name_from_address,
    leads::Profile,
    precedence::{Precedence, Refused, Said, keep_newer, passed_over, settle},
};

use super::Incoming;

/// A known lead united with what is said, and what of it was said otherwise and not taken over.
pub(super) fn united(
    item: &Incoming,
    known: &Profile,
    policy: Policy,
    matched: &MatchDecision,
    precedence: &Precedence,
) -> (Profile, Vec<Refused>) {
    let mut incoming = item.prepared.profile.clone();
    drop_contested(&mut incoming, matched);
    // A name that was made from the address or the company is worth less than any that is known.
    if item.prepared.name_is_made_up() && known.contact_name.is_some() {
        (incoming.contact_name, incoming.first_name, incoming.last_name) = (None, None, None);
    }
    let before = without_made_up_name(known, &incoming);
    let (mut profile, _) = duplicates::merge_into(&before, &incoming, policy);
    if let Some(said) = said_before(item) {
        keep_newer(&before, &mut profile, &said);
    }
    let mut suggested = settle(known, &mut profile, item.written(), precedence);
    if policy == Policy::FillBlanks {
        suggested.extend(passed_over(&before, &incoming));
    }
    (profile, suggested)
}

/// What was posted some time ago and is taken in now: replayed, released, or asked for at last.
fn said_before(item: &Incoming) -> Option<Said> {
    let again = item.submission.as_ref().filter(|one| one.replayed_at.is_some())?;
    Some(Said { by: item.written().by, at: again.received_at, with: again.id })
}

/// A known lead as what is told of it is added to: a name that was made from the address or the company is as good as none
/// once there is another.
fn without_made_up_name<'p>(known: &'p Profile, incoming: &Profile) -> Cow<'p, Profile> {
    // Of more than one word it may well be the person's own.
    let made_up = || known.email.as_deref().and_then(name_from_address).filter(|name| !name.contains(' '));
    let is_made_up = known.is_named_after_company() || known.contact_name == made_up();
    if incoming.contact_name.is_none() || known.contact_name.is_none() || !is_made_up {
        return Cow::Borrowed(known);
    }
    Cow::Owned(Profile { contact_name: None, first_name: None, last_name: None, ..known.clone() })
}

/// An id in another system that belongs to somebody else is not taken over.
pub(super) fn drop_contested(profile: &mut Profile, matched: &MatchDecision) {
    for (system, _) in &matched.contested {
        profile.external_ids.remove(system);
    }
}
