//! Headings that mean one thing or another, depending on what stands beside them.

use super::{
    Target,
    guess::{unnumbered, without_possessive},
    question::asked_for,
    squashed,
};
use crate::leads::header_words::WHOLE_NAME_IF_ALONE;

const PARTS: [&str; 3] = ["contact_name", "first_name", "last_name"];
/// What headings of files stand for where no other does: in what programs send they are something else, such as the site
/// that a form is on.
const IF_ALONE: &[(&str, Target)] = &[
    ("agent", Target::Owner),
    ("advisor", Target::Owner),
    ("recipientemail", Target::Field("email")),
    ("recipientfirstname", Target::Field("first_name")),
    ("recipientlastname", Target::Field("last_name")),
    ("attendee", Target::Field("contact_name")),
    ("businessowner", Target::Field("contact_name")),
    ("kontakt", Target::Field("contact_name")),
    ("sendername", Target::Field("contact_name")),
    ("senderemail", Target::Field("email")),
    ("sendermobile", Target::Field("phone")),
    ("senderphone", Target::Field("phone")),
    ("sendercompany", Target::Field("company_name")),
    ("sendercity", Target::Field("city")),
    ("senderstate", Target::Field("region")),
    ("senderpincode", Target::Field("postal_code")),
    ("sendercountryiso", Target::Field("country")),
    ("querymessage", Target::Field("notes")),
    ("querytime", Target::CreatedAt),
    ("groups", Target::Field("tags")),
    ("segments", Target::Field("tags")),
    ("site", Target::Field("website")),
];
/// Who is not the person, where the person is in the file as well: who took the booking, who paid.
const BESIDE: &[&str] =
    &["user", "buyer", "guest", "alternatecontact", "alternativecontact", "secondarycontact", "replyto"];
/// Words for the given name in languages in which `Name` beside it is the family name.
const GIVEN: &[&str] = &["vorname", "rufname", "prenom", "voornaam"];
/// Words for the lead that are a deal's beside one for the person.
const PERSON: &[&str] =
    &["person", "personname", "fullname", "contactname", "contactperson", "primarycontact", "kontaktname"];
/// Words for the person beside which a name is a deal's.
const CONTACTS: &[&str] = &[
    "nombrecontacto",
    "nombredecontacto",
    "nombredelcontacto",
    "nomcontact",
    "nomducontact",
    "nomecontatto",
    "nomedelcontatto",
    "nomedocontato",
];
/// What says that an owner is that of a house, and so the person.
const PROPERTY: &[&str] = &[
    "apn",
    "mailingaddress",
    "ownermailingaddress",
    "parcel",
    "parcelid",
    "parcelnumber",
    "propertyaddress",
    "propertystreet",
    "siteaddress",
    "situsaddress",
];

/// Settles what columns stand for by what stands beside them: `Nome` is the whole name where no other column has a part of
/// it, `Ad` a name only beside `Soyad`, `Name 2` none beside a first name, `Estado` a place beside a city.
pub fn settle_names(headings: &[&str], targets: &mut [Option<Target>]) {
    let words: Vec<String> = headings.iter().map(|heading| squashed(heading)).collect();
    leave_out_others(&words, targets);
    settle_parts(&words, targets);
    settle_places(&words, targets);
    settle_systems(&words, targets);
    settle_languages(&words, targets);
    settle_owners(&words, targets);
    settle_numbers(headings, targets);
    settle_the_lone(&words, targets);
    let surname = words.iter().any(|word| word.starts_with("soyad"));
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        if surname && target.is_none() && word == "ad" {
            *target = Some(Target::Field("first_name"));
        }
    }
    if !targets.iter().any(|target| is_name(target.as_ref())) {
        let nickname = words.iter().position(|word| word == "nickname").filter(|place| targets[*place].is_none());
        if let Some(target) = nickname.and_then(|place| targets.get_mut(place)) {
            *target = Some(Target::Field("contact_name"));
        }
    }
    settle_the_only_name(headings, targets);
}

/// What inputs of one object in a post stand for by what stands beside them: what is a whole name and what a part of it. What
/// else there is, the system says that sends them.
pub(crate) fn settle_whole_and_parts(names: &[&str], targets: &mut [Option<Target>]) {
    // Only a whole name may turn out to be a part.
    if has(targets, "contact_name") {
        let words: Vec<String> = names.iter().map(|name| squashed(name)).collect();
        settle_parts(&words, targets);
    }
}

