//! The model that every organization starts with (spec SCO-3 and its annex).

use serde_json::{Value, json};

use super::model::Draft;
use crate::{condition::Catalogue, fault::Fault, organization::Organization};

/// A hundred miles.
const NEAR_KM: f64 = 160.934;

/// The default model with the organization's own country and ideal customer profile written into plain conditions.
///
/// - A title that says nothing about seniority gives no points, which needs no rule.
/// - "White paper downloaded" is any download of content: an interaction names the item that was taken, and the kind of an
///   item is not known to a condition. Who offers other content gives the rule a `where` on `interaction.item`.
/// - Rules that would ask for nothing are left out: no industry or technology in the profile, no country of the
///   organization.
pub fn default_model(organization: &Organization, catalogue: &Catalogue) -> Result<Draft, Vec<Fault>> {
    let rules: Vec<Value> =
        [demographic(organization), behavioral(), firmographic(organization)].into_iter().flatten().collect();
    Draft::parse(&json!({ "rules": rules }), catalogue)
}

fn attribute(component: &str, name: &str, points: i64, when: Value) -> Value {
    json!({ "name": name, "component": component, "when": when, "points": points })
}

fn in_group(group: &str, mut rule: Value) -> Value {
    rule["group"] = json!(group);
    rule
}

fn field(name: &str, op: &str, value: impl Into<Value>) -> Value {
    json!({ "field": name, "op": op, "value": value.into() })
}

fn demographic(organization: &Organization) -> Vec<Value> {
    let rule = |name: &str, points, when| attribute("demographic", name, points, when);
    let size = |from: i64, to: i64| field("company_size", "between", vec![from, to]);
    let mut rules: Vec<Value> = [
        ("C-level", "c_level", 15),
        ("Vice president", "vp", 12),
        ("Director", "director", 10),
        ("Manager", "manager", 6),
        ("Staff", "staff", 2),
        ("Intern", "intern", -5),
    ]
    .into_iter()
    .map(|(name, seniority, points)| rule(name, points, field("seniority", "eq", seniority)))
    .collect();
    rules.extend(profile_industry(organization).map(|when| rule("Industry in the profile", 10, when)));
    rules.push(in_group("size", rule("50 to 100 employees", 10, size(50, 100))));
    rules.push(in_group(
        "size",
        rule("20 to 49 or 101 to 500 employees", 5, json!({ "any": [size(20, 49), size(101, 500)] })),
    ));
    let near = field("location", "within_km", json!({ "of": "organization", "km": NEAR_KM }));
    rules.push(in_group("location", rule("Within 100 miles", 10, near)));
    if let Some(country) = &organization.country {
        let here = field("country", "eq", country.as_str());
        rules.push(in_group("location", rule("Same country", 3, here)));
    }
    let controls_budget = json!({ "all": [
        field("bant.authority.state", "eq", "met"),
        field("bant.budget.controller", "eq", "contact"),
    ]});
    rules.push(rule("Controls the budget", 5, controls_budget));
    rules
}

fn firmographic(organization: &Organization) -> Vec<Value> {
    let rule = |name: &str, points, when| attribute("firmographic", name, points, when);
    let revenue = |dollars: i64| field("annual_revenue", "gte", json!({ "amount": dollars * 100, "currency": "USD" }));
    let mut rules: Vec<Value> = profile_industry(organization)
        .map(|when| rule("Company's industry in the profile", 5, when))
        .into_iter()
        .collect();
    rules.push(in_group("revenue", rule("Revenue of 10 million or more", 5, revenue(10_000_000))));
    rules.push(in_group("revenue", rule("Revenue of 1 million or more", 3, revenue(1_000_000))));
    rules.push(in_group("growth", rule("Growth of 20 % or more", 5, field("growth_rate", "gte", 20))));
    rules.push(in_group("growth", rule("Growth of 5 % or more", 3, field("growth_rate", "gte", 5))));
    rules.push(in_group("growth", rule("Shrinking", -3, field("growth_rate", "lt", 0))));
    let technologies = &organization.settings.profile_technologies;
    if !technologies.is_empty() {
        rules.push(rule("Technology of the profile", 5, field("technologies", "in", technologies.clone())));
    }
    rules
}

fn profile_industry(organization: &Organization) -> Option<Value> {
    let industries = &organization.settings.profile_industries;
    (!industries.is_empty()).then(|| field("industry", "in", industries.clone()))
}

fn behavioral() -> Vec<Value> {
    let rule = |name: &str, interaction: &str, points: i64, max_count: u32, half_life_days: u32| {
        json!({
            "name": name, "component": "behavioral", "interaction": interaction, "points": points,
            "max_count": max_count, "half_life_days": half_life_days,
        })
    };
    let page = |path: &str, mut rule: Value| {
        rule["where"] = field("interaction.url", "contains", path);
        rule
    };
    vec![
        rule("E-mail opened", "email_opened", 2, 5, 30),
        rule("E-mail clicked", "email_clicked", 4, 5, 30),
        rule("Site visited", "site_visited", 5, 4, 30),
        page("/pricing", rule("Pricing page", "page_viewed", 10, 2, 30)),
        rule("White paper downloaded", "content_downloaded", 10, 2, 90),
        rule("Event attended", "event_attended", 25, 2, 90),
        rule("Form submitted", "form_submitted", 5, 3, 90),
        page("/careers", rule("Careers page", "page_viewed", -10, 1, 90)),
        attribute("behavioral", "E-mail consent withdrawn", -15, field("consent.email", "eq", "withdrawn")),
    ]
}
