//! Whose a member of a path or a note in brackets is: what is somebody else's must not become the lead's.

use super::{
    Target,
    guess::{FRONTS, SECOND},
    known, mail,
    refusal::between_cases,
    squashed,
};

/// People who are not the lead.
const PEOPLE: &[&str] = &[
    "accountmanager",
    "advisor",
    "agent",
    "assigned",
    "assignedto",
    "assignee",
    "assistant",
    "assistentin",
    "author",
    "boss",
    "broker",
    "closer",
    "colleague",
    "createdby",
    "creator",
    "emergency",
    "friend",
    "guardian",
    "host",
    "husband",
    "lastmodifiedby",
    "lawyer",
    "manager",
    "modifiedby",
    "organiser",
    "organizer",
    "owner",
    "parent",
    "partner",
    "recruiter",
    "referral",
    "referredby",
    "referrer",
    "rep",
    "reporter",
    "reportsto",
    "representative",
    "salesperson",
    "salesrep",
    "secretary",
    "sekretariat",
    "seller",
    "setter",
    "spouse",
    "supervisor",
    "updatedby",
    "vorgesetzte",
    "vorgesetzter",
    "wife",
];
/// Who or what else has a name or an address of its own.
pub(crate) const ELSE: &[&str] = &[
    "beneficiary",
    "cat",
    "child",
    "children",
    "childs",
    "daughter",
    "dealer",
    "dealership",
    "doctor",
    "dog",
    "employer",
    "event",
    "hospital",
    "kid",
    "kids",
    "landlord",
    "pet",
    "physician",
    "recipient",
    "reference",
    "school",
    "son",
    "store",
    "supplier",
    "vendor",
    "venue",
    "vet",
    "veterinarian",
    "witness",
];
/// Words for an address of e-mail.
const MAIL: &[&str] = &["email", "emails", "mail", "emailaddress", "mailaddress", "mailadresse", "emailadresse"];
/// Things with members of their own.
const THINGS: &[&str] = &["adgroup", "adset", "deal", "opportunity", "product", "project", "ticket", "workspace"];
/// Of what the names of members are made that wrap the lead, or all that was sent.
const OURS: &[&str] = &[
    "about",
    "address",
    "adresse",
    "allgemein",
    "angaben",
    "anmeldung",
    "answer",
    "applicant",
    "application",
    "appointment",
    "arbeit",
    "associated",
    "attendee",
    "attribute",
    "basic",
    "beruflich",
    "body",
    "booking",
    "buyer",
    "caller",
    "campo",
    "candidate",
    "career",
    "champ",
    "channel",
    "checkout",
    "client",
    "cliente",
    "communication",
    "contacto",
    "contato",
    "contatto",
    "context",
    "coordonnees",
    "current",
    "custom",
    "dados",
    "data",
    "daten",
    "dati",
    "datos",
    "default",
    "dein",
    "deine",
    "detail",
    "dienstlich",
    "doc",
    "donnees",
    "edge",
    "element",
    "employment",
    "enquiry",
    "enter",
    "entry",
    "es",
    "experience",
    "facturation",
    "feld",
    "field",
    "form",
    "formulaire",
    "formular",
    "formulario",
    "frage",
    "general",
    "geschaftlich",
    "group",
    "guest",
    "identities",
    "identity",
    "ihr",
    "ihre",
    "included",
    "individual",
    "info",
    "informacao",
    "informacion",
    "informacoes",
    "information",
    "informazioni",
    "input",
    "inquiry",
    "inscription",
    "interessent",
    "invitee",
    "item",
    "job",
    "json",
    "klant",
    "klient",
    "kontakt",
    "kunde",
    "liefer",
    "member",
    "merge",
    "message",
    "meta",
    "method",
    "my",
    "new",
    "node",
    "number",
    "object",
    "order",
    "organisation",
    "output",
    "page",
    "param",
    "parameter",
    "part",
    "participant",
    "patient",
    "payload",
    "people",
    "persona",
    "personali",
    "personlich",
    "personliche",
    "personne",
    "personnel",
    "personnelle",
    "personnelles",
    "persoon",
    "pessoais",
    "pessoal",
    "please",
    "point",
    "position",
    "post",
    "privat",
    "prive",
    "professional",
    "professionnel",
    "profile",
    "properties",
    "property",
    "q",
    "query",
    "question",
    "raw",
    "rechnung",
    "record",
    "registrant",
    "registration",
    "request",
    "requester",
    "resource",
    "respondent",
    "response",
    "result",
    "row",
    "s",
    "schritt",
    "section",
    "seite",
    "step",
    "student",
    "submission",
    "submitted",
    "subscriber",
    "teilnehmer",
    "telephone",
    "tenant",
    "the",
    "trabajo",
    "trait",
    "travail",
    "user",
    "value",
    "visitor",
    "vos",
    "votre",
    "web",
    "you",
    "zakelijk",
    "zur",
];

