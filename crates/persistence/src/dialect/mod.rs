//! The few places where the two databases differ.

pub(crate) mod clock;
pub(crate) mod lists;
pub(crate) mod locks;
pub(crate) mod patience;
pub(crate) mod plans;
pub(crate) mod search;
