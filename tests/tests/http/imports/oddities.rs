use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{counts, import, leads, send};

on_both_databases!(async fn a_title_does_not_hide_what_separates_the_cells(app) {
    let admin = app.admin().await;
    for (number, file) in [
        "Kundenexport 2026-01-01\n\nVorname;Nachname;E-Mail\nAda;Lovelace;a0@l.example\nGrace;Hopper;b0@h.example\n",
        "Kundenexport\nVorname;Nachname;E-Mail;Notiz\nAda;L;a1@l.example;nett, ruhig\nGrace;H;b1@h.example;laut, froh\n",
        "Leads, May 2026\n\nFirst Name\tLast Name\tEmail\tCity\nAda\tL\ta2@l.example\tAustin, TX\nEva\tM\tb2@h.example\tParis, TX\n",
        "Person,,,Company,\nFirst Name,Last Name,Email,Name,City\nAnn,Lee,a3@lee.example,Acme,Austin\nBo,Li,b3@li.example,Elm,Dallas\n",
        "'Name','Email','Company'\n'Ann O\\'Neil','a4@o.example','Acme, Inc.'\n'Bo Li','b4@li.example','Elm'\n",
    ]
    .into_iter()
    .enumerate()
    {
        let job = import(&admin, "mode=auto", file).await;
        assert_eq!(counts(&job), [2, 0, 0, 0], "{number}: {}", job.text);
    }
    let found = leads(&admin).await;
    let cities: Vec<_> = found.iter().filter_map(|lead| lead.profile.city.as_deref()).collect();
    assert_eq!(cities, ["Austin, TX", "Paris, TX", "Austin", "Dallas"]);
    assert!(found.iter().any(|lead| lead.profile.contact_name.as_deref() == Some("Ann O'Neil")));
});

on_both_databases!(async fn what_has_no_room_is_in_the_notes(app) {
    let admin = app.admin().await;
    let file = "Name,Email,Notes,Notes,,Lead Owner\n\
        A B,a@x.example,first,first,VIP,\n\
        E F,e@x.example,not a VIP yet,VIP,,Sarah Johnson\n\
        C D,c@x.example,alone,,,\n";
    let job = import(&admin, "mode=auto&mapping=%7B%22other_columns%22%3A%22notes%22%7D", file).await;
    assert_eq!(counts(&job), [3, 0, 0, 0], "{}", job.text);
    assert_eq!(job["unmapped_columns"], json!(["Column 5"]));
    let found = leads(&admin).await;
    let notes = |place: usize| found[place].profile.notes.as_deref();
    assert_eq!(notes(0), Some("first\nColumn 5: VIP"));
    assert_eq!(notes(1), Some("not a VIP yet\nNotes: VIP\nOwner: Sarah Johnson"));
    assert_eq!(notes(2), Some("alone"));

    let lists = json!([
        {"name": "Ann Lee", "email": ["ann@lee.example", "joann@lee.example"], "phones": [{"number": "+12025550143"}]},
        {"name": "Bo Li", "email": [
            {"label": "work", "value": "bo@li.example", "primary": false},
            {"label": "home", "value": "bo2@li.example", "primary": true},
        ]},
    ]);
    assert_eq!(counts(&import(&admin, "mode=auto", lists.to_string()).await), [2, 0, 0, 0]);
    let book = "Name,E-mail 1 - Value,Phone 1 - Value\n\
        Bob Smith,rob@acme.example ::: bob@home.example,+1 415 555 2671 ::: +1 415 555 2672\n";
    assert_eq!(counts(&import(&admin, "mode=auto", book).await), [1, 0, 0, 0]);
    let found = leads(&admin).await;
    let said = |place: usize| {
        let profile = &found[place].profile;
        json!([profile.email, profile.phone, profile.notes])
    };
    assert_eq!(said(3), json!(["ann@lee.example", "+12025550143", "email: joann@lee.example"]));
    assert_eq!(said(4), json!(["bo2@li.example", null, "email: bo@li.example"]));
    let more = "E-mail 1 - Value: bob@home.example\nPhone 1 - Value: +1 415 555 2672";
    assert_eq!(said(5), json!(["rob@acme.example", "+14155552671", more]));
});

on_both_databases!(async fn a_calling_code_of_its_own_belongs_to_the_number(app) {
    let admin = app.admin().await;
    let file = "Name,Email,Country Code,Phone\n\
        Luz Paz,l@paz.example,+52,5512345678\n\
        Jean Dupont,j@d.example,0033,0612345678\n\
        Raj Rao,r@r.example,91,9876543210\n\
        Uma Rao,u@r.example,91,+4930901820\n\
        Una Ito,i@r.example,US,2025550143\n\
        Ana Sá,,55,55999991234\n\
        Edu Sá,,55,5511987654321\n";
    assert_eq!(counts(&import(&admin, "mode=auto", file).await), [7, 0, 0, 0]);
    let found = leads(&admin).await;
    let phones: Vec<_> = found.iter().map(|lead| lead.profile.phone.as_deref().unwrap_or_default()).collect();
    assert_eq!(phones, ["+525512345678", "+33612345678", "+919876543210", "+4930901820", "+12025550143", "+5555999991234", "+5511987654321"]);
});

