use leadwright_domain::leads::{
    Lead,
    parts::{Channel, ConsentState},
};
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{counts, import, leads};

fn of<'a>(leads: &'a [Lead], email: &str) -> &'a Lead {
    leads.iter().find(|lead| lead.profile.email.as_deref() == Some(email)).unwrap()
}

fn state(lead: &Lead, channel: Channel) -> ConsentState {
    lead.profile.consent.get(&channel).map_or(ConsentState::Unknown, |consent| consent.state)
}

on_both_databases!(async fn what_is_said_exactly_wins_over_what_resembles_it(app) {
    let admin = app.admin().await;
    let odoo = "id,name,contact_name,partner_name,email_from,function,country_id/name,state_id/name,stage_id/name,source_id/name\n\
        crm.lead_5,Twelve tables,Xavi Roca,Taula SL,xavi@taula.example,Cap,Spain,Madrid,MQL,Fair\n";
    let forms = "Company City,Name (First),Name (Last),Home Phone,Email 2,Email,Address (City),Address (Country),Phone,Consent (Consent)\n\
        Genf,Gra,Vity,+41445556677,two@vity.example,gra@vity.example,Bern,Switzerland,+41443334455,Checked\n";
    let close = "lead_display_name,contact_name,primary_contact_primary_email,addresses[0].city\n\
        Blum AG,Georg Blum,georg@blum.example,Basel\n";
    for file in [odoo, forms, close] {
        assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0]);
    }
    let found = leads(&admin).await;
    let profile = &of(&found, "xavi@taula.example").profile;
    assert_eq!(profile.contact_name.as_deref(), Some("Xavi Roca"));
    assert_eq!((profile.company_name.as_deref(), profile.country.as_deref()), (Some("Taula SL"), Some("ES")));
    let profile = &of(&found, "gra@vity.example").profile;
    assert_eq!((profile.first_name.as_deref(), profile.last_name.as_deref()), (Some("Gra"), Some("Vity")));
    assert_eq!((profile.city.as_deref(), profile.phone.as_deref()), (Some("Bern"), Some("+41443334455")));
    assert!(profile.notes.as_deref().unwrap().contains("Home Phone: +41445556677"));
    let profile = &of(&found, "georg@blum.example").profile;
    assert_eq!((profile.contact_name.as_deref(), profile.company_name.as_deref()), (Some("Georg Blum"), Some("Blum AG")));
});

on_both_databases!(async fn who_has_opted_out_elsewhere_has_opted_out_here(app) {
    let admin = app.admin().await;
    let files = [
        "Name,Email,Do not allow Emails,Do not allow Phone Calls\nAnn,a1@example.com,Do Not Allow,Allow\n",
        "Name,Email,Opted out of email: Fairs\nBea,a2@example.com,true\n",
        "Name,Email,Subscription status\nCy,a3@example.com,Unsubscribed\n",
        "First Name,Email Address,OPTIN_TIME,UNSUB_TIME\nDee,a4@example.com,2023-01-02 03:04:05,2024-05-06 07:08:09\n",
        "Name,Email,Accepts Email Marketing\nEve,a5@example.com,no\n",
        "Name,Email,Do Not Contact\nFay,a6@example.com,1\n",
        "Name,Email,Email Opt Out\nGil,a7@example.com,opted out\n",
        "Name,Email,Do not call or email\nHan,a8@example.com,yes\n",
        "Name,Email,Opted out of automatically generated emails\nIna,a9@example.com,yes\n",
    ];
    for file in files {
        assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0], "{file}");
    }
    let found = leads(&admin).await;
    assert!(found.iter().all(|lead| state(lead, Channel::Email) == ConsentState::Withdrawn), "{found:?}");
    assert_eq!(state(of(&found, "a1@example.com"), Channel::Phone), ConsentState::Unknown);
    assert_eq!(state(of(&found, "a6@example.com"), Channel::Phone), ConsentState::Withdrawn);
    assert_eq!(state(of(&found, "a8@example.com"), Channel::Phone), ConsentState::Withdrawn);
    assert_eq!(state(of(&found, "a9@example.com"), Channel::Phone), ConsentState::Unknown);
    let unclear = "Name,Email,Email Opt Out\nJo,c1@example.com,Confirmed\n";
    let job = import(&admin, "mode=auto", unclear).await;
    assert_eq!(job["warnings"]["invalid_choice Email Opt Out"], 1, "{}", job.text);
    let at = of(&found, "a4@example.com").profile.consent[&Channel::Email].at.unwrap();
    assert_eq!(at.to_rfc3339(), "2024-05-06T07:08:09+00:00");

    let subscribed = "Name,Email,Email Marketing Consent\nHal,b1@example.com,SUBSCRIBED\nIda,b2@example.com,NEVER_SUBSCRIBED\n\
        Joe,b3@example.com,who knows\n";
    let job = import(&admin, "mode=auto", subscribed).await;
    assert_eq!(counts(&job), [3, 0, 0, 0]);
    assert_eq!(job["warnings"]["invalid_choice Email Marketing Consent"], 1, "{}", job.text);
    let found = leads(&admin).await;
    let states = ["b1@example.com", "b2@example.com", "b3@example.com"].map(|email| state(of(&found, email), Channel::Email));
    assert_eq!(states, [ConsentState::Granted, ConsentState::Unknown, ConsentState::Unknown]);
});

