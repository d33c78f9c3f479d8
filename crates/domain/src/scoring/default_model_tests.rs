//! The worked examples of the annex, and the rules it lists.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::{Component, RuleKind, Scored, testing::Case};
use crate::{
    interactions::InteractionKind::{
        ContentDownloaded, EmailClicked, EmailOpened, EventAttended, FormSubmitted, SiteVisited,
    },
    leads::{
        Rating, Seniority,
        parts::{BantState, Channel, Consent, ConsentState},
    },
    quantity::{Decimal, Money, WholeRange},
};

fn parts(scored: &Scored) -> [i64; 3] {
    [scored.demographic, scored.behavioral, scored.firmographic]
}

fn dollars(whole: i64) -> Option<Money> {
    Some(Money { amount: whole * 100, max_amount: None, currency: "USD".into() })
}

/// Of the profile's industry, with 75 employees, in the country of the organization.
fn fitting() -> Case {
    let mut case = Case::new();
    case.organization.settings.profile_technologies = vec!["Salesforce".into()];
    case.lead.profile.industry = Some("Marketing".into());
    case.lead.profile.company_size = Some(WholeRange::exactly(75));
    case.lead.profile.country = Some("US".into());
    case
}

/// Some 40 miles north of Denver.
fn near(mut case: Case) -> Case {
    case.lead.profile.latitude = Decimal::from_f64(40.318);
    case.lead.profile.longitude = Decimal::from_f64(-104.99);
    case
}

#[test]
fn a_chief_executive_nearby_who_did_it_all_is_100_and_hot() {
    let mut case = near(fitting());
    case.lead.profile.seniority = Some(Seniority::CLevel);
    case.lead.profile.annual_revenue = dollars(12_000_000);
    case.lead.profile.growth_rate = Decimal::from_f64(25.0);
    case.lead.profile.technologies = vec!["salesforce".into()];
    let scored = case
        .did(ContentDownloaded, 0)
        .did(SiteVisited, 0)
        .viewed("https://example.com/pricing")
        .did(EmailOpened, 0)
        .did(EmailOpened, 0)
        .did(EmailClicked, 0)
        .did(EventAttended, 0)
        .score();
    assert_eq!((parts(&scored), scored.total, scored.rating), ([40, 40, 20], 100, Rating::Hot));
}

#[test]
fn a_sales_head_of_the_same_country_is_69_and_warm() {
    let mut case = fitting();
    case.lead.profile.seniority = Some(Seniority::Director);
    case.lead.profile.annual_revenue = dollars(5_000_000);
    let scored = case
        .did(SiteVisited, 0)
        .viewed("https://example.com/Pricing?plan=2")
        .did(ContentDownloaded, 0)
        .did(EmailOpened, 0)
        .did(EmailOpened, 30)
        .score();
    assert_eq!((parts(&scored), scored.total, scored.rating), ([33, 28, 8], 69, Rating::Warm));
}

#[test]
fn an_event_today_is_60_and_90_days_later_48() {
    let case = near(fitting()).did(EventAttended, 0);
    let today = case.score();
    assert_eq!((parts(&today), today.total, today.rating), ([30, 25, 5], 60, Rating::Warm));
    let thresholds = case.default_model().thresholds;
    let crossing = thresholds.hand_off(true, today.total);
    assert!(crossing.fires && !crossing.armed);

    let later = case.days_later(90).score();
    assert_eq!((parts(&later), later.total), ([30, 13, 5], 48));
    assert!(thresholds.hand_off(crossing.armed, later.total).armed);
}

#[test]
fn a_lead_of_whom_nothing_is_known_is_cold() {
    let scored = Case::new().score();
    assert_eq!((scored.total, scored.rating, scored.parts, scored.next_change_at), (0, Rating::Cold, vec![], None));
}

