//! What programs write of a subscriber under `state`, which is no part of a country.

use serde_json::Value;

use super::lenient::is_blank;

/// What a cell under such a heading says.
pub(super) enum Standing {
    /// The person does not want mail any more.
    Refused,
    /// Something else that is no place.
    Other,
}

/// What is said of the person under `state`, where it is no place.
pub(super) fn of(heading: &str, value: &Value) -> Option<Standing> {
    let heading = heading.trim();
    let begins = heading.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("state"));
    let ends =
        || heading.len() > 5 && heading.get(heading.len() - 5..).is_some_and(|end| end.eq_ignore_ascii_case("state"));
    if is_blank(value) || !(begins || ends()) {
        return None;
    }
    let Some(text) = value.as_str().map(str::trim) else { return value.is_number().then_some(Standing::Other) };
    // In Microsoft's systems a figure is a state of the record.
    if text.len() == 1 && text.starts_with(|c: char| c.is_ascii_digit()) && heading == "statecode" {
        return Some(Standing::Other);
    }
    let is = |known: &[&str]| known.iter().any(|word| text.eq_ignore_ascii_case(word));
    if is(&["cancelled", "canceled", "unsubscribed", "bounced", "complained", "cleaned", "blacklisted"]) {
        return Some(Standing::Refused);
    }
    let is_other = is(&["active", "inactive", "subscribed", "unconfirmed", "pending", "enabled", "disabled"]);
    (is_other || is(&["archived", "deleted", "open", "closed", "new"])).then_some(Standing::Other)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Mode, tests::read};
    use crate::leads::parts::{Channel, ConsentState};

    #[test]
    fn where_a_subscriber_stands_is_no_part_of_a_country() {
        for (heading, cell, region, refused) in [
            ("state", json!("bounced"), None, true),
            ("state", json!("cancelled"), None, true),
            ("Subscriber State", json!("Unsubscribed"), None, true),
            ("state", json!("active"), None, false),
            ("statecode", json!("0"), None, false),
            ("statecode", json!(2), None, false),
            ("State Code", json!("7"), Some("7"), false),
            ("State", json!("CA"), Some("CA"), false),
            ("State", json!("Active State"), Some("Active State"), false),
            ("Region", json!("New"), Some("New"), false),
        ] {
            let raw = json!({ "Name": "Jane", "Email": "j@example.com", (heading): cell });
            let parsed = read(Mode::Lenient, raw);
            let state = parsed.profile.consent.get(&Channel::Email).map(|one| one.state);
            assert_eq!(parsed.profile.region.as_deref(), region, "{heading} {cell}");
            assert_eq!(state, refused.then_some(ConsentState::Withdrawn), "{heading} {cell}");
            assert_eq!(parsed.unknown.get(heading).cloned(), region.is_none().then_some(cell), "{heading}");
        }
    }
}
