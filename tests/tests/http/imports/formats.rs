use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use leadwright_tests::on_both_databases;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{counts, import, leads, send};

fn gzip(file: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(file.as_ref()).unwrap();
    encoder.finish().unwrap()
}

/// A workbook with an empty sheet, a hidden one, and leads.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Notes").unwrap();
    book.add_worksheet().set_name("Secret").unwrap().set_hidden(true).write(0, 0, "Email").unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("Leads").unwrap();
    sheet.write(0, 0, "Leads of the fair").unwrap();
    for (column, name) in
        ["Name", "E-mail", "Phone", "Employees", "Birthday", "Created at", "Company"].iter().enumerate()
    {
        sheet.write(2, u16::try_from(column).unwrap(), *name).unwrap();
    }
    sheet.write(3, 0, "Ann One").unwrap();
    sheet.write(3, 1, "ann@example.com").unwrap();
    sheet.write(3, 2, 12_025_550_143_u64).unwrap();
    sheet.write(3, 3, 75).unwrap();
    sheet.write_with_format(3, 4, ExcelDateTime::from_ymd(1980, 3, 31).unwrap(), &day).unwrap();
    let at = ExcelDateTime::from_ymd(2024, 3, 31).unwrap().and_hms(10, 30, 0).unwrap();
    sheet.write_with_format(3, 5, at, &day).unwrap();
    sheet.write(5, 0, "Bad Row").unwrap();
    sheet.write(5, 1, "nowhere").unwrap();
    book.save_to_buffer().unwrap()
}

on_both_databases!(async fn a_workbook_is_read_as_people_see_it(app) {
    let admin = app.admin().await;
    let job = import(&admin, "mode=auto", workbook()).await;
    assert_eq!(counts(&job), [1, 0, 0, 1], "{}", job.text);
    assert_eq!((&job["format"], &job["sheet"], &job["rows_before"]), (&json!("xlsx"), &json!("Leads"), &json!(2)));
    let lead = &leads(&admin).await[0];
    assert_eq!(lead.profile.phone.as_deref(), Some("+12025550143"));
    assert_eq!(lead.profile.birth_date.map(|day| day.to_string()).as_deref(), Some("1980-03-31"));
    assert_eq!(lead.created_at.to_rfc3339(), "2024-03-31T10:30:00+00:00");
    assert_eq!(lead.profile.company_size.as_ref().map(|size| size.min), Some(75));
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains("Bad Row,nowhere,,,,,,6,"), "{rejected}");

    let again = import(&admin, "mode=auto&sheet=Leads", gzip(workbook())).await;
    assert_eq!((counts(&again), &again["compressed"]), ([0, 0, 1, 1], &json!(true)));
    let problem = send(&admin, "sheet=Ledas", workbook()).await.problem(422);
    assert_eq!(problem["errors"][0]["code"], "unknown_sheet");
});

on_both_databases!(async fn lines_of_json_are_rows(app) {
    let admin = app.admin().await;
    let rows = [
        json!({"first_name": "Ann", "last_name": "One", "email": "ann@example.com", "tags": ["fair", "vip"], "address": {"city": "Bern"}}),
        json!({"name": "Bea", "properties": {"email": {"value": "bea@example.com"}}, "company": {"name": "Acme"}, "phone": 12_025_550_143_u64}),
        json!({"email": "not an address"}),
        json!([1]),
    ];
    let lines = rows.iter().map(Value::to_string).collect::<Vec<_>>().join("\n") + "\n{\"email\": \n";
    let job = import(&admin, "mode=auto", lines.clone()).await;
    assert_eq!(counts(&job), [2, 0, 0, 3], "{}", job.text);
    assert_eq!(job["format"], "ndjson");
    let found = leads(&admin).await;
    assert_eq!(found[0].profile.tags, ["fair", "vip"]);
    assert_eq!(found[0].profile.city.as_deref(), Some("Bern"));
    assert_eq!(found[1].profile.company_name.as_deref(), Some("Acme"));
    assert_eq!(found[1].profile.phone.as_deref(), Some("+12025550143"));
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert_eq!(rejected.lines().count(), 4, "{rejected}");
    for place in [",3,", ",4,", ",5,"] {
        assert!(rejected.contains(place), "{rejected}");
    }

    let list = serde_json::to_string_pretty(&rows[..2]).unwrap();
    assert_eq!(counts(&import(&admin, "mode=auto", gzip(list)).await), [0, 0, 2, 0]);
});

on_both_databases!(async fn quotes_that_nobody_closes_cost_one_line(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Company\n\
        Ann,ann@example.com,\"Acme\n\
        Bea,bea@example.com,\"Acme, Inc.\"\n\
        Cy,cy@example.com,\"Two\nlines\"\n\
        Dee,dee@example.com,\"Acme\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [2, 0, 0, 2], "{}", job.text);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains(",2,") && rejected.contains(",6,"), "{rejected}");
    let other = "'Name'|'E-mail'|'Company'\n'Eve'|'eve@example.com'|'A|B'\n'Flo'|'flo@example.com'|'C'\n";
    let job = import(&admin, "mode=auto", other).await;
    assert_eq!((counts(&job), &job["quote"]), ([2, 0, 0, 0], &json!("'")));
});

on_both_databases!(async fn other_alphabets_are_found(app) {
    let admin = app.admin().await;
    let russian = "Имя,E-mail,Company\nИван Петров,ivan@example.com,Ромашка и партнёры\nАнна Сидорова,anna@example.com,Северный ветер\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(russian);
    let job = import(&admin, "mode=auto", bytes.into_owned()).await;
    assert_eq!((counts(&job), &job["encoding"]), ([2, 0, 0, 0], &json!("windows-1251")));
    let (bytes, ..) = encoding_rs::SHIFT_JIS.encode("name,email,company\n山田太郎,yamada@example.com,株式会社ライト\n");
    let job = import(&admin, "mode=auto&encoding=shift_jis", bytes.into_owned()).await;
    assert_eq!(counts(&job), [1, 0, 0, 0]);
    let names: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.company_name).collect();
    assert_eq!(names, ["Ромашка и партнёры", "Северный ветер", "株式会社ライト"]);

    // One broken letter does not spoil all others.
    let mut file = "name,email,company\n".to_owned();
    for number in 0..20 {
        file.push_str(&format!("Jörg {number},j{number}@example.com,Weiß\n"));
    }
    let mut bytes = file.into_bytes();
    bytes.extend(b"Bj\xf6rn,bjorn@example.com,Acme\n");
    let job = import(&admin, "mode=auto", bytes).await;
    assert_eq!((counts(&job), &job["encoding"]), ([21, 0, 0, 0], &json!("utf-8")));
});

on_both_databases!(async fn hostile_archives_are_refused(app) {
    let admin = app.admin().await;
    let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    for (name, text) in [
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/sharedStrings.xml", "<sst uniqueCount=\"18446744073709551615\"><si><t>x</t></si></sst>"),
    ] {
        book.start_file(name, plain).unwrap();
        book.write_all(text.as_bytes()).unwrap();
    }
    let book = book.finish().unwrap().into_inner();
    assert_eq!(send(&admin, "", book).await.problem(422)["errors"][0]["code"], "unreadable_workbook");
    let bomb = gzip(vec![b'x'; 70 * 1024 * 1024]);
    assert_eq!(send(&admin, "", bomb).await.problem(422)["errors"][0]["code"], "packed_too_tightly");
});
