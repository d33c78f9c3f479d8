#![allow(clippy::unwrap_used)]

use chrono::TimeDelta;
use proptest::prelude::*;
use serde_json::json;

use super::{
    Adjustment, AdjustmentReason, Component, Part, Points, Scored, Why, by_component,
    testing::{Case, done_at, model},
};
use crate::{
    interactions::{
        Interaction,
        InteractionKind::{self, EmailOpened, EventAttended},
    },
    leads::Rating,
    sample::at,
};

fn opened(points: i64) -> serde_json::Value {
    json!({ "name": "Opened", "component": "behavioral", "interaction": "email_opened", "points": points,
        "max_count": 2, "half_life_days": 30 })
}

fn always(name: &str, component: &str, points: i64) -> serde_json::Value {
    json!({ "name": name, "component": component, "when": { "all": [] }, "points": points })
}

fn given(points: i64) -> Adjustment {
    Adjustment {
        points,
        reason: AdjustmentReason::Other,
        note: None,
        given_at: at("2026-03-01T00:00:00Z"),
        expires_at: None,
        revoked_at: None,
    }
}

fn line<'a>(scored: &'a Scored, rule: &str) -> &'a Part {
    scored.parts.iter().find(|part| part.rule == rule).unwrap()
}

#[test]
fn the_newest_count_and_the_others_do_not() {
    let case = Case::new().did(EmailOpened, 60).did(EmailOpened, 0).did(EmailOpened, 30);
    let scored = case.score_by(&model(json!([opened(8)])));
    assert_eq!(scored.behavioral, 12, "8 + 4; the oldest is one too many");
    let Why::Done { count, newest_at, fresh, faded } = line(&scored, "Opened").reason else { unreachable!() };
    assert_eq!((count, newest_at, fresh, faded), (2, case.now, Points::whole(16), Points::whole(4)));
}

#[test]
fn age_is_counted_in_whole_days_of_24_hours() {
    let mut case = Case::new().did(EmailOpened, 0);
    let by = model(json!([opened(8)]));
    case.now += TimeDelta::days(1) - TimeDelta::microseconds(1);
    assert_eq!(line(&case.score_by(&by), "Opened").points, Points::whole(8));
    case.now += TimeDelta::microseconds(1);
    assert_eq!(line(&case.score_by(&by), "Opened").points.hundredths(), 782);
}

#[test]
fn an_interaction_from_a_clock_that_is_fast_is_fresh() {
    let case = Case::new().did(EmailOpened, -1);
    let scored = case.score_by(&model(json!([opened(8)])));
    assert_eq!((scored.behavioral, scored.next_change_at), (8, Some(case.now + TimeDelta::days(2))));
}

#[test]
fn the_next_change_is_the_next_whole_day_of_anything_that_still_fades() {
    let mut case = Case::new().did(EmailOpened, 0);
    case.interactions.push(done_at(EmailOpened, case.now - TimeDelta::hours(30)));
    case.interactions.push(done_at(EmailOpened, case.now - TimeDelta::hours(47)));
    let scored = case.score_by(&model(json!([opened(8)])));
    assert_eq!(scored.next_change_at, Some(case.now + TimeDelta::hours(18)), "the third does not count");

    let faded = Case::new().did(EmailOpened, 2_000).score_by(&model(json!([opened(8)])));
    assert_eq!((faded.behavioral, faded.next_change_at), (0, None), "nothing is left to fade");
    let lasting = json!([{ "name": "Event", "interaction": "event_attended", "points": 5 }]);
    let lasting = Case::new().did(EventAttended, 5).score_by(&model(lasting));
    assert_eq!((lasting.behavioral, lasting.next_change_at), (5, None), "no half-life, no fading");
}

#[test]
fn an_expiry_and_a_window_of_days_change_a_score_too() {
    let mut case = Case::new();
    case.adjustments = vec![Adjustment { expires_at: Some(case.now + TimeDelta::hours(3)), ..given(10) }];
    let scored = case.score_by(&model(json!([])));
    assert_eq!((scored.total, scored.next_change_at), (10, Some(case.now + TimeDelta::hours(3))));

    let recent = json!([{ "name": "Recent", "component": "behavioral", "points": 7,
        "when": { "interaction": "call", "within_days": 2 } }]);
    let mut case = Case::new().did(InteractionKind::Call, 1);
    let scored = case.score_by(&model(recent.clone()));
    let turns = case.now + TimeDelta::days(1) + TimeDelta::microseconds(1);
    assert_eq!((scored.total, scored.next_change_at), (7, Some(turns)));
    case.now = turns - TimeDelta::microseconds(1);
    assert_eq!(case.score_by(&model(recent.clone())).total, 7);
    case.now = turns;
    assert_eq!(case.score_by(&model(recent)).total, 0);
}

