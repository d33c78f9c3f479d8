//! Reading the fields that have an inside: lists, consent, touches, purchases, ids of other systems, the next action.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    FieldValue,
    input::{InputRules, Mode},
    parts::{Channel, Consent, ConsentState, Consents, NextAction, Purchase, Touch},
    values::{self, Flaw, Reading, text_of, too_long, wrong_type},
    words,
};
use crate::{
    fault::{escape_pointer, nearest},
    quantity::{Money, WholeRange},
    text::{self, Complaint, clean_json, clean_line, fold},
    time::Instant,
};

/// The most members of a list or an object.
const MOST: usize = 200;

/// The members of an object, taken out one by one, with all that is wrong with them.
pub(super) struct Members<'a> {
    members: &'a Map<String, Value>,
    known: Vec<&'static str>,
    rules: &'a InputRules<'a>,
    pub(super) flaws: Vec<Flaw>,
}

impl<'a> Members<'a> {
    pub(super) fn of(members: &'a Map<String, Value>, rules: &'a InputRules<'a>) -> Self {
        Self { members, known: Vec::new(), rules, flaws: Vec::new() }
    }

    /// Reads one member; nothing where it is absent or faulty.
    pub(super) fn take<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Value) -> Result<Option<T>, Complaint>,
    ) -> Option<T> {
        self.known.push(name);
        match self.members.get(name).map(read) {
            Some(Ok(value)) => value,
            Some(Err(complaint)) => {
                self.flaws.push(Flaw { path: format!("/{name}"), complaint, kept: None });
                None
            }
            None => None,
        }
    }

    pub(super) fn text(&mut self, name: &'static str, limit: usize) -> Option<String> {
        let mode = self.rules.mode;
        self.take(name, |value| short_text(value, limit, mode))
    }

    pub(super) fn instant(&mut self, name: &'static str) -> Option<Instant> {
        let rules = self.rules;
        self.take(name, |value| text_of(value, rules.mode)?.map(|written| values::instant(&written, rules)).transpose())
    }

    /// A member that must be there.
    pub(super) fn demand<T>(&mut self, name: &'static str, value: Option<T>, detail: &str) -> Option<T> {
        let path = format!("/{name}");
        if value.is_none() && !self.flaws.iter().any(|flaw| flaw.path == path) {
            self.flaws.push(Flaw { path, complaint: Complaint::new("required", detail), kept: None });
        }
        value
    }

    /// Adds what is wrong inside a member.
    pub(super) fn inside<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&Value) -> Result<Option<T>, Vec<Flaw>>,
    ) -> Option<T> {
        self.known.push(name);
        match self.members.get(name).map(read)? {
            Ok(value) => value,
            Err(flaws) => {
                self.flaws.extend(below(&format!("/{name}"), flaws));
                None
            }
        }
    }

    /// All that is wrong, members that do not exist included.
    pub(super) fn done(mut self) -> Vec<Flaw> {
        for name in self.members.keys().filter(|name| !self.known.contains(&name.as_str())) {
            let complaint = Complaint::new("unknown_field", format!("Known here are {}", self.known.join(", ")))
                .suggesting(nearest(name, self.known.iter().copied()));
            self.flaws.push(Flaw { path: format!("/{}", escape_pointer(name)), complaint, kept: None });
        }
        self.flaws
    }
}

/// Flaws moved below a path.
pub(super) fn below(path: &str, flaws: Vec<Flaw>) -> impl Iterator<Item = Flaw> {
    flaws.into_iter().map(move |flaw| Flaw { path: format!("{path}{}", flaw.path), ..flaw })
}

/// Text of at most so many characters.
pub(super) fn short_text(value: &Value, limit: usize, mode: Mode) -> Result<Option<String>, Complaint> {
    let text = text_of(value, mode)?;
    match text.as_ref().map(|text| text.chars().count()).filter(|length| *length > limit) {
        Some(length) => Err(too_long(limit, length)),
        None => Ok(text),
    }
}

fn either<T>(value: T, flaws: Vec<Flaw>) -> Result<Option<T>, Vec<Flaw>> {
    if flaws.is_empty() { Ok(Some(value)) } else { Err(flaws) }
}

fn object<'a>(value: &'a Value, wanted: &str) -> Result<Option<&'a Map<String, Value>>, Vec<Flaw>> {
    match value {
        Value::Null => Ok(None),
        Value::Object(members) if members.len() <= MOST => Ok(Some(members)),
        Value::Object(_) => Err(vec![Complaint::new("too_many", format!("At most {MOST} entries")).into()]),
        _ => Err(vec![wrong_type(wanted).into()]),
    }
}

