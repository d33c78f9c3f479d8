//! The facts document: everything known of a lead in the form in which it compares. It is stored with the lead, so that memory
//! and both databases compare the very same values.

use chrono::{DateTime, NaiveDate};
use serde_json::{Map, Value};

use super::{earth_centred, local_day::day_number};
use crate::{
    interactions::Interaction,
    leads::{
        CustomFieldDef, CustomFieldKind, Lead, Profile,
        parts::{Bant, Channel, ConsentState, Touch},
    },
    organization::Organization,
    quantity::{Decimal, Money},
    text::{fold, fold_label},
    time::Instant,
};

/// The comparison-ready form of a lead. What is missing is absent.
pub fn facts(
    lead: &Lead,
    source_code: &str,
    organization: &Organization,
    custom: &[CustomFieldDef],
) -> Map<String, Value> {
    let mut facts = Facts { currency: &organization.base_currency, out: Map::new() };
    facts.label("source", Some(source_code));
    facts.label("status_reason", lead.status_reason.as_deref());
    facts.person(&lead.profile);
    facts.company(&lead.profile);
    facts.place(&lead.profile);
    facts.history(&lead.profile);
    facts.bant(&lead.bant);
    for def in custom {
        facts.custom(def, lead.profile.custom.get(&def.key));
    }
    facts.out
}

/// The comparison-ready form of the texts of an interaction.
pub fn interaction_facts(interaction: &Interaction) -> Map<String, Value> {
    let mut facts = Facts { currency: "", out: Map::new() };
    facts.text("url", interaction.url.as_deref());
    facts.text("title", interaction.title.as_deref());
    facts.text("item", interaction.item.as_deref());
    facts.text("message_id", interaction.message_id.as_deref());
    facts.text("campaign", interaction.campaign.as_deref());
    facts.text("visitor_id", interaction.visitor_id.as_deref());
    facts.out
}

struct Facts<'a> {
    currency: &'a str,
    out: Map<String, Value>,
}

