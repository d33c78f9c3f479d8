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
    mean(&["gdpr_email_consent", "Opt-In E-Mail", "Opt-in Email"], "consent.email");
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

#[test]
fn refusals_of_translated_exports_are_understood() {
    let of_mail = [
        "Von allen E-Mails abgemeldet",
        "Abgemeldet von allen E-Mails",
        "Hat sich von allen E-Mails abgemeldet",
        "Cancelada la suscripción a todos los correos electrónicos",
        "Désabonné de tous les e-mails",
        "Cancelou a inscrição de todos os e-mails",
        "Iscrizione annullata da tutte le e-mail",
        "Uitgeschreven voor alle e-mail",
        "すべてのEメールの配信登録を解除",
        "メールの配信停止",
        "E-Mail-Abmeldung",
        "Désinscription des e-mails",
        "Refus des e-mails",
        "No recibir correo electrónico",
        "Exclusión de correo electrónico",
        "Rifiuta e-mail",
        "Recusa de email",
    ];
    mean(&of_mail, "opt_out.email");
    mean(&["TPS", "CTPS", "National DNC", "On DNC", "DNC List", "dncmobile", "DNC Phone"], "opt_out.phone");
    mean(&["Abmeldung", "Iscritto", "Inactive"], "");
}

#[test]
fn countries_are_told_in_many_ways() {
    let countries = [
        "Country/Region Name",
        "Country or Region",
        "Visitor Country",
        "Pays/Région",
        "Pays/Région (bureau)",
        "País/Región",
        "País o región del trabajo",
        "Land/Region",
        "POCountry",
        "Country Key",
        "LKZ",
    ];
    mean(&countries, "country");
    assert!(distance("Country") < distance("IP Country") && distance("Country") < distance("POCountry"));
}

#[test]
fn words_for_the_person_are_understood_in_more_languages() {
    let people = [
        "ФИО клиента",
        "Ф.И.О.",
        "ПІБ",
        "Név",
        "Teljes név",
        "Az Ön neve",
        "Nume și prenume",
        "Име и фамилия",
        "Ime i prezime",
        "Име и презиме",
        "Ime in priimek",
        "Vārds, uzvārds",
        "Vardas, pavardė",
        "Nom du contact",
        "Nom i cognoms",
        "Kontaktname",
        "Nome do contato",
        "Nome e sobrenome",
        "Persona de contacto",
        "Persona - Nombre",
        "ご担当者名",
        "성함",
        "您的姓名",
        "Yetkili kişi",
        "Họ và tên",
        "ชื่อ-นามสกุล",
        "पूरा नाम",
        "نام و نام خانوادگی",
        "Nama Penuh",
        "Point of Contact",
        "nameEn",
        "Dit navn",
        "Ditt namn",
    ];
    mean(&people, "contact_name");
    mean(&["Ime", "Име", "Vaše ime", "Eesnimi", "Vārds", "Jūsų vardas", "Twoje imię", "Vaše meno", "שם"], "first_name");
    let families = ["Prezime", "Презиме", "Priimek", "Perekonnanimi", "Uzvārds", "Pavardė", "นามสกุล", "Co./Last Name"];
    mean(&families, "last_name");
    mean(&["Decision Maker", "Customer", "Client", "POC", "Parent Name", "Ten"], "");
    assert!(distance("Contact Name") < distance("Interlocuteur") && distance("Name") < distance("nameEn"));
}

#[test]
fn words_for_reaching_people_are_understood_in_more_languages() {
    let addresses = [
        "Имейл",
        "E-mail adresa",
        "Имејл",
        "E-naslov",
        "E-posti aadress",
        "E-pasts",
        "El. paštas",
        "อีเมล",
        "ईमेल",
        "ایمیل",
        "Emel",
        "Váš e-mail",
        "Twój e-mail",
        "Din e-post",
        "E-mail címe",
        "Correu electrònic",
    ];
    mean(&addresses, "email");
    let numbers = [
        "Broj telefona",
        "Mobitel",
        "Број телефона",
        "Telefonska številka",
        "Tālrunis",
        "Telefonas",
        "เบอร์โทรศัพท์",
        "मोबाइल नंबर",
        "شماره تلفن",
        "Nombor telefon",
        "Váš telefon",
        "SĐT",
        "Rückrufnummer",
        "alt_phone",
        "Alt. Phone",
        "Tel. dienstlich",
        "Mobil-Tel.-Nr.",
        "Teléfono de casa",
        "Telefone comercial",
        "Nr telefonu",
        "work_number",
        "Ph No",
        "DDINumber",
    ];
    mean(&numbers, "phone");
    let companies =
        ["Фирма", "Tvrtka", "Podjetje", "Ettevõte", "Uzņēmums", "Įmonė", "บริษัท", "कंपनी", "شرکت", "Syarikat"];
    mean(&companies, "company_name");
    mean(&["御社名", "Organización - Nombre", "Société / Compte", "org_id.name", "org_name"], "company_name");
    mean(&["DDI", "Privat", "Büro", "example.org", "example.org/name"], "");
}

