//! From what was posted to what is read: nested members get names of one line, the form's mapping comes first, and what
//! only the organization decides is not left to the world.

mod applicant;
mod around;
mod beside;
mod flat;
mod names;
mod nearness;
mod nothing;
mod order;
mod pairs;
mod parties;
mod ticked;

use std::collections::BTreeMap;

use serde_json::Value;

pub(super) use self::nothing::{is_nothing_for, says_nothing};
pub use self::pairs::are_inputs;
use self::{around::Around, flat::Flat};
use super::FormSettings;
use crate::{
    fault::Fault,
    leads::{CustomFieldDef, RawLead, Target, target_for, words},
    text::fold_label,
};

/// Words that mean something only with what they belong to: `name` of a product is nobody's.
const VAGUE: &[&str] = &[
    "name",
    "title",
    "url",
    "type",
    "status",
    "source",
    "id",
    "value",
    "label",
    "role",
    "size",
    "description",
    "detail",
    "details",
    "code",
    "function",
    "position",
    "land",
    "web",
    "domain",
];

/// What wraps the person or the whole form.
const WRAPPERS: &[&str] = &[
    "contact",
    "person",
    "lead",
    "user",
    "customer",
    "visitor",
    "applicant",
    "profile",
    "data",
    "fields",
    "properties",
    "attributes",
    "form",
    "form_data",
    "formdata",
    "answers",
    "submission",
    "payload",
    "body",
    "values",
    "response",
    "details",
    "namedvalues",
    "record",
    "entry",
    "client",
    "sender",
];

/// One input of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The name under which it is read.
    pub name: String,
    /// What it fills; nothing for what is kept aside.
    pub target: Option<Target>,
    /// What it says.
    pub value: Value,
    /// Whether the form's mapping says what it fills.
    pub said: bool,
}

impl FormSettings {
    /// What was posted as it is read, mapped inputs first, so that they win over inputs that happen to be called like a
    /// field; and what is kept aside because it is not for the world to say.
    ///
    /// A mapping names an input as it was posted, a nested one with dots (`contact.email`) or by a JSON pointer
    /// (`/contact/email`).
    pub fn inputs(&self, posted: RawLead, custom: &[CustomFieldDef]) -> (Vec<Input>, Vec<Fault>) {
        let posted = Value::Object(posted);
        let mut mapped = Mapped { inputs: Vec::new(), taken: Vec::new(), custom };
        mapped.take_pointed_at(&self.field_mapping, &posted);
        let flat = match posted {
            Value::Object(members) => Flat { settings: self, custom }.of(members),
            _ => RawLead::new(),
        };
        let mut around = Around::of(flat.keys().map(String::as_str));
        let mut others = Vec::new();
        for (name, value) in flat.into_iter().filter(|(name, _)| !self.protection.reads(name)) {
            let target = self.field_mapping.get(&name).or_else(|| self.field_mapping.get(name.trim_end_matches("[]")));
            match target {
                Some(target) => mapped.take(&name, target, value),
                None => others.push((name, value)),
            }
        }
        others.retain(|(name, _)| !mapped.taken.contains(name));
        let mut warnings = Vec::new();
        let mut rest = Vec::new();
        let mut theirs = Vec::new();
        for said in pairs::said(others, &around, custom) {
            if said.target.is_none() && said.others.iter().any(|path| !beside::may_be_the_leads(path, &around)) {
                theirs.push(said.name.clone());
            }
            let mut known = std::iter::once(&said.name).chain(&said.others);
            match known.find_map(|name| self.field_mapping.get(name)) {
                Some(target) => mapped.take(&said.name, target, said.value),
                None => rest.push(allowed(said.name, said.target, said.value, &mut warnings)),
            }
        }
        // Where answers go is somebody's address only where nothing else is.
        rest.sort_by_key(|input| {
            let answered = fold_label(&input.name).trim() == "replyto" || input.name == "_replyto";
            (answered, is_touch_in_other_words(input))
        });
        order::settle(&mut rest, &mapped.inputs, &mapped.taken);
        let mut inputs = mapped.inputs;
        let as_mapped = inputs.len();
        if !inputs.iter().any(|input| input.target == Some(Target::Field("notes"))) {
            join_messages(&mut rest);
        }
        inputs.extend(rest);
        beside::find_the_address(&mut inputs, &theirs, &around);
        applicant::reach(&mut inputs, &mut around, custom);
        beside::name_the_person(&mut inputs, &around);
        names::settle(&mut inputs, as_mapped);
        ticked::settle(&mut inputs, self.consent_text.as_deref());
        for input in &mut inputs {
            input.target = input.target.take().filter(|target| !is_nothing_for(target, &input.value));
        }
        (inputs, warnings)
    }
}

/// The inputs that a mapping names.
struct Mapped<'a> {
    inputs: Vec<Input>,
    /// Their names as they were posted.
    taken: Vec<String>,
    custom: &'a [CustomFieldDef],
}