#[test]
fn a_rule_that_compares_with_now_is_looked_at_again_in_a_day() {
    let old = json!([{ "name": "Old", "component": "demographic", "points": -5,
        "when": { "field": "created_at", "op": "lt", "value": { "days_ago": 30 } } }]);
    let case = Case::new();
    assert_eq!(case.score_by(&model(old)).next_change_at, Some(case.now + TimeDelta::days(1)));
}

#[test]
fn of_a_group_the_highest_counts_and_the_others_say_so() {
    let grouped = |name: &str, points: i64| {
        let mut rule = always(name, "demographic", points);
        rule["group"] = json!("size");
        rule
    };
    let by = model(json!([grouped("Low", 3), grouped("High", 10), grouped("Also high", 10), grouped("Minus", -4)]));
    let scored = Case::new().score_by(&by);
    assert_eq!(scored.demographic, 10);
    assert_eq!(line(&scored, "Low").reason, Why::Outdone { by: "High".into() });
    assert_eq!(line(&scored, "Also high").reason, Why::Outdone { by: "High".into() });
    let alone = Case::new().score_by(&model(json!([grouped("Minus", -4), always("Plus", "demographic", 6)])));
    assert_eq!(alone.demographic, 2, "a negative rule counts where it is alone in its group");
    let other = json!([grouped("Low", 3), { "name": "Other", "component": "firmographic", "group": "size",
        "when": { "all": [] }, "points": 5 }]);
    assert_eq!(Case::new().score_by(&model(other)).total, 8, "a group is one of its component");
}

#[test]
fn a_component_is_limited_after_its_negatives() {
    let both = json!([always("Much", "behavioral", 55), always("Less", "behavioral", -20)]);
    assert_eq!(Case::new().score_by(&model(both)).behavioral, 35, "not 40 − 20");
    let much = Case::new().score_by(&model(json!([always("Much", "firmographic", 33)])));
    assert_eq!((much.firmographic, line(&much, "limit").points), (20, Points::whole(-13)));
    let less = Case::new().score_by(&model(json!([always("Less", "demographic", -5)])));
    assert_eq!((less.demographic, line(&less, "limit").points), (0, Points::whole(5)));
}

#[test]
fn a_component_is_rounded_once_at_the_end() {
    let half = json!([opened(1), always("One", "behavioral", 1)]);
    let scored = Case::new().did(EmailOpened, 30).score_by(&model(half));
    assert_eq!((scored.behavioral, line(&scored, "rounding").points), (2, Points::from_hundredths(50)));
    let minus = Case::new().did(EmailOpened, 30).score_by(&model(json!([opened(-1), always("One", "behavioral", 1)])));
    assert_eq!(minus.behavioral, 1, "0.5 goes up");
}

#[test]
fn adjustments_stand_beside_the_rules_and_the_total_stays_within_100() {
    let mut case = Case::new();
    case.adjustments = vec![given(90), given(90), Adjustment { revoked_at: Some(case.now), ..given(-100) }];
    let scored = case.score_by(&model(json!([always("Much", "demographic", 40)])));
    assert_eq!((scored.adjustment, scored.total, scored.rating), (180, 100, Rating::Hot));
    case.adjustments = vec![given(-90)];
    let scored = case.score_by(&model(json!([always("Much", "demographic", 40)])));
    assert_eq!((scored.adjustment, scored.demographic, scored.total), (-90, 40, 0));
}

#[test]
fn what_is_kept_reads_back_and_has_reasons_with_codes() {
    let mut case = Case::new().did(EmailOpened, 1);
    case.adjustments = vec![given(5)];
    let scored = case.score_by(&model(json!([opened(8)])));
    let stored = json!(scored.clone().stored().parts);
    let parts: Vec<Part> = serde_json::from_value(stored.clone()).unwrap();
    assert_eq!(parts, scored.parts);
    assert_eq!(
        stored[0],
        json!({ "rule": "Opened", "component": "behavioral", "points": 7.82, "reason": { "code": "done", "params": {
            "count": 1, "newest_at": "2026-03-01T12:00:00Z", "fresh": 8, "faded": 0.18 } } })
    );
    assert_eq!(stored[2]["reason"]["code"], "given");
}

