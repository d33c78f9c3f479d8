#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;

use super::*;

#[track_caller]
fn means(header: &str, word: &str) {
    assert_eq!(field_for_header(header).map(|target| target.word()).as_deref(), Some(word), "{header}");
}

#[test]
fn headings_of_other_languages_and_exports_are_understood() {
    for (header, field) in [
        ("E-Mail-Adresse", "email"),
        ("Geschäftlich: E-Mail", "email"),
        ("Adresse e-mail", "email"),
        ("Correo electrónico", "email"),
        ("E-mail 2 Address", "email"),
        ("Person - Email - Work", "email"),
        ("Telefonnummer", "phone"),
        ("Person - Phone - Mobile", "phone"),
        ("Phone 2 - Value", "phone"),
        ("Vollständiger Name", "contact_name"),
        ("Nom de famille", "last_name"),
        ("Raison sociale", "company_name"),
        ("Organization 1 - Name", "company_name"),
        ("Company Domain Name", "website"),
        ("Berufsbezeichnung", "job_title"),
        ("Organization 1 - Title", "job_title"),
        ("Postleitzahl", "postal_code"),
        ("Home Country/Region", "country"),
        ("Business State", "region"),
        ("Geburtsdatum", "birth_date"),
        ("Mitarbeiterzahl", "company_size"),
        ("Chiffre d'affaires", "annual_revenue"),
        ("Bemerkungen", "notes"),
    ] {
        assert_eq!(field_for_header(header), Some(Target::Field(field)), "{header}");
    }
}

#[test]
fn paths_and_brackets_fill_what_they_are_about() {
    for (header, word) in [
        ("country_id/name", "country"),
        ("state_id/name", "region"),
        ("stage_id/name", "stage"),
        ("source_id/name", "source"),
        ("team_id/name", "team"),
        ("user_id/name", "owner"),
        ("partner_name", "company_name"),
        ("email_from", "email"),
        ("Name (First)", "first_name"),
        ("Name (Last)", "last_name"),
        ("Name: First", "first_name"),
        ("Name / First Name", "first_name"),
        ("Emails / Primary Email", "email"),
        ("Phones / Primary Phone Number", "phone"),
        ("Company / Name", "company_name"),
        ("emails[0].address", "email"),
        ("addresses[0].city", "city"),
        ("Address (City)", "city"),
        ("Address (State / Province)", "region"),
        ("Address (ZIP / Postal Code)", "postal_code"),
        ("lead_display_name", "company_name"),
        ("primary_contact_primary_email", "email"),
        ("primary_contact_primary_phone", "phone"),
        ("Email (work)", "email"),
        ("contact.email", "email"),
        ("Default Address City", "city"),
        ("Address 1 - Country", "country"),
        ("Website 1 - Value", "website"),
        ("Person - Person created", "created_at"),
        ("Revenue (in 000s USD)", "annual_revenue"),
        ("Umsatz in TEUR", "annual_revenue"),
    ] {
        means(header, word);
    }
    for header in [
        "Consent (Consent)",
        "Created by / Source",
        "partner_id/id",
        "company_id/name",
        "title/name",
        "deal.name",
        "owner/phone",
        "manager.email",
        "phone.type",
        "email.status",
        "Phones / Primary Phone Country Code",
        "(Do Not Modify) Lead",
        "https://example.com/name",
        "E-mail 1 - Type",
        "Phone 1 - Label",
    ] {
        assert_eq!(field_for_header(header), None, "{header}");
    }
}

