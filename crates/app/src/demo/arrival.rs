//! What is told of somebody who comes in.

use chrono::TimeDelta;
use leadwright_domain::{leads::RawLead, time::Instant};
use serde_json::{Value, json};

use super::{chance::Chance, office::REPS, people::Person, story::Door, words};

/// What a door tells of somebody at a moment.
pub(super) fn told(chance: &mut Chance, person: &Person, door: Door, at: Instant) -> RawLead {
    let mut told = person.told(chance, !matches!(door, Door::Form(_)));
    let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
    match door {
        Door::Form(form) => {
            tell("notes", json!(words::message(chance)));
            if chance.percent(85) {
                tell("email_consent", json!("yes"));
            }
            // As hidden inputs tell it.
            if let Value::Object(touch) = touch(chance, form) {
                for (name, value) in touch {
                    tell(&name, value);
                }
            }
        }
        Door::Colleague => {
            let (source, detail) = *chance.pick(&[
                ("referral", "Named by Harrowdene Logistics"),
                ("trade_show", "Supply Days Chicago, stand 14"),
                ("trade_show", "Warehouse evening Hamburg"),
                ("cold_call", "Spring list"),
                ("word_of_mouth", ""),
                ("walk_in", ""),
            ]);
            tell("source", json!(source));
            if !detail.is_empty() {
                tell("source_detail", json!(detail));
            }
            tell("priority", json!(*chance.weighed(&[("low", 2), ("medium", 5), ("high", 4), ("critical", 1)])));
        }
        Door::Program => {
            let (source, detail) = *chance.pick(&[
                ("advertisement", "Search: route planning"),
                ("social_media", "Company page"),
                ("email_campaign", "Spring launch"),
                ("webinar", "Planning live"),
            ]);
            tell("source", json!(source));
            tell("source_detail", json!(detail));
            tell("first_touch", paid(chance, source, at));
            tell("priority", json!(*chance.weighed(&[("low", 4), ("medium", 6), ("high", 2)])));
        }
        Door::File => {
            tell("source", json!(*chance.pick(&["third_party", "direct_mail", "referral", "trade_show", "website"])));
        }
    }
    told
}

/// What marketing finds out about somebody whom a form knows little of.
pub(super) fn completed(chance: &mut Chance, person: &Person) -> RawLead {
    let mut known = person.told(chance, true);
    // What people say of themselves stays.
    for own in ["contact_name", "email", "phone", "company_name", "country"] {
        known.remove(own);
    }
    let tags = chance.some(words::TAGS, 14);
    if !tags.is_empty() {
        known.insert("tags".to_owned(), json!(tags));
    }
    known.insert(
        "priority".to_owned(),
        json!(*chance.weighed(&[("low", 3), ("medium", 5), ("high", 3), ("critical", 1)])),
    );
    known
}

/// What another system knew of a customer.
pub(super) fn history(told: &mut RawLead, chance: &mut Chance, at: Instant) {
    let began = at - TimeDelta::minutes(chance.between(24 * 60, 26 * 24 * 60));
    let mut tell = |name: &str, value: Value| told.insert(name.to_owned(), value);
    tell("created_at", json!(began));
    tell("status", json!("converted"));
    tell("stage", json!("sales_qualified"));
    tell("owner", json!(chance.pick(REPS).email()));
    tell("relationship", json!("customer"));
    tell("customer_since", json!(at.date_naive()));
    let external = json!({"crm": format!("C-{}", chance.between(100_000, 999_999))});
    tell("external_ids", external);
}

fn touch(chance: &mut Chance, form: usize) -> Value {
    let landing = ["contact", "guides/forecasting", "webinars/planning-live"];
    let landing = format!("https://www.demo.example/{}", landing[form.min(2)]);
    match chance.between(0, 3) {
        0 => json!({"landing_page": landing, "referrer": "https://news.example/supply-chain"}),
        1 => json!({
            "utm_source": "newsletter", "utm_medium": "email", "utm_campaign": *chance.pick(&["spring-launch", "peak-season"]),
            "utm_content": *chance.pick(&["header", "footer", "story"]), "landing_page": landing,
        }),
        2 => json!({
            "utm_source": "search", "utm_medium": "cpc", "utm_campaign": "route-planning",
            "utm_term": *chance.pick(&["route planning", "demand forecast tool", "shift planner"]), "landing_page": landing,
            "gclid": format!("demo-{}", chance.between(100_000, 999_999)),
        }),
        _ => json!({"utm_source": "community", "utm_medium": "social", "landing_page": landing}),
    }
}

fn paid(chance: &mut Chance, source: &str, at: Instant) -> Value {
    let medium = match source {
        "advertisement" => "cpc",
        "social_media" => "social",
        "email_campaign" => "email",
        _ => "webinar",
    };
    json!({
        "utm_source": source, "utm_medium": medium, "landing_page": "https://www.demo.example/product/routes",
        "utm_campaign": *chance.pick(&["spring-launch", "peak-season", "route-planning"]), "at": at,
    })
}
