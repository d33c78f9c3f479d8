//! Headings of e-mail addresses with words beside that say which of somebody's addresses it is, or what is known of it:
//! `Official Email ID`, `Primäre E-Mail-Adresse`, `Email del trabajo`.

use super::{Distance, Target, refusal::between_cases};
use crate::text::fold_label;

/// Words for an address of e-mail, folded.
const MAIL: &[&str] = &[
    "correo",
    "courriel",
    "email",
    "emailadres",
    "emailadresse",
    "emailaddress",
    "emailid",
    "emails",
    "epost",
    "eposta",
    "epostadress",
    "epostadresse",
    "hauptemail",
    "hauptmail",
    "mail",
    "mailadres",
    "mailadresse",
    "mailaddress",
    "mailid",
];
/// Words that say nothing more.
const FILLERS: &[&str] = &[
    "address",
    "adres",
    "adress",
    "adresa",
    "adresse",
    "adresy",
    "da",
    "de",
    "del",
    "di",
    "direccion",
    "do",
    "du",
    "el",
    "electronica",
    "electronico",
    "electronique",
    "elektroniczny",
    "eletronico",
    "elettronica",
    "endereco",
    "fur",
    "id",
    "indirizzo",
    "la",
    "le",
    "ruckfragen",
    "the",
];
/// Words for one of the person's own, by language: at work, the first of several.
const OWN: &[&str] = &[
    "best",
    "business",
    "corporate",
    "main",
    "official",
    "preferred",
    "primary",
    "professional",
    "public",
    "work", //
    "dienstlich",
    "dienstliche",
    "geschaftlich",
    "geschaftliche",
    "haupt",
    "kunde",
    "kunden",
    "primar",
    "primare", //
    "bureau",
    "corporatif",
    "officiel",
    "primaire",
    "professionnel",
    "professionnelle",
    "travail", //
    "cliente",
    "contacto",
    "contato",
    "contatto",
    "corporativa",
    "corporativo",
    "empresa",
    "empresarial",
    "oficial",
    "primaria",
    "primario",
    "profesional",
    "profissional",
    "trabajo",
    "trabalho", //
    "aziendale",
    "lavoro",
    "professionale",
    "ufficiale",
    "ufficio", //
    "werk",
    "zakelijk",
    "zakelijke", //
    "arbeid",
    "arbejde",
    "arbete",
    "jobb",
    "jobbet", //
    "firmowy",
    "głowny",
    "kontaktowy",
    "słuzbowy", //
    "firemni",
    "firemny",
    "hlavni",
    "hlavny",
    "kontaktni",
    "kontaktny",
    "pracovni",
    "pracovny", //
    "kurumsal",
    "sirket", //
    "корпоративныи",
    "основнои",
    "рабочии", //
    "cong",
    "ty",
];
/// The same at home.
const AT_HOME: &[&str] = &[
    "ca",
    "casa",
    "domicile",
    "kisisel",
    "nhan",
    "osobni",
    "osobny",
    "particular",
    "perso",
    "personal",
    "personale",
    "personlig",
    "personliche",
    "personnel",
    "personnelle",
    "pessoal",
    "privado",
    "privat",
    "privata",
    "private",
    "prive",
    "prywatny",
    "soukromy",
    "sukromny",
    "личныи",
];
/// The same where they stand behind: a principal's e-mail is somebody else's.
const BEHIND: &[&str] = &["principal", "principale", "pro"];
/// Words for what is known of an address, under which may also stand whether it is so: only the cells can tell.
const KNOWN_OF_IT: &[&str] = &[
    "checked",
    "confirmed",
    "current",
    "deliverable",
    "enriched",
    "found",
    "guessed",
    "scraped",
    "unique",
    "valid",
    "validated",
    "verified",
    "working",
];

