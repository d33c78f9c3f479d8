//! How promising a lead is, and why (spec SCO).

pub mod counting;
pub mod points;

#[cfg(test)]
mod counting_tests;
#[cfg(test)]
mod testing;
