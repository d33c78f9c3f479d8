use leadwright_tests::on_both_databases;

use super::{counts, import, leads};

on_both_databases!(async fn files_come_as_they_are_written(app) {
    let admin = app.admin().await;
    let text = "Name;E-Mail;Firma;Notes\nJörg Weiß;joerg@example.com;\"Weiß; Söhne\";\"two\nlines, \"\"quoted\"\"\"\n";
    let utf16: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let windows = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let files = [
        ("utf-8", text.as_bytes().to_vec()),
        ("utf-8", format!("\u{feff}{text}").into_bytes()),
        ("utf-16le", utf16),
        ("utf-16be", utf16_be),
        ("windows-1252", windows),
        ("utf-8", text.replace('\n', "\r\n").into_bytes()),
    ];
    for (number, (encoding, file)) in files.into_iter().enumerate() {
        let job = import(&admin, "mode=auto", file).await;
        let expected = if number == 0 { [1, 0, 0, 0] } else { [0, 0, 1, 0] };
        assert_eq!(counts(&job), expected, "file {number}: {}", job.text);
        assert_eq!(job["encoding"], encoding, "file {number}");
        assert_eq!(job["delimiter"], ";", "file {number}");
    }
    let lead = &leads(&admin).await[0].profile;
    assert_eq!(lead.contact_name.as_deref(), Some("Jörg Weiß"));
    assert_eq!(lead.company_name.as_deref(), Some("Weiß; Söhne"));
    assert_eq!(lead.notes.as_deref(), Some("two\nlines, \"quoted\""));
});

on_both_databases!(async fn one_bad_row_fails_no_other(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Company\n\
        Ann,ann@example.com,Acme\n\
        Bob,bob@example.com,Acme,too,many\n\
        ,,\n\
        Cy,cy@example.com\n\
        Dee,dee@example.com,Acme,,\n\
        ,not an address,Acme\n\
        Eve\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [3, 0, 0, 3]);
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.contact_name).collect();
    assert_eq!(names.len(), 3);
    for name in ["Ann", "Cy", "Dee"] {
        assert!(names.contains(&name.to_owned()), "{names:?}");
    }
});

on_both_databases!(async fn columns_that_stand_for_nothing_are_named(app) {
    let file = "Index,First Name,Last Name,Phone 1,Phone 2,Email 1,Email 2,Lead Owner,Deal Stage,Source\n\
        1,Vic,Cochran,+1-202-555-0143,27,vic@example.com,v2@example.com,Bethany Dixon,Unheard Of,Cold Pizza\n";
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [1, 0, 0, 0]);
    assert_eq!(job["unmapped_columns"], serde_json::json!(["Index"]));
    assert!(job["warnings"].as_object().unwrap().keys().any(|name| name.starts_with("unknown_user")), "{}", job.text);
    let lead = &leads(&admin).await[0];
    assert_eq!(lead.profile.contact_name.as_deref(), Some("Vic Cochran"));
    assert_eq!(lead.profile.email.as_deref(), Some("vic@example.com"));
    assert_eq!(lead.profile.company_name.as_deref(), Some("Unknown"));
    let sources = admin.get("/lead-sources").await.expect(200);
    let made = sources["data"].as_array().unwrap().iter().find(|source| source["name"] == "Cold Pizza").unwrap();
    assert_eq!(made["code"], "cold_pizza");
    assert_eq!(made["id"], lead.source_id.to_string());
});

on_both_databases!(async fn spreadsheets_and_reports_put_lines_before_the_headings(app) {
    let admin = app.admin().await;
    for (number, file) in [
        "sep=;\nName;E-mail;Firma\nAnn One;ann@example.com;Acme\n",
        "Lead report,,\nGenerated 2026-11-22,,\n,,\nName,E-mail,Company\nBea Two,bea@example.com,Acme\n",
        "Vorname;Nachname;E-Mail-Adresse;Telefonnummer;Land\nJörg;Weiß;joerg@example.com;030 901820;Deutschland\n",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(counts(&import(&admin, "mode=auto", file).await), [1, 0, 0, 0], "file {number}");
    }
    let phones: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.phone).collect();
    assert_eq!(phones, ["+4930901820"]);
});
