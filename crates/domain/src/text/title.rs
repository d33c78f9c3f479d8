//! Job titles: how senior a person is (spec annex).

use super::fold;
use crate::leads::Seniority;

/// The seniority that a title tells. Whole words, the first rule that fits.
pub fn seniority(title: &str) -> Seniority {
    let folded = fold(title);
    let words = words(&folded);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let pair = |first: &str, second: &str| words.windows(2).any(|pair| pair == [first, second]);
    let owner = words
        .iter()
        .enumerate()
        .any(|(at, word)| *word == "owner" && !(at > 0 && words.get(at - 1) == Some(&"product")));
    if words.is_empty() {
        Seniority::Unknown
    } else if any(&["intern", "trainee", "student"]) {
        Seniority::Intern
    } else if pair("assistant", "to") {
        Seniority::Staff
    } else if pair("vice", "president") || any(&["vp", "svp", "evp", "avp"]) {
        Seniority::Vp
    } else if owner || any(C_LEVEL) {
        Seniority::CLevel
    } else if any(&["director", "head"]) {
        Seniority::Director
    } else if any(&["manager", "lead"]) {
        Seniority::Manager
    } else {
        Seniority::Staff
    }
}

/// What the head of a company, or of one of its branches of work, is called.
const C_LEVEL: &[&str] = &[
    "ceo",
    "cfo",
    "coo",
    "cto",
    "cio",
    "cmo",
    "cro",
    "cpo",
    "cso",
    "ciso",
    "chro",
    "cdo",
    "chief",
    "founder",
    "cofounder",
    "president",
    "geschaftsfuhrer",
    "geschaftsfuhrerin",
    "vorstand",
    "inhaber",
    "inhaberin",
    "pdg",
    "gerant",
    "gerante",
];

/// The words of a title; single letters with dots are one word (`V.P.`).
fn words(folded: &str) -> Vec<String> {
    let mut words = Vec::new();
    for chunk in folded.split(|c: char| !c.is_alphanumeric() && c != '.') {
        let parts: Vec<&str> = chunk.split('.').filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|part| part.chars().count() == 1) {
            words.push(parts.concat());
        } else {
            words.extend(parts.into_iter().map(str::to_owned));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_rule_that_fits_decides() {
        use Seniority::{CLevel, Director, Intern, Manager, Staff, Unknown, Vp};
        for (title, expected) in [
            ("Marketing Intern", Intern),
            ("Student and CEO", Intern),
            ("Assistant to the CEO", Staff),
            ("Executive Assistant", Staff),
            ("Senior Vice President, Sales", Vp),
            ("V.P. Marketing", Vp),
            ("Vice-President", Vp),
            ("CEO", CLevel),
            ("Co-Founder", CLevel),
            ("Chief Happiness Officer", CLevel),
            ("President", CLevel),
            ("CTO", CLevel),
            ("Geschäftsführerin", CLevel),
            ("SVP Sales", Vp),
            ("Owner", CLevel),
            ("Product Owner", Staff),
            ("Product owner and founder", CLevel),
            ("Managing Director", Director),
            ("Head of Sales", Director),
            ("Team Lead", Manager),
            ("Account Manager", Manager),
            ("Leadership coach", Staff),
            ("International buyer", Staff),
            ("Chef", Staff),
            ("", Unknown),
            (" - ", Unknown),
        ] {
            assert_eq!(seniority(title), expected, "{title}");
        }
    }
}
