#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::{
    testing::{mean, settled},
    *,
};

#[test]
fn refusals_and_consents_are_understood_in_many_languages() {
    let of_mail = [
        "UNSUB",
        "Email Status",
        "Member Status",
        "Suppressed",
        "Désinscrit",
        "Désabonné",
        "Abgemeldet",
        "Newsletter abgemeldet",
        "Keine E-Mails",
        "Dado de baja",
        "Baja",
        "No enviar correo",
        "Descadastrado",
        "Disiscritto",
        "Uitgeschreven",
        "Afgemeld",
        "Wypisany",
        "Отписан",
        "配信停止",
        "退订",
        "수신거부",
    ];
    mean(&of_mail, "opt_out.email");
    let of_calls = [
        "Ne pas appeler",
        "Nicht anrufen",
        "Anrufsperre",
        "No llamar",
        "Não ligar",
        "Non chiamare",
        "Niet bellen",
        "Nie dzwonić",
        "Не звонить",
    ];
    mean(&of_calls, "opt_out.phone");
    mean(&["SMS_BLACKLISTED", "Stop SMS", "Keine SMS"], "opt_out.sms");
    mean(&["Do not disturb", "DND", "Werbesperre", "Keine Werbung", "Ne pas contacter"], "opt_out.all");
    let consents = [
        "Email subscriber status",
        "is_subscribed",
        "Can Email",
        "Consentement marketing",
        "Einwilligung E-Mail",
        "Consenso marketing",
        "Nieuwsbrief",
        "newsletter_signup",
        "subscribe",
        "consent_marketing",
    ];
    mean(&consents, "consent.email");
    mean(&["SMS subscriber status", "Can SMS"], "consent.sms");
    mean(&["email.status", "Motif de désinscription", "Email Status Reason", "No. Contact"], "");
    assert!(refuses_by_no("Can Email") && refuses_by_no("is_subscribed") && !refuses_by_no("Newsletter"));
    assert!(refuses_by_no("Dürfen wir Sie per E-Mail kontaktieren?") && refuses_by_no("Aceita receber comunicações?"));
}

#[test]
fn sentences_of_consent_name_what_is_wanted_and_nothing_else() {
    let of_mail = [
        "I agree to receive marketing emails",
        "Subscribe to our newsletter",
        "Yes, I would like to receive emails",
        "Keep me updated",
        "Newsletter abonnieren",
        "Sign up for our newsletter",
        "Ja, ich möchte den Newsletter erhalten",
        "Je souhaite recevoir la newsletter",
    ];
    mean(&of_mail, "consent.email");
    mean(&["I agree to receive SMS messages", "Yes, I want to receive text messages"], "consent.sms");
    mean(
        &["I consent to receive calls", "Keep me updated by phone", "I agree to receive news on my phone"],
        "consent.phone",
    );
    let others = [
        "I agree to the terms",
        "I agree to the privacy policy and to receive emails",
        "I do not want to receive emails",
        "I agree to receive emails and SMS",
        "I accept commercial communications by email and phone",
        "I agree to receive marketing messages",
        "Sign up phone",
        "How often do you want to receive emails?",
        "I don't want newsletters",
        "Subscribe to terms",
        "signup_email",
        "Email to receive our newsletter",
        "consent_text",
        "Please call me",
        "gdpr_consent",
    ];
    mean(&others, "");
}

#[test]
fn numbers_of_people_and_companies_are_no_names() {
    mean(
        &["Lead #", "Contact #", "Person #", "Lead No.", "Lead Nr.", "Person №", "Contact Nr."],
        "external_ids.unnamed",
    );
    mean(&["Account #", "Company #", "Company No.", "Name #"], "");
    mean(&["Contact No.", "Phone #", "Contact Number"], "phone");
    mean(&["# of employees", "No. of Employees"], "company_size");
}

