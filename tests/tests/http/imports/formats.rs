use std::io::{Cursor, Write};

use flate2::{Compression, write::GzEncoder};
use leadwright_tests::on_both_databases;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use serde_json::{Value, json};

use super::{counts, import, leads, send, work};

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

    // The first letter that tells may come late.
    let mut file = "name,email,company,internal\n".to_owned();
    for number in 0..300 {
        file.push_str(&format!("Ann {number},a{number}@example.com,Acme,{}\n", "x".repeat(900)));
    }
    file.push_str("Małgorzata Wójcik,gosia@example.com,Usługi Dąbrowski,-\n");
    let job = import(&admin, "mode=auto", encoding_rs::ISO_8859_2.encode(&file).0.into_owned()).await;
    assert_eq!((counts(&job), &job["encoding"]), ([301, 0, 0, 0], &json!("iso-8859-2")));
    let job = import(&admin, "mode=auto", b"name,email,company\nJ\x94rg M\x81ller,jm@example.com,B\x84cker\n".to_vec()).await;
    assert_eq!((counts(&job), &job["encoding"]), ([1, 0, 0, 0], &json!("ibm850")));
    assert_eq!(leads(&admin).await.last().unwrap().profile.company_name.as_deref(), Some("Bäcker"));

    // One broken letter does not spoil all others.
    let mut file = "name,email,company\n".to_owned();
    for number in 0..20 {
        file.push_str(&format!("Jörg {number},j{number}@example.com,Weiß\n"));
    }
    let mut bytes = file.into_bytes();
    bytes.extend(b"Bj\xf6rn,bjorn@example.com,Acme\n");
    let job = import(&admin, "mode=auto", bytes).await;
    assert_eq!((counts(&job), &job["encoding"]), ([21, 0, 0, 0], &json!("utf-8")));
    assert_eq!(job["warnings"]["unreadable_letter name"], 1, "{}", job.text);
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