#[test]
fn what_is_somebody_elses_is_not_the_leads() {
    for header in [
        "Email (Manager)",
        "Email (Account Manager)",
        "Email [manager's]",
        "Email (Referrer)",
        "Email (Owner)",
        "Email (Assigned to)",
        "Phone (Assistant)",
        "Name (Referrer)",
        "owner.profile.email",
        "createdByUser.email",
        "setter.email",
        "host.email",
        "partner.email",
        "recruiter/phone",
        "recruiter.contact.emails[0].value",
        "assignee.profile.email",
        "deal.contact.email",
        "event.name",
        "Emergency contact: Phone",
        "company.owner.city",
    ] {
        assert_eq!(field_for_header(header), None, "{header}");
    }
    for (header, word) in [
        ("Email (required)", "email"),
        ("Email (so that our agent can reach you)", "email"),
        ("Job Title (e.g. Manager)", "job_title"),
        ("Owner (Agent)", "owner"),
        ("Company (Partner)", "company_name"),
        ("contact_info.email", "email"),
        ("payload.invitee.email", "email"),
        ("event.properties.email", "email"),
        ("form_response.answers.0.email", "email"),
        ("billing_details.email", "email"),
        ("Associated contact: Email", "email"),
        ("Ihre Kontaktdaten: Telefon", "phone"),
        ("Vos coordonnées : E-mail", "email"),
        ("form_data[your-email]", "email"),
        ("wpforms[fields][email]", "email"),
        ("customer.default_address.phone", "phone"),
        ("billing.phone", "phone"),
        ("billingAddress.phone", "phone"),
        ("company.contacts.0.email", "email"),
        ("contact.emails[0].value", "email"),
        ("data.attributes.first_name", "first_name"),
        ("Kontaktdaten: E-Mail", "email"),
        ("Step 2: Phone", "phone"),
        ("連絡先/メール", "email"),
    ] {
        means(header, word);
    }
}

#[test]
fn refusals_are_of_the_channels_that_they_name() {
    for (header, word) in [
        ("Opted out of automatically generated emails", "opt_out.email"),
        ("Do not allow contextual emails", "opt_out.email"),
        ("DoNotAllowAutomaticallySentEmails", "opt_out.email"),
        ("Do not call or email", "opt_out.all"),
        ("Do Not Call/Email", "opt_out.all"),
        ("Do Not Call/E-Mail", "opt_out.all"),
        ("DoNotCall/Email", "opt_out.all"),
        ("Opted out of emails and calls", "opt_out.all"),
        ("Do not fax or call", "opt_out.phone"),
        ("Do not mail or e-mail", "opt_out.email"),
        ("Opt out (SMS)", "opt_out.sms"),
        ("Do Not Contact (email)", "opt_out.all"),
        ("opt_out.sms.marketing", "opt_out.sms"),
        ("donotphone", "opt_out.phone"),
        ("donotbulkemail", "opt_out.email"),
        ("Do Not Text", "opt_out.sms"),
        ("Opted out of mailings", "opt_out.email"),
    ] {
        means(header, word);
    }
    for header in [
        "UnsubscribeReason",
        "unsubscribereason",
        "Opt-out source",
        "Do not allow postal mail",
        "Do Not Mail",
        "Do Not Fax",
    ] {
        assert_eq!(field_for_header(header), None, "{header}");
    }
}