/// A set of short texts. Files part them with `,`, `;` or `|`; the first of two that compare equal stays.
pub(super) fn texts(value: &Value, rules: &InputRules<'_>) -> Reading {
    let items: Vec<Value> = match value {
        Value::Null => return Ok(None),
        Value::Array(items) => items.clone(),
        Value::String(text) if rules.mode == Mode::Lenient => {
            text::parted(text).into_iter().map(|part| Value::String(part.to_owned())).collect()
        }
        Value::Number(_) if rules.mode == Mode::Lenient => vec![value.clone()],
        Value::String(text) => {
            return Err(vec![wrong_type("a list of texts").suggesting(Some(vec![text.replace('\0', "")])).into()]);
        }
        _ => return Err(vec![wrong_type("a list of texts").into()]),
    };
    if items.len() > MOST {
        return Err(vec![Complaint::new("too_many", format!("At most {MOST} entries")).into()]);
    }
    let (mut kept, mut flaws): (Vec<String>, Vec<Flaw>) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match short_text(item, 100, rules.mode) {
            Ok(Some(text)) if !kept.iter().any(|known| fold(known) == fold(&text)) => kept.push(text),
            Ok(_) => {}
            Err(complaint) => flaws.push(Flaw { path: format!("/{at}"), complaint, kept: None }),
        }
    }
    if flaws.is_empty() {
        return Ok((!kept.is_empty()).then_some(FieldValue::Texts(kept)));
    }
    if let Some(first) = flaws.first_mut() {
        first.kept = Some(FieldValue::Texts(kept));
    }
    Err(flaws)
}

/// Money in minor units; people may write it in major units of the organization's currency.
pub(super) fn money(value: &Value, rules: &InputRules<'_>) -> Result<Option<Money>, Vec<Flaw>> {
    const SHAPE: &str = "an object of amount (minor units) and currency";
    let written = match value {
        Value::Object(members) => return money_object(members, rules).map(Some),
        Value::Number(number) => number.to_string(),
        other => match text_of(other, Mode::Strict).map_err(|_| vec![wrong_type(SHAPE).into()])? {
            Some(written) => written,
            None => return Ok(None),
        },
    };
    // The point of a number is a point.
    let dots = rules.writes_dots() && !value.is_number();
    let read = text::lenient_money(&written, rules.base_currency, dots);
    match (rules.mode, read) {
        (Mode::Lenient, read) => read.map(Some).map_err(|complaint| vec![complaint.into()]),
        (Mode::Strict, read) => {
            let repair = read.ok().and_then(|money| serde_json::to_value(money).ok());
            Err(vec![wrong_type(SHAPE).suggesting(repair).into()])
        }
    }
}

/// What is to be told of an amount that can be read in two ways: `12.500`.
pub(super) fn doubt_of_money(value: &Value, rules: &InputRules<'_>) -> Option<Complaint> {
    let written = clean_line(value.as_str()?);
    text::is_ambiguous_amount(&written, rules.base_currency, rules.writes_dots()).then(|| {
        let detail = format!("The dot of `{written}` was read as a decimal point; write thousands as 12500 or 12,500");
        Complaint::new("ambiguous_number", detail)
    })
}

fn money_object(members: &Map<String, Value>, rules: &InputRules<'_>) -> Result<Money, Vec<Flaw>> {
    let mut inside = Members::of(members, rules);
    let amount = inside.take("amount", |value| match value {
        Value::Null => Ok(None),
        Value::Number(_) => values::whole(value).map(WholeRange::exactly).map(Some).ok_or_else(not_minor),
        Value::String(text) => WholeRange::parse(text).map(Some).ok_or_else(not_minor),
        _ => Err(not_minor()),
    });
    let amount = inside.demand("amount", amount, "Give the amount in minor units, such as cents");
    let max = inside.take("max_amount", |value| match value {
        Value::Null => Ok(None),
        other => values::whole(other).map(Some).ok_or_else(not_minor),
    });
    let code = inside.take("currency", |value| match text_of(value, rules.mode)? {
        None => Ok(None),
        Some(written) => text::currency(&written)
            .map(Some)
            .ok_or_else(|| Complaint::new("invalid_currency", "Give a currency of ISO 4217, such as USD")),
    });
    let code = if rules.mode == Mode::Lenient { code.or_else(|| text::currency(rules.base_currency)) } else { code };
    let code = inside.demand("currency", code, "Give the currency, such as USD");
    if let Some(amount) = amount {
        let max = max.or(amount.max);
        if amount.min < 0 || max.is_some_and(|max| max < amount.min) {
            let complaint = Complaint::new("invalid_money", "An amount is not negative, and max_amount not below it");
            inside.flaws.push(Flaw { path: "/amount".into(), complaint, kept: None });
        }
    }
    let flaws = inside.done();
    match (amount, code) {
        (Some(amount), Some(code)) if flaws.is_empty() => {
            let max = max.or(amount.max).filter(|max| *max != amount.min);
            Ok(Money { amount: amount.min, max_amount: max, currency: code.to_owned() })
        }
        _ => Err(flaws),
    }
}