on_both_databases!(async fn amounts_are_in_the_unit_of_their_heading(app) {
    let admin = app.admin().await;
    for (email, heading, amount, expected) in [
        ("u1@example.com", "Revenue (in 000s USD)", "\"25,000\"", json!({"amount": 2_500_000_000_u64, "currency": "USD"})),
        ("u2@example.com", "Annual Revenue (€M)", "1.5", json!({"amount": 150_000_000, "currency": "EUR"})),
        ("u4@example.com", "Umsatz (T€)", "12", json!({"amount": 1_200_000, "currency": "EUR"})),
        ("u5@example.com", "Revenue (MSEK)", "12", json!({"amount": 1_200_000_000, "currency": "SEK"})),
        ("u6@example.com", "Annual Revenue (R$)", "1000", json!({"amount": 100_000, "currency": "BRL"})),
        ("u7@example.com", "Annual Revenue (GBP)", "5M", json!({"amount": 500_000_000, "currency": "GBP"})),
    ] {
        let file = format!("Name,Email,{heading}\nAnn,{email},{amount}\n");
        assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0]);
        let found = leads(&admin).await;
        let revenue = of(&found, email).profile.json("annual_revenue");
        assert_eq!((&revenue["amount"], &revenue["currency"]), (&expected["amount"], &expected["currency"]), "{heading}");
    }
    for (email, heading) in [("u3@example.com", "Revenue (in crore)"), ("u8@example.com", "Annual Revenue (R$ mil)")] {
        let job = import(&admin, "mode=auto", format!("Name,Email,{heading}\nAnn,{email},5\n")).await;
        assert_eq!(job["unmapped_columns"], json!([heading]));
    }
});

on_both_databases!(async fn what_is_somebody_elses_is_not_the_leads(app) {
    let admin = app.admin().await;
    let file = "Name,Phone,Email,Email (Manager),Titel,Position\n\
        Ann Alt,+14155552671,,boss@example.com,Dr.,Director\nBen Beck,+14155552672,,boss@example.com,,\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["unmapped_columns"]), ([2, 0, 0, 0], &json!(["Email (Manager)"])), "{}", job.text);
    let lines = "{\"name\":\"Cy Cohn\",\"phone\":\"+14155552673\",\"owner\":{\"profile\":{\"email\":\"rep@example.com\"}}}\n\
        {\"name\":\"Di Dorn\",\"phone\":\"+14155552674\",\"owner\":{\"profile\":{\"email\":\"rep@example.com\"}}}\n";
    assert_eq!(counts(&import(&admin, "mode=auto&format=ndjson", lines).await), [2, 0, 0, 0]);
    let found = leads(&admin).await;
    assert!(found.iter().all(|lead| lead.profile.email.is_none()), "{found:?}");
    let ann = &found.iter().find(|lead| lead.profile.contact_name.as_deref() == Some("Ann Alt")).unwrap().profile;
    assert_eq!(ann.job_title.as_deref(), Some("Director"));
    assert!(ann.notes.as_deref().unwrap().contains("Titel: Dr."), "{ann:?}");
});