on_both_databases!(async fn nothing_begins_in_the_future(app) {
    let admin = app.admin().await;
    let file = "Name,Email,Created Date,Source\nAnn Lee,ann@lee.example,2999-01-01,Fair 2999\nBo Li,bo@li.example,2020-01-01,\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [2, 0, 0, 0], "{}", job.text);
    assert!(job.text.contains("in_the_future created_at"), "{}", job.text);
    let problem = send(&admin, "mode=auto", "[[\"Name\", \"Email\"], [\"Ann\", \"ann@lee.example\"]]").await.problem(422);
    assert_eq!(problem["errors"][0]["code"], "unreadable_format");
});

on_both_databases!(async fn what_was_deleted_elsewhere_does_not_come_back(app) {
    let admin = app.admin().await;
    let file = "Name,Email,IsDeleted\nAnn Lee,ann@lee.example,true\nBo Li,bo@li.example,false\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 1], "{}", job.text);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains("Ann Lee") && rejected.contains("deleted"), "{rejected}");
    let all = import(&admin, "mode=auto&mapping=%7B%22columns%22%3A%7B%22IsDeleted%22%3Anull%7D%7D", file).await;
    assert_eq!(counts(&all), [1, 0, 1, 0], "{}", all.text);
    let gone = "Name,Email,Contact Is In Trash,Deceased / Closed,archived\nUte Dorn,ute@d.example,Yes,,\n\
                Al Roe,al@r.example,,1,\nJo Poe,jo@p.example,,,true\nCy Dow,cy@d.example,No,,false\n";
    let job = import(&admin, "mode=auto", gone).await;
    assert_eq!(counts(&job), [1, 0, 0, 3], "{}", job.text);
});

on_both_databases!(async fn a_no_in_a_column_of_permission_is_a_refusal(app) {
    let admin = app.admin().await;
    let lines = [json!({"name": "Ann", "email": "ann@lee.example", "is_subscribed": false}),
        json!({"name": "Bo", "email": "bo@li.example", "is_subscribed": 0}),
        json!({"name": "Cy", "email": "cy@dow.example", "is_subscribed": true})];
    assert_eq!(counts(&import(&admin, "mode=auto", json!(lines).to_string()).await), [3, 0, 0, 0]);
    let file = "Name,Email,Can Email\nDi,di@fox.example,Nein\nEd,ed@roe.example,yes\n";
    assert_eq!(counts(&import(&admin, "mode=auto", file).await), [2, 0, 0, 0]);
    let states: Vec<_> = leads(&admin)
        .await
        .iter()
        .map(|lead| json!(lead.profile.consent)["email"]["state"].clone())
        .collect();
    assert_eq!(json!(states), json!(["withdrawn", "withdrawn", "granted", "withdrawn", "granted"]));
});

on_both_databases!(async fn what_stands_between_names_is_part_of_them(app) {
    let admin = app.admin().await;
    let file = "Voornaam,Tussenvoegsel,Achternaam,E-mail,Middle Name\n\
        Jan,van der,Berg,jan@b.example,\n\
        Eva,,Wit,eva@w.example,Maria\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["unmapped_columns"]), ([2, 0, 0, 0], &json!([])), "{}", job.text);
    let left_out = "mode=auto&mapping=%7B%22columns%22%3A%7B%22Middle%20Name%22%3Anull%7D%7D";
    let job = import(&admin, left_out, "First Name,Middle Name,Last Name,Email\nAnn,Rose,Lee,ann@l.example\n").await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "{}", job.text);
    let file = "Name,First Name,Middle Name,Last Name,Email\nBo Li,Bo,Ray,Li,bo@l.example\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["unmapped_columns"]), ([1, 0, 0, 0], &json!([])), "{}", job.text);
    let found = leads(&admin).await;
    let names: Vec<_> = found.iter().map(|lead| (&lead.profile.contact_name, &lead.profile.last_name)).collect();
    let names: Vec<_> = names.into_iter().map(|(whole, last)| [whole, last].map(|name| name.as_deref())).collect();
    let expected =
        [["Jan van der Berg", "van der Berg"], ["Eva Maria Wit", "Wit"], ["Ann Lee", "Lee"], ["Bo Li", "Li"]];
    assert_eq!(names, expected.map(|pair| pair.map(Some)));
    let notes: Vec<_> = found.iter().map(|lead| lead.profile.notes.as_deref()).collect();
    assert_eq!(notes, [None, None, None, Some("Middle Name: Ray")]);
});