fn not_minor() -> Complaint {
    Complaint::new("invalid_money", "Give a whole number of minor units (cents), or a range such as \"100-200\"")
}

/// Consent by channel. Programs give objects; forms may give `yes` or `granted`.
pub(super) fn consents(value: &Value, rules: &InputRules<'_>) -> Reading {
    let Some(channels) = object(value, "an object of channels")? else { return Ok(None) };
    let (mut kept, mut flaws) = (Consents::new(), Vec::new());
    for (name, wish) in channels.iter().filter(|(_, wish)| !wish.is_null()) {
        let path = format!("/{}", escape_pointer(name));
        let Some(channel) = Channel::parse(name) else {
            let complaint = Complaint::new("unknown_field", format!("Channels are {}", Channel::WORDS.join(", ")))
                .suggesting(nearest(name, Channel::WORDS.iter().copied()));
            flaws.push(Flaw { path, complaint, kept: None });
            continue;
        };
        match consent(wish, rules) {
            Ok(consent) => drop(kept.insert(channel, consent)),
            Err(inside) => flaws.extend(below(&path, inside)),
        }
    }
    either(FieldValue::Consents(kept), flaws)
}

fn consent(wish: &Value, rules: &InputRules<'_>) -> Result<Consent, Vec<Flaw>> {
    let state = |written: &str| {
        let understood = |written: &str| {
            words::yes_or_no(written)
                .map(|yes| if yes { ConsentState::Granted } else { ConsentState::Withdrawn })
                .or_else(|| ConsentState::parse(&fold(written)))
        };
        values::choice(written, rules.mode == Mode::Lenient, ConsentState::parse, understood, ConsentState::WORDS)
    };
    if let (Mode::Lenient, Value::String(_) | Value::Bool(_)) = (rules.mode, wish) {
        let written = text_of(wish, rules.mode).map_err(|complaint| vec![complaint.into()])?.unwrap_or_default();
        let state = state(&written).map_err(|complaint| vec![complaint.into()])?;
        return Ok(Consent { state, at: None, how: None, form_id: None });
    }
    let Value::Object(members) = wish else { return Err(vec![wrong_type("an object with a state").into()]) };
    let mut inside = Members::of(members, rules);
    let given = inside.take("state", |value| text_of(value, rules.mode)?.map(|written| state(&written)).transpose());
    let given = inside.demand("state", given, "Give the state: unknown, granted or withdrawn");
    let (at, how) = (inside.instant("at"), inside.text("how", 2_000));
    let form_id = inside.take("form_id", super::command::id);
    match (given, inside.done()) {
        (Some(state), flaws) if flaws.is_empty() => Ok(Consent { state, at, how, form_id }),
        (_, flaws) => Err(flaws),
    }
}

/// Where a visit came from.
pub(super) fn touch(value: &Value, rules: &InputRules<'_>) -> Reading {
    let Some(members) = object(value, "an object")? else { return Ok(None) };
    let mut inside = Members::of(members, rules);
    let touch = Touch {
        utm_source: inside.text("utm_source", 500),
        utm_medium: inside.text("utm_medium", 500),
        utm_campaign: inside.text("utm_campaign", 500),
        utm_term: inside.text("utm_term", 500),
        utm_content: inside.text("utm_content", 500),
        referrer: inside.text("referrer", 2_000),
        landing_page: inside.text("landing_page", 2_000),
        click_ids: inside.inside("click_ids", |value| pairs(value, 50, 500, rules)).unwrap_or_default(),
        at: inside.instant("at"),
    };
    either(FieldValue::Touch(touch), inside.done())
}

