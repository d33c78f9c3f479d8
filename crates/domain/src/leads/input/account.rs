//! Whole names that are not the person's, whose own stand beside them: the company's under `Customer Name`, a deal's under
//! `Lead Name`, or the person's with a number in front.

use super::{Input, lenient::is_placeholder};
use crate::{leads::Target, text::fold};

/// Headings of accounting systems for the customer, who may be a company, without case and marks.
const CUSTOMERS: &[&str] = &[
    "billingname",
    "clientname",
    "contactfullname",
    "contactname",
    "customer",
    "customerdisplayname",
    "customerfullname",
    "customername",
];
/// Headings of what is sold.
const DEALS: &[&str] = &["leadname"];
/// What the customer is who is not the person.
static COMPANY: Target = Target::Field("company_name");

/// The place of a whole name that is not the person's, and what it fills instead. Both parts of the person's own name are
/// there, so nothing is lost.
pub(super) fn not_the_person(inputs: &[Input<'_>]) -> Option<(usize, Option<&'static Target>)> {
    let (place, heading, whole) = filled(inputs, "contact_name").filter(|(_, heading, _)| !is_ours(heading))?;
    let (.., first) = filled(inputs, "first_name")?;
    let (.., last) = filled(inputs, "last_name")?;
    let (whole, parts) = (fold(whole), fold(&format!("{first} {last}")));
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(ToOwned::to_owned).collect()
    };
    let (said, own) = (words(&whole), words(&parts));
    let others: Vec<&String> = said.iter().filter(|word| !own.contains(word)).collect();
    if others.len() == said.len() {
        // Of a part that is only `.` nobody is called: the whole name may well be the person's.
        if [first, last].iter().any(|part| !part.contains(char::is_alphanumeric)) {
            return None;
        }
        let has_latin = |text: &str| text.contains(|c: char| c.is_ascii_alphabetic());
        // The same name may be written in other letters.
        if has_latin(&whole) != has_latin(&parts) {
            return None;
        }
        let called: String = heading.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
        // Under a single word may stand what the person is called by friends.
        let may_be_company = said.len() > 1 && filled(inputs, "company_name").is_none();
        return if CUSTOMERS.contains(&called.as_str()) {
            Some((place, may_be_company.then_some(&COMPANY)))
        } else {
            DEALS.contains(&called.as_str()).then_some((place, None))
        };
    }
    let is_number = |word: &&String| word.contains(|c: char| c.is_ascii_digit());
    let is_numbered = others.len() == 1 && said.first().filter(is_number) == others.first().copied();
    (is_numbered && own.iter().all(|word| said.contains(word))).then_some((place, None))
}

/// `Contact name` is how our own files call the person.
fn is_ours(heading: &str) -> bool {
    matches!(heading, "contact_name" | "Contact name")
}