#[test]
fn a_column_means_what_those_beside_it_leave() {
    let names = ["first_name", "last_name", "email", ""];
    assert_eq!(settled(&["First Name", "Last Name", "Email", "Name 2"]), names);
    assert_eq!(settled(&["Name 1", "Name 2", "Email"]), ["contact_name", "", "email"]);
    assert_eq!(settled(&["Name 2", "Email"]), ["contact_name", "email"]);
    assert_eq!(settled(&["ID", "NAME", "LAST_NAME"])[1..], ["first_name", "last_name"]);
    assert_eq!(settled(&["Name", "Vorname"]), ["last_name", "first_name"]);
    assert_eq!(settled(&["Name", "First Name", "Last Name"]), ["contact_name", "first_name", "last_name"]);
    assert_eq!(settled(&["Name", "First Name"]), ["contact_name", "first_name"]);
    assert_eq!(settled(&["Seu nome", "Seu e-mail"]), ["contact_name", "email"]);
    assert_eq!(settled(&["Lead #", "Lead name", "Person"]), ["external_ids.unnamed", "", "contact_name"]);
    let calendly = ["Invitee Name", "Invitee First Name", "Invitee Email", "User Name", "User Email"];
    assert_eq!(settled(&calendly), ["contact_name", "first_name", "email", "", ""]);
    assert_eq!(settled(&["User Email", "Phone"]), ["email", "phone"]);
    assert_eq!(settled(&["First Name", "Email", "Buyer First Name", "Buyer Email"]), ["first_name", "email", "", ""]);
    assert_eq!(settled(&["Buyer First Name", "Buyer Email"]), ["first_name", "email"]);
    assert_eq!(settled(&["Email", "Alternate Contact Email"]), ["email", ""]);
    assert_eq!(settled(&["Email", "Alternate Email"]), ["email", "email"]);
    assert_eq!(settled(&["Ciudad", "Estado"]), ["city", "region"]);
    assert_eq!(settled(&["Correo", "Estado"]), ["email", "status"]);
    assert_eq!(settled(&["Ciudad", "Región", "Estado"]), ["city", "region", "status"]);
    assert_eq!(settled(&["EMAIL", "SMS", "SMS_BLACKLISTED"]), ["email", "phone", "opt_out.sms"]);
    assert_eq!(settled(&["First Name", "URL", "Connected On"]), ["first_name", "", "created_at"]);
}

#[test]
fn whose_it_is_may_stand_in_front() {
    for who in ["Client", "Member", "Student", "Applicant", "Guest", "Donor", "Respondent", "Requester", "Participant"]
    {
        mean(&[&format!("{who} Name")], "contact_name");
        mean(&[&format!("{who} Email")], "email");
        mean(&[&format!("{who} Phone Number")], "phone");
        mean(&[&format!("{who} Status"), &format!("{who} Type"), who], if who == "Member" { continue } else { "" });
    }
    let addresses = [
        "Ihre E-Mail-Adresse",
        "Deine E-Mail",
        "Votre adresse e-mail",
        "Seu e-mail",
        "Seu melhor e-mail",
        "Melhor e-mail",
        "Enter your email",
        "Your best email",
        "txtEmail",
        "input_email",
        "Uw e-mailadres",
        "Il tuo indirizzo email",
        "Tu correo electrónico",
        "Adresse e-mail de l'utilisateur",
        "E-mail do usuário",
        "_replyto",
        "EMAIL_WORK",
        "email_home",
        "Personal Email",
        "Other Email",
        "Рабочий e-mail",
        "Личный email",
    ];
    mean(&addresses, "email");
}

#[test]
fn words_of_address_books_and_forms_are_understood() {
    mean(&["Ihre Nachricht", "Deine Nachricht", "Votre message", "msg", "requirements", "textarea_1"], "notes");
    mean(
        &[
            "Ihr Name",
            "Vor- und Nachname",
            "Name, Vorname",
            "Last Name, First Name",
            "Referente",
            "Полное имя контакта",
        ],
        "contact_name",
    );
    mean(&["COMPANY_TITLE", "Billing Company", "org", "客户名称", "Компания контакта"], "company_name");
    mean(&["team_size", "How many employees?"], "company_size");
    mean(&["Fatturato", "CA annuel"], "annual_revenue");
    mean(&["DATE_CREATE", "ADDED_TIME", "Data inserimento"], "created_at");
    mean(&["Ort geschäftlich"], "city");
    mean(&["Land/Region geschäftlich"], "country");
    mean(&["Default Address Phone", "Tél. fixe", "Company HQ Phone", "HQ Phone"], "phone");
    mean(&["Nachname Vorname", "Best City"], "");
    mean(
        &[
            "example.org",
            "jane@example.org",
            "Direct Mail",
            "Company Title",
            "Su proveedor",
            "Your order number",
            "Ihre Kundennummer",
        ],
        "",
    );
}

