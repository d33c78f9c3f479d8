//! Files of leads: what may be asked of an import, and what becomes of it (spec section 5).

mod csv_text;
mod job;
mod name;
mod policy;

pub use csv_text::{detect_delimiter, detect_encoding};
pub use job::{Counts, FileShape, Import, JobState, Phase, Progress, Warnings};
pub use name::name_from_address;
pub use policy::{Encoding, ImportMode, ImportPolicy, UnknownOwner, UnknownSource};