on_both_databases!(async fn what_the_caller_says_wins_over_what_is_guessed(app) {
    let admin = app.admin().await;
    let file = "Nome,Email,Mail (work),Revenue (in 000s USD)\nAnn Alt,home@example.com,work@example.com,big\n";
    let query = "mode=auto&mapping=%7B%22columns%22%3A%7B%22Mail%20%28work%29%22%3A%22email%22%2C%22Internal%22%3Anull%7D\
        %2C%22values%22%3A%7B%22annual_revenue%22%3A%7B%22big%22%3A%225000000%20EUR%22%7D%7D%7D";
    let job = import(&admin, query, file).await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "{}", job.text);
    let profile = leads(&admin).await.remove(0).profile;
    assert_eq!(profile.email.as_deref(), Some("work@example.com"));
    assert_eq!(profile.json("annual_revenue")["amount"], 500_000_000);
    assert_eq!((profile.contact_name.as_deref(), profile.last_name.as_deref()), (Some("Ann Alt"), Some("Alt")));
    assert!(profile.notes.as_deref().unwrap().contains("Email: home@example.com"));
});

on_both_databases!(async fn a_lead_is_not_taken_for_the_headings(app) {
    let admin = app.admin().await;
    let file = "Nama,Telepon,Sumber,Kampanye\nAdi,+6281234567890,Google,X\nBudi,+6281234567891,Website,Newsletter\n\
        Cici,+6281234567892,Google,X\n";
    let job = import(&admin, "mapping=%7B%22columns%22%3A%7B%22Nama%22%3A%22contact_name%22%7D%7D", file).await;
    assert_eq!((&job["rows_before"], &job["preview"]["create"]), (&json!(1), &json!(3)), "{}", job.text);
});

on_both_databases!(async fn a_note_above_the_headings_is_no_heading(app) {
    let admin = app.admin().await;
    let file = "Notes:\r\n\"Some addresses may be missing, see https://example.com/privacy/email\"\r\n\r\n\
        First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n\
        Lin,Ked,https://example.com/in/lin,lin@kedx.example,\"Ked, Inc.\",Head of Growth,05 Mar 2024\r\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["rows_before"]), ([1, 0, 0, 0], &json!(3)), "{}", job.text);
    assert_eq!(leads(&admin).await[0].profile.company_name.as_deref(), Some("Ked, Inc."));

    let narrow = "Name,Email\nAnn,ann@example.com,Acme,Bern\nBea,bea@example.com\n";
    let job = import(&admin, "mode=auto", narrow).await;
    assert_eq!(counts(&job), [1, 0, 0, 1]);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    let mut lines = rejected.lines();
    assert_eq!(lines.next().unwrap(), "Name,Email,import_beyond_1,import_beyond_2,import_line,import_reasons");
    assert!(lines.next().unwrap().starts_with("Ann,ann@example.com,Acme,Bern,2,"), "{rejected}");
    let again = import(&admin, "mode=auto", rejected.clone()).await;
    assert_eq!(counts(&again), [0, 0, 0, 1], "the cells are still there");
    let twice = admin.get(format!("/imports/{}/rejected.csv", again.id())).await.expect(200).text;
    assert_eq!(twice.lines().next(), rejected.lines().next());
    assert_eq!(counts(&import(&admin, "mode=auto", twice.replace("Acme,Bern", ",")).await), [1, 0, 0, 0]);
});

