//! Questions: what is asked for in `What's your first name?`, `Wie heißen Sie?`, `how_many_employees_do_you_have?`.

use super::{Target, known, whose::is_somebody_else};
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

/// Whole questions, folded, by what they ask for.
const WHOLE: &[(&str, &[&str])] = &[
    (
        "contact_name",
        &[
            "who are you",
            "what should we call you",
            "wie heisst du",
            "wie heissen sie",
            "comment vous appelez vous",
            "comment t appelles tu",
            "como te llamas",
            "como se llama",
            "como se llama usted",
            "como voce se chama",
            "come ti chiami",
            "come si chiama",
            "hoe heet je",
            "hoe heet u",
        ],
    ),
    (
        "company_name",
        &[
            "which company do you work for",
            "what company do you work for",
            "which company do you work at",
            "what company do you work at",
            "which company are you from",
            "what company are you from",
            "what company are you with",
            "which company are you with",
            "what organization do you work for",
            "which organization do you work for",
            "where do you work",
            "who do you work for",
            "fur welches unternehmen arbeiten sie",
            "fur welches unternehmen arbeitest du",
            "fur welche firma arbeiten sie",
            "fur welche firma arbeitest du",
            "in welchem unternehmen arbeiten sie",
            "in welchem unternehmen arbeitest du",
            "bei welchem unternehmen arbeiten sie",
            "wo arbeiten sie",
            "wo arbeitest du",
            "wie heisst ihr unternehmen",
            "wie heisst dein unternehmen",
            "wie heisst ihre firma",
            "wie heisst deine firma",
            "pour quelle entreprise travaillez vous",
            "dans quelle entreprise travaillez vous",
            "en que empresa trabajas",
            "en que empresa trabaja",
            "para que empresa trabajas",
            "para que empresa trabaja",
            "em qual empresa voce trabalha",
            "em que empresa voce trabalha",
            "per quale azienda lavori",
            "per quale azienda lavora",
            "voor welk bedrijf werk je",
            "voor welk bedrijf werkt u",
        ],
    ),
    (
        "company_size",
        &[
            "how many employees",
            "how many employees do you have",
            "how many employees does your company have",
            "how many employees are in your company",
            "how many employees work at your company",
            "how many people work at your company",
            "how many people work in your company",
            "how many people are in your company",
            "how many people does your company employ",
            "how many people are on your team",
            "how big is your team",
            "how large is your team",
            "how big is your company",
            "how large is your company",
            "what is the size of your company",
            "what s the size of your company",
            "what is your company size",
            "wie viele mitarbeiter haben sie",
            "wie viele mitarbeiter hat ihr unternehmen",
            "wie viele mitarbeitende hat ihr unternehmen",
            "wie gross ist ihr unternehmen",
            "combien d employes avez vous",
            "combien de salaries avez vous",
            "cuantos empleados tiene",
            "cuantos empleados tienes",
            "cuantos empleados tiene su empresa",
            "cuantos empleados tiene tu empresa",
            "quantos funcionarios sua empresa tem",
            "quantos funcionarios tem sua empresa",
            "quanti dipendenti avete",
            "quanti dipendenti ha la tua azienda",
            "hoeveel medewerkers heeft uw bedrijf",
            "hoeveel werknemers heeft uw bedrijf",
        ],
    ),
    ("job_title", &["what do you do", "what is your role in the company", "what is your role in your company"]),
    (
        "email",
        &[
            "what is the best email to reach you",
            "what is the best email to reach you at",
            "what is the best email address to reach you",
            "what is the best email address to reach you at",
        ],
    ),
    (
        "phone",
        &[
            "what is your number",
            "what s your number",
            "what is the best number to reach you",
            "what is the best number to reach you at",
            "what is the best phone number to reach you",
            "what is the best phone number to reach you at",
        ],
    ),
    (
        "notes",
        &[
            "anything else",
            "anything else you d like to tell us",
            "anything else you would like to tell us",
            "anything else you want to tell us",
            "anything else you d like to share",
            "anything else you would like to share",
            "anything else you d like to add",
            "anything else you would like to add",
            "anything else we should know",
            "is there anything else you d like to tell us",
            "is there anything else you would like to tell us",
            "is there anything else you d like to share",
            "is there anything else you d like to add",
            "is there anything else we should know",
            "any other comments",
            "any comments",
            "any questions",
            "any questions or comments",
            "comments or questions",
            "do you have any questions",
            "do you have any questions or comments",
            "how can we help",
            "how can we help you",
            "how can we help today",
            "how can we help you today",
            "how may we help",
            "how may we help you",
            "how can i help you",
            "what can we do for you",
            "what can we help you with",
            "what can we help you with today",
            "tell us about your project",
            "tell us more about your project",
            "tell us a bit about your project",
            "tell us a little about your project",
            "tell us about your needs",
            "tell us more about your needs",
            "tell us how we can help",
            "tell us more",
            "wie konnen wir helfen",
            "wie konnen wir ihnen helfen",
            "wie konnen wir dir helfen",
            "was konnen wir fur sie tun",
            "comment pouvons nous vous aider",
            "comment pouvons nous aider",
            "como podemos ayudarte",
            "como podemos ayudarle",
            "en que podemos ayudarte",
            "en que podemos ayudarle",
            "como podemos ajudar",
            "como podemos te ajudar",
            "como podemos ajuda lo",
            "come possiamo aiutarti",
            "come possiamo aiutarla",
            "hoe kunnen we helpen",
            "hoe kunnen we je helpen",
            "hoe kunnen we u helpen",
            "waarmee kunnen we u helpen",
        ],
    ),
    (
        "country",
        &[
            "which country are you in",
            "what country are you in",
            "what country are you based in",
            "which country are you based in",
            "what country do you live in",
        ],
    ),
    (
        "city",
        &["which city are you in", "what city are you in", "which city are you based in", "what city do you live in"],
    ),
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