impl Mapped<'_> {
    fn take_pointed_at(&mut self, mapping: &BTreeMap<String, String>, posted: &Value) {
        for (pointer, target) in mapping.iter().filter(|(name, _)| name.starts_with('/')) {
            if let Some(value) = posted.pointer(pointer) {
                let name: Vec<String> =
                    pointer[1..].split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
                self.take(&name.join("."), target, value.clone());
            }
        }
    }

    fn take(&mut self, name: &str, target: &str, value: Value) {
        self.taken.push(name.to_owned());
        // Of two inputs for one field the second keeps its own name.
        let second = self.inputs.iter().any(|known| known.name == target);
        let name = if second { name } else { target };
        self.inputs.push(Input { name: name.to_owned(), target: target_for(target, self.custom), value, said: true });
    }
}

/// An input that fills only what the world may say without being asked.
fn allowed(name: String, target: Option<Target>, value: Value, warnings: &mut Vec<Fault>) -> Input {
    let target = target.map(|target| in_a_form(&name, target));
    if target.as_ref().is_some_and(|target| !is_personal(target)) {
        let detail = "Only the form's field_mapping can let the world say this; it was kept aside.";
        warnings.push(Fault::in_field(&name, "not_mapped", detail));
        return Input { name, target: None, value, said: false };
    }
    // A box that was ticked does not say by which way somebody may be written to.
    if target == Some(Target::Field("consent")) && !value.is_object() {
        if !is_blank(&value) && !is_no(&value) {
            let detail = "Say which channel: map it to email_consent, phone_consent or sms_consent in the form's \
                          field_mapping.";
            warnings.push(Fault::in_field(&name, "which_channel", detail));
        }
        return Input { name, target: None, value, said: false };
    }
    // A day is when somebody first wrote, or when their record was made, and no box that was ticked.
    if matches!(target, Some(Target::Consent(_, true))) && is_day(&value) {
        return Input { name, target: None, value, said: false };
    }
    Input { name, target, value, said: false }
}

/// Whether a value can be nothing but a date or a time.
fn is_day(value: &Value) -> bool {
    let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    !value.is_object() && written.bytes().filter(u8::is_ascii_digit).count() >= 6
}

/// Whether an input tells of where somebody came from, and is not called by the name that everybody means by it: a page
/// may have a `Campaign name` of its own beside `utm_campaign`.
fn is_touch_in_other_words(input: &Input) -> bool {
    let is_named = |part: &str| part.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("utm"));
    matches!(input.target, Some(Target::Touch(_))) && !input.name.split(['.', '[']).any(is_named)
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

fn is_no(value: &Value) -> bool {
    let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    words::yes_or_no(&written) == Some(false)
}

/// A subject and a message are both worth reading: what is a message as well is added to the first.
fn join_messages(inputs: &mut Vec<Input>) {
    let is_message = |input: &Input| {
        input.target == Some(Target::Field("notes")) && input.value.is_string() && !is_blank(&input.value)
    };
    let Some(first) = inputs.iter().position(is_message) else { return };
    let text = |input: &Input| input.value.as_str().unwrap_or_default().trim().to_owned();
    let mut parts = vec![text(&inputs[first])];
    let mut at = 0;
    inputs.retain(|input| {
        at += 1;
        let more = text(input);
        let is_more = at > first + 1 && is_message(input) && !parts.contains(&more);
        if is_more {
            parts.push(more);
        }
        !is_more
    });
    if parts.len() > 1 {
        inputs[first].value = parts.join("\n").into();
    }
}

/// Nobody tells their own status: in a form `estado` is where somebody lives.
fn in_a_form(name: &str, target: Target) -> Target {
    let word = name.rsplit(['.', '[']).next().unwrap_or_default().trim_end_matches(']');
    let is_place = target == Target::Status && fold_label(word).trim_start_matches("seu ") == "estado";
    if is_place { Target::Field("region") } else { target }
}

/// Whether the world may say it without being asked: who somebody is, not what becomes of them.
fn is_personal(target: &Target) -> bool {
    match target {
        Target::Field(name) => !matches!(
            *name,
            "priority"
                | "tags"
                | "relationship"
                | "customer_since"
                | "purchases"
                | "next_action"
                | "external_ids"
                | "first_touch"
                | "last_touch"
        ),
        Target::Custom(_) | Target::Touch(_) | Target::ClickId(_) | Target::Consent(..) | Target::OptOut => true,
        Target::Source
        | Target::Owner
        | Target::Team
        | Target::Status
        | Target::Stage
        | Target::ScoreAdjustment
        | Target::CreatedAt
        | Target::ExternalId(_)
        | Target::Kept(_) => false,
    }
}

#[cfg(test)]
#[path = "inputs_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "inputs_order_tests.rs"]
mod order_tests;

#[cfg(test)]
#[path = "inputs_pair_tests.rs"]
mod pair_tests;

#[cfg(test)]
#[path = "inputs_flat_tests.rs"]
mod flat_tests;

#[cfg(test)]
#[path = "inputs_vendor_tests.rs"]
mod vendor_tests;

#[cfg(test)]
#[path = "inputs_name_tests.rs"]
mod name_tests;
