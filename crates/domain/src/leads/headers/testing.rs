//! What the tests of headings ask.

use super::{field_for_header, settle_names};

/// Each heading stands for the field, or for none.
#[track_caller]
pub(super) fn mean(headers: &[&str], word: &str) {
    for header in headers {
        let found = field_for_header(header).map(|target| target.word()).unwrap_or_default();
        assert_eq!(found, word, "{header}");
    }
}

/// What the headings of one file stand for beside each other.
pub(super) fn settled(headings: &[&str]) -> Vec<String> {
    let mut targets: Vec<_> = headings.iter().map(|name| field_for_header(name)).collect();
    settle_names(headings, &mut targets);
    targets.into_iter().map(|target| target.map(|target| target.word()).unwrap_or_default()).collect()
}
