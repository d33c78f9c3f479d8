use chrono::{Duration, TimeZone, Utc};
use serde_json::{Value, json};

use super::{BlockEntry, BlockKind, BlockList, FillToken, Protection};
use crate::sample::id;

fn codes(list: &BlockList, posted: Value, address: Option<&str>) -> Vec<&'static str> {
    let found = list.finds(&posted.as_object().cloned().unwrap(), address.map(|address| address.parse().unwrap()));
    found.iter().map(|one| one.code).collect()
}

fn list(entries: &[(BlockKind, &str)]) -> BlockList {
    let entry = |(number, (kind, value)): (usize, &(BlockKind, &str))| BlockEntry {
        id: id(number as u128 + 1),
        kind: *kind,
        value: kind.normalized(value).unwrap(),
        note: None,
        created_at: Utc.timestamp_nanos(0),
    };
    entries.iter().enumerate().map(entry).collect()
}

#[test]
fn what_is_on_the_list_is_found_wherever_it_stands() {
    let list = list(&[
        (BlockKind::Email, "Spam@Example.com"),
        (BlockKind::Domain, "@junk.test"),
        (BlockKind::Network, "203.0.113.9/24"),
        (BlockKind::Network, "2001:db8::1"),
        (BlockKind::Word, "Cheap  LOANS"),
    ]);
    assert_eq!(codes(&list, json!({"a": {"mail": " SPAM@example.com "}}), None), ["blocked_email"]);
    assert_eq!(codes(&list, json!({"x": ["y@mail.junk.test"]}), None), ["blocked_domain"]);
    assert_eq!(codes(&list, json!({"x": "Get chéap loans!"}), None), ["blocked_word"]);
    assert_eq!(codes(&list, json!({}), Some("203.0.113.255")), ["blocked_address"]);
    assert_eq!(codes(&list, json!({}), Some("::ffff:203.0.113.1")), ["blocked_address"]);
    assert_eq!(codes(&list, json!({}), Some("2001:db8::1")), ["blocked_address"]);
    let own = self::list(&[(BlockKind::Domain, "München.example"), (BlockKind::Email, "a@xn--bcher-kva.example")]);
    for address in ["x@xn--mnchen-3ya.example", "x@mail.münchen.example", "X@MÜNCHEN.example."] {
        assert_eq!(codes(&own, json!({"a": address}), None), ["blocked_domain"], "{address}");
    }
    assert_eq!(codes(&own, json!({"a": "a@bücher.example"}), None), ["blocked_email"]);
    let fine = json!({"a": "notspam@example.com", "b": "x@notjunk.test", "c": "cheap loansharks", "d": "203.0.113.9"});
    assert!(codes(&list, fine, Some("203.0.114.1")).is_empty());
    assert!(codes(&list, json!({}), Some("2001:db8::2")).is_empty());
}

#[test]
fn what_names_nothing_is_refused() {
    for (kind, written) in [
        (BlockKind::Email, "example.com"),
        (BlockKind::Domain, "com"),
        (BlockKind::Domain, "https://example.com"),
        (BlockKind::Network, "203.0.113.0/33"),
        (BlockKind::Network, "300.1.1.1"),
        (BlockKind::Word, " a "),
    ] {
        assert!(kind.normalized(written).is_err(), "{written}");
    }
    let suggested = |written| BlockKind::Domain.normalized(written).unwrap_err().suggestion;
    assert_eq!((suggested("*.Star.example"), suggested("*.com")), (Some(json!("star.example")), None));
    assert_eq!(BlockKind::Network.normalized("10.1.2.3/0").unwrap(), "0.0.0.0/0");
    assert_eq!(BlockKind::Network.normalized("2001:DB8:ffff::/32").unwrap(), "2001:db8::/32");
}

#[test]
fn nobody_fills_a_form_in_no_time_or_for_days() {
    let protection = Protection { min_fill_seconds: 3, ..Protection::default() };
    let now = Utc.with_ymd_and_hms(2026, 3, 1, 12, 0, 0).unwrap();
    let code = |token| protection.hasty(token, now).map(|one| one.code);
    assert_eq!(code(FillToken::Missing), Some("form_token_missing"));
    assert_eq!(code(FillToken::Forged), Some("form_token_invalid"));
    assert_eq!(code(FillToken::OpenedAt(now - Duration::milliseconds(2_999))), Some("filled_too_fast"));
    assert_eq!(code(FillToken::OpenedAt(now + Duration::hours(1))), Some("filled_too_fast"));
    assert_eq!(code(FillToken::OpenedAt(now - Duration::seconds(3))), None);
    assert_eq!(code(FillToken::OpenedAt(now - Duration::hours(25))), Some("form_token_expired"));
    assert_eq!(Protection::default().hasty(FillToken::Missing, now), None);
}

#[test]
fn only_what_people_do_not_see_catches() {
    let protection = Protection { honeypot_field: Some("_gotcha".into()), ..Protection::default() };
    for (value, caught) in
        [(json!("x"), true), (json!(["", "y"]), true), (json!(0), true), (json!("  "), false), (json!(null), false)]
    {
        let posted = json!({"_gotcha": value}).as_object().cloned().unwrap();
        assert_eq!(protection.caught(&posted).is_some(), caught, "{posted:?}");
    }
    assert!(Protection::default().caught(&json!({"_gotcha": "x"}).as_object().cloned().unwrap()).is_none());
}
