//! The words under which a lead is found: every word of a query is the beginning of one of its terms.

use std::collections::BTreeSet;

use super::Profile;
use crate::text::fold;

/// The longest term, in characters.
pub const LONGEST_TERM: usize = 40;
/// The most terms of a lead.
pub const MOST_TERMS: usize = 100;
/// The most terms of a query.
pub const MOST_QUERY_TERMS: usize = 12;
/// The digits at the end of a phone number by which it is found however the country code was written.
const PHONE_TAIL: usize = 7;

/// The terms of a lead: the words of its name and company, its e-mail address whole and in parts, its phone number
/// whole and the last seven digits. Folded; letters, digits and `@ . _ + -` only; no spaces.
pub fn terms(profile: &Profile) -> Vec<String> {
    let mut terms = BTreeSet::new();
    if let Some(address) = &profile.email {
        terms.insert(whole_address(address));
        words(address, &mut terms);
    }
    if let Some(number) = profile.phone.as_ref().or(profile.phone_given.as_ref()) {
        let digits = digits(number);
        terms.insert(tail(&digits));
        terms.insert(cut(&digits));
    }
    let texts = [&profile.contact_name, &profile.first_name, &profile.last_name, &profile.company_name];
    for text in texts.into_iter().flatten() {
        words(text, &mut terms);
    }
    terms.into_iter().filter(|term| !term.is_empty()).take(MOST_TERMS).collect()
}

/// The terms of a query. A lead is found where each is the beginning of one of the lead's terms.
pub fn query_terms(query: &str) -> Vec<String> {
    let mut found = Vec::new();
    let tokens: Vec<String> = fold(query).split(' ').take(MOST_QUERY_TERMS * 2).map(str::to_owned).collect();
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        let run = rest.iter().take_while(|token| like_phone(token)).count();
        let digits = digits(&rest.iter().take(run).map(String::as_str).collect::<String>());
        if digits.len() >= PHONE_TAIL {
            found.push(tail(&digits));
            rest = rest.get(run..).unwrap_or_default();
            continue;
        }
        if token.contains('@') {
            // "@example.com" asks for the domain.
            match token.strip_prefix('@') {
                Some(domain) => split(domain).for_each(|word| found.push(word)),
                None => found.push(whole_address(token)),
            }
        } else {
            split(token).for_each(|word| found.push(word));
        }
        rest = after;
    }
    found.retain(|term| !term.is_empty());
    found.sort_unstable();
    found.dedup();
    found.truncate(MOST_QUERY_TERMS);
    found
}

fn words(text: &str, terms: &mut BTreeSet<String>) {
    terms.extend(split(&fold(text)));
}

fn split(folded: &str) -> impl Iterator<Item = String> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(cut)
}

fn whole_address(address: &str) -> String {
    let kept: String = fold(address)
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '@' | '.' | '_' | '+' | '-'))
        .take(LONGEST_TERM)
        .collect();
    kept
}

fn cut(word: &str) -> String {
    word.chars().take(LONGEST_TERM).collect()
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn tail(digits: &str) -> String {
    digits.get(digits.len().saturating_sub(PHONE_TAIL)..).unwrap_or_default().to_owned()
}

fn like_phone(token: &str) -> bool {
    token.chars().any(|c| c.is_ascii_digit())
        && token.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.' | '/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lead(name: &str, company: &str, email: &str, phone: &str) -> Profile {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        Profile {
            contact_name: text(name),
            company_name: text(company),
            email: text(email),
            phone: text(phone),
            ..Profile::default()
        }
    }

    fn finds(query: &str, profile: &Profile) -> bool {
        let terms = terms(profile);
        query_terms(query).iter().all(|word| terms.iter().any(|term| term.starts_with(word.as_str())))
    }

    #[test]
    fn a_lead_is_found_by_what_people_type() {
        let jane =
            lead("Jané O'Neil-Müller", "Smith & Sons, Ltd.", "jane.oneil+crm@mail.example.co.uk", "+14155552671");
        for query in [
            "jane",
            "JAN",
            "o'neil",
            "muller",
            "Müller jane",
            "smith sons",
            "jane.oneil+crm@mail.example.co.uk",
            "jane.oneil",
            "jane.oneil@",
            "@mail.example",
            "example.co.uk",
            "+1 415 555 2671",
            "(415) 555-2671",
            "555-2671",
            "14155",
            "",
            "jane 415-555-2671",
        ] {
            let found = finds(query, &jane);
            assert_eq!(found, query != "jane.oneil@", "{query}");
        }
        for query in ["john", "jane doe", "555-2672", "jane@other.com"] {
            assert!(!finds(query, &jane), "{query}");
        }
    }

    proptest! {
        #[test]
        fn every_word_of_a_lead_finds_it(
            name in "[A-Za-zéß'-]{1,12}( [A-Za-z.]{1,50}){0,3}", company in "[A-Za-z0-9&. -]{0,20}", local in "[a-z0-9._+!#-]{1,50}"
        ) {
            let profile = lead(&name, &company, &format!("{local}@example.com"), "+4930901820");
            let number = |word: &&str| !like_phone(word);
            for query in name.split(' ').chain(company.split(' ').filter(number)).chain(profile.email.as_deref()) {
                prop_assert!(finds(query, &profile), "{} in {:?}", query, terms(&profile));
            }
        }

        #[test]
        fn terms_are_short_few_and_plain(text in "(?s).{0,400}", query in "(?s).{0,400}") {
            let found = terms(&lead(&text, &text, &text, &text));
            prop_assert!(found.len() <= MOST_TERMS);
            let queried = query_terms(&query);
            prop_assert!(queried.len() <= MOST_QUERY_TERMS);
            for term in found.iter().chain(&queried) {
                prop_assert!(!term.is_empty() && term.chars().count() <= LONGEST_TERM);
                prop_assert!(term.chars().all(|c| c.is_alphanumeric() || "@._+-".contains(c)), "{}", term);
            }
        }
    }
}
