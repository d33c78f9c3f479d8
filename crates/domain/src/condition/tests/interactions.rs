//! What interaction tests mean.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{blank, holds, now, parse};
use crate::{
    condition::Needs,
    interactions::{Interaction, InteractionKind},
};

fn visit(days_ago: i64, url: &str) -> Interaction {
    Interaction {
        id: "01958e2c-5c00-7000-8000-000000000001".parse().unwrap(),
        lead_id: blank().lead.id,
        kind: InteractionKind::PageViewed,
        occurred_at: now() - TimeDelta::days(days_ago),
        url: Some(url.into()),
        title: None,
        item: None,
        message_id: None,
        campaign: None,
        visitor_id: None,
        duration_seconds: None,
        machine: false,
        data: serde_json::Map::new(),
    }
}

fn holds_of(json: &Value, interactions: &[Interaction]) -> bool {
    let mut sample = blank();
    sample.interactions = interactions.to_vec();
    holds(json, &sample)
}

#[test]
fn interactions_are_counted() {
    let visits = [visit(0, "/pricing"), visit(1, "/Pricing/eu"), visit(2, "/careers")];
    let counted = |count: Value| holds_of(&json!({ "interaction": "page_viewed", "count": count }), &visits);
    for (count, expected) in [
        (json!({ "eq": 3 }), true),
        (json!({ "eq": 2 }), false),
        (json!({ "lt": 3 }), false),
        (json!({ "lt": 4 }), true),
        (json!({ "lte": 3 }), true),
        (json!({ "lte": 2 }), false),
        (json!({ "gt": 2 }), true),
        (json!({ "gt": 3 }), false),
        (json!({ "gte": 3 }), true),
        (json!({ "gte": 4 }), false),
        (json!({ "between": [1, 3] }), true),
        (json!({ "between": [4, 5] }), false),
    ] {
        assert_eq!(counted(count.clone()), expected, "{count}");
    }
    let pricing = json!({ "field": "interaction.url", "op": "contains", "value": "/PRICING" });
    let test = json!({ "interaction": "page_viewed", "where": pricing, "count": { "eq": 2 } });
    assert!(holds_of(&test, &visits));
}

#[test]
fn without_a_count_once_is_enough_and_other_kinds_do_not_count() {
    assert!(holds_of(&json!({ "interaction": "page_viewed" }), &[visit(400, "/")]));
    assert!(!holds_of(&json!({ "interaction": "page_viewed" }), &[]));
    assert!(!holds_of(&json!({ "interaction": "site_visited" }), &[visit(0, "/")]));
    assert!(holds_of(&json!({ "interaction": "call", "count": { "lt": 1 } }), &[visit(0, "/")]));
}

#[test]
fn machines_do_not_count() {
    let by_machine = Interaction { machine: true, ..visit(0, "/") };
    assert!(!holds_of(&json!({ "interaction": "page_viewed" }), &[by_machine]));
}

#[test]
fn days_are_counted_back_from_now_to_the_microsecond() {
    let test = json!({ "interaction": "page_viewed", "within_days": 30 });
    let just = visit(30, "/");
    let over = Interaction { occurred_at: just.occurred_at - TimeDelta::microseconds(1), ..just.clone() };
    let ahead = Interaction { occurred_at: now() + TimeDelta::microseconds(1), ..just.clone() };
    assert!(holds_of(&test, &[just]));
    assert!(!holds_of(&test, &[over, ahead]));
}

#[test]
fn what_has_to_be_loaded_is_known_beforehand() {
    let needs = |json: Value| parse(&json).needs(now());
    let view = json!({ "interaction": "page_viewed", "within_days": 30 });
    let call = json!({ "interaction": "call", "within_days": 90 });
    assert_eq!(needs(json!({ "field": "tags", "op": "exists" })), Needs::default());
    assert_eq!(
        needs(json!({ "all": [{ "field": "tags", "op": "exists" }, { "not": view }, { "any": [call] }] })),
        Needs {
            kinds: [InteractionKind::PageViewed, InteractionKind::Call].into(),
            since: Some(now() - TimeDelta::days(90)),
        }
    );
    assert_eq!(needs(json!({ "any": [call, { "interaction": "chat" }] })).since, None, "however old");
}
