//! Whole names whose heading says that the family's stands in front: `ФИО`, `Név`, `Họ và tên`.

use serde_json::Value;

use super::{Parsed, lenient::is_blank};
use crate::leads::Target;

/// Headings of which whole names have the family's in front, in small letters and without marks.
const HEADINGS: &[&str] = &[
    "fio",
    "фио",
    "фамилияимя",
    "фамилияиимя",
    "піб",
    "прізвищеімяпобатькові",
    "прізвищетаімя",
    "név",
    "neve",
    "azönneve",
    "teljesnév",
    "teljesneve",
    "họvàtên",
    "họtên",
    "příjmeníajméno",
    "priezviskoameno",
    "nazwiskoiimię",
    "nachnamevorname",
    "prezimeiime",
    "priimekinime",
];
/// Headings that say more behind: `ФИО клиента`, `Фамилия Имя Отчество`.
const BEGINNINGS: [&str; 3] = ["фио", "піб", "фамилияимя"];
/// How patronymics end.
const PATRONYMICS: &[&str] = &["вич", "ьич", "вна", "ична", "инична", "vich", "vna", "ichna"];
/// The longest part of a name that is kept, in characters.
const LONGEST_PART: usize = 100;

/// Splits a whole name as its heading says, where nothing else tells its parts.
pub(super) fn split<'a>(
    parsed: &mut Parsed,
    mut inputs: impl Iterator<Item = (&'a str, Option<&'a Target>, &'a Value)>,
) {
    let given = |field: &str| parsed.given.contains(field);
    if !given("contact_name") || given("first_name") || given("last_name") {
        return;
    }
    let is_whole = |target: Option<&Target>| matches!(target, Some(Target::Field("contact_name")));
    let heading = inputs.find(|(_, target, value)| is_whole(*target) && !is_blank(value)).map(|(name, ..)| name);
    if !heading.is_some_and(says_so) {
        return;
    }
    let Some((last, first)) = parsed.profile.contact_name.as_deref().and_then(parts) else { return };
    parsed.profile.first_name = Some(first);
    parsed.profile.last_name = Some(last);
    parsed.given.extend(["first_name", "last_name"]);
}

fn says_so(heading: &str) -> bool {
    let begins_with = |word: &str| {
        let mut letters = heading.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
        word.chars().all(|c| letters.next() == Some(c)).then(|| letters.next().is_none())
    };
    HEADINGS.iter().any(|word| begins_with(word) == Some(true))
        || BEGINNINGS.iter().any(|word| begins_with(word).is_some())
}

/// The family name and the given one. A patronymic is neither.
fn parts(whole: &str) -> Option<(String, String)> {
    let is_of_letters = |word: &&str| word.chars().all(|c| c.is_alphabetic() || "-'’.`ʼ".contains(c));
    let words: Vec<&str> = whole.split_whitespace().collect();
    let words = match words.as_slice() {
        [title, rest @ ..] if title.trim_end_matches('.').eq_ignore_ascii_case("dr") => rest,
        all => all,
    };
    if !(2..=4).contains(&words.len()) || !words.iter().all(is_of_letters) {
        return None;
    }
    let is_patronymic = |word: &str| {
        let small = word.to_lowercase();
        PATRONYMICS.iter().any(|end| small.ends_with(end))
    };
    let (last, first) = match words {
        [last, first, patronymic] if is_patronymic(patronymic) => (*last, (*first).to_owned()),
        // Written the other way round all the same.
        [first, patronymic, last] if is_patronymic(patronymic) => (*last, (*first).to_owned()),
        [last, first @ ..] => (*last, first.join(" ")),
        [] => return None,
    };
    let fits = |part: &str| part.chars().count() <= LONGEST_PART;
    (fits(last) && fits(&first)).then(|| (last.to_owned(), first))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Mode, tests::read};

    #[test]
    fn the_heading_says_where_the_family_name_stands() {
        for (heading, whole, first, last) in [
            ("ФИО", "Иванов Иван Иванович", "Иван", "Иванов"),
            ("Ф.И.О.", "Петрова Анна", "Анна", "Петрова"),
            ("ФИО клиента", "Петрова Анна Ильинична", "Анна", "Петрова"),
            ("ФИО", "Иван Иванович Иванов", "Иван", "Иванов"),
            ("fio", "Karimov Anvar Rustamovich", "Anvar", "Karimov"),
            ("ПІБ", "Шевченко Олена Іванівна", "Олена", "Шевченко"),
            ("Név", "Dr. Kovács Péter", "Péter", "Kovács"),
            ("Teljes név", "Kovács Péter János", "Péter János", "Kovács"),
            ("Họ và tên", "Nguyễn Văn An", "Văn An", "Nguyễn"),
            ("Příjmení a jméno", "Novák Jan", "Jan", "Novák"),
            ("ФИО", "Иванов, Иван", "Иван", "Иванов"),
            ("Контакт", "Иван Иванов", "Иван", "Иванов"),
            ("Имя и фамилия", "Иван Иванов", "Иван", "Иванов"),
        ] {
            let profile = read(Mode::Lenient, json!({ (heading): whole, "Email": "i@m.example" })).profile;
            let found = [profile.contact_name, profile.first_name, profile.last_name];
            assert_eq!(found, [whole, first, last].map(|part| Some(part.to_owned())), "{heading} {whole}");
        }
        let raw = json!({ "ФИО": "Иванов Иван", "Имя": "Иван", "Фамилия": "Иванов" });
        assert_eq!(read(Mode::Lenient, raw).profile.first_name.as_deref(), Some("Иван"));
        let raw = json!({ "ФИО": "Иванов", "Email": "i@m.example" });
        assert_eq!(read(Mode::Lenient, raw).profile.contact_name.as_deref(), Some("Иванов"));
    }
}
