//! Numbers of people and companies: `Lead #` is no name.

use super::{TARGETS, Target, UNNAMED_SYSTEM, squashed};
use crate::text::fold_label;

/// How numbers are written behind a word, folded.
const MARKS: &[&str] = &["#", " no", " no.", " nr", " nr.", " n°", " num", " num."];

/// What a heading of numbers stands for: `Lead #` is an id, `Account #` nothing. `None` where it is none.
pub(super) fn of(header: &str) -> Option<Option<Target>> {
    let folded = fold_label(header);
    let word = MARKS.iter().find_map(|mark| folded.strip_suffix(mark)).map(squashed)?;
    // `Contact No.` is a phone number.
    let is_word = !header.contains(['#', '№']) && TARGETS.contains_key(&squashed(header));
    match TARGETS.get(&word).filter(|_| !is_word)? {
        Target::Field("contact_name") if !word.contains("name") => {
            Some(Some(Target::ExternalId(UNNAMED_SYSTEM.to_owned())))
        }
        Target::Field("contact_name" | "company_name") => Some(None),
        _ => None,
    }
}
