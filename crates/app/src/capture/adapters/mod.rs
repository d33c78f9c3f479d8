//! Bodies of other systems (spec CAP-4): proven, read, and taken in delivery by delivery.

mod adapted;
mod challenge;
mod kept;
mod preview;
mod proof;
mod tree;

pub(super) use adapted::again;
pub use adapted::{Adapted, SubmitAdapted};
pub use challenge::{Asked, challenge};
pub(super) use kept::fields_of;
pub use preview::{Foreseen, preview};
pub use proof::{PROOF_HEADERS, Shown};