/// The first input for a field that says something; `N/A` and what else programs write for nothing is nobody's name.
fn filled<'a>(inputs: &[Input<'a>], field: &str) -> Option<(usize, &'a str, &'a str)> {
    inputs.iter().enumerate().find_map(|(place, (name, target, value))| {
        let Some(Target::Field(known)) = target else { return None };
        let text = value.as_str().map(str::trim).filter(|text| !text.is_empty())?;
        (*known == field && !is_placeholder(field, value, false)).then_some((place, *name, text))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{
        Mode, parse_as_said, parse_mapped,
        tests::{read, rules},
    };
    use crate::leads::Target;

    fn names(raw: Value) -> [Option<String>; 4] {
        let profile = read(Mode::Lenient, raw).profile;
        [profile.contact_name, profile.first_name, profile.last_name, profile.company_name]
    }

    #[test]
    fn a_customer_is_the_company_of_the_person_beside() {
        for (heading, whole, company) in [
            ("Customer Name", "Harbour Lights Bakery", Some("Harbour Lights Bakery")),
            ("*ContactName", "Harbour Lights Bakery", Some("Harbour Lights Bakery")),
            ("Customer Full Name", "Harbour Lights Bakery", Some("Harbour Lights Bakery")),
            ("Lead Name", "Website request", None),
            ("Lead-Name", "Website request", None),
            ("Name", "PROS13 Ada Moss", None),
            ("Customer Name", "Acme", None),
        ] {
            let raw = json!({ (heading): whole, "First Name": "Ada", "Last Name": "Moss", "Email": "a@m.example" });
            let expected = [Some("Ada Moss"), Some("Ada"), Some("Moss"), company].map(|name| name.map(str::to_owned));
            assert_eq!(names(raw), expected, "{heading}");
        }
        let raw =
            json!({ "Customer Name": "Moss & Sons", "First Name": "Ada", "Last Name": "Lee", "Company": "Moss Ltd" });
        assert_eq!(names(raw)[0].as_deref(), Some("Ada Lee"));
    }

    #[test]
    fn parts_that_say_nothing_are_nobodys_own() {
        for (first, last) in [
            ("N/A", "N/A"),
            ("None", "None"),
            ("null", "null"),
            ("nan", "nan"),
            ("-", "-"),
            ("Elizabeth", "-"),
            ("N/A", "Roe"),
            (".", "."),
            ("Elizabeth", "."),
        ] {
            let raw = json!({ "Customer Name": "Jane Doe", "First Name": first, "Last Name": last });
            let [whole, .., company] = names(raw);
            assert_eq!((whole.as_deref(), company), (Some("Jane Doe"), None), "{first} {last}");
        }
        let raw = |customer: &str, company: &str| json!({ "Customer Name": customer, "First Name": "Ada", "Last Name": "Moss", "Company": company });
        for nothing in ["N/A", "None", "-"] {
            let [whole, .., company] = names(raw("Harbour Lights Bakery", nothing));
            assert_eq!(whole.as_deref(), Some("Ada Moss"), "{nothing}");
            assert_eq!(company.as_deref(), Some("Harbour Lights Bakery"), "{nothing}");
            let [whole, .., company] = names(raw(nothing, ""));
            assert_eq!((whole.as_deref(), company), (Some("Ada Moss"), None), "{nothing}");
        }
    }

    #[test]
    fn what_somebody_has_said_is_the_person_is_the_person() {
        let [whole, first, last] = ["contact_name", "first_name", "last_name"].map(Target::Field);
        for (heading, said) in [("Customer Name", "Kim Park"), ("Lead Name", "Kim Park"), ("Name", "7 Ada Moss")] {
            let [name, ada, moss] = [said, "Ada", "Moss"].map(Value::from);
            let inputs =
                [(heading, Some(&whole), &name), ("First Name", Some(&first), &ada), ("Last Name", Some(&last), &moss)];
            let by = |said: [bool; 3]| parse_as_said(inputs.into_iter().zip(said), &rules(Mode::Lenient, &[])).profile;
            let as_said = by([true, false, false]);
            assert_eq!(as_said.contact_name.as_deref(), Some(said), "{heading}");
            assert_eq!(as_said.company_name, None, "{heading}");
            let guessed = parse_mapped(inputs, &rules(Mode::Lenient, &[])).profile;
            assert_eq!(guessed.contact_name.as_deref(), Some("Ada Moss"), "{heading}");
            assert_eq!(by([false, true, true]), guessed, "{heading}");
        }
    }

    #[test]
    fn what_nobody_has_said_is_still_told_by_what_stands_beside() {
        let [whole, first, last] = ["contact_name", "first_name", "last_name"].map(Target::Field);
        for (full, expected) in [
            ("", [Some("Ada Moss"), Some("Harbour Lights")]),
            ("N/A", [Some("Ada Moss"), Some("Harbour Lights")]),
            ("Lizzie Stone", [Some("Lizzie Stone"), None]),
        ] {
            let [full, customer, ada, moss] = [full, "Harbour Lights", "Ada", "Moss"].map(Value::from);
            let inputs = [
                (("Full name", Some(&whole), &full), true),
                (("Customer Name", Some(&whole), &customer), false),
                (("First", Some(&first), &ada), false),
                (("Last", Some(&last), &moss), false),
            ];
            let profile = parse_as_said(inputs, &rules(Mode::Lenient, &[])).profile;
            assert_eq!(
                [profile.contact_name, profile.company_name].each_ref().map(Option::as_deref),
                expected,
                "{full}"
            );
        }
    }

    #[test]
    fn a_persons_own_name_stays() {
        for (raw, whole) in [
            (json!({ "Customer Name": "Harbour Lights", "First Name": "", "Last Name": "" }), "Harbour Lights"),
            (json!({ "Customer Name": "Dr. Ada Moss", "First Name": "Ada", "Last Name": "Moss" }), "Dr. Ada Moss"),
            (json!({ "Contact Name": "Liz Moss", "First Name": "Elizabeth", "Last Name": "Moss" }), "Liz Moss"),
            (json!({ "contact_name": "The Chief", "first_name": "Ada", "last_name": "Moss" }), "The Chief"),
            (json!({ "contact_name": "R2D2 Ada Moss", "first_name": "Ada", "last_name": "Moss" }), "R2D2 Ada Moss"),
            (json!({ "Name": "Ada Moss 3rd", "First Name": "Ada", "Last Name": "Moss" }), "Ada Moss 3rd"),
            (json!({ "Name": "Lizzie", "First Name": "Ada", "Last Name": "Moss" }), "Lizzie"),
            (json!({ "Customer Name": "王伟", "First Name": "Wei", "Last Name": "Wang" }), "王伟"),
        ] {
            assert_eq!(names(raw.clone())[0].as_deref(), Some(whole), "{raw}");
        }
    }
}
