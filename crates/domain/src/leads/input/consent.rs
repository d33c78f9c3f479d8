//! What columns say of who wants to hear from us, and of who does not.

use serde_json::Value;

use super::{InputRules, Mode, Parsed};
use crate::{
    leads::{
        parts::{Channel, Consent, ConsentState},
        values::{instant, text_of},
        words,
    },
    text::Complaint,
};

/// A box that was ticked, or not; where somebody stands with a mailing, or since when. Only a tick says something: an empty
/// "do not call" is no consent. A refusal is one in whatever column it stands.
pub(super) fn read(
    parsed: &mut Parsed,
    channel: Channel,
    yes_grants: bool,
    value: &Value,
    rules: &InputRules<'_>,
) -> Result<(), Complaint> {
    let Some(written) = text_of(value, Mode::Lenient)? else { return Ok(()) };
    let is_moment = written.chars().filter(char::is_ascii_digit).count() >= 6;
    let at = is_moment.then(|| instant(&written, rules).ok()).flatten();
    if yes_grants && ConsentState::parse(&written) == Some(ConsentState::Unknown) {
        parsed.profile.consent.entry(channel).or_insert(Consent {
            state: ConsentState::Unknown,
            at: None,
            how: None,
            form_id: None,
        });
        parsed.given.insert("consent");
        return Ok(());
    }
    let unclear = || Complaint::new("invalid_choice", "Give yes or no, such as opted out or subscribed");
    let granted = match words::consent(&written) {
        // Is the refusal confirmed, or the address?
        Some(Some(true)) if !yes_grants && !words::is_no_refusal(&written) => return Err(unclear()),
        Some(said) => said,
        None if at.is_some() => Some(yes_grants),
        None => match words::yes_or_no(&written) {
            Some(yes) => yes.then_some(yes_grants),
            None => return Err(unclear()),
        },
    };
    let state = match granted {
        Some(true) if yes_grants => ConsentState::Granted,
        Some(false) => ConsentState::Withdrawn,
        _ => return Ok(()),
    };
    let consent = Consent { state, at, how: None, form_id: None };
    // Where two inputs disagree, the refusal counts.
    let known = parsed.profile.consent.entry(channel).or_insert_with(|| consent.clone());
    if state == ConsentState::Withdrawn {
        *known = consent;
    }
    parsed.given.insert("consent");
    Ok(())
}

/// A refusal of everything, unless the cell names what is refused: `email;call`, `Do Not Call; Do Not Email`.
pub(super) fn opt_out(parsed: &mut Parsed, value: &Value, rules: &InputRules<'_>) -> Result<(), Complaint> {
    let named = text_of(value, Mode::Lenient)?.and_then(|written| words::refused_channels(&written));
    let withdrawn = Value::from(ConsentState::Withdrawn.as_str());
    for channel in Channel::ALL {
        match &named {
            Some(channels) if channels.contains(channel) => read(parsed, *channel, false, &withdrawn, rules)?,
            Some(_) => {}
            None => read(parsed, *channel, false, value, rules)?,
        }
    }
    Ok(())
}

