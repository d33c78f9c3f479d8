//! Files of leads: what may be asked of an import, and what becomes of it (spec section 5).

mod csv_text;
mod dialect;
mod job;
mod mapping;
mod name;
mod policy;

pub use csv_text::{detect_delimiter, detect_encoding};
pub use dialect::{Dialect, Flow, flow, is_blank_between};
pub use job::{Counts, FileShape, Format, Import, JobState, Phase, Progress, Reverted, Warning, Warnings};
pub use mapping::{DateOrder, ImportMapping, Mapping, OtherColumns};
pub use name::{is_of_nobody, name_from_address};
pub use policy::{Encoding, ImportMode, ImportPolicy, UnknownOwner, UnknownSource};
