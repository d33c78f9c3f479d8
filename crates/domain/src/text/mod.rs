//! Text as people write it, made comparable.

mod fold;

pub use fold::{FOLD_VERSION, fold, fold_label};
