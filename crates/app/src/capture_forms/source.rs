//! The source that a form names.

use leadwright_domain::{
    fault::{Fault, nearest},
    sources::LeadSource,
};

/// The active source of this code.
pub(super) fn find<'a>(code: &str, sources: &'a [LeadSource], faults: &mut Vec<Fault>) -> Option<&'a LeadSource> {
    let found = sources.iter().find(|source| source.active && source.code == code);
    if found.is_none() {
        let detail = "There is no active source of this code; GET /api/v1/lead-sources lists them";
        let fault = Fault::in_field("source", "unknown_source", detail);
        let codes = sources.iter().filter(|source| source.active).map(|source| source.code.as_str());
        faults.push(match nearest(code, codes) {
            Some(meant) => fault.suggesting(meant),
            None => fault,
        });
    }
    found
}