on_both_databases!(async fn a_second_source_or_owner_is_in_the_notes(app) {
    let admin = app.admin().await;
    let file = "Name,Email,Source,Channel,Owner,Account Manager,Status,Lead Status,Created,Date Added,Campaign,utm_campaign,Custom 1,Custom\n\
        Ann Lee,ann@lee.example,Organic,Messenger,,,New,Contacted,2024-02-13,2023-01-05,spring,fall,red,blue\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["unmapped_columns"]), ([1, 0, 0, 0], &json!(["Custom 1"])), "{}", job.text);
    let notes = leads(&admin).await.remove(0).profile.notes.unwrap_or_default();
    for other in ["Messenger", "Contacted", "2023-01-05", "Custom: blue"] {
        assert!(notes.contains(other), "{other}: {notes}");
    }
    assert!(notes.contains("spring") || notes.contains("fall"), "{notes}");
    assert!(!notes.contains("red"), "{notes}");
});

on_both_databases!(async fn addresses_are_found_where_no_heading_tells(app) {
    let admin = app.admin().await;
    for (number, file) in [
        "Subscriber,Name,Last name,Phone\nann@a.example,Ann,Lee,\nbob@a.example,Bob,Ray,\n",
        "Subscriber,Name,Last name,Phone\nann@b.example,Ann,Lee,+14155552671\nbob@b.example,Bob,Ray,+14155552672\n",
        "Email Address,Name,Kontakt 2\n,Ann Lee,ann@c.example\n,Bob Ray,bob@c.example\n",
    ]
    .into_iter()
    .enumerate()
    {
        let job = import(&admin, "mode=auto&duplicates=create", file).await;
        assert_eq!(counts(&job), [2, 0, 0, 0], "{number}: {}", job.text);
        assert!(job.text.contains("known_by_cells"), "{number}: {}", job.text);
    }
    assert_eq!(leads(&admin).await.iter().filter(|lead| lead.profile.email.is_some()).count(), 6);
    let file = "Name,Phone,Referred by\nCy Dow,+14155552673,eva@d.example\nDi Fox,+14155552674,flo@d.example\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!((counts(&job), &job["unmapped_columns"]), ([2, 0, 0, 0], &json!(["Referred by"])), "{}", job.text);
});

on_both_databases!(async fn files_of_two_encodings_are_read_line_by_line(app) {
    let admin = app.admin().await;
    let file = b"First Name,Last Name,Email\nJos\xe9,Lee,jose@a.example\nRen\xc3\xa9e,Ray,renee@b.example\n\
        M\xc3\xbcller,Kai,kai@c.example\nZo\xc3\xab,Fox,zoe@c.example\nS\xf8ren,Dam,s@d.example\n";
    let job = import(&admin, "mode=auto", file.to_vec()).await;
    assert_eq!((counts(&job), &job["encoding"]), ([5, 0, 0, 0], &json!("windows-1252")), "{}", job.text);
    assert!(job.text.contains("mixed_encodings"), "{}", job.text);
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.first_name).collect();
    assert_eq!(names, ["José", "Renée", "Müller", "Zoë", "Søren"]);
});

on_both_databases!(async fn what_apis_answer_is_unwrapped(app) {
    let admin = app.admin().await;
    for (number, file) in [
        json!({"members": [{"email_address": "ann@j.example", "full_name": "Ann Lee"}], "total_items": 1}),
        json!({"_page": 1, "_embedded": {"contacts": [{"name": "Eva Ruiz", "email": "eva@j.example"}]}}),
        json!({"data": [{"id": "1", "field_data": [
            {"name": "full_name", "values": ["Bo Li"]},
            {"name": "email", "values": ["bo@j.example"]},
        ]}], "paging": {}}),
    ]
    .into_iter()
    .enumerate()
    {
        let job = import(&admin, "mode=auto", file.to_string()).await;
        assert_eq!(counts(&job), [1, 0, 0, 0], "{number}: {}", job.text);
    }
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.contact_name).collect();
    assert_eq!(names, ["Ann Lee", "Eva Ruiz", "Bo Li"]);
});

on_both_databases!(async fn what_can_not_be_read_is_named(app) {
    let admin = app.admin().await;
    let wide = |order: fn(u32) -> [u8; 4]| -> Vec<u8> {
        "\u{feff}Name,Email\n".chars().flat_map(|c| order(u32::from(c))).collect()
    };
    for (file, word) in [
        (wide(u32::to_le_bytes), "UTF-32"),
        (wide(u32::to_be_bytes), "UTF-32"),
        (b"dn: uid=ann,dc=a\ncn: Ann Lee\nmail: ann@a.example\n".to_vec(), "LDIF"),
        ("Name\u{ff0c}Email\nAnn\u{ff0c}ann@a.example\n".into(), "Full-width"),
    ] {
        let problem = send(&admin, "mode=auto", file).await.problem(422);
        assert_eq!(problem["errors"][0]["code"], "unreadable_format");
        assert!(problem.to_string().contains(word), "{problem}");
    }
});

