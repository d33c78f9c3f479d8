//! What the columns and values of a file stand for, where somebody says so (spec IMP-2).

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::{
    choices,
    fault::{Fault, escape_pointer, nearest},
    ids::ImportMappingId,
    leads::{CustomFieldDef, Target, field_for_header},
    text::fold,
};

choices! {
    /// Which figure of 3/4/2024 is the month.
    DateOrder {
        /// The first: 4 March.
        MonthFirst = "mdy",
        /// The second: 3 April.
        DayFirst = "dmy",
    }
}

choices! {
    /// What becomes of columns that stand for nothing.
    OtherColumns {
        /// They are left out, and named.
        Ignore = "ignore",
        /// They go to the lead's notes, each with its heading.
        Notes = "notes",
    }
}

/// What the columns and values of a file stand for; wins over what their headings look like.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mapping {
    /// Headings, and the words of what they fill; `None` leaves a column out.
    pub columns: BTreeMap<String, Option<String>>,
    /// For a field by its word: what is written in the file, and what it means here.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
    /// Which figure of a day is the month; found out by column otherwise.
    pub date_order: Option<DateOrder>,
    /// What becomes of columns that stand for nothing.
    pub other_columns: Option<OtherColumns>,
}

/// A mapping that is kept for the next file of its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportMapping {
    /// Which.
    pub id: ImportMappingId,
    /// Counts changes.
    pub version: i64,
    /// The name for people; unique.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

impl Mapping {
    /// What is wrong with it: words that stand for nothing. The pointers begin at the mapping.
    pub fn check(&self, custom: &[CustomFieldDef]) -> Vec<Fault> {
        let columns = self.columns.iter().filter_map(|(heading, word)| {
            let word = word.as_ref()?;
            let pointer = format!("#/columns/{}", escape_pointer(heading));
            Target::named(word, custom).is_none().then(|| unknown(pointer, word))
        });
        let values = self.values.keys().filter_map(|word| {
            let pointer = format!("#/values/{}", escape_pointer(word));
            Target::named(word, custom).is_none().then(|| unknown(pointer, word))
        });
        columns.chain(values).collect()
    }

    /// The headings it names that a file does not have: perhaps typing errors.
    pub fn unused<'m>(&'m self, header: &[String]) -> Vec<&'m str> {
        if self.columns.is_empty() {
            return Vec::new();
        }
        let header: HashSet<String> = header.iter().map(|heading| fold(heading)).collect();
        self.columns.keys().filter(|known| !header.contains(&fold(known))).map(String::as_str).collect()
    }

    /// What a heading is said to stand for: `Some(None)` for nothing. Case and blanks around it do not count.
    pub fn of(&self, heading: &str) -> Option<Option<&str>> {
        let exact = self.columns.get(heading);
        let alike = || self.columns.iter().find(|(known, _)| fold(known) == fold(heading)).map(|(_, word)| word);
        exact.or_else(alike).map(|word| word.as_deref())
    }
}

fn unknown(pointer: String, word: &str) -> Fault {
    let detail = "This names no field; use a field such as `email`, `custom.<key>`, `external_ids.<system>`, `source`, \
                  `owner`, `status` or `created_at`";
    let fault = Fault::at_pointer(pointer, "unknown_field", detail);
    let meant = nearest(word, Target::words()).map(ToOwned::to_owned);
    match meant.or_else(|| field_for_header(word).map(|target| target.word())) {
        Some(meant) => fault.suggesting(meant),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_stand_for_nothing_are_pointed_at() {
        let mapping = Mapping {
            columns: [("Mail".into(), Some("emial".into())), ("X".into(), None), ("Y".into(), Some("source".into()))]
                .into(),
            values: [("state/us".into(), BTreeMap::new())].into(),
            ..Mapping::default()
        };
        let faults = mapping.check(&[]);
        let found: Vec<_> = faults.iter().map(|fault| (fault.at.clone(), fault.suggestion.clone())).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].1, Some("email".into()));
        assert_eq!(mapping.of("mail "), Some(Some("emial")));
        assert_eq!((mapping.of("X"), mapping.of("Z")), (Some(None), None));
    }
}
