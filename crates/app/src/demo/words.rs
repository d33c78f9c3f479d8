//! What people say and write down.

use chrono::{Datelike, TimeDelta};
use leadwright_domain::{leads::RawLead, qualification::StatusReason, time::Instant};
use serde_json::{Value, json};

use super::{chance::Chance, plot::with};

/// The labels of the demonstration.
pub(super) const TAGS: &[&str] =
    &["key account", "pilot", "price sensitive", "partner intro", "peak season", "no show"];

/// What somebody writes into a form.
pub(super) fn message(chance: &mut Chance) -> &'static str {
    chance.pick::<&str>(&[
        "We plan our tours in spreadsheets and would like to see how you do it.",
        "Please send prices for about 40 users.",
        "Can you connect to the system that runs our warehouse?",
        "Our peak season starts in three months. Is that enough time to get going?",
        "A colleague saw your talk. I would like to see the forecasting in action.",
        "We open two more depots this year and look for something that grows with us.",
        "Do you host in Europe?",
        "Just comparing for now, a short call next week would be fine.",
        "How do you deal with drivers who have no phone?",
        "Interested in the guide, no call please.",
    ])
}

/// What was said when they first spoke.
pub(super) fn first_call(chance: &mut Chance) -> &'static str {
    chance.pick::<&str>(&[
        "Reached them on the second try; sends their volumes by Friday.",
        "Spoke for ten minutes, wants to see the planning board.",
        "Wrote an e-mail with three times for a call.",
        "Left a message and sent the short deck.",
        "Good call. Plans by hand today, two planners, one of them retires.",
        "Will bring the head of the warehouse to the next call.",
    ])
}

/// Why somebody is worth an offer.
pub(super) fn won(chance: &mut Chance) -> &'static str {
    chance.pick::<&str>(&[
        "Budget confirmed by the board, wants an offer for the pilot.",
        "Decides alone up to this sum; needs to be live before the season.",
        "All four points confirmed in the call with finance.",
    ])
}

/// Why somebody is put off, in words.
pub(super) const fn put_off(reason: StatusReason) -> &'static str {
    match reason {
        StatusReason::NoBudget => "No money left this year; budget talks are in autumn.",
        StatusReason::NoAuthority => "Cannot decide, and does not want to name who can.",
        StatusReason::NoNeed => "One depot and four vans: a whiteboard does.",
        StatusReason::BadTiming => "In the middle of a move; asked to be called in two quarters.",
        StatusReason::Competitor => "Signed with somebody else last week.",
        StatusReason::NoResponse => "Five tries, no answer.",
        StatusReason::BadData => "The address bounces and nobody there knows the name.",
        StatusReason::Other => "Asked for something that we do not make.",
    }
}

/// What is known of money, power, need and time: all that it takes, or a part.
pub(super) fn bant(chance: &mut Chance, now: Instant, all: bool) -> RawLead {
    let state = |chance: &mut Chance| match all {
        true => "met",
        false => *chance.pick(&["unknown", "unknown", "met", "not_met"]),
    };
    let least = chance.between(8, 60) * 100_000;
    let budget = json!({
        "state": state(chance), "level": chance.between(1, 5), "allocated": chance.percent(50),
        "range": {"amount": least, "max_amount": least * 2, "currency": "USD"},
        "controller": if chance.percent(60) { "contact" } else { "Finance" },
    });
    let authority = json!({
        "state": state(chance), "decision_maker": chance.percent(60),
        "others_involved": *chance.pick(&["Finance", "Head of the warehouse", "Works council", "IT security"]),
    });
    let need = json!({
        "state": if chance.percent(80) || all { "met" } else { "unknown" }, "clear": chance.percent(80),
        "urgency": *chance.pick(&["before the season", "this quarter", "no hurry"]),
        "impact": *chance.pick(&["Two planners work overtime every week", "One tour in eight runs half empty", "Late deliveries cost fines"]),
    });
    let date = (now + TimeDelta::days(chance.between(10, 160))).date_naive();
    let timeline = json!({"state": state(chance), "date": date});
    let parts: [(&str, Value); 4] =
        [("budget", budget), ("authority", authority), ("need", need), ("timeline", timeline)];
    parts.into_iter().filter(|(_, _)| all || chance.percent(70)).map(|(name, part)| (name.to_owned(), part)).collect()
}

/// What comes next, with what the first talks brought.
pub(super) fn plan(chance: &mut Chance, now: Instant) -> RawLead {
    let text = *chance.pick(&[
        "Call about the pilot",
        "Send the offer",
        "Show the planning board to both depots",
        "Ask for the volumes again",
        "Invite to the warehouse evening",
        "Check in after their board meeting",
    ]);
    let due = now + TimeDelta::minutes(chance.between(-3 * 24 * 60, 12 * 24 * 60));
    let mut plan = with("next_action", json!({"text": text, "due_at": due}));
    let renewal = (now + TimeDelta::days(chance.between(20, 330))).date_naive();
    let renewal = renewal.with_day(1).unwrap_or(renewal);
    plan.insert(
        "custom".to_owned(),
        json!({
            "plan": *chance.pick(PLANS), "seats": chance.between(3, 240), "pilot_wanted": chance.percent(40),
            "renewal_date": renewal,
        }),
    );
    if chance.percent(45) {
        plan.insert("priority".to_owned(), json!(*chance.weighed(&[("medium", 2), ("high", 4), ("critical", 2)])));
    }
    plan
}

/// The options of the custom field `plan`.
pub(super) const PLANS: &[&str] = &["Starter", "Team", "Business", "Enterprise"];

/// What a customer bought.
pub(super) fn bought(chance: &mut Chance, at: Instant) -> RawLead {
    let price = json!({"amount": chance.between(30, 400) * 100_000, "currency": "USD"});
    let product = *chance.pick(&["Route planning", "Demand forecasting", "Fleet analytics"]);
    with("purchases", json!([{"product": product, "date": at.date_naive(), "price": price}]))
}