/// Ids in other systems, by system.
pub(super) fn external_ids(value: &Value, rules: &InputRules<'_>) -> Reading {
    pairs(value, 50, 200, rules).map(|ids| ids.filter(|ids| !ids.is_empty()).map(FieldValue::ExternalIds))
}

/// An object of short texts. Ids are often numbers, so a number is taken for text. `null` members are left out.
fn pairs(
    value: &Value,
    key_limit: usize,
    limit: usize,
    rules: &InputRules<'_>,
) -> Result<Option<BTreeMap<String, String>>, Vec<Flaw>> {
    let Some(members) = object(value, "an object of texts")? else { return Ok(None) };
    let (mut kept, mut flaws) = (BTreeMap::new(), Vec::new());
    for (key, value) in members {
        let key_read = short_text(&Value::String(key.clone()), key_limit, rules.mode);
        let mode = if value.is_number() { Mode::Lenient } else { rules.mode };
        let read = key_read.and_then(|name| match (name, short_text(value, limit, mode)?) {
            (Some(name), text) => Ok(text.map(|text| (name, text))),
            (None, _) => Err(Complaint::new("invalid_key", "A name is not blank")),
        });
        match read {
            Ok(Some((name, text))) => drop(kept.insert(name, text)),
            Ok(None) => {}
            Err(complaint) => flaws.push(Flaw { path: format!("/{}", escape_pointer(key)), complaint, kept: None }),
        }
    }
    either(kept, flaws)
}

/// What was bought. Files may name the products only.
pub(super) fn purchases(value: &Value, rules: &InputRules<'_>) -> Reading {
    let items: Vec<Value> = match value {
        Value::Null => return Ok(None),
        Value::Array(items) if items.len() <= MOST => items.clone(),
        Value::Array(_) => return Err(vec![Complaint::new("too_many", format!("At most {MOST} entries")).into()]),
        Value::String(text) if rules.mode == Mode::Lenient => text
            .split([',', ';', '|'])
            .filter(|part| !part.trim().is_empty())
            .map(|part| serde_json::json!({ "product": part }))
            .collect(),
        _ => return Err(vec![wrong_type("a list of purchases").into()]),
    };
    let (mut kept, mut flaws) = (Vec::new(), Vec::new());
    for (at, item) in items.iter().enumerate() {
        match purchase(item, rules) {
            Ok(purchase) => kept.push(purchase),
            Err(inside) => flaws.extend(below(&format!("/{at}"), inside)),
        }
    }
    if flaws.is_empty() { Ok((!kept.is_empty()).then_some(FieldValue::Purchases(kept))) } else { Err(flaws) }
}

fn purchase(value: &Value, rules: &InputRules<'_>) -> Result<Purchase, Vec<Flaw>> {
    let Value::Object(members) = value else { return Err(vec![wrong_type("an object with a product").into()]) };
    let mut inside = Members::of(members, rules);
    let product = inside.text("product", 200);
    let product = inside.demand("product", product, "Give the product");
    let date = inside
        .take("date", |value| text_of(value, rules.mode)?.map(|written| values::day(&written, rules)).transpose());
    let price = inside.inside("price", |value| money(value, rules));
    match (product, inside.done()) {
        (Some(product), flaws) if flaws.is_empty() => Ok(Purchase { product, date, price }),
        (_, flaws) => Err(flaws),
    }
}

/// What to do next, and by when.
pub(super) fn next_action(value: &Value, rules: &InputRules<'_>) -> Reading {
    if let (Mode::Lenient, Value::String(_)) = (rules.mode, value) {
        let text = short_text(value, 500, rules.mode).map_err(|complaint| vec![complaint.into()])?;
        return Ok(text.map(|text| FieldValue::NextAction(NextAction { text, due_at: None })));
    }
    let Some(members) = object(value, "an object with a text")? else { return Ok(None) };
    let mut inside = Members::of(members, rules);
    let text = inside.text("text", 500);
    let text = inside.demand("text", text, "Say in words what to do");
    let due_at = inside.instant("due_at");
    match (text, inside.done()) {
        (Some(text), flaws) if flaws.is_empty() => Ok(Some(FieldValue::NextAction(NextAction { text, due_at }))),
        (_, flaws) => Err(flaws),
    }
}

/// A value as it may be kept among the unknown ones.
pub(super) fn keepable(value: &Value) -> Value {
    clean_json(value.clone())
}