#[test]
fn refusals_are_told_however_they_are_called() {
    for (header, word) in [
        ("Bulk Email Status", "opt_out.email"),
        ("Bulk SMS Status", "opt_out.sms"),
        ("sms status", "opt_out.sms"),
        ("Email Interest Type", "opt_out.email"),
        ("Communication Restrictions", "opt_out.all"),
        ("Contact Restrictions", "opt_out.all"),
        ("Mobile DNC", "opt_out.phone"),
        ("DND Email", "opt_out.email"),
        ("DND SMS", "opt_out.sms"),
        ("DND", "opt_out.all"),
        ("Has hard bounced", "opt_out.email"),
        ("No Bulk Emails (User Opt Out)", "opt_out.email"),
        ("WhatsApp Opt Out", "opt_out.sms"),
        ("whatsapp_opt_out", "opt_out.sms"),
        ("Phone Opt-in", "consent.phone"),
        ("Text Optin", "consent.sms"),
        ("Join Mailing List", "consent.email"),
        ("attributes.subscriptions.email.marketing.consent", "consent.email"),
        ("data.attributes.subscriptions.sms.marketing.consent", "consent.sms"),
        ("Dürfen wir Sie per E-Mail kontaktieren?", "consent.email"),
        ("Aceita receber comunicações?", "consent.email"),
        ("May we contact you by e-mail?", "consent.email"),
        ("Do not allow Emails", "opt_out.email"),
        ("Do not allow Bulk Emails", "opt_out.email"),
        ("Do not allow Phone Calls", "opt_out.phone"),
        ("Opted out of email: Marketing Information", "opt_out.email"),
        ("Unsubscribed from all email", "opt_out.email"),
        ("hs_email_optout_12345", "opt_out.email"),
        ("HasOptedOutOfEmail", "opt_out.email"),
        ("Email Opt Out", "opt_out.email"),
        ("SMS Opt Out", "opt_out.sms"),
        ("Do Not Call", "opt_out.phone"),
        ("Do Not Contact", "opt_out.all"),
        ("UNSUB_TIME", "opt_out.email"),
        ("CLEAN_TIME", "opt_out.email"),
        ("OPTIN_TIME", "consent.email"),
        ("Person - Marketing status", "consent.email"),
        ("Subscription status", "consent.email"),
        ("Accepts Email Marketing", "consent.email"),
        ("Accepts SMS Marketing", "consent.sms"),
        ("Email Marketing Consent", "consent.email"),
    ] {
        means(header, word);
    }
    for header in [
        "Unsubscribe reason",
        "Do not allow Faxes",
        "Do not allow Mails",
        "OPTIN_IP",
        "Unsubscribe link",
        "Push Opt Out",
        "LinkedIn Opt Out",
        "subscriptions.email.marketing.consent_timestamp",
    ] {
        assert_eq!(field_for_header(header), None, "{header}");
    }
}

#[test]
fn an_exact_heading_is_nearer_than_a_looser_one() {
    for (nearer, farther) in [
        ("Email", "Email 2"),
        ("Phone Number", "Company Phone"),
        ("Mobile Phone", "Home Phone"),
        ("City", "Company City"),
        ("Email 2", "data/email"),
        ("name", "contact.name (x)"),
        ("Position", "Titel"),
        ("Fonction", "Titre"),
    ] {
        assert!(distance(nearer) < distance(farther), "{nearer} {farther}");
    }
}

#[test]
fn headings_of_many_languages_are_understood() {
    for (headers, word) in [
        (&["Voornaam", "Förnamn", "Etunimi", "Imię", "Имя", "Ім'я", "الاسم الأول"][..], "first_name"),
        (&["Cognome", "Soyadı", "Příjmení", "Фамилия", "姓", "Efternamn"], "last_name"),
        (&["氏名", "姓名", "الاسم", "ФИО", "Imię i nazwisko", "Naam", "Nimi"], "contact_name"),
        (&["メールアドレス", "邮箱", "電子郵件", "이메일", "البريد الإلكتروني", "E-posta", "Sähköposti"], "email"),
        (&["電話番号", "电话", "電話", "전화번호", "الهاتف", "Телефон", "Telefone", "Puhelin"], "phone"),
        (&["会社名", "公司", "公司名稱", "회사", "الشركة", "Компания", "Şirket", "Nazwa firmy"], "company_name"),
        (&["役職", "职位", "職稱", "직책", "Должность", "Stanowisko", "Befattning"], "job_title"),
        (&["国", "国家", "國家", "국가", "الدولة", "Страна", "Kraj", "Ülke", "Maa"], "country"),
        (&["市区町村", "城市", "도시", "المدينة", "Город", "Miasto", "Plaats", "Cidade"], "city"),
        (&["郵便番号", "邮编", "CAP", "CEP", "Kod pocztowy", "Индекс"], "postal_code"),
        (&["備考", "备注", "備註", "메모", "Комментарий", "Uwagi", "Observações"], "notes"),
    ] {
        for header in headers {
            means(header, word);
        }
    }
}

