//! Who may overwrite what was written by whom, field by field (spec DAT-3).

mod order;
mod settle;
mod units;
mod written;

pub use order::{Precedence, WriterOrder, unknown_field};
pub(crate) use settle::alike;
pub use settle::{Refused, Said, keep_newer, passed_over, settle};
pub use units::{of_profile, value};
pub use written::{Provenance, Writer, Written};

#[cfg(test)]
mod tests;