/// A status that says that somebody does not want to hear from us is no status, but a refusal, which must not be overlooked.
pub(super) fn refusal_of(parsed: &mut Parsed, value: &Value) -> Option<Complaint> {
    let channels = words::refused(value.as_str()?)?;
    for channel in channels {
        let refusal = Consent { state: ConsentState::Withdrawn, at: None, how: None, form_id: None };
        let known = parsed.profile.consent.entry(*channel).or_insert_with(|| refusal.clone());
        if known.state != ConsentState::Withdrawn {
            *known = refusal;
        }
    }
    parsed.given.insert("consent");
    let names = channels.iter().map(|channel| channel.as_str()).collect::<Vec<_>>().join(", ");
    Some(Complaint::new("invalid_choice", format!("This is no status; it was taken as a refusal ({names})")))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{super::tests::read, *};

    fn states(raw: Value) -> [Option<ConsentState>; 3] {
        let parsed = read(Mode::Lenient, raw);
        [Channel::Email, Channel::Phone, Channel::Sms]
            .map(|channel| parsed.profile.consent.get(&channel).map(|one| one.state))
    }

    #[test]
    fn refusals_are_read_however_programs_write_them() {
        let (no, yes) = (Some(ConsentState::Withdrawn), Some(ConsentState::Granted));
        for (heading, cell, expected) in [
            ("Email Opt Out", json!("1.0"), [no, None, None]),
            ("Email Opt Out", json!(1.0), [no, None, None]),
            ("Email Opt Out", json!("0.0"), [None; 3]),
            ("Email Opt Out", json!("unsub"), [no, None, None]),
            ("Do Not Call", json!("1.0"), [None, no, None]),
            ("Subscribed", json!("1.0"), [yes, None, None]),
            ("Bulk Email Status", json!("Opted-out"), [no, None, None]),
            ("Bulk Email Status", json!("Hard Bounce"), [no, None, None]),
            ("Bulk Email Status", json!("Opted-in"), [None; 3]),
            ("Bulk Email Status", json!("Transactional Only"), [None; 3]),
            ("SMS Status", json!("nonSubscribed"), [None; 3]),
            ("SMS Status", json!("unsubscribed"), [None, None, no]),
            ("SMS Status", json!("delivered"), [None; 3]),
            ("Email Interest Type", json!("OptedOut"), [no, None, None]),
            ("status", json!("removed"), [no, None, None]),
            ("Communication Restrictions", json!("Do Not Call; Do Not Email"), [no, no, None]),
            ("Contact Restrictions", json!("email;call"), [no, no, None]),
            ("Contact Restrictions", json!("Do not call"), [None, no, None]),
            ("Contact Restrictions", json!("Yes"), [no, no, no]),
            ("Contact Restrictions", json!("None"), [None; 3]),
            ("Mobile DNC", json!("Yes"), [None, no, None]),
            ("dncmobile", json!("1"), [None, no, None]),
            ("DNC List", json!("Yes"), [None, no, None]),
            ("TPS", json!("Yes"), [None, no, None]),
            ("TPS", json!("No"), [None; 3]),
            ("Robinson", json!("Ja"), [no, no, no]),
            ("Global Subscription Status", json!("Confirmed Opt-Out"), [no, None, None]),
            ("Global Subscription Status", json!("Soft Opt-Out"), [no, None, None]),
            ("Global Subscription Status", json!("Confirmed Opt-In"), [yes, None, None]),
            ("Global Subscription Status", json!("Soft Opt-In"), [None; 3]),
            ("Global status", json!("Bounced"), [no, None, None]),
            ("Global status", json!("Subscribed"), [None; 3]),
            ("Von allen E-Mails abgemeldet", json!("Ja"), [no, None, None]),
            ("Désinscrit de tous les e-mails", json!("Oui"), [no, None, None]),
            ("Statut abonnement", json!("Désabonné"), [no, None, None]),
            ("Estado de suscripción", json!("Cancelado"), [no, None, None]),
            ("Email Preference", json!("Unsubscribed"), [no, None, None]),
            ("Email Preference", json!("Subscribed"), [None; 3]),
            ("WhatsApp Opt Out", json!("Yes"), [None, None, no]),
            ("subscriptions.email.marketing.consent", json!("UNSUBSCRIBED"), [no, None, None]),
            ("subscriptions.sms.marketing.consent", json!("NEVER_SUBSCRIBED"), [None; 3]),
        ] {
            let raw = json!({ "Name": "Jane", "Email": "j@example.com", heading: cell });
            assert_eq!(states(raw), expected, "{heading} {cell}");
        }
    }

    #[test]
    fn restrictions_that_are_not_understood_are_asked_about() {
        let raw = json!({ "Name": "Jane", "Email": "j@example.com", "Contact Restrictions": "email; not on Mondays" });
        let parsed = read(Mode::Lenient, raw);
        assert_eq!((parsed.profile.consent.len(), parsed.warnings.len()), (0, 1));
    }
}