on_both_databases!(async fn headings_of_any_language_are_understood(app) {
    let admin = app.admin().await;
    for (email, file) in [
        ("ja@example.com", "姓,名,会社名,メールアドレス,役職,国\n山田,太郎,株式会社ライト,ja@example.com,部長,Japan\n"),
        ("pl@example.com", "Nazwisko,Imię,Nazwa firmy,Adres e-mail,Stanowisko,Kraj\nNowak,Jan,Acme,pl@example.com,Kierownik,Poland\n"),
        ("ar@example.com", "الاسم,الشركة,البريد الإلكتروني,المسمى الوظيفي\nمحمد علي,شركة,ar@example.com,مدير\n"),
        ("pt@example.com", "Nome,Empresa,E-mail,Cargo\nAna Lima,Acme,pt@example.com,Gerente\n"),
    ] {
        let job = import(&admin, "mode=auto", file).await;
        assert_eq!((counts(&job), &job["unmapped_columns"]), ([1, 0, 0, 0], &json!([])), "{email}: {}", job.text);
    }
    let found = leads(&admin).await;
    let name = |email: &str| of(&found, email).profile.contact_name.clone().unwrap();
    assert_eq!(of(&found, "ja@example.com").profile.last_name.as_deref(), Some("山田"));
    assert_eq!([name("pl@example.com"), name("ar@example.com"), name("pt@example.com")], ["Jan Nowak", "محمد علي", "Ana Lima"]);
});

on_both_databases!(async fn where_no_heading_helps_the_cells_do(app) {
    let admin = app.admin().await;
    let job = import(&admin, "", "Foo;Bar;Baz\nx;ann@example.com;+49 30 901820\ny;bea@example.com;+49 30 901821\n").await;
    assert_eq!(job["columns"], json!([{"column": "Bar", "field": "email"}, {"column": "Baz", "field": "phone"}]));
    assert_eq!(job["preview"]["create"], 2, "{}", job.text);
    assert_eq!(job["preview"]["warnings"]["known_by_cells Bar"]["count"], 2, "{}", job.text);

    let bare = "Jane,Doe,jane.doe@example.com,+14155552671\nBob,Ray,bob.ray@example.com,+14155552672\n";
    let job = import(&admin, "mode=auto", bare).await;
    assert_eq!((counts(&job), &job["rows_before"]), ([2, 0, 0, 0], &json!(0)), "{}", job.text);
    let found = leads(&admin).await;
    let profile = &of(&found, "jane.doe@example.com").profile;
    assert_eq!((profile.contact_name.as_deref(), profile.phone.as_deref()), (Some("Jane Doe"), Some("+14155552671")));
});

on_both_databases!(async fn a_column_that_is_said_to_be_the_name_is_the_name(app) {
    let admin = app.admin().await;
    let file = "Customer Name,First Name,Last Name,Email\nHarbour Lights Bakery,Ada,Moss,EMAIL@moss.example\n";
    let said = "mode=auto&mapping=%7B%22columns%22%3A%7B%22Customer%20Name%22%3A%22contact_name%22%7D%7D";
    for (query, email, name, company) in [
        ("mode=auto", "ada", "Ada Moss", "Harbour Lights Bakery"),
        (said, "mapped", "Harbour Lights Bakery", "Unknown"),
    ] {
        assert_eq!(counts(&import(&admin, query, file.replace("EMAIL", email)).await), [1, 0, 0, 0]);
        let lead = leads(&admin).await.pop().unwrap().profile;
        assert_eq!((lead.contact_name.as_deref(), lead.company_name.as_deref()), (Some(name), Some(company)));
    }
    let file = "Full name,Customer Name,First,Last,Email\n,Harbour Lights Bakery,Ada,Moss,blank@moss.example\n";
    let said = "mode=auto&mapping=%7B%22columns%22%3A%7B%22Full%20name%22%3A%22contact_name%22%7D%7D";
    assert_eq!(counts(&import(&admin, said, file).await), [1, 0, 0, 0]);
    let lead = leads(&admin).await.pop().unwrap().profile;
    let expected = (Some("Ada Moss"), Some("Harbour Lights Bakery"));
    assert_eq!((lead.contact_name.as_deref(), lead.company_name.as_deref()), expected);
});
