//! Telling what is no table, or one that can't be read, by how it begins.

use leadwright_domain::{
    fault::{Fault, Refusal},
    leads::field_for_header,
};

/// How other formats begin, and what to do about it.
const OTHERS: &[(&[&str], &str)] = &[
    (
        &["<!doctype", "<html", "<?xml", "<table", "<head", "<body", "<div"],
        "This is a web page or XML; save the table as CSV or a workbook.",
    ),
    (&["[["], "These are lists within a list; send a list of objects, lines of objects, or CSV."),
    (&["begin:vcard"], "These are vCards; export the contacts as CSV."),
    (&["dn: ", "dn:: ", "version: 1\ndn", "version: 1\r\ndn"], "This is LDIF; export the contacts as CSV."),
    (&["id;pwxl", "id;pcalc", "id;pscalc"], "This is SYLK; save the table as CSV or a workbook."),
];

/// Refuses what is no table at all, which would come in as rows that nobody can mend.
pub(super) fn check(text: &str, delimiter: Option<char>) -> Result<(), Refusal> {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let start: String = text.chars().take(16).collect();
    let start = start.to_ascii_lowercase();
    let other = OTHERS.iter().find(|(beginnings, _)| beginnings.iter().any(|begins| start.starts_with(begins)));
    if let Some((_, detail)) = other {
        return refused(detail);
    }
    let comments = |line: &&str| ["//", "/*", "*"].iter().any(|mark| line.trim_start().starts_with(mark));
    if start.starts_with('/')
        && text.lines().find(|line| !comments(line)).is_some_and(|line| line.starts_with(['[', '{']))
    {
        return refused("JSON has no comments; send a list of objects or lines of objects without them.");
    }
    if is_no_text(text) {
        return refused("This is no text; send CSV, lines of JSON or a workbook (.xlsx, .ods, .xls), or gzip of one.");
    }
    let head = text.lines().next().unwrap_or_default().trim();
    if delimiter.is_none() && !head.contains([',', ';', '\t', '|']) {
        if are_headings(head.split('，')) {
            return refused("Full-width commas separate the cells; replace them by commas.");
        }
        if are_headings(head.split("  ")) {
            return refused("Blanks align the columns; save the table as CSV, with commas between the cells.");
        }
    }
    if head.starts_with(['“', '”', '„']) && ["”,", "”;", "”\t", "“,", "“;", "“\t"].iter().any(|end| head.contains(end))
    {
        return refused("Typographic quotes enclose the cells; replace them by straight ones (\").");
    }
    Ok(())
}

fn refused(detail: &str) -> Result<(), Refusal> {
    Err(Refusal::invalid(vec![Fault::at_pointer("#", "unreadable_format", detail)]))
}

/// Whether several of these name columns.
fn are_headings<'a>(parts: impl Iterator<Item = &'a str>) -> bool {
    let filled: Vec<&str> = parts.map(str::trim).filter(|part| !part.is_empty()).collect();
    let known = filled.iter().filter(|part| field_for_header(part).is_some()).count();
    known > 1 && known * 2 >= filled.len()
}

/// Whether it has signs that texts don't have. A zero that strayed in is passed over.
fn is_no_text(text: &str) -> bool {
    let signs =
        |c: &char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\0' | '\x0b' | '\x0c' | '\x1a'..='\x1f');
    let (mut all, mut strange) = (0_usize, 0_usize);
    for c in text.chars().take(8_192) {
        all += 1;
        strange += usize::from(signs(&c) || c == '\u{fffd}');
    }
    strange * 10 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_table_is_named() {
        for (text, word) in [
            ("version: 1\ndn: uid=ann\n", "LDIF"),
            ("dn: uid=ann,dc=a\ncn: Ann\n", "LDIF"),
            ("ID;PWXL;N;E\nC;Y1;X1;K\"Name\"\n", "SYLK"),
            ("// export\n[{\"a\":1}]", "comments"),
            ("/* export\n * of leads */\n{\"a\":1}\n", "comments"),
            ("Name，Email，Phone\nAnn，ann@a.example，1\n", "Full-width"),
            ("Name                Email       City\nAnn Lee             a@x.example Reno\n", "Blanks"),
            ("“Name”,“Email”\n“Ann”,“ann@a.example”\n", "Typographic"),
            ("\u{feff}BEGIN:VCARD\n", "vCards"),
            ("\x01\x02\x03\x04ab", "no text"),
        ] {
            let refusal = format!("{:?}", check(text, None).unwrap_err());
            assert!(refusal.contains(word), "{text}: {refusal}");
        }
        for text in [
            "// leads\nName,Email\n",
            "Name\nDoe, Jane\n",
            "email\n",
            "“Name”\n",
            "ID;Plan;Email\n",
            "Name  (full)\n",
            "",
            "Notes，free\n",
        ] {
            assert!(check(text, None).is_ok(), "{text}");
        }
    }
}
