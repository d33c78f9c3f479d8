//! `application/x-www-form-urlencoded`, in any encoding.

use leadwright_domain::leads::RawLead;
use percent_encoding::percent_decode;

use super::{Unreadable, add, charset};

pub(super) fn read(label: Option<String>, body: &[u8]) -> Result<RawLead, Unreadable> {
    let pairs = body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let equals = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = equals.map_or((pair, &[][..]), |at| (&pair[..at], &pair[at + 1..]));
        (plain(name), plain(value))
    });
    let mut fields = RawLead::new();
    for (name, value) in charset::decoded(label.as_deref(), pairs.collect()) {
        add(&mut fields, name, value)?;
    }
    Ok(fields)
}

fn plain(written: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = written.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}
