//! The lead: its fields, its state, and what may be written to it.

mod bant_input;
pub mod changes;
pub mod choices;
mod command;
pub mod custom;
mod custom_check;
pub mod custom_values;
mod derive;
mod field_value;
pub mod fields;
pub mod header_words;
mod headers;
pub mod input;
mod kept;
pub mod lead;
pub mod parts;
pub mod patch;
pub mod profile;
pub mod required;
pub mod search_terms;
mod status_words;
mod structured;
mod target_words;
mod values;
pub mod words;

pub use bant_input::merge_bant;
pub use changes::{ChangedField, changes_json, diff};
pub use choices::{Priority, Rating, Relationship, Seniority, Stage, Status};
pub use command::CommandFields;
pub use custom::{CustomFieldDef, CustomFieldKind};
pub use custom_check::{MOST_FIELDS, MOST_INDEXED, MOST_OPTIONS};
pub use field_value::FieldValue;
pub use fields::{FieldDef, FieldKind, LEAD_FIELDS};
pub use headers::{
    Distance, Target, UNNAMED_SYSTEM, Unit, distance, field_for_header, names_somebody_else, refuses_by_no,
    settle_names, target_for, tells_gone, unit,
};
pub(crate) use headers::{ELSE, is_of_a_person, is_somebody_else};
pub(crate) use headers::{settle_the_only_name, settle_whole_and_parts};
pub use input::{InputRules, Mode, Occasion, Parsed, RawLead, is_part_of_name, parse, parse_as_said, parse_mapped};
pub use kept::{KEPT, Kept};
pub use lead::Lead;
pub use patch::{apply_patch, complete_patch};
pub use profile::Profile;
pub use required::{Demand, missing, missing_after_patch};
