//! Headings that mean a part of the name or the whole, depending on what stands beside them.

use super::{Target, squashed};
use crate::leads::header_words::WHOLE_NAME_IF_ALONE;

const PARTS: [&str; 3] = ["contact_name", "first_name", "last_name"];

/// Settles what columns of names stand for: `Nome` is the whole name where no other column has a part of it, and `Ad` a
/// name only beside `Soyad`.
pub fn settle_names(headings: &[&str], targets: &mut [Option<Target>]) {
    let surname = headings.iter().any(|name| squashed(name).starts_with("soyad"));
    for (name, target) in headings.iter().zip(targets.iter_mut()) {
        if surname && target.is_none() && squashed(name) == "ad" {
            *target = Some(Target::Field("first_name"));
        }
    }
    let is_name = |target: &Option<Target>| matches!(target, Some(Target::Field(name)) if PARTS.contains(name));
    let mut named = headings.iter().zip(targets.iter_mut()).filter(|(_, target)| is_name(target));
    if let (Some((name, target)), None) = (named.next(), named.next())
        && WHOLE_NAME_IF_ALONE.iter().any(|word| squashed(word) == squashed(name))
    {
        *target = Some(Target::Field("contact_name"));
    }
}
