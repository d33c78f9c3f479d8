//! Guessing how a file is written, from its beginning.

use super::Encoding;

/// What may separate cells, the likeliest first.
const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];
/// How many lines are looked at.
const LINES: usize = 30;

/// How the bytes stand for text, where their beginning tells; `None` where every byte may be a character.
pub fn detect_encoding(beginning: &[u8], utf8: bool) -> Option<Encoding> {
    match beginning {
        [0xef, 0xbb, 0xbf, ..] => return Some(Encoding::Utf8),
        [0xff, 0xfe, ..] => return Some(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return Some(Encoding::Utf16Be),
        _ => {}
    }
    // Delimiters, line ends and digits of UTF-16 have a zero as their high byte, whatever the language; other text has none.
    let pairs = beginning.len() / 2;
    let zeros = |odd: usize| beginning.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    if pairs > 1 && low_first * 20 > pairs && high_first * 10 < low_first && lines_end_wide(beginning, 0) {
        return Some(Encoding::Utf16Le);
    }
    if pairs > 1 && high_first * 20 > pairs && low_first * 10 < high_first && lines_end_wide(beginning, 1) {
        return Some(Encoding::Utf16Be);
    }
    // It is made of nothing but ASCII, and so is UTF-8 as well.
    if beginning.windows(3).any(|bytes| matches!(bytes, b"\x1b$B" | b"\x1b$@" | b"\x1b(J")) {
        return Some(Encoding::Iso2022Jp);
    }
    utf8.then_some(Encoding::Utf8)
}

/// Whether most line ends are two bytes, the low one at this place: a zero that strayed into other text has none beside it.
fn lines_end_wide(beginning: &[u8], low: usize) -> bool {
    let ends = beginning.chunks_exact(2).filter(|pair| pair.contains(&b'\n'));
    let (all, wide) =
        ends.fold((0, 0), |(all, wide), pair| (all + 1, wide + usize::from(pair[low] == b'\n' && pair[1 - low] == 0)));
    wide * 2 >= all
}

/// How many lines there may be before the headings: the title of a report, when it was made, by whom.
const BEFORE: usize = 20;
/// Of how many in a hundred lines that are as wide as the first one it is taken that this names the columns.
const ENOUGH: usize = 70;

/// What separates the cells: what occurs in the first line, and as often in the lines after it; or else in a line soon after,
/// where what stands above is a title.
pub fn detect_delimiter(text: &str) -> char {
    let lines = lines_outside_quotes(text);
    let at_first = best(&lines);
    let (alike, columns, _) = at_first.map_or((0, 0, 0), |(rating, _)| rating);
    if alike >= ENOUGH || (at_first.is_some() && lines.len() < 3) {
        return at_first.map_or(',', |(_, delimiter)| delimiter);
    }
    let below = (1..lines.len().saturating_sub(1).min(BEFORE + 1)).filter_map(|start| best(&lines[start..]));
    let below = below
        .max()
        .filter(|((below, wide, _), _)| at_first.is_none() || (*below >= ENOUGH.max(alike + 20) && *wide > columns));
    below.or(at_first).map_or(',', |(_, delimiter)| delimiter)
}

/// How well what occurs in the first of some lines fits those after it: how many in a hundred are alike, how many cells it
/// makes of the first, how usual it is.
type Rating = (usize, usize, usize);

/// The delimiter that fits some lines best.
fn best(lines: &[&str]) -> Option<(Rating, char)> {
    let (head, rest) = lines.split_first()?;
    let count = |line: &str, delimiter: char| outside_quotes(line).filter(|c| *c == delimiter).count();
    let rated = DELIMITERS.iter().enumerate().filter_map(|(place, delimiter)| {
        let columns = count(head, *delimiter);
        let alike = rest.iter().filter(|line| count(line, *delimiter) == columns).count();
        (columns > 0).then(|| ((alike * 100 / rest.len().max(1), columns, DELIMITERS.len() - place), *delimiter))
    });
    rated.max()
}

fn outside_quotes(line: &str) -> impl Iterator<Item = char> {
    let mut quoted = false;
    line.chars().filter(move |c| {
        quoted ^= *c == '"';
        !quoted
    })
}

/// The first lines, without the last one where it may have been cut off.
fn lines_outside_quotes(text: &str) -> Vec<&str> {
    let (mut lines, mut start, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        quoted ^= c == '"';
        if !quoted && matches!(c, '\n' | '\r') {
            if !text[start..at].trim().is_empty() {
                lines.push(&text[start..at]);
            }
            start = at + 1;
            if lines.len() == LINES {
                return lines;
            }
        }
    }
    if lines.is_empty() && !text.trim().is_empty() {
        lines.push(text);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        for (text, delimiter) in [
            ("name,email\nJane,j@example.com\n", ','),
            ("name;email;note\nJane;j@example.com;a, b, c, d\n", ';'),
            ("name\temail\r\nJane\tj@example.com\r\n", '\t'),
            ("name|email\rJane|j@example.com", '|'),
            ("\"a, b, c\";email\n\"x\";y\n", ';'),
            ("email\nj@example.com\n", ','),
            ("Kunden 2026\n\nVorname;Name;Mail\nAda;L;a@l.example\nEva;M;e@m.example\n", ';'),
            (
                "Kunden 2026\nVorname;Name;Mail;Notiz\nAda;L;a@l.example;nett, ruhig\nEva;M;e@m.example;laut, froh\n",
                ';',
            ),
            ("Leads, May 2026\n\nName\tMail\tCity\nAda\ta@l.example\tAustin, TX\nEva\te@m.example\tParis, TX\n", '\t'),
            ("1. Summary\nTitle\tDemo\n\n2. People\nName\tMail\tRole\nBo\tb@l.example\tx\nCy\tc@d.example\ty\n", '\t'),
            ("name,note\nJane,a;b;c\nBob,\"x, y\"\nKim,d;e;f\n", ','),
            ("Name\nDoe, Jane\nRoe, Bob\n", ','),
            ("", ','),
        ] {
            assert_eq!(detect_delimiter(text), delimiter, "{text}");
        }
    }

    #[test]
    fn encodings_are_found() {
        assert_eq!(detect_encoding(b"\xef\xbb\xbfname", true), Some(Encoding::Utf8));
        assert_eq!(detect_encoding("name,é".as_bytes(), true), Some(Encoding::Utf8));
        assert_eq!(detect_encoding(b"name,\xe9", false), None);
        assert_eq!(detect_encoding(b"\xff\xfen\0", false), Some(Encoding::Utf16Le));
        assert_eq!(detect_encoding(b"n\0a\0m\0e\0", true), Some(Encoding::Utf16Le));
        assert_eq!(detect_encoding(b"\0n\0a\0m\0e", true), Some(Encoding::Utf16Be));
        assert_eq!(detect_encoding(b"", true), Some(Encoding::Utf8));
        assert_eq!(detect_encoding(b"email,name\nj@e.co,J\0", true), Some(Encoding::Utf8));
        assert_eq!(detect_encoding(b"name\n\x1b$B;3ED\x1b(B\n", true), Some(Encoding::Iso2022Jp));
        assert_eq!(detect_encoding(b"name,email\nJane\0,j@example.com\nBob,b@example.com", true), Some(Encoding::Utf8));
        let cyrillic =
            "\u{418}\u{43c}\u{44f},\u{41f}\u{43e}\u{447}\u{442}\u{430}\n\u{418}\u{432}\u{430}\u{43d},\u{44e}\n";
        let high: Vec<u8> = cyrillic.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let low: Vec<u8> = cyrillic.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(detect_encoding(&high, true), Some(Encoding::Utf16Be));
        assert_eq!(detect_encoding(&low, true), Some(Encoding::Utf16Le));
    }
}
