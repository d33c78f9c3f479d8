#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::*;
use crate::{
    leads::{KEPT, LEAD_FIELDS, Target},
    quantity::Money,
    sample,
    text::lenient_money,
};
use proptest::prelude::*;
use serde_json::json;

/// What is computed, and thus not taken back.
const COMPUTED: &[&str] = &[
    "score",
    "rating",
    "updated_at",
    "version",
    "bant.completeness",
    "score.demographic",
    "score.behavioral",
    "score.firmographic",
    "score.adjustment",
];

#[test]
fn every_column_is_taken_back_or_computed() {
    for column in columns(&[]) {
        let taken = Target::named(column.name(), &[]).is_some();
        assert_eq!(taken, !COMPUTED.contains(&column.name()), "{}", column.name());
    }
}

#[test]
fn whatever_is_kept_has_a_column() {
    let all: BTreeSet<String> = columns(&[]).iter().map(|column| column.name().to_owned()).collect();
    assert_eq!(all.len(), columns(&[]).len(), "each is there once");
    for word in KEPT.iter().filter(|word| **word != "bant") {
        assert!(all.contains(*word), "{word}");
    }
    for field in LEAD_FIELDS.iter().filter(|field| field.name != "custom") {
        let parts = || all.iter().any(|name| name.starts_with(&format!("{}.", field.name)));
        assert!(all.contains(field.name) || parts(), "{}", field.name);
    }
}

#[test]
fn columns_are_chosen_by_name() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let chosen = choose(&names(&["email", "id", " email ", "external_ids.sap"]), &[]).unwrap();
    assert_eq!(chosen.iter().map(Column::name).collect::<Vec<_>>(), ["id", "email", "external_ids.sap"]);
    let unknown = choose(&names(&["email", "emial", "custom.none"]), &[]).unwrap_err();
    assert_eq!((unknown.len(), unknown[0].at, unknown[0].suggestion.as_deref()), (2, 1, Some("email")));
}

#[test]
fn lists_are_told_from_what_looks_like_one() {
    for (items, written) in [
        (json!(["fair", "vip"]), "fair; vip"),
        (json!(["a, b", "c"]), r#"["a, b","c"]"#),
        (json!(["[x]"]), r#"["[x]"]"#),
        (json!(["-"]), r#"["-"]"#),
    ] {
        let mut lead = sample::lead();
        lead.profile.tags = serde_json::from_value(items).unwrap();
        let tags = column("tags", &[]).unwrap();
        assert_eq!(tags.text(&tags.value(&lead, &Names::default())), written);
    }
}

proptest! {
    #[test]
    fn money_comes_back(
        amount in 0..i64::MAX, more in proptest::option::of(1..1_000_000_i64), currency in "(EUR|USD|JPY|KWD|CHF)",
    ) {
        let max_amount = more.map(|more| amount.saturating_add(more)).filter(|max| *max != amount);
        let money = Money { amount, max_amount, currency };
        for dots in [false, true] {
            prop_assert_eq!(lenient_money(&text::money(&json!(money)), "GBP", dots), Ok(money.clone()));
        }
    }
}