#[test]
fn more_languages_are_understood() {
    mean(&["Prenume", "Keresztnév", "Όνομα", "שם פרטי", "Nama depan"], "first_name");
    mean(&["Vezetéknév", "Επώνυμο", "שם משפחה", "Nama belakang"], "last_name");
    mean(&["Nama", "Ονοματεπώνυμο", "שם מלא"], "contact_name");
    mean(&["Telefonszám", "Τηλέφωνο", "No. HP", "Số điện thoại", "טלפון"], "phone");
    mean(&["Cég", "Companie", "Εταιρεία", "Perusahaan", "Công ty"], "company_name");
    mean(&["Oraș", "Város", "Πόλη", "Kota"], "city");
    assert_eq!(settled(&["Nume", "Prenume"]), ["last_name", "first_name"]);
    assert_eq!(settled(&["Nume", "Telefon"]), ["contact_name", "phone"]);
}

#[test]
fn a_nearer_column_goes_first() {
    for (nearer, farther) in [
        ("Direct Phone Number", "Company HQ Phone"),
        ("Mobile", "HQ Phone"),
        ("Phone", "Default Address Phone"),
        ("Work Email", "Personal Email"),
        ("EMAIL_WORK", "EMAIL_HOME"),
        ("E-Mail geschäftlich", "E-Mail privat"),
        ("Рабочий e-mail", "Личный e-mail"),
        ("First Name", "Billing First Name"),
        ("Company", "Billing Company"),
        ("Organization 1 - Title", "Occupation"),
        ("Email", "_replyto"),
    ] {
        assert!(distance(nearer) < distance(farther), "{nearer} {farther}");
    }
}

#[test]
fn questions_stand_for_what_they_ask() {
    for (questions, word) in [
        (
            &[
                "Hi, what's your name?",
                "What is your name?",
                "what_is_your_full_name?",
                "Wie heißt du?",
                "Wie heißen Sie?",
            ][..],
            "contact_name",
        ),
        (&["What's your first name?", "¿Cuál es tu nombre?", "Qual é o seu nome?"], "first_name"),
        (
            &[
                "What's your email?",
                "Please enter your e-mail address",
                "What is your best email?",
                "Wie lautet deine E-Mail-Adresse?",
            ],
            "email",
        ),
        (
            &[
                "what_is_your_phone_number?",
                "Qual è il tuo numero di telefono?",
                "Quel est votre numéro de téléphone ?",
            ],
            "phone",
        ),
        (
            &[
                "What is your company?",
                "what_is_your_company?",
                "Which company do you work for?",
                "What company do you work for?",
                "What's the name of your company?",
                "What is your company's name?",
                "Für welches Unternehmen arbeiten Sie?",
            ],
            "company_name",
        ),
        (&["What is your role?", "what_is_your_job_title?", "Wat is uw functie?"], "job_title"),
        (&["How many employees do you have?", "What is your company size?"], "company_size"),
        (
            &[
                "Anything else you'd like to tell us?",
                "How can we help you today?",
                "How can we help?",
                "Tell us about your project",
            ],
            "notes",
        ),
    ] {
        mean(questions, word);
    }
}

#[test]
fn questions_about_others_stand_for_nothing() {
    let others = [
        "What is your friend's email?",
        "What's your emergency contact's phone number?",
        "What is your manager's name?",
        "What is your child's name?",
        "What is your size?",
        "What is your status?",
        "Who is your owner?",
        "What is your partner name?",
        "What is the name of your friend?",
        "Which newsletter do you read?",
        "What is your account?",
        "Tell us your referrer's email",
        "What's your favourite city?",
    ];
    mean(&others, "");
}
