//! Whether the definition of a custom field makes sense.

use serde_json::Value;

use super::{CustomFieldDef, CustomFieldKind, custom_values, input::InputRules};
use crate::{
    fault::Fault,
    text::{Complaint, clean_line, fold_label},
};

/// The most definitions of an organization.
pub const MOST_FIELDS: usize = 200;
/// The most active definitions that leads can be filtered and sorted by.
pub const MOST_INDEXED: usize = 20;
/// The most options of a select.
pub const MOST_OPTIONS: usize = 500;

impl CustomFieldDef {
    /// The definition with its options and default normalized, or all that is wrong with it beside `others`, the
    /// organization's other definitions.
    ///
    /// # Errors
    /// The faults, each at its member.
    pub fn checked(mut self, others: &[Self], rules: &InputRules<'_>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        self.options = options(self.kind, &self.options, &mut faults);
        if let Some(default) = self.default.take()
            && faults.is_empty()
        {
            self.default = read_default(&self, &default, rules, &mut faults);
        }
        let indexed = others.iter().filter(|def| def.id != self.id && def.active && def.indexed).count();
        if self.active && self.indexed && indexed >= MOST_INDEXED {
            let detail = format!("At most {MOST_INDEXED} active fields are indexed; take it from another one first");
            faults.push(Fault::in_field("indexed", "too_many", detail));
        }
        if faults.is_empty() { Ok(self) } else { Err(faults) }
    }
}

/// The options, distinct and without blanks at their ends.
fn options(kind: CustomFieldKind, given: &[String], faults: &mut Vec<Fault>) -> Vec<String> {
    let select = matches!(kind, CustomFieldKind::SingleSelect | CustomFieldKind::MultiSelect);
    if !select && !given.is_empty() {
        let detail = format!("A field of kind {kind} has no options; leave them out, or choose a select");
        faults.push(Fault::in_field("options", "not_a_select", detail));
        return Vec::new();
    }
    if select && given.is_empty() {
        faults.push(Fault::in_field("options", "required", "Give the options to choose from"));
    }
    let mut kept: Vec<String> = Vec::with_capacity(given.len());
    for (at, option) in given.iter().enumerate() {
        match distinct(option, &kept) {
            Ok(option) => kept.push(option),
            Err(complaint) => faults.push(complaint.at(format!("#/options/{at}"))),
        }
    }
    kept
}

fn distinct(option: &str, known: &[String]) -> Result<String, Complaint> {
    let option = clean_line(option);
    if option.is_empty() {
        return Err(Complaint::new("blank", "Give the option a name, or leave it out"));
    }
    match known.iter().find(|known| fold_label(known) == fold_label(&option)) {
        None => Ok(option),
        Some(same) => Err(Complaint::new("repeated", format!("This is the same option as {same}; leave it out"))),
    }
}

fn read_default(
    def: &CustomFieldDef,
    default: &Value,
    rules: &InputRules<'_>,
    faults: &mut Vec<Fault>,
) -> Option<Value> {
    custom_values::read(def, default, rules).unwrap_or_else(|complaint| {
        faults.push(complaint.at("#/default"));
        None
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;
    use crate::{
        leads::{Mode, Occasion},
        sample::id,
    };

    const RULES: InputRules<'_> = InputRules {
        mode: Mode::Strict,
        occasion: Occasion::Create,
        default_region: "US",
        country: None,
        base_currency: "USD",
        custom: &[],
    };

    fn def(kind: CustomFieldKind, options: &[&str], default: Option<Value>) -> CustomFieldDef {
        CustomFieldDef {
            id: id(1),
            version: 1,
            key: "size".into(),
            label: "Size".into(),
            kind,
            required: false,
            default,
            options: options.iter().map(ToString::to_string).collect(),
            indexed: true,
            active: true,
        }
    }

    fn faults(def: CustomFieldDef, others: &[CustomFieldDef]) -> Vec<(Value, String)> {
        let faults = def.checked(others, &RULES).unwrap_err();
        faults.into_iter().map(|fault| (json!(fault)["pointer"].clone(), fault.code)).collect()
    }

    #[test]
    fn options_are_distinct_and_of_selects_only() {
        let checked =
            def(CustomFieldKind::SingleSelect, &[" Small ", "Large"], Some(json!("small"))).checked(&[], &RULES);
        let checked = checked.unwrap();
        assert_eq!((checked.options, checked.default), (vec!["Small".into(), "Large".into()], Some(json!("Small"))));
        let repeated = def(CustomFieldKind::MultiSelect, &["Small", "SMALL", " "], None);
        let expected = [("#/options/1", "repeated"), ("#/options/2", "blank")];
        assert_eq!(faults(repeated, &[]), expected.map(|(at, code)| (json!(at), code.to_owned())));
        assert_eq!(faults(def(CustomFieldKind::SingleSelect, &[], None), &[])[0].1, "required");
        assert_eq!(faults(def(CustomFieldKind::Text, &["a"], None), &[])[0].1, "not_a_select");
    }

    #[test]
    fn a_default_is_a_value_of_the_field() {
        assert_eq!(faults(def(CustomFieldKind::Number, &[], Some(json!("many"))), &[])[0].0, "#/default");
        assert!(def(CustomFieldKind::Number, &[], Some(json!(3))).checked(&[], &RULES).is_ok());
    }

    #[test]
    fn twenty_active_fields_are_indexed() {
        let mut others: Vec<_> =
            (2..22).map(|n| CustomFieldDef { id: id(n), ..def(CustomFieldKind::Text, &[], None) }).collect();
        assert_eq!(faults(def(CustomFieldKind::Text, &[], None), &others)[0].0, "#/indexed");
        others[0].active = false;
        assert!(def(CustomFieldKind::Text, &[], None).checked(&others, &RULES).is_ok());
        others[0] = CustomFieldDef { id: id(1), ..others[1].clone() };
        assert!(def(CustomFieldKind::Text, &[], None).checked(&others, &RULES).is_ok());
    }
}
