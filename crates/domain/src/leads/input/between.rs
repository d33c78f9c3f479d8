//! Names of which something stands in an input of its own: the `van der` in front of a family name, further given names.

use serde_json::Value;

use crate::{
    leads::Target,
    text::{clean_line, fold, fold_label, is_east_asian, join_name},
};

/// How inputs for what stands in front of a family name are called, without case and marks.
const PARTICLES: &[&str] = &[
    "achternaamvoorvoegsel",
    "familynameprefix",
    "infix",
    "lastnameprefix",
    "nameinfix",
    "nameparticle",
    "namensvorsatz",
    "surnameprefix",
    "tussenvoegsel",
    "tussenvoegsels",
    "voorvoegsel",
    "voorvoegsels",
    "vorsatzwort",
];

/// The same for given names after the first, and for patronymics, which stand there, too.
const MIDDLE_NAMES: &[&str] = &[
    "additionalname",
    "deuxiemeprenom",
    "drugieimie",
    "mellannamn",
    "mellemnavn",
    "mellomnavn",
    "mi",
    "middle",
    "middleinitial",
    "middleinitials",
    "middlename",
    "middlenameorinitial",
    "middlenames",
    "namemiddle",
    "otchestvo",
    "patronymic",
    "secondonome",
    "segundonombre",
    "zweitervorname",
    "отчество",
];

/// What such a heading may say in front: whose name it is.
const WHOSE: &[&str] = &["client", "contact", "customer", "lead", "person", "your"];

/// The longest that is taken for a part of a name, in characters.
const LONGEST: usize = 60;

/// One input: its name, what it stands for, what it says.
type Input<'a> = (&'a str, Option<&'a Target>, &'a Value);

/// A name with what stands between, and the inputs that it is made of.
pub(super) struct Joined {
    used: Vec<usize>,
    last: Option<(usize, Value)>,
    whole: Option<(Option<usize>, Value)>,
    target: Target,
}

impl Joined {
    /// The inputs with the joined names, and without what was joined to them.
    pub(super) fn within<'a>(&'a self, inputs: Vec<Input<'a>>) -> Vec<Input<'a>> {
        let at = |place: usize| {
            let last = self.last.as_ref().filter(|(at, _)| *at == place).map(|(_, value)| value);
            last.or_else(|| self.whole.as_ref().filter(|(at, _)| *at == Some(place)).map(|(_, value)| value))
        };
        let kept = inputs.into_iter().enumerate().filter(|(place, _)| !self.used.contains(place));
        let joined = kept.map(|(place, (name, target, value))| (name, target, at(place).unwrap_or(value)));
        let whole = self.whole.as_ref().filter(|(at, _)| at.is_none());
        joined.chain(whole.map(|(_, value)| ("contact_name", Some(&self.target), value))).collect()
    }
}

/// Whether an input without a meaning of its own is part of a name by what it is called.
pub fn is_part_of_name(heading: &str) -> bool {
    is_called(heading, PARTICLES) || is_called(heading, MIDDLE_NAMES)
}

/// The name, where the inputs have both its parts and something that stands between.
pub(super) fn joined(inputs: &[Input<'_>]) -> Option<Joined> {
    let of = |words: &[&str]| {
        let mut parts =
            inputs.iter().enumerate().filter(|(_, (name, target, _))| target.is_none() && is_called(name, words));
        parts.find_map(|(place, (.., value))| Some((place, part(value)?)))
    };
    let (particle, middle) = (of(PARTICLES), of(MIDDLE_NAMES));
    if particle.is_none() && middle.is_none() {
        return None;
    }
    let field = |wanted: &'static str| {
        let mut found = inputs.iter().enumerate();
        found.find_map(|(place, (_, target, value))| {
            let written = value.as_str().map(clean_line)?;
            (*target == Some(&Target::Field(wanted)) && !written.trim().is_empty()).then_some((place, written))
        })
    };
    let (first, last) = (field("first_name"), field("last_name"));
    let written = |found: &Option<(usize, String)>| found.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let (given, mut family) = (written(&first), written(&last));
    if is_east_asian(&format!("{family} {given}")) {
        return None;
    }
    let mut joined = Joined { used: Vec::new(), last: None, whole: None, target: Target::Field("contact_name") };
    if let (Some((of, particle)), Some((place, last))) = (particle, last) {
        joined.used.push(of);
        if !has_words(&last, &particle) {
            family = format!("{particle} {last}");
            joined.last = Some((place, family.as_str().into()));
        }
    }
    let Some((of, middle)) = middle else { return Some(joined) };
    // Behind a first name alone it would be taken for the last.
    if family.is_empty() {
        return Some(joined);
    }
    // A whole name stays as it is: a middle name that it lacks is set aside.
    let known = field("contact_name").map_or(given.clone(), |(_, whole)| whole);
    if has_words(&known, &middle) {
        joined.used.push(of);
    } else if field("contact_name").is_none() {
        let blank = inputs.iter().position(|(_, target, _)| *target == Some(&Target::Field("contact_name")));
        let whole = join_name(Some(format!("{given} {middle}").trim()), Some(&family));
        joined.used.push(of);
        joined.whole = whole.map(|whole| (blank, whole.into()));
    }
    Some(joined)
}