/// Where only one asks for a name, it asks for the whole.
pub(crate) fn settle_the_only_name(headings: &[&str], targets: &mut [Option<Target>]) {
    let mut named = headings.iter().zip(targets.iter_mut()).filter(|(_, target)| is_name(target.as_ref()));
    if let (Some((name, target)), None) = (named.next(), named.next()) {
        let plain = without_possessive(name).or_else(|| asked_for(name)).unwrap_or_else(|| (*name).to_owned());
        if WHOLE_NAME_IF_ALONE.iter().any(|word| squashed(word) == squashed(&plain)) {
            *target = Some(Target::Field("contact_name"));
        }
    }
}

fn is_name(target: Option<&Target>) -> bool {
    matches!(target, Some(Target::Field(name)) if PARTS.contains(name))
}

fn has(targets: &[Option<Target>], field: &str) -> bool {
    targets.iter().any(|target| matches!(target, Some(Target::Field(name)) if *name == field))
}

/// What is somebody else's where the person has a column of their own: it must not stand in for what is blank there.
fn leave_out_others(words: &[String], targets: &mut [Option<Target>]) {
    let is_beside = |word: &str, target: &Option<Target>| {
        let others = BESIDE.iter().any(|front| word.starts_with(front));
        // `Alternate contact number` is another number of the same person.
        let is_second_number = *target == Some(Target::Field("phone")) && word.contains("contact");
        let reaches = matches!(target, Some(Target::Field("email" | "phone")));
        others && !is_second_number && (reaches || is_name(target.as_ref()))
    };
    let kinds = |target: &Option<Target>| if is_name(target.as_ref()) { "name".to_owned() } else { word_of(target) };
    let own: Vec<String> = words
        .iter()
        .zip(targets.iter())
        .filter(|(word, target)| !is_beside(word, target))
        .map(|(_, target)| kinds(target))
        .collect();
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        if is_beside(word, target) && own.contains(&kinds(target)) {
            *target = None;
        }
    }
}

fn word_of(target: &Option<Target>) -> String {
    target.as_ref().map(Target::word).unwrap_or_default()
}

/// What `Name` and its like are beside parts of the name.
fn settle_parts(words: &[String], targets: &mut [Option<Target>]) {
    let (first, last) = (has(targets, "first_name"), has(targets, "last_name"));
    let whole = Some(Target::Field("contact_name"));
    let given = words.iter().any(|word| GIVEN.contains(&word.as_str()));
    // `Full name (contact)` as against `Lead name`.
    settle_single_parts(words, targets);
    let person = words.iter().any(|word| PERSON.contains(&word.as_str()) || word.ends_with("namecontact"));
    let plain = words.iter().zip(targets.iter()).any(|(word, target)| *target == whole && is_first_line(word));
    for (word, target) in words.iter().zip(targets.iter_mut()).filter(|(_, target)| **target == whole) {
        let is_plain = matches!(word.as_str(), "name" | "naam");
        *target = match word.as_str() {
            _ if is_plain && last && !first => Some(Target::Field("first_name")),
            _ if is_plain && first && !last && given => Some(Target::Field("last_name")),
            // The second line of an address, or a deal.
            _ if !is_first_line(word) && (first || last || plain) => None,
            "leadname" if person => None,
            _ => continue,
        };
    }
}

/// What a word for one part of a name is in another language, or beside a word for the whole: in Odoo `Nom` is a deal's beside
/// `Nom du contact`.
fn settle_single_parts(words: &[String], targets: &mut [Option<Target>]) {
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let in_catalan = any(&["cognom", "cognoms"]);
    let of_three = any(&["фамилия"]);
    let of_a_deal = has(targets, "first_name") != has(targets, "last_name") && any(CONTACTS);
    for (word, target) in words.iter().zip(targets.iter_mut()).filter(|(_, target)| is_name(target.as_ref())) {
        match word.as_str() {
            "nom" if in_catalan => *target = Some(Target::Field("first_name")),
            // The father's name in Bulgarian, the family's in Serbian.
            "презиме" if of_three => *target = None,
            "nom" | "nombre" | "nome" if of_a_deal => *target = None,
            _ => {}
        }
    }
}

/// Whether a word is not numbered, or is the first of its kind.
fn is_first_line(word: &str) -> bool {
    let (plain, number) = word.split_at(unnumbered(word).len());
    plain.is_empty() || matches!(number, "" | "1" | "01")
}

/// `Estado` is a lead's status, and a part of a country beside a city.
fn settle_places(words: &[String], targets: &mut [Option<Target>]) {
    let is_place = ["city", "postal_code", "country"].iter().any(|field| has(targets, field));
    if !is_place || has(targets, "region") {
        return;
    }
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        if word == "estado" && *target == Some(Target::Status) {
            *target = Some(Target::Field("region"));
        }
    }
}

