//! Lists in one cell: `fair; vip`, `"Spring, 2024","VIP"`.

/// The texts of a list, parted by `,`, `;` or `|`. What stands in quotes is one text, whatever is in it.
pub fn parted(list: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = list;
    loop {
        let (part, behind) = quoted(rest).unwrap_or_else(|| match rest.split_once([',', ';', '|']) {
            Some((part, behind)) => (part, Some(behind)),
            None => (rest, None),
        });
        let bare = part.trim();
        parts.push(bare.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(bare));
        match behind {
            Some(behind) => rest = behind,
            None => return parts,
        }
    }
}

/// A text in quotes at the front, where the list goes on or ends behind them.
fn quoted(rest: &str) -> Option<(&str, Option<&str>)> {
    let inner = rest.trim_start().strip_prefix('"')?;
    let (part, behind) = inner.split_once('"')?;
    let behind = behind.trim_start();
    match behind.strip_prefix([',', ';', '|']) {
        Some(behind) => Some((part, Some(behind))),
        None => behind.is_empty().then_some((part, None)),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn quotes_hold_a_text_together() {
        for (list, texts) in [
            ("fair; vip", &["fair", "vip"] as &[&str]),
            ("\"fair\",\"vip\"", &["fair", "vip"]),
            ("\"Spring, 2024\",\"VIP\"", &["Spring, 2024", "VIP"]),
            (" \"Spring, 2024\" ; VIP", &["Spring, 2024", "VIP"]),
            ("VIP,\"Spring, 2024\"", &["VIP", "Spring, 2024"]),
            ("19\" rack, 21\" rack", &["19\" rack", "21\" rack"]),
            ("\"open, end", &["\"open", "end"]),
            ("\"a\" b, c", &["\"a\" b", "c"]),
            ("", &[""]),
            ("a,", &["a", ""]),
        ] {
            assert_eq!(parted(list), texts, "{list}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(list in "(?s).{0,30}|[a\", ;|]{0,20}") {
            let _ = parted(&list);
        }
    }
}
