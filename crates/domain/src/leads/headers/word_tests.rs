//! Headings of more systems and languages.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{
    testing::{mean, settled},
    *,
};

#[test]
fn what_stands_around_a_name_is_none() {
    mean(&["Name (Prefix)", "Name (Suffix)", "Name (Middle)", "Name [Title]", "Your Name (Prefix)", "name.prefix"], "");
    mean(&["Name (required)", "Name (First and last)", "Full name (contact)"], "contact_name");
    mean(&["Name (First)"], "first_name");
}

#[test]
fn a_leads_name_is_a_deals_beside_a_contacts() {
    let kommo = ["Lead name", "Full name (contact)", "Work email (contact)", "Responsible user"];
    assert_eq!(settled(&kommo), ["", "contact_name", "email", "owner"]);
    assert_eq!(settled(&["Lead name", "Email"]), ["contact_name", "email"]);
}

#[test]
fn when_an_answer_came_is_told_in_many_languages() {
    let created = [
        "Zeitstempel",
        "Horodateur",
        "Marca temporal",
        "Carimbo de data/hora",
        "タイムスタンプ",
        "Отметка времени",
        "Informazioni cronologiche",
        "Tijdstempel",
        "Sygnatura czasowa",
        "Zaman damgası",
        "时间戳记",
        "Submit Date (UTC)",
        "Registration Time",
        "user_registered",
        "Date Joined",
        "Captured Date",
        "Subscription date",
        "cdate",
        "Timestamp Created",
        "CreationDateTime",
        "createdAt.$date",
        "createdAt.$date.$numberLong",
    ];
    mean(&created, "created_at");
    mean(&["employees.$numberInt"], "company_size");
    mean(&["$date", "Event Date", "Registration", "custom.$date", "_id.$oid"], "");
}

#[test]
fn consents_under_a_law_count_where_they_name_a_channel() {
    mean(&["gdpr_email_consent"], "consent.email");
    mean(&["tcpa_sms_consent"], "consent.sms");
    mean(&["TCPA Call Consent"], "consent.phone");
    mean(&["gdpr_consent", "tcpa_consent", "GDPR Agreement"], "");
}

#[test]
fn marks_of_what_is_gone_are_told() {
    for heading in ["isDeleted", "Contact Is In Trash", "Deceased / Closed", "archived", "Is Archived"] {
        assert!(tells_gone(heading), "{heading}");
    }
    for heading in ["Deleted by", "Archived on", "Trash day", "", "Closed"] {
        assert!(!tells_gone(heading), "{heading}");
    }
}

#[test]
fn address_blocks_are_known_as_a_whole() {
    mean(&["_address_telephone", "Home-Phone-Phone", "Work-Phone-Mobile", "SMS Number", "Work Ph", "Home Ph"], "phone");
    mean(&["_address_postcode"], "postal_code");
    mean(&["_address_country_id", "Primary location > Country code"], "country");
    mean(&["_address_company", "Affiliation"], "company_name");
    mean(&["Additional Emails", "Recommended Email"], "email");
    mean(&["Additional Notes"], "notes");
    mean(&["Additional Names", "Additional Company", "Work", "Home"], "");
    for (nearer, farther) in [
        ("Recommended Email", "Personal Emails"),
        ("Email", "Additional Emails"),
        ("Mobile", "Home-Phone-Phone"),
        ("Company", "Affiliation"),
    ] {
        assert!(distance(nearer) < distance(farther), "{nearer} {farther}");
    }
    assert_eq!(settled(&["First Name", "Home", "Work", "Mobile"]), ["first_name", "phone", "phone", "phone"]);
    assert_eq!(settled(&["Home", "Work"]), ["", ""]);
}

#[test]
fn headings_of_more_systems_are_understood() {
    mean(&["Responsible user", "Assigned Agent"], "owner");
    mean(&["User Agent", "agent.email", "Agent Phone", "Agent Name"], "");
    mean(&["tag_list", "Hashtags"], "tags");
    mean(&["Employer Website", "Account Website", "Company > Domains"], "website");
    mean(&["Site", "site.name", "agent", "groups"], "");
    assert_eq!(settled(&["Email", "Agent", "Groups", "site"]), ["email", "owner", "tags", "website"]);
    assert_eq!(settled(&["Owner", "Agent", "Tags", "Groups"]), ["owner", "", "tags", ""]);
    mean(&["Company Number of Employees"], "company_size");
    mean(&["Company Main Industry"], "industry");
    assert_eq!(settled(&["email", "nickname"]), ["email", "contact_name"]);
    assert_eq!(settled(&["First name", "nickname"]), ["first_name", ""]);
}

#[test]
fn questions_and_headings_of_more_languages_are_understood() {
    mean(&["Unter welcher Telefonnummer erreichen wir Sie?", "Teléfono del cliente", "Ваш номер телефона"], "phone");
    let companies = [
        "¿Cómo se llama tu empresa?",
        "Qual o nome da sua empresa?",
        "Nom de votre entreprise",
        "会社名・団体名",
        "Название вашей компании",
    ];
    mean(&companies, "company_name");
    mean(&["Как вас зовут?", "nombre_cliente", "Nombre del cliente", "Meno a priezvisko"], "contact_name");
    mean(&["Correo del cliente", "Ваш email"], "email");
    mean(&["Depto/Estado", "Estado/Provincia"], "region");
    mean(&["By", "Nombre del hijo", "Nombre del producto", "Nom de votre enfant", "Departamento"], "");
    assert_eq!(settled(&["Meno", "Priezvisko"]), ["first_name", "last_name"]);
    assert_eq!(settled(&["Meno", "E-mail"]), ["contact_name", "email"]);
    assert_eq!(settled(&["Fornavn", "Efternavn", "By"]), ["first_name", "last_name", "city"]);
    assert_eq!(settled(&["Created", "By"]), ["created_at", ""]);
    assert_eq!(settled(&["¿Cuál es tu nombre?", "Correo"]), ["contact_name", "email"]);
    assert_eq!(settled(&["¿Cuál es tu nombre?", "Apellido"]), ["first_name", "last_name"]);
}
