//! The lead: its fields, its state, and what may be written to it.

pub mod choices;
pub mod custom;
pub mod fields;
pub mod lead;
pub mod parts;
pub mod profile;

pub use choices::{Priority, Rating, Relationship, Seniority, Stage, Status};
pub use custom::{CustomFieldDef, CustomKind};
pub use fields::{FieldDef, FieldKind, LEAD_FIELDS};
pub use lead::Lead;
pub use profile::Profile;
