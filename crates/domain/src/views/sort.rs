//! In which order leads are listed.

use std::fmt;

use crate::{
    fault::{Fault, nearest},
    leads::{CustomFieldDef, CustomFieldKind},
};

/// How the names of custom fields begin.
const CUSTOM: &str = "custom.";

/// An order as somebody wrote it: `-score`, `custom.budget_holder`. Whether there is such an order, [`LeadSort::key`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeadSort {
    by: String,
    descending: bool,
}

/// What leads are listed by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LeadSortKey<'a> {
    /// When they were created.
    CreatedAt,
    /// Their score.
    Score,
    /// What they have in a custom field.
    Custom(&'a CustomFieldDef),
}

impl LeadSort {
    /// The orders that every organization has.
    pub const COMMON: [&str; 4] = ["-created_at", "created_at", "-score", "score"];

    /// Reads what was written.
    pub fn of(written: &str) -> Self {
        let (by, descending) = written.strip_prefix('-').map_or((written, false), |by| (by, true));
        Self { by: by.to_owned(), descending }
    }

    /// Newest first: how leads come unless something else is said.
    pub fn newest() -> Self {
        Self::of("-created_at")
    }

    /// Whether the largest come first.
    pub const fn descending(&self) -> bool {
        self.descending
    }

    /// What leads are listed by, with the custom fields that there are today.
    ///
    /// # Errors
    /// They can't be listed by that; the fault, in the member `sort`, tells what they can be listed by.
    pub fn key<'a>(&self, custom: &'a [CustomFieldDef]) -> Result<LeadSortKey<'a>, Fault> {
        match self.by.as_str() {
            "created_at" => return Ok(LeadSortKey::CreatedAt),
            "score" => return Ok(LeadSortKey::Score),
            _ => {}
        }
        let Some(key) = self.by.strip_prefix(CUSTOM) else { return Err(self.refused("", custom)) };
        let why = match custom.iter().find(|def| def.key == key) {
            Some(def) if sortable(def) => return Ok(LeadSortKey::Custom(def)),
            None => format!("There is no custom field `{key}`. "),
            Some(def) if !has_order(def.kind) => {
                format!("Lists such as those of `{}` have no order. ", self.by)
            }
            Some(def) if !def.active => format!("The custom field `{key}` is retired. "),
            Some(_) => format!("The custom field `{key}` is not `indexed`; an admin can change that. "),
        };
        Err(self.refused(&why, custom))
    }

    /// That there is no such order; `why` is a sentence, or nothing.
    pub fn refused(&self, why: &str, custom: &[CustomFieldDef]) -> Fault {
        let custom = custom.iter().filter(|def| sortable(def)).map(|def| format!("{CUSTOM}{}", def.key));
        let custom = custom.flat_map(|name| [format!("-{name}"), name]);
        let known: Vec<String> = Self::COMMON.iter().map(ToString::to_string).chain(custom).collect();
        let fault = Fault::in_field("sort", "invalid_choice", format!("{why}Choose from: {}.", known.join(", ")));
        match nearest(&self.to_string(), known.iter().map(String::as_str)) {
            Some(meant) => fault.suggesting(meant),
            None => fault,
        }
    }
}

impl fmt::Display for LeadSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", if self.descending { "-" } else { "" }, self.by)
    }
}

const fn sortable(def: &CustomFieldDef) -> bool {
    def.active && def.indexed && has_order(def.kind)
}

const fn has_order(kind: CustomFieldKind) -> bool {
    !matches!(kind, CustomFieldKind::MultiSelect)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::sample::id;

    fn def(key: &str, kind: CustomFieldKind, indexed: bool, active: bool) -> CustomFieldDef {
        CustomFieldDef {
            id: id(1),
            version: 1,
            key: key.into(),
            label: key.into(),
            kind,
            required: false,
            default: None,
            options: vec![],
            indexed,
            active,
        }
    }

    #[test]
    fn an_order_is_told_as_it_was_written() {
        for text in ["-created_at", "score", "custom.seats", "-custom.seats", "--score", "-", "", "name"] {
            assert_eq!(LeadSort::of(text).to_string(), text);
        }
        assert_eq!(LeadSort::newest(), LeadSort::of("-created_at"));
        assert!(LeadSort::of("-custom.seats").descending() && !LeadSort::of("custom.seats").descending());
    }

    #[test]
    fn leads_are_listed_by_indexed_fields_that_have_an_order() {
        for kind in CustomFieldKind::ALL {
            let seats = [def("seats", *kind, true, true)];
            let key = LeadSort::of("-custom.seats").key(&seats);
            if *kind == CustomFieldKind::MultiSelect {
                assert!(key.unwrap_err().detail.contains("no order"), "{kind}");
            } else {
                assert_eq!(key.unwrap(), LeadSortKey::Custom(&seats[0]), "{kind}");
            }
        }
        assert_eq!(LeadSort::newest().key(&[]).unwrap(), LeadSortKey::CreatedAt);
        assert_eq!(LeadSort::of("score").key(&[]).unwrap(), LeadSortKey::Score);
    }

    #[test]
    fn what_is_no_order_says_what_is() {
        let custom = [
            def("seats", CustomFieldKind::Number, true, true),
            def("plain", CustomFieldKind::Number, false, true),
            def("old", CustomFieldKind::Number, true, false),
            def("several", CustomFieldKind::MultiSelect, true, true),
        ];
        let all = "Choose from: -created_at, created_at, -score, score, -custom.seats, custom.seats.";
        for (text, why, meant) in [
            ("custom.plain", "The custom field `plain` is not `indexed`; an admin can change that. ", None),
            ("custom.old", "The custom field `old` is retired. ", None),
            ("custom.several", "Lists such as those of `custom.several` have no order. ", None),
            ("-custom.seat", "There is no custom field `seat`. ", Some("-custom.seats")),
            ("seats", "", None),
            ("-scor", "", Some("-score")),
            ("", "", None),
        ] {
            let fault = LeadSort::of(text).key(&custom).unwrap_err();
            assert_eq!((fault.code.as_str(), fault.detail), ("invalid_choice", format!("{why}{all}")), "{text}");
            if meant.is_some() {
                assert_eq!(fault.suggestion.as_ref().and_then(|one| one.as_str()), meant, "{text}");
            }
        }
    }
}
