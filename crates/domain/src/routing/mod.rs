//! Who gets a lead, and why (spec ROU).

pub mod pool;

#[cfg(test)]
mod pool_tests;