fn settle_the_lone(words: &[String], targets: &mut [Option<Target>]) {
    let is_named = targets.iter().any(|target| is_name(target.as_ref()));
    for (word, target) in IF_ALONE.iter().filter(|(_, target)| !(is_named && is_name(Some(target)))) {
        let place = words.iter().position(|known| known == word).filter(|place| targets[*place].is_none());
        if let Some(place) = place.filter(|_| !targets.contains(&Some(target.clone()))) {
            targets[place] = Some(target.clone());
        }
    }
}

/// Headings that only one system means so: the phone number is `SMS` where somebody may be blacklisted for it, and the
/// address of a profile is no website where it is told since when somebody is connected. `Home` and `Work` are numbers beside
/// `Mobile`, and `By` is a town in Danish.
fn settle_systems(words: &[String], targets: &mut [Option<Target>]) {
    const NUMBERS: [&str; 6] = ["cell", "cellphone", "fax", "mobile", "mobilephone", "pager"];
    const DANISH: [&str; 8] =
        ["efternavn", "firma", "firmanavn", "fornavn", "navn", "postnr", "postnummer", "virksomhed"];
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let of_numbers = any(&["home"]) && any(&["work"]) && any(&NUMBERS);
    let in_danish = any(&DANISH);
    let beside = |known: &str| words.iter().any(|word| word == known);
    let (by_sms, of_network) = (beside("smsblacklisted") || beside("emailblacklisted"), beside("connectedon"));
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        match word.as_str() {
            "sms" if by_sms && target.is_none() => *target = Some(Target::Field("phone")),
            "home" | "work" if of_numbers && target.is_none() => *target = Some(Target::Field("phone")),
            "by" if in_danish && target.is_none() => *target = Some(Target::Field("city")),
            "url" if of_network && *target == Some(Target::Field("website")) => *target = None,
            _ => {}
        }
    }
}

/// Words that mean so in one language only: `Kraj` is a country in Polish and a town in Slovene; `Büro` and `Privat` are
/// numbers beside `Handy`.
fn settle_languages(words: &[String], targets: &mut [Option<Target>]) {
    const SLOVENE: [&str; 5] = ["priimek", "podjetje", "imeinpriimek", "postnastevilka", "telefonskastevilka"];
    const NUMBERS: [&str; 5] = ["fax", "handy", "mobil", "mobiltelefon", "telefon"];
    let any = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let in_slovene = any(&SLOVENE);
    let of_numbers = any(&["privat"]) && any(&["buro", "geschaftlich", "dienstlich"]) && any(&NUMBERS);
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        match word.as_str() {
            "kraj" if in_slovene => *target = Some(Target::Field("city")),
            "buro" | "privat" | "geschaftlich" | "dienstlich" if of_numbers && target.is_none() => {
                *target = Some(Target::Field("phone"));
            }
            _ => {}
        }
    }
}

/// In lists of houses the owner is the person, where nobody else is.
fn settle_owners(words: &[String], targets: &mut [Option<Target>]) {
    let of_houses = words.iter().any(|word| PROPERTY.contains(&word.as_str()));
    if !of_houses || targets.iter().any(|target| is_name(target.as_ref())) {
        return;
    }
    for (word, target) in words.iter().zip(targets.iter_mut()) {
        let field = match word.as_str() {
            "ownername" | "ownerfullname" | "owner1name" | "owner1fullname" => "contact_name",
            "ownerfirstname" | "owner1firstname" => "first_name",
            "ownerlastname" | "owner1lastname" => "last_name",
            _ => continue,
        };
        *target = Some(Target::Field(field));
    }
}

/// Brevo writes its headings in capitals, and the number under `SMS`.
fn settle_numbers(headings: &[&str], targets: &mut [Option<Target>]) {
    let is_phone =
        |(heading, target): (&&str, &Option<Target>)| *target == Some(Target::Field("phone")) && *heading != "WHATSAPP";
    let of_brevo = headings.contains(&"EMAIL") && !headings.iter().zip(targets.iter()).any(is_phone);
    let in_capitals = headings.iter().all(|heading| !heading.contains(char::is_lowercase));
    let place = headings.iter().position(|heading| *heading == "SMS").filter(|_| of_brevo && in_capitals);
    if let Some(target) = place.and_then(|place| targets.get_mut(place)).filter(|target| target.is_none()) {
        *target = Some(Target::Field("phone"));
    }
}