on_both_databases!(async fn files_of_scrapers_and_surveys_are_read(app) {
    let admin = app.admin().await;
    let sources = admin.get("/lead-sources").await["data"].as_array().unwrap().len();
    let survey = "Status,RecipientEmail,Q1\n\"Response Type\",\"Email\",\"Company\"\n\
        \"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"e\"\"}\",\"{\"\"ImportId\"\":\"\"QID1\"\"}\"\nIP Address,ann@survey.example,Acme\n";
    let customers = json!({"customers": [{"email": "cy@shop.example", "first_name": "Cy", "last_name": "Dow",
        "phone_numbers": [{"raw_number": "(202) 555-0143", "sanitized_number": "+12025550143"}]}]});
    for (number, (file, created)) in [
        ("Given Name, \"Family Name\" , Email, Company\nAnn, \"Lee, Jr\" , ann@lee.example, \"Acme, Inc\"\n".to_owned(), 1),
        ("Name,Email,Source\nBo Li,bo@li.example,https://maps.example/place/1\nDi Fu,di@fu.example,https://maps.example/2\n".to_owned(), 2),
        ("Business Name,Category,Phone Number\nHarbour Bakery,Bakery,+1 415 555 2671\n".to_owned(), 1),
        ("Company,Email\nElm Ltd,info@elm.example\nOak Ltd,sam.oak@oak.example\n".to_owned(), 2),
        ("Name,Phone\nEve Fox,14155552672@c.us\n".to_owned(), 1),
        ("Ann Hill;Acme;Boss;https://in.example/ann;\nBen Hart;Beta;Boss;https://in.example/ben;ben@hart.example\n".to_owned(), 1),
        (survey.to_owned(), 1),
        (customers.to_string(), 1),
        ("sep=^\nName^Email\nGus Kay^gus@kay.example\n".to_owned(), 1),
    ]
    .into_iter()
    .enumerate()
    {
        let job = import(&admin, "mode=auto", file).await;
        assert_eq!(counts(&job)[0], created, "{number}: {}", job.text);
    }
    let found = leads(&admin).await;
    let said: Vec<_> = found
        .iter()
        .map(|lead| {
            let profile = &lead.profile;
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            [of(&profile.contact_name), of(&profile.last_name), of(&profile.company_name), of(&profile.phone), of(&profile.notes)].join("|")
        })
        .collect();
    assert_eq!(
        said,
        [
            "Ann Lee, Jr|Lee, Jr|Acme, Inc||",
            "Bo Li|Li|Unknown||Source: https://maps.example/place/1",
            "Di Fu|Fu|Unknown||Source: https://maps.example/2",
            "Harbour Bakery||Harbour Bakery|+14155552671|",
            "Elm Ltd||Elm Ltd||",
            "Sam Oak|Oak|Oak Ltd||",
            "Eve Fox|Fox|Unknown|+14155552672|",
            "ben||Unknown||",
            "ann||Acme||",
            "Cy Dow|Dow|Unknown|+12025550143|",
            "Gus Kay|Kay|Unknown||",
        ]
    );
    assert_eq!(admin.get("/lead-sources").await["data"].as_array().unwrap().len(), sources);
    let job = import(&admin, "mode=auto&unknown_source=fail", "Name,Email,Source\nHal Orr,hal@orr.example,https://a.example\n").await;
    assert_eq!(counts(&job), [0, 0, 0, 1], "{}", job.text);
});

on_both_databases!(async fn a_company_gives_way_to_a_person_and_a_person_to_nobody(app) {
    let admin = app.admin().await;
    for (file, made) in [
        ("Company,Phone\nHarbour Bakery,+1 415 555 2671\n", [1, 0, 0, 0]),
        ("Name,Phone\nAda Moss,+1 415 555 2671\n", [0, 1, 0, 0]),
        ("Name,Company,Email\nJane Doe,Jane Doe,jane@doe.example\n", [1, 0, 0, 0]),
        ("Name,Email,City\nJ. D.,jane@doe.example,Austin\n", [0, 1, 0, 0]),
    ] {
        let job = import(&admin, "mode=auto&duplicates=fill_blanks", file).await;
        assert_eq!(counts(&job), made, "{}", job.text);
    }
    let found = leads(&admin).await;
    let called: Vec<_> = found.iter().filter_map(|lead| lead.profile.contact_name.as_deref()).collect();
    assert_eq!(called, ["Ada Moss", "Jane Doe"]);
});