/// Whether a member of a path is about somebody or something else.
pub(crate) fn is_somebody_else(part: &str) -> bool {
    let whole = squashed(part);
    THINGS.contains(&whole.as_str()) || names_somebody(part)
}

/// Whether a heading names somebody or something that is not the lead: `Referred by`, `Email (Manager)`, `Landlord Email`. Beside
/// words for an address, nothing but words for the lead is taken for theirs.
pub fn names_somebody_else(heading: &str) -> bool {
    let plain = between_cases(heading).replace(['\'', '’'], " ").replace("e-", "e").replace("E-", "E");
    let words: Vec<String> =
        plain.split(|c: char| !c.is_alphanumeric()).map(squashed).filter(|word| !word.is_empty()).collect();
    let is_known = |word: &String, known: &[&str]| {
        known.contains(&word.as_str()) || word.strip_suffix('s').is_some_and(|single| known.contains(&single))
    };
    let is_mail = |word: &&String| is_known(word, MAIL);
    let is_address = words.iter().any(|word| is_mail(&word));
    let is_unknown = |word: &String| !is_mail(&word) && !is_ours(word) && !mail::is_about_the_address(word);
    let by = |word: &String| matches!(word.as_str(), "by" | "von" | "durch" | "par" | "por");
    names_somebody(heading)
        || words.iter().any(|word| is_known(word, ELSE))
        || (words.len() > 1 && words.last().is_some_and(by))
        || (is_address && words.iter().any(is_unknown))
}

/// Whether few words in brackets name somebody else. Longer ones explain something.
pub(super) fn is_about_others(inside: &str) -> bool {
    let few = inside.split_whitespace().count() <= 3;
    few && (names_somebody(inside) || matches!(known(inside), Some((Target::Owner | Target::Team, _))))
}

fn names_somebody(part: &str) -> bool {
    let whole = squashed(part);
    let plain = between_cases(part).replace(['\'', '’'], " ");
    let mut words = plain.split(|c: char| !c.is_alphanumeric()).map(squashed);
    PEOPLE.contains(&whole.as_str()) || words.any(|word| PEOPLE.contains(&word.as_str()))
}

/// Whether what is below a member is the lead's own: it is made of words for the lead, or of other letters than these.
pub(super) fn is_ours(part: &str) -> bool {
    if let Some((target, _)) = known(part) {
        return matches!(target, Target::Field(name) if name != "notes");
    }
    let word: String = squashed(part).chars().filter(|c| c.is_alphabetic()).collect();
    // `wpforms[fields][email]`; and words of other letters are not known here.
    if word.trim_end_matches('s').ends_with("form") || !word.contains(|c: char| c.is_ascii_alphabetic()) {
        return true;
    }
    let mut reached = vec![false; word.len() + 1];
    reached[0] = true;
    for at in 0..word.len() {
        let rest = word.get(at..).filter(|_| reached[at]).unwrap_or_default();
        for known in OURS.iter().chain(FRONTS).chain(SECOND).filter(|known| rest.starts_with(**known)) {
            reached[at + known.len()] = true;
        }
    }
    reached[word.len()]
}

/// Whether it says who somebody is or how to reach them.
pub(crate) fn is_of_a_person(target: &Target) -> bool {
    matches!(target, Target::Field("contact_name" | "first_name" | "last_name" | "email" | "phone" | "job_title"))
}