#[test]
fn amounts_have_the_unit_of_their_heading() {
    for (heading, amount, expected) in [
        ("Revenue (in 000s USD)", "25,000", "25,000k USD"),
        ("Annual Revenue (in thousands)", "25", "25k"),
        ("Annual Revenue ($M)", "1-5", "1-5m $"),
        ("Annual Revenue ($M)", "$1.5", "$1.5m"),
        ("Revenue (in millions)", "3M", "3M"),
        ("Umsatz in TEUR", "12", "12k EUR"),
        ("Umsatz (Mio. €)", "12,5", "12,5m €"),
        ("Revenue (EUR)", "12", "12 EUR"),
        ("Revenue (EUR)", "USD 12", "USD 12"),
        ("Annual Revenue", "12", "12"),
        ("Revenue (all)", "12", "12"),
        ("Umsatz (T€)", "12", "12k €"),
        ("Umsatz in T EUR", "12", "12k EUR"),
        ("Umsatz (T €)", "12", "12k €"),
        ("Revenue (TSEK)", "12", "12k SEK"),
        ("Revenue (MSEK)", "12", "12m SEK"),
        ("Revenue (kCHF)", "12", "12k CHF"),
        ("Revenue (MCHF)", "12", "12m CHF"),
        ("Revenue (TPLN)", "12", "12k PLN"),
        ("Umsatz (MioEUR)", "12", "12m EUR"),
        ("Revenue (USDm)", "12", "12m USD"),
        ("Umsatz in teur", "12", "12k EUR"),
        ("Revenue (TRY)", "12", "12 TRY"),
        ("REVENUE (OPEN)", "12", "12"),
        ("Annual Revenue (R$)", "1000", "1000 r$"),
        ("Annual Revenue (HK$)", "1000", "1000 hk$"),
        ("Annual Revenue (in dollars$)", "1000", "1000 $"),
        ("Annual Revenue (USD)", "5M", "5M USD"),
        ("Annual Revenue (USD)", "1-5 million", "1-5 million USD"),
        ("Annual Revenue (R$ mio)", "R$ 500", "R$ 500m"),
        ("Annual Revenue (in 000s)", "US$ 5", "US$ 5k"),
        ("Annual Revenue (USD)", "unknown", "unknown"),
        ("Revenue (please don't guess)", "5", "5"),
    ] {
        assert_eq!(unit(heading).applied(amount), expected, "{heading}");
    }
    assert!(unit("売上高（億円）").is_unknown() || unit("売上高(億円)").is_unknown());
    for heading in ["Annual Revenue (R$ mil)", "Revenue ($T)", "Revenue (T)", "Revenue (XEUR)", "Faturamento (mil)"] {
        assert!(unit(heading).is_unknown(), "{heading}");
    }
    assert!(unit("Annual Revenue").is_usual() && unit("Revenue (₹ crore)").is_unknown());
}

#[test]
fn parts_of_names_are_told_by_what_stands_beside_them() {
    let settled = |headings: &[&str]| {
        let mut targets: Vec<_> = headings.iter().map(|name| field_for_header(name)).collect();
        settle_names(headings, &mut targets);
        targets.into_iter().map(|target| target.map(|target| target.word()).unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(settled(&["Nome", "Email"]), ["contact_name", "email"]);
    assert_eq!(settled(&["Nome", "Cognome"]), ["first_name", "last_name"]);
    assert_eq!(settled(&["Nom", "Prénom"]), ["last_name", "first_name"]);
    assert_eq!(settled(&["Ad", "Soyad"]), ["first_name", "last_name"]);
    assert_eq!(settled(&["Ad", "Name"]), ["", "contact_name"]);
}

proptest! {
    #[test]
    fn nothing_panics(header in "(?s).{0,60}|[a-z/\\[\\]().:_ -]{0,40}", amount in "(?s).{0,20}|[0-9.,$€km -]{0,12}") {
        let _ = (field_for_header(&header), distance(&header), unit(&header).applied(&amount), refuses_by_no(&header));
    }
}