fn is_called(heading: &str, words: &[&str]) -> bool {
    let called: String = fold_label(heading).chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = WHOSE.iter().find_map(|whose| called.strip_prefix(whose)).filter(|bare| bare.len() > 2);
    words.contains(&called.as_str()) || bare.is_some_and(|bare| words.contains(&bare))
}

/// A part of a name: letters, and what stands between them.
fn part(value: &Value) -> Option<String> {
    let text = clean_line(value.as_str()?).trim().to_owned();
    let fits = |c: char| c.is_alphabetic() || matches!(c, ' ' | '.' | '-' | '\'' | '’' | ',');
    let is_part = text.chars().any(char::is_alphabetic) && text.chars().all(fits) && text.chars().count() <= LONGEST;
    let is_nothing = matches!(fold(&text).as_str(), "null" | "none" | "nan" | "nil" | "na");
    (is_part && !is_nothing).then_some(text)
}

/// Whether a name has these words already, one behind the other.
fn has_words(name: &str, words: &str) -> bool {
    let bounded = |text: &str| format!(" {} ", fold(&text.replace([',', '.'], " ")));
    bounded(name).contains(&bounded(words))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{
        super::{Mode, Parsed, tests::read},
        *,
    };

    fn lenient(raw: Value) -> Parsed {
        read(Mode::Lenient, raw)
    }

    fn names(raw: Value) -> [Option<String>; 3] {
        let profile = lenient(raw).profile;
        [profile.contact_name, profile.first_name, profile.last_name]
    }

    #[test]
    fn what_stands_between_is_part_of_the_name() {
        for (raw, expected) in [
            (
                json!({"Voornaam": "Jan", "Tussenvoegsel": "van der", "Achternaam": "Berg"}),
                ["Jan van der Berg", "Jan", "van der Berg"],
            ),
            (
                json!({"First Name": "Jan", "Tussenvoegsel": "van der", "Last Name": "van der Berg"}),
                ["Jan van der Berg", "Jan", "van der Berg"],
            ),
            (
                json!({"First Name": "John", "Middle Initial": "Q.", "Last Name": "Public"}),
                ["John Q. Public", "John", "Public"],
            ),
            (
                json!({"First Name": "Anna Marie", "Middle Name": "Marie", "Last Name": "Berg"}),
                ["Anna Marie Berg", "Anna Marie", "Berg"],
            ),
            (
                json!({"Name": "Anna M. Berg", "First Name": "Anna", "Middle Name": "M", "Last Name": "Berg"}),
                ["Anna M. Berg", "Anna", "Berg"],
            ),
            (
                json!({"Contact Name": "", "First Name": "Iwan", "Patronymic": "Petrowitsch", "Last Name": "Sidorow"}),
                ["Iwan Petrowitsch Sidorow", "Iwan", "Sidorow"],
            ),
            (
                json!({"First Name": "Eva", "middle_name": "M", "infix": "de", "Last Name": "Wit"}),
                ["Eva M de Wit", "Eva", "de Wit"],
            ),
        ] {
            assert_eq!(names(raw.clone()), expected.map(|name| Some(name.to_owned())), "{raw}");
            assert_eq!(lenient(raw).unknown.len(), 0);
        }
    }

    #[test]
    fn what_is_no_part_of_a_name_is_left_alone() {
        for raw in [
            json!({"First Name": "Ann", "Middle Name": "N/A", "Last Name": "Lee"}),
            json!({"First Name": "Ann", "Middle Name": "none", "Last Name": "Lee"}),
            json!({"First Name": "Ann", "Middle Name": "42", "Last Name": "Lee"}),
            json!({"First Name": "Ann", "Middle Name": true, "Last Name": "Lee"}),
            json!({"First Name": "Ann", "Spouse Middle Name": "Rose", "Last Name": "Lee"}),
        ] {
            assert_eq!(names(raw.clone()), ["Ann Lee", "Ann", "Lee"].map(|name| Some(name.to_owned())), "{raw}");
            assert_eq!(lenient(raw).unknown.len(), 1);
        }
        let raw = json!({"Name": "Anna Berg", "First Name": "Anna", "Middle Name": "Marie", "Last Name": "Berg"});
        assert_eq!(names(raw.clone()), ["Anna Berg", "Anna", "Berg"].map(|name| Some(name.to_owned())));
        assert_eq!(lenient(raw).unknown.len(), 1);
    }

    #[test]
    fn a_last_name_is_enough() {
        for (raw, expected) in [
            (json!({"Middle Name": "Rose", "Last Name": "Lee"}), [Some("Rose Lee"), Some("Rose"), Some("Lee")]),
            (json!({"Tussenvoegsel": "de", "Achternaam": "Wit"}), [Some("de Wit"), None, Some("de Wit")]),
        ] {
            assert_eq!(names(raw.clone()), expected.map(|name| name.map(ToOwned::to_owned)), "{raw}");
            assert_eq!(lenient(raw).unknown.len(), 0);
        }
        for (raw, name) in [
            (json!({"Vorname": "Ann", "Middle Name": "Rose"}), Some("Ann".to_owned())),
            (json!({"Middle Name": "Rose", "Email": "rose@lee.example"}), None),
        ] {
            assert_eq!((names(raw.clone()), lenient(raw).unknown.len()), ([name.clone(), name, None], 1));
        }
    }
}
