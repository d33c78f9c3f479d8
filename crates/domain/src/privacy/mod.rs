//! Privacy (spec LEAD-6): what is erased with a person, by what traces of them are found, and what keeps them from
//! coming back unnoticed.

mod erasure;
mod mixed;
mod own_values;
mod reading;
mod saved;
mod traces;

pub use erasure::{Erasure, ErasureCounts, ErasureReason, WhenErased};
pub use mixed::{Stay, add_rests};
pub use own_values::OwnValues;
pub use reading::Told;
pub use saved::SavedWords;
pub use traces::Traces;

#[cfg(test)]
mod mixed_tests;
#[cfg(test)]
mod tests;