/// What such a heading stands for. Of paths it is not known whose they are.
pub(super) fn target(header: &str) -> Option<(Target, Distance)> {
    if header.contains(['.', '/', '[', ':', '(']) {
        return None;
    }
    let folded = joined(&fold_label(&between_cases(header)));
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_number = |word: &str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    let (mut is_mail, mut distance) = (false, Distance::Near);
    for word in words {
        if MAIL.contains(&word) {
            is_mail = true;
        } else if !(says_whose_it_is(word) || is_number(word) || (is_mail && BEHIND.contains(&word))) {
            return None;
        }
        if AT_HOME.contains(&word) {
            distance = Distance::Far;
        }
    }
    is_mail.then_some((Target::Field("email"), distance))
}

/// Whether a word beside one for an address says nothing of somebody else.
pub(super) fn is_about_the_address(word: &str) -> bool {
    says_whose_it_is(word) || KNOWN_OF_IT.contains(&word)
}

fn says_whose_it_is(word: &str) -> bool {
    FILLERS.contains(&word) || OWN.contains(&word) || AT_HOME.contains(&word)
}

/// `e-mail` in one word, in the languages that part it.
fn joined(folded: &str) -> String {
    let mut joined = format!(" {}", folded.replace(['-', '_'], " "));
    for (parted, whole) in [(" e mail", " email"), (" e posta", " eposta"), (" e post", " epost")] {
        joined = joined.replace(parted, whole);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::{
        distance, field_for_header, names_somebody_else,
        testing::{mean, settled},
    };

    #[test]
    fn words_about_an_address_leave_it_the_persons() {
        let addresses = [
            "Mail ID",
            "Official Email",
            "Official Email ID",
            "Email pro",
            "email_pro",
            "public_email",
            "Primäre E-Mail-Adresse",
            "Haupt-E-Mail",
            "Email principal",
            "E-mail comercial",
            "Email do cliente",
            "Email aziendale",
            "Email personale",
            "E-mail firmowy",
            "E-mail służbowy",
            "Pracovní e-mail",
            "Email công ty",
            "Email de la casa",
            "Email del trabajo",
            "Correo del trabajo",
            "Adresse e-mail principale",
            "Work e-mail",
            "E-Mail-Adresse für Rückfragen",
            "Основной e-mail",
        ];
        mean(&addresses, "email");
        let others = [
            "owner_email",
            "decision_maker_email",
            "ceo_email",
            "hr_email",
            "Principal Email",
            "Email del comercial",
            "Email du commercial",
            "Agent Email ID",
            "email.id",
            "is_email",
            "Email type",
            "Email format",
            "Email count",
        ];
        for other in others {
            let found = field_for_header(other).map(|target| target.word());
            assert!(found.is_none_or(|word| word == "owner"), "{other}");
        }
    }

    #[test]
    fn an_address_at_work_is_nearer() {
        for (nearer, farther) in [
            ("Email", "Official Email ID"),
            ("Official Email ID", "Personal Email"),
            ("Email del trabajo", "Email de la casa"),
            ("Pracovní e-mail", "Osobní e-mail"),
        ] {
            assert!(distance(nearer) < distance(farther), "{nearer} {farther}");
        }
    }

    #[test]
    fn what_is_known_of_an_address_is_told_by_its_cells() {
        for heading in ["Verified Email", "Valid Email", "Email Found", "validated_email", "Guessed e-mail"] {
            assert!(field_for_header(heading).is_none() && !names_somebody_else(heading), "{heading}");
        }
        for heading in ["Landlord Email", "Zzz email", "Principal Email", "HR Email", "Verified manager email"] {
            assert!(names_somebody_else(heading), "{heading}");
        }
    }

    #[test]
    fn who_got_a_survey_is_the_person_where_nobody_else_is() {
        let survey = ["RecipientLastName", "RecipientFirstName", "RecipientEmail", "Q1"];
        assert_eq!(settled(&survey), ["last_name", "first_name", "email", ""]);
        assert_eq!(settled(&["Email", "Recipient Email"]), ["email", ""]);
    }
}