#[test]
fn messages_are_understood_in_more_languages() {
    let messages = [
        "Ihre Anfrage",
        "Ihr Anliegen",
        "Freitext",
        "Votre demande",
        "Consulta",
        "Richiesta",
        "Uw vraag",
        "Dotaz",
        "Vaše zpráva",
        "Vaša správa",
        "Treść wiadomości",
        "Mesajul dvs.",
        "Din besked",
        "Съобщение",
        "Poruka",
        "Порука",
        "Sporočilo",
        "Sõnum",
        "Ziņojums",
        "Žinutė",
        "ข้อความ",
        "संदेश",
        "پیام",
        "Mesej",
        "訊息",
        "需求描述",
        "ご質問",
        "ご要望",
        "문의사항",
        "תוכן הפנייה",
        "Ваш вопрос",
    ];
    mean(&messages, "notes");
}

#[test]
fn the_other_half_of_translated_exports_is_understood() {
    mean(
        &["Propriétaire de la piste", "Propietario del contacto", "Verkäufer", "归属人", "営業担当", "Менеджер"],
        "owner",
    );
    mean(&["Statut de la piste", "Estado del lead", "Situação", "客户状态", "Этап"], "status");
    mean(&["Origine de la piste", "見込み客データ元", "Источник лида"], "source");
    assert!(distance("Источник лида") < distance("Источник"));
    let created = [
        "Completion time",
        "Fertigstellungszeit",
        "Heure de fin",
        "Hora de finalización",
        "Date Entered",
        "Registration Date/Time",
        "Data de cadastro",
        "Fecha de alta",
        "Eingangsdatum",
        "Дата обращения",
        "add_time",
    ];
    mean(&created, "created_at");
    mean(&["Start time", "Stato", "Responsable", "Phase"], "");
    mean(&["Região"], "region");
}

#[test]
fn what_headings_mean_beside_others_in_more_languages() {
    assert_eq!(settled(&["Nom", "Cognoms"]), ["first_name", "last_name"]);
    assert_eq!(settled(&["Име", "Презиме", "Фамилия"]), ["first_name", "", "last_name"]);
    assert_eq!(settled(&["Име", "Презиме"]), ["first_name", "last_name"]);
    assert_eq!(settled(&["Ime", "E-mail adresa"]), ["contact_name", "email"]);
    assert_eq!(settled(&["Vaše meno", "Váš e-mail"]), ["contact_name", "email"]);
    assert_eq!(settled(&["נייד", "שם", "שם משפחה"]), ["phone", "first_name", "last_name"]);
    let odoo = ["Nom", "Nom de la société", "Nom du contact", "Courriel"];
    assert_eq!(settled(&odoo), ["", "company_name", "contact_name", "email"]);
    assert_eq!(settled(&["Nom", "Prénom", "Nom du contact"]), ["last_name", "first_name", "contact_name"]);
    assert_eq!(settled(&["Priimek", "Kraj"]), ["last_name", "city"]);
    assert_eq!(settled(&["Nazwisko", "Kraj"]), ["last_name", "country"]);
    assert_eq!(settled(&["Name", "Handy", "Büro", "Privat"]), ["contact_name", "phone", "phone", "phone"]);
    assert_eq!(settled(&["Name", "Telefon", "Privat"]), ["contact_name", "phone", ""]);
    assert_eq!(settled(&["EMAIL", "PRENOM", "NOM", "SMS", "WHATSAPP"])[3], "phone");
    assert_eq!(settled(&["EMAIL", "PHONE", "SMS"])[2], "");
    assert_eq!(settled(&["Email", "SMS"])[1], "");
    let houses = ["Owner Name", "Property Address", "Phone"];
    assert_eq!(settled(&houses), ["contact_name", "", "phone"]);
    assert_eq!(settled(&["Owner 1 First Name", "Owner 1 Last Name", "APN"]), ["first_name", "last_name", ""]);
    assert_eq!(settled(&["Name", "Owner Name", "Property Address"]), ["contact_name", "owner", ""]);
    assert_eq!(settled(&["Owner Name", "Email"]), ["owner", "email"]);
    assert_eq!(settled(&["Business Owner", "Business Name"]), ["contact_name", "company_name"]);
    assert_eq!(settled(&["Name", "Business Owner"]), ["contact_name", ""]);
    let enquiries =
        ["SENDER_NAME", "SENDER_EMAIL", "SENDER_COMPANY", "SENDER_COUNTRY_ISO", "QUERY_MESSAGE", "QUERY_TIME"];
    assert_eq!(settled(&enquiries), ["contact_name", "email", "company_name", "country", "notes", "created_at"]);
    assert_eq!(settled(&["Name", "Email", "Sender Name", "Sender Email"]), ["contact_name", "email", "", ""]);
    mean(&["Sender Name", "Sender Email"], "");
}