impl Facts<'_> {
    fn folded(&mut self, key: &str, folded: String) {
        if !folded.is_empty() {
            self.out.insert(key.into(), folded.into());
        }
    }

    fn text(&mut self, key: &str, text: Option<&str>) {
        self.folded(key, text.map(fold).unwrap_or_default());
    }

    fn label(&mut self, key: &str, text: Option<&str>) {
        self.folded(key, text.map(fold_label).unwrap_or_default());
    }

    fn word(&mut self, key: &str, word: Option<&'static str>) {
        self.folded(key, word.unwrap_or_default().into());
    }

    fn several<'t>(&mut self, key: &str, texts: impl Iterator<Item = &'t str>, form: fn(&str) -> String) {
        let texts: Vec<Value> = texts.map(form).filter(|text| !text.is_empty()).map(Value::from).collect();
        if !texts.is_empty() {
            self.out.insert(key.into(), texts.into());
        }
    }

    fn number(&mut self, key: &str, number: Option<i64>) {
        if let Some(number) = number {
            self.out.insert(key.into(), number.into());
        }
    }

    fn boolean(&mut self, key: &str, yes: Option<bool>) {
        self.number(key, yes.map(i64::from));
    }

    fn decimal(&mut self, key: &str, number: Option<Decimal>) {
        self.number(key, number.map(Decimal::micros));
    }

    fn day(&mut self, key: &str, day: Option<NaiveDate>) {
        self.number(key, day.map(day_number));
    }

    fn instant(&mut self, key: &str, at: Option<Instant>) {
        self.number(key, at.map(|at| at.timestamp_micros()));
    }

    /// Money in another currency can't be compared, and counts as missing.
    fn money(&mut self, key: &str, money: Option<&Money>) {
        let own = money.filter(|money| money.currency == self.currency);
        self.number(key, own.map(|money| money.amount));
    }

    fn person(&mut self, profile: &Profile) {
        self.text("contact_name", profile.contact_name.as_deref());
        self.text("first_name", profile.first_name.as_deref());
        self.text("last_name", profile.last_name.as_deref());
        self.text("email", profile.email.as_deref());
        self.text("email_domain", profile.email.as_deref().and_then(|email| Some(email.rsplit_once('@')?.1)));
        self.text("phone", profile.phone.as_deref());
        self.text("job_title", profile.job_title.as_deref());
        self.word("seniority", profile.seniority.map(|seniority| seniority.as_str()));
        self.text("language", profile.language.as_deref());
        self.text("timezone", profile.timezone.as_deref());
        self.day("birth_date", profile.birth_date);
        self.word("relationship", profile.relationship.map(|relationship| relationship.as_str()));
        self.text("notes", profile.notes.as_deref());
        for channel in Channel::ALL {
            let state = profile.consent.get(channel).map_or(ConsentState::Unknown, |consent| consent.state);
            self.word(&format!("consent.{channel}"), Some(state.as_str()));
        }
    }

    fn company(&mut self, profile: &Profile) {
        self.text("company_name", profile.company_name.as_deref());
        self.text("website", profile.website.as_deref());
        self.label("industry", profile.industry.as_deref());
        self.number("company_size", profile.company_size.map(|size| size.min));
        self.money("annual_revenue", profile.annual_revenue.as_ref());
        self.decimal("growth_rate", profile.growth_rate);
        self.several("technologies", profile.technologies.iter().map(String::as_str), fold_label);
    }

    fn place(&mut self, profile: &Profile) {
        self.text("country", profile.country.as_deref());
        self.text("region", profile.region.as_deref());
        self.text("city", profile.city.as_deref());
        self.text("postal_code", profile.postal_code.as_deref());
        self.decimal("latitude", profile.latitude);
        self.decimal("longitude", profile.longitude);
        if let Some((latitude, longitude)) = profile.latitude.zip(profile.longitude) {
            for (axis, metres) in ["x", "y", "z"].into_iter().zip(earth_centred(latitude, longitude)) {
                self.number(&format!("location.{axis}"), Some(metres));
            }
        }
    }

    fn history(&mut self, profile: &Profile) {
        self.day("customer_since", profile.customer_since);
        let bought = &profile.purchases;
        self.several("purchases.product", bought.iter().map(|purchase| purchase.product.as_str()), fold);
        self.number("purchases.count", i64::try_from(bought.len()).ok());
        self.day("purchases.last_date", bought.iter().filter_map(|purchase| purchase.date).max());
        self.several("product_interests", profile.product_interests.iter().map(String::as_str), fold_label);
        self.text("source_detail", profile.source_detail.as_deref());
        self.touch("first_touch", profile.first_touch.as_ref());
        self.touch("last_touch", profile.last_touch.as_ref());
        self.several("tags", profile.tags.iter().map(String::as_str), fold);
        self.several("external_ids", profile.external_ids.keys().map(String::as_str), fold);
        if let Some(action) = &profile.next_action {
            self.text("next_action.text", Some(&action.text));
            self.instant("next_action.due_at", action.due_at);
        }
    }

    fn touch(&mut self, name: &str, touch: Option<&Touch>) {
        let Some(touch) = touch else { return };
        for (part, text) in [
            ("utm_source", &touch.utm_source),
            ("utm_medium", &touch.utm_medium),
            ("utm_campaign", &touch.utm_campaign),
            ("utm_term", &touch.utm_term),
            ("utm_content", &touch.utm_content),
            ("referrer", &touch.referrer),
            ("landing_page", &touch.landing_page),
        ] {
            self.text(&format!("{name}.{part}"), text.as_deref());
        }
        self.several(&format!("{name}.click_ids"), touch.click_ids.keys().map(String::as_str), fold);
        self.instant(&format!("{name}.at"), touch.at);
    }

    fn bant(&mut self, bant: &Bant) {
        let Bant { budget, authority, need, timeline } = bant;
        self.word("bant.budget.state", Some(budget.state.as_str()));
        self.number("bant.budget.level", budget.level.map(i64::from));
        self.boolean("bant.budget.allocated", budget.allocated);
        self.money("bant.budget.range", budget.range.as_ref());
        self.text("bant.budget.controller", budget.controller.as_deref());
        self.word("bant.authority.state", Some(authority.state.as_str()));
        self.boolean("bant.authority.decision_maker", authority.decision_maker);
        self.text("bant.authority.others_involved", authority.others_involved.as_deref());
        self.text("bant.authority.approval_process", authority.approval_process.as_deref());
        self.word("bant.need.state", Some(need.state.as_str()));
        self.boolean("bant.need.clear", need.clear);
        self.text("bant.need.urgency", need.urgency.as_deref());
        self.text("bant.need.impact", need.impact.as_deref());
        self.word("bant.timeline.state", Some(timeline.state.as_str()));
        self.day("bant.timeline.date", timeline.date);
        self.text("bant.timeline.deadlines", timeline.deadlines.as_deref());
        self.text("bant.timeline.possible_delays", timeline.possible_delays.as_deref());
        self.number("bant.completeness", Some(bant.completeness().into()));
    }

    /// A value that does not fit its definition counts as missing.
    fn custom(&mut self, def: &CustomFieldDef, value: Option<&Value>) {
        let Some(value) = value else { return };
        let key = format!("custom.{}", def.key);
        match def.kind {
            CustomFieldKind::Text | CustomFieldKind::Url | CustomFieldKind::SingleSelect => {
                self.text(&key, value.as_str())
            }
            CustomFieldKind::Number => self.decimal(&key, value.as_f64().and_then(Decimal::from_f64)),
            CustomFieldKind::Boolean => self.boolean(&key, value.as_bool()),
            CustomFieldKind::Date => self.day(&key, value.as_str().and_then(|day| day.parse().ok())),
            CustomFieldKind::Datetime => {
                let at = value.as_str().and_then(|at| DateTime::parse_from_rfc3339(at).ok());
                self.instant(&key, at.map(|at| at.to_utc()));
            }
            CustomFieldKind::MultiSelect => {
                self.several(&key, value.as_array().into_iter().flatten().filter_map(Value::as_str), fold);
            }
        }
    }
}
