//! Privacy (spec LEAD-6): taking out all that is known of a person, erasing it, and noticing when they come again.

mod buried;
mod count;
mod elsewhere;
mod erase;
mod gone;
mod marks;
mod person;
mod personal_data;
mod read;
mod shared;
mod stays;
mod sweep;

pub(crate) use buried::{Buried, Trait, buried_among, named_ids, traits_in, traits_of};
pub use erase::{Erase, Erased, MOST_AT_ONCE};
pub(crate) use gone::{found, gone};
pub use person::Wanted;
pub use personal_data::{PersonalData, RejectedRow, personal_data};
pub use read::{erasure, erasures};