on_both_databases!(async fn what_is_no_table_is_refused(app) {
    let admin = app.admin().await;
    let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    let noise: Vec<u8> = (0..4_000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let page = b"\n<!DOCTYPE html><html><body><table><tr><td>Email</td></tr></table></body></html>".to_vec();
    let card = b"BEGIN:VCARD\nVERSION:3.0\nFN:Ann One\nEND:VCARD\n".to_vec();
    let wide: Vec<u8> = "email\nann@example.com\n".chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
    for file in [picture, noise, page, card, wide] {
        let problem = send(&admin, "mode=auto", file).await.problem(422);
        assert_eq!(problem["errors"][0]["code"], "unreadable_format");
    }
});

on_both_databases!(async fn the_said_charset_decides_where_nothing_else_does(app) {
    let admin = app.admin().await;
    let polish = "Name,E-mail,Company\nŻaneta Żółć,zaneta@example.com,Łódź\n";
    let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(polish);
    let charset = |name: &str| format!("text/csv; header=present; charset=\"{name}\"");
    for (kind, bytes, encoding) in [
        (charset("windows-1250"), bytes.into_owned(), "windows-1250"),
        // Programs say so without looking.
        (charset("utf-8"), encoding_rs::WINDOWS_1252.encode("Name,E-mail,Company\nJörg,joerg@example.com,Weiß\n").0.into_owned(), "windows-1252"),
        (charset("iso-8859-1"), "Name,E-mail,Company\nRené,rene@example.com,Œuvre\n".as_bytes().to_vec(), "utf-8"),
        (charset("euc-jp"), encoding_rs::EUC_JP.encode("name,email,company\n山田太郎,yamada@example.com,株式会社\n").0.into_owned(), "euc-jp"),
        ("text/csv".to_owned(), "Name,E-mail,Company\nИван,ivan@example.com,Ромашка\n".encode_utf16().flat_map(u16::to_be_bytes).collect(), "utf-16be"),
    ] {
        let sent = admin.post_raw("/imports?mode=auto".to_owned(), &kind, bytes).await.expect(202);
        work(&admin).await;
        let job = admin.get(format!("/imports/{}", sent.id())).await.expect(200);
        assert_eq!((counts(&job), &job["encoding"]), ([1, 0, 0, 0], &json!(encoding)));
    }
    let companies: Vec<_> = leads(&admin).await.into_iter().filter_map(|lead| lead.profile.company_name).collect();
    assert_eq!(companies, ["Łódź", "Weiß", "Œuvre", "株式会社", "Ромашка"]);
});

on_both_databases!(async fn what_apis_answer_is_a_list_of_rows(app) {
    let admin = app.admin().await;
    let rows = json!([{"name": "Ann One", "email": "ann@example.com"}, {"name": "Bea Two", "email": "bea@example.com"}]);
    for file in [json!({"count": 2, "results": rows, "next": null}).to_string(), serde_json::to_string_pretty(&json!({"data": rows, "meta": {"page": 1}})).unwrap()] {
        let job = import(&admin, "mode=auto&duplicates=update", file).await;
        assert_eq!(counts(&job)[3], 0, "{}", job.text);
    }
    assert_eq!(leads(&admin).await.len(), 2);
    // Pages, put one behind the other.
    let page = |name: &str| json!({"status": "ok", "data": [{"name": name, "email": format!("{name}@example.com")}], "next": 2});
    let pretty = |name| serde_json::to_string_pretty(&page(name)).unwrap();
    for (pages, known) in [(format!("{}\n{}\n", pretty("cy"), pretty("dee")), 4), (format!("{}\n{}\n", page("eli"), page("fay")), 6)] {
        assert_eq!(counts(&import(&admin, "mode=auto", pages).await), [2, 0, 0, 0]);
        assert_eq!(leads(&admin).await.len(), known);
    }
});

on_both_databases!(async fn what_spreadsheets_and_address_books_make_of_values_is_understood(app) {
    let admin = app.admin().await;
    let file = "Name,E-mail,Company,Phone,Country,Tags,Created at\n\
        Ann,ann@example.com,Acme,491701234567,DE,\"\"\"fair\"\",\"\"vip 2\"\"\",\"March 5, 2024 10:05 AM\"\n\
        Bea,bea@example.com,Bolt,+49 151 23456789 ::: +49 30 901820,DE,,5 March 2024 at 10:05\n";
    let job = import(&admin, "mode=auto", file).await;
    assert_eq!(counts(&job), [2, 0, 0, 0], "{}", job.text);
    let found = leads(&admin).await;
    let phones: Vec<_> = found.iter().filter_map(|lead| lead.profile.phone.as_deref()).collect();
    assert_eq!(phones, ["+491701234567", "+4915123456789"]);
    assert_eq!(found[0].profile.tags, ["fair", "vip 2"]);
    assert!(found.iter().all(|lead| lead.created_at.to_rfc3339() == "2024-03-05T10:05:00+00:00"), "{found:?}");
});

/// A workbook of these sheets.
fn sheets(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(*rows) {
            for (column, cell) in (0_u16..).zip(*cells) {
                sheet.write(row, column, *cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

on_both_databases!(async fn other_sheets_with_rows_are_told(app) {
    let admin = app.admin().await;
    let months = sheets(&[
        ("Jan", &[&["Name", "Email"], &["Ann Lee", "ann@lee.example"]]),
        ("Feb", &[&["Name", "Email"], &["Bo Li", "bo@li.example"]]),
        ("Empty", &[]),
    ]);
    let job = import(&admin, "mode=auto", months.clone()).await;
    assert_eq!((counts(&job), &job["sheet"], &job["warnings"]), ([1, 0, 0, 0], &json!("Jan"), &json!({"other_sheets": 1})));
    assert!(job.text.contains("too: Feb."), "{}", job.text);
    let job = import(&admin, "mode=auto&sheet=Feb", months).await;
    assert_eq!((counts(&job), &job["warnings"]), ([1, 0, 0, 0], &json!({})), "{}", job.text);
    let cover = sheets(&[
        ("Read me", &[&["Leads of May"], &["Made by hand."], &["The list is on the next sheet."]]),
        ("List", &[&["Name", "Email"], &["Cy Dow", "cy@dow.example"]]),
    ]);
    let job = import(&admin, "mode=auto", cover).await;
    assert_eq!((counts(&job), &job["sheet"]), ([1, 0, 0, 0], &json!("List")), "{}", job.text);
    assert!(job.text.contains("too: Read me."), "{}", job.text);
});

on_both_databases!(async fn amounts_have_the_currency_that_their_cells_show(app) {
    let admin = app.admin().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0_u16..).zip(["Name", "Email", "Annual Revenue", "Employees"]) {
        sheet.write(0, column, name).unwrap();
    }
    let codes = ["€#,##0.00", "#,##0.00 [$€-407]", "$#,##0.00", "#,##0.00"];
    for (row, code) in (1_u32..).zip(codes) {
        sheet.write(row, 0, format!("Ann Lee {row}")).unwrap();
        sheet.write(row, 1, format!("ann{row}@lee.example")).unwrap();
        sheet.write_with_format(row, 2, 1_250_000.5, &Format::new().set_num_format(code)).unwrap();
        sheet.write_with_format(row, 3, 75, &Format::new().set_num_format("#,##0")).unwrap();
    }
    let job = import(&admin, "mode=auto", book.save_to_buffer().unwrap()).await;
    assert_eq!(counts(&job), [4, 0, 0, 0], "{}", job.text);
    let found = leads(&admin).await;
    let amounts: Vec<_> = found.iter().filter_map(|lead| lead.profile.annual_revenue.as_ref()).collect();
    let amounts: Vec<_> = amounts.iter().map(|money| (money.amount, money.currency.as_str())).collect();
    assert_eq!(amounts, ["EUR", "EUR", "USD", "USD"].map(|currency| (125_000_050, currency)));
    let sizes: Vec<_> = found.iter().filter_map(|lead| lead.profile.company_size.as_ref()).map(|size| size.min).collect();
    assert_eq!(sizes, [75; 4]);
});
