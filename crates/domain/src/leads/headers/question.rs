//! Questions: what is asked for in `What's your first name?`, `Wie heißen Sie?`, `how_many_employees_do_you_have?`.

mod whole;

use whole::WHOLE;

use super::{Target, guess::is_around_a_name, known, whose::is_somebody_else};
use crate::text::fold_label;

/// The longest question that is looked at.
const LONGEST: usize = 100;

/// What is said in front of a question.
const GREETINGS: &[&str] = &[
    "hi",
    "hello",
    "hey",
    "there",
    "first",
    "first of all",
    "and",
    "ok",
    "okay",
    "great",
    "thanks",
    "so",
    "now",
    "finally",
    "lastly",
    "please",
    "could you",
    "can you",
    "hallo",
    "bitte",
    "bonjour",
    "hola",
    "por favor",
    "ciao",
];

/// How questions begin that name what they ask for, folded.
const BEGINNINGS: &[&str] = &[
    "what is your best",
    "your best",
    "what is your",
    "what are your",
    "what is the name of your",
    "name of your",
    "whats your",
    "what s your",
    "whats the name of your",
    "what s the name of your",
    "which is your",
    "your",
    "enter your",
    "type your",
    "type in your",
    "tell us your",
    "give us your",
    "provide your",
    "provide us with your",
    "share your",
    "leave your",
    "fill in your",
    "add your",
    "may we have your",
    "can we have your",
    "could we have your",
    "can we get your",
    "may i have your",
    "wie ist ihr",
    "wie ist ihre",
    "wie ist dein",
    "wie ist deine",
    "wie lautet ihr",
    "wie lautet ihre",
    "wie lautet dein",
    "wie lautet deine",
    "was ist ihr",
    "was ist ihre",
    "was ist dein",
    "was ist deine",
    "quel est votre",
    "quelle est votre",
    "quel est ton",
    "quelle est ta",
    "quelle est ton",
    "cual es su",
    "cual es tu",
    "qual e o seu",
    "qual e a sua",
    "qual e seu",
    "qual e sua",
    "qual o seu",
    "qual a sua",
    "qual seu",
    "qual sua",
    "qual e o teu",
    "qual e a tua",
    "qual e il tuo",
    "qual e la tua",
    "qual e il suo",
    "qual e la sua",
    "qual e il vostro",
    "qual e la vostra",
    "wat is uw",
    "wat is je",
    "wat is jouw",
];

/// What may stand behind what is asked for.
const ENDS: &[&str] = &[
    "at your company",
    "at the company",
    "at your organization",
    "in your company",
    "in the company",
    "to reach you",
    "to reach you at",
    "to contact you",
    "please",
];

/// Words that say too little in a question: the size of what?
const VAGUE: &[&str] = &[
    "size", "account", "contact", "lead", "person", "first", "last", "domain", "land", "nation", "web", "function",
    "order",
];

/// The fields that are asked for.
const ASKED: &[&str] = &[
    "contact_name",
    "first_name",
    "last_name",
    "email",
    "phone",
    "company_name",
    "website",
    "job_title",
    "industry",
    "company_size",
    "annual_revenue",
    "country",
    "region",
    "city",
    "postal_code",
    "language",
    "birth_date",
    "product_interests",
    "notes",
];

/// What a question stands for.
pub(super) fn target(question: &str) -> Option<Target> {
    let inside = question.split_once(['(', '[']).map(|(_, inside)| inside);
    if inside.is_some_and(is_around_a_name) {
        return None;
    }
    let plain = plain(question)?;
    let whole = WHOLE.iter().find(|(_, questions)| questions.contains(&plain.as_str()));
    if let Some((field, _)) = whole {
        return Target::named(field, &[]);
    }
    let (target, _) = known(&asked_for(question)?)?;
    matches!(&target, Target::Field(field) if ASKED.contains(field)).then_some(target)
}

/// What a question asks for in its own words, folded: of `What is your first name?` the `first name`. Nothing where it asks
/// about somebody else.
pub(super) fn asked_for(question: &str) -> Option<String> {
    let plain = plain(question)?;
    let beginnings = BEGINNINGS.iter().filter_map(|beginning| plain.strip_prefix(beginning)?.strip_prefix(' '));
    let asked = beginnings.min_by_key(|rest| rest.len())?;
    let asked = ENDS.iter().find_map(|end| asked.strip_suffix(end)?.strip_suffix(' ')).unwrap_or(asked);
    // `Your company's name` is the company's, `your child's name` is nobody's here.
    let whose = asked.split_once(" s ").map(|(whose, _)| whose);
    let is_ours = |whose: &str| matches!(whose, "company" | "business" | "organization" | "organisation" | "employer");
    if asked.split(' ').any(is_somebody_else) || whose.is_some_and(|whose| !is_ours(whose)) {
        return None;
    }
    let asked = asked.replace(" s ", " ");
    (!asked.is_empty() && !VAGUE.contains(&asked.as_str())).then_some(asked)
}

/// A question in small letters without marks and greetings.
fn plain(question: &str) -> Option<String> {
    if question.chars().count() > LONGEST {
        return None;
    }
    let folded = fold_label(question.split(['(', '[']).next().unwrap_or_default());
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut rest = words.as_str();
    while let Some(after) = GREETINGS.iter().find_map(|greeting| rest.strip_prefix(greeting)?.strip_prefix(' ')) {
        rest = after;
    }
    (!rest.is_empty()).then(|| rest.to_owned())
}
