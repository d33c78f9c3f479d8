//! What holds for any input whatever.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use serde_json::Value;

use super::{
    tests::{codes, defs, rules},
    *,
};
use crate::fault::At;

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "(?s).{0,30}".prop_map(Value::String),
        nasty().prop_map(|text| Value::String(text.to_owned())),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::vec((member(), inner), 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

fn nasty() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "\0",
        "\u{202e}abc",
        "İ",
        "ﷺ",
        "e\u{301}\u{301}\u{301}",
        "𝕳𝖊𝖑𝖑𝖔",
        "👩‍👩‍👧",
        "1e400",
        "-0",
        "0x1F",
        "NaN",
        "=1+1",
        "'; DROP TABLE",
        "<script>",
        "%s%n",
        "../../etc",
        "＋４９ ３０ ９０１８２０",
        "ⅷ",
        "٣٤",
        "1-",
        "-",
        "+",
        "@",
        "a@",
        "mailto:",
        "<>",
        "<a@b",
        "tel:;ext=",
        "$-",
        "9999999999999999999999999",
        "0000-00-00",
        "2024-13-45",
        "T:",
        "[",
        "http://[",
        "https://\u{0}",
        "🏳",
        "\u{feff}",
        "x\u{ad}y",
    ])
}

fn member() -> impl Strategy<Value = String> {
    let names: Vec<&'static str> = crate::leads::LEAD_FIELDS.iter().map(|field| field.name).collect();
    let others = vec![
        "source",
        "status",
        "owner_id",
        "bant",
        "id",
        "utm_source",
        "Do Not Email",
        "amount",
        "currency",
        "state",
        "at",
        "email",
        "text",
        "plan",
        "seats",
        "trial",
        "modules",
        "renewal",
        "product",
        "price",
        "budget",
        "click_ids",
    ];
    prop_oneof![
        4 => proptest::sample::select(names).prop_map(str::to_owned),
        4 => proptest::sample::select(others).prop_map(str::to_owned),
        1 => "(?s).{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn arbitrary_input_never_panics_and_never_keeps_nul(members in proptest::collection::vec((member(), any_json()), 0..8)) {
        let raw: RawLead = members.into_iter().collect();
        for mode in [Mode::Strict, Mode::Lenient] {
            let parsed = parse(&raw, &rules(mode, &defs()));
            let kept = serde_json::to_string(&(&parsed.profile, &parsed.unknown)).unwrap();
            prop_assert!(!kept.contains("\\u0000"), "{}", kept);
            let named = parsed.faults.iter().all(|fault| matches!(&fault.at, At::Pointer(at) if at.starts_with("#/")));
            prop_assert!(named);
        }
    }

    #[test]
    fn what_was_read_reads_as_itself(members in proptest::collection::vec((member(), any_json()), 0..8)) {
        let raw: RawLead = members.into_iter().collect();
        let first = parse(&raw, &rules(Mode::Lenient, &defs())).profile;
        let mut again = RawLead::new();
        for field in crate::leads::LEAD_FIELDS {
            if !first.is_blank(field.name) && (field.name != "seniority" || first.seniority_given) {
                again.insert(field.name.to_owned(), first.json(field.name));
            }
        }
        let second = parse(&again, &rules(Mode::Strict, &defs()));
        prop_assert_eq!(codes(&second.faults), vec![]);
        prop_assert_eq!(&second.mended, &vec![]);
        for field in crate::leads::LEAD_FIELDS {
            prop_assert_eq!(second.profile.json(field.name), first.json(field.name), "{}", field.name);
        }
    }

    #[test]
    fn what_was_mended_is_another_value(members in proptest::collection::vec((member(), any_json()), 0..8)) {
        let raw: RawLead = members.into_iter().collect();
        for mode in [Mode::Strict, Mode::Lenient] {
            let parsed = parse(&raw, &rules(mode, &defs()));
            for one in crate::cleansing::cleansed(&parsed.mended, &parsed.profile) {
                prop_assert!(one.from != one.to, "{:?}", one);
                prop_assert!(!one.to.is_null() && (one.field.starts_with("custom.") || parsed.given.contains(&*one.field)));
            }
        }
    }
}