#[test]
fn every_line_of_the_annex_is_a_rule() {
    let mut case = Case::new();
    case.organization.settings.profile_technologies = vec!["Salesforce".into()];
    let model = case.default_model();
    let of = |component| {
        let rules = model.rules.iter().filter(move |rule| rule.component == component);
        rules.map(|rule| rule.points).collect::<Vec<_>>()
    };
    assert_eq!(of(Component::Demographic), [15, 12, 10, 6, 2, -5, 10, 10, 5, 10, 3, 5]);
    assert_eq!(of(Component::Firmographic), [5, 5, 3, 5, 3, -3, 5]);
    assert_eq!(of(Component::Behavioral), [2, 4, 5, 10, 10, 25, 5, -10, -15]);
    let fading: Vec<_> = model
        .rules
        .iter()
        .filter_map(|rule| match &rule.kind {
            RuleKind::Behaviour(behaviour) => Some((behaviour.max_count.unwrap(), behaviour.half_life_days.unwrap())),
            RuleKind::Attribute { .. } => None,
        })
        .collect();
    assert_eq!(fading, [(5, 30), (5, 30), (4, 30), (2, 30), (2, 90), (2, 90), (3, 90), (1, 90)]);
    assert_eq!(json!(model.thresholds)["hand_off_at"], 60);
}

#[test]
fn company_sizes_at_their_edges() {
    let points = |size: i64| {
        let mut case = Case::new();
        case.lead.profile.company_size = Some(WholeRange::exactly(size));
        case.score().demographic
    };
    let sizes = [19, 20, 49, 50, 100, 101, 500, 501];
    assert_eq!(sizes.map(points), [0, 5, 5, 10, 10, 5, 5, 0]);
    let mut range = Case::new();
    range.lead.profile.company_size = Some(WholeRange { min: 50, max: Some(1_000) });
    assert_eq!(range.score().demographic, 10, "a range is tested by its least");
}

#[test]
fn revenue_and_growth_at_their_edges() {
    let revenue = |whole: i64| {
        let mut case = Case::new();
        case.lead.profile.annual_revenue = dollars(whole);
        case.score().firmographic
    };
    assert_eq!([999_999, 1_000_000, 9_999_999, 10_000_000].map(revenue), [0, 3, 3, 5]);
    let growth = |rate: f64| {
        let mut case = fitting();
        case.lead.profile.growth_rate = Decimal::from_f64(rate);
        case.score().firmographic - 5
    };
    assert_eq!([-0.1, 0.0, 4.9, 5.0, 19.9, 20.0].map(growth), [-3, 0, 0, 3, 3, 5]);
}

#[test]
fn seniority_and_control_of_the_budget() {
    let mut case = Case::new();
    let points = |seniority| {
        let mut case = fitting();
        case.lead.profile.seniority = Some(seniority);
        case.score().demographic - 23
    };
    let all = Seniority::ALL.iter().map(|seniority| points(*seniority)).collect::<Vec<_>>();
    assert_eq!(all, [15, 12, 10, 6, 2, -5, 0]);

    case.lead.bant.authority.state = BantState::Met;
    assert_eq!(case.score().demographic, 0);
    case.lead.bant.budget.controller = Some("Contact".into());
    assert_eq!(case.score().demographic, 5);
}

#[test]
fn careers_and_a_withdrawn_consent_take_points_away() {
    let submitted =
        || Case::new().did(FormSubmitted, 0).did(FormSubmitted, 0).did(FormSubmitted, 0).did(FormSubmitted, 0);
    assert_eq!(submitted().score().behavioral, 15, "three forms count");
    let looking_for_work = submitted().viewed("/careers/engineer");
    assert_eq!(looking_for_work.score().behavioral, 10, "15 + 5 for the visit − 10");
    let mut gone = submitted();
    let withdrawn = Consent { state: ConsentState::Withdrawn, at: None, how: None, form_id: None };
    gone.lead.profile.consent.insert(Channel::Email, withdrawn);
    assert_eq!(gone.score().behavioral, 0);
}

#[test]
fn what_the_organization_does_not_know_of_itself_is_no_rule() {
    let mut case = Case::new();
    case.organization.country = None;
    case.organization.settings.profile_industries.clear();
    let names: Vec<_> = case.default_model().rules.into_iter().map(|rule| rule.name).collect();
    assert!(!names.iter().any(|name| name.contains("profile") || name == "Same country"), "{names:?}");
}
