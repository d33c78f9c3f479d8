//! Countries by the letters on their cars, as lists in German write them under `Land`: `D`, `A`, `SLO`.

use serde_json::Value;

/// The letters, and the country's name.
const LETTERS: &[(&str, &str)] = &[
    ("A", "Austria"),
    ("B", "Belgium"),
    ("D", "Germany"),
    ("E", "Spain"),
    ("F", "France"),
    ("FL", "Liechtenstein"),
    ("H", "Hungary"),
    ("I", "Italy"),
    ("L", "Luxembourg"),
    ("N", "Norway"),
    ("P", "Portugal"),
    ("S", "Sweden"),
    ("SLO", "Slovenia"),
];
/// How the headings begin, in small letters.
const HEADINGS: [&str; 5] = ["land", "länder", "laender", "lkz", "staat"];

/// The name of the country whose letters stand under such a heading.
pub(super) fn country(heading: &str, value: &Value) -> Option<&'static str> {
    let letters = value.as_str()?.trim();
    // Few cells are as short.
    if !(1..=3).contains(&letters.len()) {
        return None;
    }
    let name = LETTERS.iter().find(|(known, _)| letters.eq_ignore_ascii_case(known)).map(|(_, name)| *name)?;
    let heading = heading.trim().to_lowercase();
    HEADINGS.iter().any(|beginning| heading.starts_with(beginning)).then_some(name)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Mode, tests::read};

    #[test]
    fn letters_of_cars_are_countries_in_german_lists() {
        for (heading, letters, phone, country, number) in [
            ("Land", "D", "089/123456", Some("DE"), Some("+4989123456")),
            ("Land geschäftlich", "A", "0664/1234567", Some("AT"), Some("+436641234567")),
            ("Land", "NL", "", Some("NL"), None),
            ("Land", "X", "", None, None),
            ("Country", "D", "", None, None),
        ] {
            let raw = json!({ "Name": "Jane", "Email": "j@d.example", (heading): letters, "Telefon": phone });
            let parsed = read(Mode::Lenient, raw);
            let found = (parsed.profile.country.as_deref(), parsed.profile.phone.as_deref());
            assert_eq!(found, (country, number), "{heading} {letters}");
            let written = parsed.mended.iter().find(|one| one.field == "country").map(|one| one.from.clone());
            assert_eq!(written, country.filter(|_| letters.len() == 1).map(|_| letters.into()), "{heading} {letters}");
        }
    }
}
