#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::{
    RecommendedAction, Unevaluable,
    testing::{Case, model},
};
use crate::{
    interactions::InteractionKind::{EmailOpened, EventAttended},
    leads::{Priority, parts::BantState},
    quantity::{Money, WholeRange},
};

fn missing(case: &Case, rule: &str) -> Option<Vec<String>> {
    let explained = case.explain_by(&case.default_model());
    explained.unevaluable.into_iter().find(|found| found.rule == rule).map(|found| found.missing)
}

#[test]
fn a_rule_names_the_field_that_it_misses() {
    let mut case = Case::new();
    assert_eq!(missing(&case, "50 to 100 employees"), Some(vec!["company_size".into()]));
    assert_eq!(missing(&case, "20 to 49 or 101 to 500 employees"), Some(vec!["company_size".into()]));
    assert_eq!(missing(&case, "Within 100 miles"), Some(vec!["location".into()]));
    case.lead.profile.company_size = Some(WholeRange::exactly(7));
    assert_eq!(missing(&case, "50 to 100 employees"), None, "the size is known, and too small");
}

#[test]
fn what_is_called_unknown_is_not_known() {
    let mut case = Case::new();
    let fields = vec!["bant.authority.state".to_owned(), "bant.budget.controller".to_owned()];
    assert_eq!(missing(&case, "Controls the budget"), Some(fields));
    case.lead.bant.authority.state = BantState::Met;
    assert_eq!(missing(&case, "Controls the budget"), Some(vec!["bant.budget.controller".into()]));
    case.lead.bant.authority.state = BantState::NotMet;
    assert_eq!(missing(&case, "Controls the budget"), None, "nothing can change the answer any more");
}

#[test]
fn a_rule_that_could_not_give_more_than_its_group_is_not_named() {
    let mut case = Case::new();
    case.lead.profile.country = Some("US".into());
    assert_eq!(missing(&case, "Within 100 miles"), Some(vec!["location".into()]), "10 would beat 3");
    case.lead.profile.latitude = case.organization.latitude;
    case.lead.profile.longitude = case.organization.longitude;
    case.lead.profile.country = None;
    assert_eq!(missing(&case, "Same country"), None, "3 would not beat 10");
}

#[test]
fn money_of_another_currency_cannot_be_compared() {
    let mut case = Case::new();
    let kroner = Money { amount: 100, max_amount: None, currency: "NOK".into() };
    case.lead.profile.annual_revenue = Some(kroner);
    assert_eq!(missing(&case, "Revenue of 1 million or more"), Some(vec!["annual_revenue".into()]));
}

#[test]
fn any_and_not_are_open_where_a_part_is_open() {
    let rule = |name: &str, when| json!({ "name": name, "component": "demographic", "points": 1, "when": when });
    let city = json!({ "field": "city", "op": "eq", "value": "Boulder" });
    let region = json!({ "field": "region", "op": "eq", "value": "CO" });
    let by = model(json!([
        rule("Any", json!({ "any": [city, region] })),
        rule("None", json!({ "not": { "any": [city, region] } })),
        rule("Known", json!({ "field": "city", "op": "exists", "value": true })),
        rule("Nobody", json!({ "any": [] })),
    ]));
    let mut case = Case::new();
    let both = Unevaluable { rule: "Any".into(), points: 1, missing: vec!["city".into(), "region".into()] };
    assert_eq!(case.explain_by(&by).unevaluable, [both], "`not` already gave its point");
    case.lead.profile.city = Some("boulder".into());
    assert_eq!(case.explain_by(&by).unevaluable, []);
}

#[test]
fn an_explanation_tells_what_to_do_and_when_it_was_last_heard_of() {
    let case = Case::new().did(EmailOpened, 3).did(EventAttended, 40).did(EventAttended, 0);
    let explained = case.explain_by(&case.default_model());
    assert_eq!(explained.scored.total, 40);
    assert_eq!(explained.last_interaction_at, Some(case.now));
    assert_eq!(explained.recommended_action, RecommendedAction::QualifyFurther);
    assert_eq!(explained.suggested_priority, Priority::Medium);
    let components = json!(explained.components);
    let shown = |at: usize| {
        (components[at]["component"].clone(), components[at]["points"].clone(), components[at]["cap"].clone())
    };
    assert_eq!(shown(1), (json!("behavioral"), json!(40), json!(40)));
    assert_eq!(shown(3), (json!("adjustment"), json!(0), json!(null)));
}