fn done() -> impl Strategy<Value = Vec<(usize, i64, Option<u8>)>> {
    prop::collection::vec((0..InteractionKind::ALL.len(), 0..9_000_i64, prop::option::of(0..4_u8)), 0..40)
}

fn case_of(done: &[(usize, i64, Option<u8>)], adjusted: &[i64]) -> Case {
    let mut case = Case::new();
    case.adjustments = adjusted.iter().map(|points| given(*points)).collect();
    let pages = ["/", "/pricing", "/careers", "/about"];
    case.interactions = done
        .iter()
        .map(|(kind, hours, which)| Interaction {
            url: which.map(|which| pages[usize::from(which)].into()),
            message_id: which.map(|which| which.to_string()),
            ..done_at(InteractionKind::ALL[*kind], case.now - TimeDelta::hours(*hours))
        })
        .collect();
    case
}

#[test]
fn what_has_faded_away_need_not_be_loaded() {
    let by = model(json!([opened(8)]));
    let case = Case::new().did(EmailOpened, 0).did(EmailOpened, 400);
    let needs = by.needs(case.now);
    assert_eq!(needs.kinds, [EmailOpened].into());
    assert_eq!(needs.since, Some(case.now - TimeDelta::days(330)), "800 hundredths halve to nothing in 11 half-lives");
    let Why::Done { count, .. } = line(&case.score_by(&by), "Opened").reason else { unreachable!() };
    assert_eq!(count, 1, "nor is it counted");

    let default = case.default_model().needs(case.now);
    assert!(default.kinds.contains(&InteractionKind::PageViewed), "views make visits");
    let lasting = model(json!([opened(8), { "name": "Event", "interaction": "event_attended", "points": 5 }]));
    assert_eq!(lasting.needs(case.now).since, None, "what does not fade is needed however old it is");
}

proptest! {
    /// What is not needed changes nothing.
    #[test]
    fn a_score_is_the_same_with_what_it_needs_alone(done in done(), years in 0..3_i64) {
        let mut case = case_of(&done, &[]);
        case.now += TimeDelta::days(365 * years);
        let all = case.score();
        let needs = case.default_model().needs(case.now);
        case.interactions.retain(|one| {
            needs.kinds.contains(&one.kind) && needs.since.is_none_or(|since| one.occurred_at >= since)
        });
        prop_assert_eq!(case.score(), all);
    }

    /// The lines of every component add up to it, it stays in its range, and the total follows from the components.
    #[test]
    fn everything_adds_up(done in done(), adjusted in prop::collection::vec(-100..=100_i64, 0..4)) {
        let scored = case_of(&done, &adjusted).score();
        let points = [scored.demographic, scored.behavioral, scored.firmographic, scored.adjustment];
        for (shown, points) in by_component(&scored.parts).iter().zip(points) {
            let sum: Points = shown.rules.iter().map(|part| part.points).sum();
            prop_assert_eq!((sum, shown.points), (Points::whole(points), points));
            prop_assert!(shown.component == Component::Adjustment || (0..=shown.cap.unwrap()).contains(&points));
        }
        prop_assert_eq!(scored.total, points.iter().sum::<i64>().clamp(0, 100));
        prop_assert_eq!(scored.rating, Rating::of(scored.total));
    }

    /// Until the next change the score stays as it is, to the last line.
    #[test]
    fn nothing_changes_before_the_next_change(done in done(), share in 0..1_000_i64) {
        let mut case = case_of(&done, &[]);
        let scored = case.score();
        let Some(next) = scored.next_change_at else {
            case.now += TimeDelta::days(share);
            prop_assert_eq!(case.score().parts, scored.parts);
            return Ok(());
        };
        prop_assert!(next > case.now);
        case.now += (next - case.now - TimeDelta::microseconds(1)) / 1_000 * i32::try_from(share).unwrap();
        prop_assert_eq!(case.score().parts, scored.parts);
    }
}
