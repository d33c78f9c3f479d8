use std::io::{Cursor, Write};

use leadwright_domain::leads::Lead;
use leadwright_tests::on_both_databases;
use rust_xlsxwriter::{Format, Formula, Table, TableColumn, TableFunction, Workbook};
use serde_json::json;

use super::{counts, import, leads, send};

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

fn archive(parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook as programs write it that have a mind of their own: with these properties and rows.
fn odd(properties: &str, rows: &str) -> Vec<u8> {
    let link = |id: &str, kind: &str, path: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{RELATIONS}/{kind}\" Target=\"{path}\"/>")
    };
    archive(&[
        ("_rels/.rels", format!("<Relationships>{}</Relationships>", link("a", "officeDocument", "/xl/book2.xml"))),
        (
            "xl/book2.xml",
            format!(
                "<x:workbook xmlns:x=\"m\" xmlns:r=\"r\">{properties}<x:sheets><x:sheet name=\"Diagramm\" r:id=\"c\"/>\
                 <x:sheet name=\"Alle Kontakte – 一覧\" r:id=\"s\"/></x:sheets></x:workbook>"
            ),
        ),
        (
            "xl/_rels/book2.xml.rels",
            format!(
                "<Relationships>{}{}{}{}</Relationships>",
                link("c", "chartsheet", "chartsheets/sheet1.xml"),
                link("s", "worksheet", "/xl/worksheets/Sheet1.xml"),
                link("t", "sharedStrings", "strings.xml"),
                link("f", "styles", "styles.xml"),
            ),
        ),
        ("xl/chartsheets/sheet1.xml", "<x:chartsheet><x:drawing/></x:chartsheet>".to_owned()),
        (
            "xl/strings.xml",
            "<x:sst><x:si><x:r><x:t>山田</x:t></x:r><x:r><x:t xml:space=\"preserve\"> 太郎</x:t></x:r>\
             <x:rPh sb=\"0\" eb=\"2\"><x:t>ヤマダ</x:t></x:rPh></x:si></x:sst>"
                .to_owned(),
        ),
        (
            "xl/styles.xml",
            "<x:styleSheet><x:numFmts><x:numFmt numFmtId=\"170\" formatCode=\"000&quot;-&quot;00\"/></x:numFmts>\
             <x:cellXfs><x:xf numFmtId=\"0\"/><x:xf numFmtId=\"14\"/><x:xf numFmtId=\"170\"/></x:cellXfs></x:styleSheet>"
                .to_owned(),
        ),
        ("xl/worksheets/sheet1.xml", format!("<x:worksheet><x:sheetData>{rows}</x:sheetData></x:worksheet>")),
    ])
}

/// A row of cells with text of their own.
fn own(cells: &[&str]) -> String {
    let cell = |text: &&str| format!("<x:c t=\"inlineStr\"><x:is><x:t>{text}</x:t></x:is></x:c>");
    format!("<x:row>{}</x:row>", cells.iter().map(cell).collect::<String>())
}

fn by_email<'a>(leads: &'a [Lead], email: &str) -> &'a Lead {
    leads.iter().find(|lead| lead.profile.email.as_deref() == Some(email)).unwrap()
}

on_both_databases!(async fn what_a_formula_comes_to_is_never_made_up(app) {
    let admin = app.admin().await;
    let rows = own(&["Name", "E-mail", "Company", "Employees"])
        + "<x:row><x:c r=\"A2\" t=\"str\"><x:f>X1</x:f><x:v>Ann One</x:v></x:c><x:c r=\"B2\" t=\"inlineStr\"><x:is>\
           <x:t>ann@example.com</x:t></x:is></x:c><x:c r=\"C2\" t=\"e\"><x:f>Z1</x:f><x:v>#SPILL!</x:v></x:c>\
           <x:c r=\"D2\"><x:f>1+2</x:f></x:c></x:row>\
           <x:row><x:c t=\"s\"><x:v>0</x:v></x:c><x:c t=\"str\"><x:v>bea@example.com</x:v></x:c><x:c t=\"str\"><x:f>Z2</x:f>\
           <x:v></x:v></x:c><x:c><x:f>2+2</x:f><x:v/></x:c></x:row>";
    let job = import(&admin, "mode=review", odd("", &rows)).await;
    assert_eq!(job["preview"]["warnings"]["formula_without_value"]["count"], 2, "{}", job.text);
    let job = import(&admin, "mode=auto", odd("", &rows)).await;
    assert_eq!((counts(&job), &job["sheet"]), ([2, 0, 0, 0], &json!("Alle Kontakte – 一覧")));
    assert_eq!(job["warnings"], json!({"formula_without_value": 2}));
    let sample = &job["warning_samples"][0];
    assert_eq!((&sample["lines"], sample["detail"].as_str().unwrap().contains(" D2 ")), (&json!([2, 3]), true), "{sample}");
    let found = leads(&admin).await;
    let ann = &by_email(&found, "ann@example.com").profile;
    assert_eq!((ann.contact_name.as_deref(), &ann.company_name, &ann.company_size), (Some("Ann One"), &Some("Unknown".to_owned()), &None));
    assert_eq!(by_email(&found, "bea@example.com").profile.contact_name.as_deref(), Some("山田 太郎"));

    // Some programs write a zero for what a spreadsheet is to calculate.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, cell) in ["E-mail", "Company", "Employees", "cy@example.com", "Acme"].iter().enumerate() {
        sheet.write(u32::from(place > 2), u16::try_from(place % 3).unwrap(), *cell).unwrap();
    }
    sheet.write_formula(1, 2, "=70+5").unwrap();
    sheet.write(2, 0, "dee@example.com").unwrap();
    sheet.write_formula(2, 2, Formula::new("=70+5").set_result("75")).unwrap();
    let job = import(&admin, "mode=auto", book.save_to_buffer().unwrap()).await;
    assert_eq!((counts(&job), &job["warnings"]["formula_without_value"]), ([2, 0, 0, 0], &json!(1)), "{}", job.text);
    let found = leads(&admin).await;
    assert_eq!(by_email(&found, "cy@example.com").profile.company_size, None);
    assert_eq!(by_email(&found, "dee@example.com").profile.company_size.as_ref().map(|size| size.min), Some(75));
});

on_both_databases!(async fn numbers_come_in_as_they_are_shown(app) {
    let admin = app.admin().await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (place, name) in ["Name", "E-mail", "Zip", "Phone", "Customer no.", "Employees"].iter().enumerate() {
        sheet.write(1, u16::try_from(place + 2).unwrap(), *name).unwrap();
    }
    let shown = |code: &str| Format::new().set_num_format(code);
    let phone = shown("[<=9999999]###\\-####;\\(###\\)\\ ###\\-####");
    for (row, name, zip, phones) in [(2, "Ann One", 1_234, &phone), (3, "Bea Two", 12_345, &shown("General"))] {
        sheet.write(row, 2, name).unwrap();
        sheet.write(row, 3, format!("{}@example.com", &name[..3].to_lowercase())).unwrap();
        sheet.write_with_format(row, 4, zip, &shown("00000")).unwrap();
        sheet.write_with_format(row, 5, 12_025_550_100_u64 + u64::from(row), phones).unwrap();
        sheet.write_with_format(row, 6, 40 + row, &shown("\"KD\"00000")).unwrap();
        sheet.write_with_format(row, 7, 1_500, &shown("#,##0")).unwrap();
    }
    sheet.set_row_hidden(3).unwrap();
    sheet.set_column_hidden(3).unwrap();
    for column in 8..16_384 {
        sheet.write_blank(3, column, &shown("00000")).unwrap();
    }
    let mapping = "mapping=%7B%22columns%22%3A%7B%22Customer%20no.%22%3A%22external_ids.erp%22%7D%7D";
    let job = import(&admin, &format!("mode=auto&duplicates=create&{mapping}"), book.save_to_buffer().unwrap()).await;
    assert_eq!(counts(&job)[0], 2, "{}", job.text);
    let found = leads(&admin).await;
    let [ann, bea] = ["ann@example.com", "bea@example.com"].map(|email| by_email(&found, email));
    assert_eq!([ann, bea].map(|lead| lead.profile.postal_code.as_deref()), [Some("01234"), Some("12345")]);
    assert_eq!([ann, bea].map(|lead| lead.profile.phone.as_deref()), [Some("+12025550102"), Some("+12025550103")]);
    assert_eq!(ann.profile.company_size.as_ref().map(|size| size.min), Some(1_500));
    assert!(format!("{ann:?}").contains("KD00042"));
});

on_both_databases!(async fn days_count_as_the_workbook_says_and_totals_are_no_lead(app) {
    let admin = app.admin().await;
    let rows = own(&["Name", "E-mail", "Birthday", "Created at", "Postal code"])
        + "<x:row><x:c t=\"str\"><x:v>Ann One</x:v></x:c><x:c t=\"str\"><x:v>ann@example.com</x:v></x:c>\
           <x:c s=\"1\"><x:v>27849</x:v></x:c><x:c t=\"d\"><x:v>2024-03-31T10:30:00.000</x:v></x:c>\
           <x:c s=\"2\"><x:v>4.2E+1</x:v></x:c></x:row>";
    let job = import(&admin, "mode=auto&sheet=2", odd("<x:workbookPr date1904=\"1\"/>", &rows)).await;
    assert_eq!(counts(&job), [1, 0, 0, 0], "{}", job.text);
    let found = leads(&admin).await;
    let ann = by_email(&found, "ann@example.com");
    assert_eq!(ann.profile.birth_date.map(|day| day.to_string()).as_deref(), Some("1980-03-31"));
    assert_eq!(ann.created_at.to_rfc3339(), "2024-03-31T10:30:00+00:00");
    assert_eq!(ann.profile.postal_code.as_deref(), Some("000-42"));

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let columns = ["Name", "E-mail", "Employees"].map(|name| TableColumn::new().set_header(name));
    let [name, email, employees] = columns;
    let columns = [
        name.set_total_label("Total"),
        email.set_total_label("total@example.com"),
        employees.set_total_function(TableFunction::Sum),
    ];
    sheet.add_table(3, 1, 5, 3, &Table::new().set_columns(&columns).set_total_row(true)).unwrap();
    sheet.write_row(4, 1, ["Bea Two", "bea@example.com"]).unwrap();
    let job = import(&admin, "mode=auto", book.save_to_buffer().unwrap()).await;
    assert_eq!((counts(&job), &job["warnings"]), ([1, 0, 0, 0], &json!({})), "{}", job.text);
});

/// A workbook of LibreOffice with a hidden sheet and these rows.
fn ods(rows: &str, manifest: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"ta2\" style:family=\"table\">\
         <style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body>\
         <office:spreadsheet><table:table table:name=\"Alt\" table:style-name=\"ta2\"><table:table-row>\
         <table:table-cell office:value-type=\"string\"><text:p>Email</text:p></table:table-cell></table:table-row></table:table>\
         <table:table table:name=\"Kunden\">{rows}<table:table-row table:number-rows-repeated=\"1048574\">\
         <table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet>\
         </office:body></office:document-content>"
    );
    archive(&[
        ("content.xml", content),
        ("META-INF/manifest.xml", format!("<manifest:manifest>{manifest}</manifest:manifest>")),
    ])
}

on_both_databases!(async fn workbooks_of_libreoffice_are_read(app) {
    let admin = app.admin().await;
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let text = |text: &str| cell("office:value-type=\"string\"", text);
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let headings = ["Name", "E-mail", "Postal code", "Birthday", "Created at", "Employees", "Company"].map(text);
    let rows = "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>".to_owned()
        + &row(&headings)
        + &row(&[
            "<table:table-cell office:value-type=\"string\"><office:annotation><text:p>Met in May</text:p></office:annotation>\
             <text:p>Ann<text:s/><text:span>One</text:span></text:p></table:table-cell>".to_owned(),
            text("<text:a xlink:href=\"mailto:other@example.com\">ann@example.com</text:a>"),
            cell("office:value-type=\"float\" office:value=\"1234\"", "01234"),
            cell("office:value-type=\"date\" office:date-value=\"1980-03-31\"", "31.03.80"),
            cell("office:value-type=\"date\" office:date-value=\"2024-03-31T10:30:00\"", "31.03.24 10:30"),
            cell("office:value-type=\"float\" office:value=\"1500\"", "1.500"),
            cell("table:formula=\"of:=[.A9]\" office:value-type=\"string\" calcext:value-type=\"error\"", "#N/A"),
        ])
        + &row(&[text("Bea Two"), text("bea@example.com"),
            "<table:covered-table-cell table:number-columns-repeated=\"3\"/><table:table-cell table:formula=\"of:=1+2\"/>".to_owned(), text("A &amp; B")]);
    let job = import(&admin, "mode=auto", ods(&rows, "")).await;
    assert_eq!((counts(&job), &job["sheet"], &job["warnings"]), ([2, 0, 0, 0], &json!("Kunden"), &json!({"formula_without_value": 1})), "{}", job.text);
    assert_eq!(job["warning_samples"][0]["lines"], json!([5]));
    let found = leads(&admin).await;
    let [ann, bea] = ["ann@example.com", "bea@example.com"].map(|email| &by_email(&found, email).profile);
    assert_eq!((ann.contact_name.as_deref(), ann.postal_code.as_deref(), &ann.company_name), (Some("Ann One"), Some("01234"), &Some("Unknown".to_owned())));
    assert_eq!(ann.birth_date.map(|day| day.to_string()).as_deref(), Some("1980-03-31"));
    assert_eq!(ann.company_size.as_ref().map(|size| size.min), Some(1_500));
    assert_eq!((bea.company_name.as_deref(), &bea.company_size), (Some("A & B"), &None));

    let code = |reply: &leadwright_tests::Reply| reply["errors"][0]["code"].clone();
    let problem = send(&admin, "", ods(&rows, "<manifest:encryption-data/>")).await.expect(422);
    assert_eq!(code(&problem), "protected_workbook");
    let bomb = format!("<table:table-row table:number-rows-repeated=\"4000000000\">{}</table:table-row>", text(&"x".repeat(500_000)));
    assert_eq!(code(&send(&admin, "", ods(&bomb, "")).await.expect(422)), "packed_too_tightly");
});

/// A record of an old workbook.
fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes(), &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
}

/// A cell of an old workbook.
fn old_cell(kind: u16, at: [u16; 3], data: &[u8]) -> Vec<u8> {
    record(kind, &[at.map(u16::to_le_bytes).concat().as_slice(), data].concat())
}

/// An old workbook of one sheet with these records.
fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = [0, 6, 5, 0, 0, 0, 0, 0];
    let style = |format: u8| record(0xe0, &[0, 0, format, 0]);
    let head = |at: u32| {
        [
            record(0x0809, &begin),
            record(0x041e, &[&[164, 0, 5, 0, 0], b"00000".as_slice()].concat()),
            style(0),
            style(14),
            style(164),
            record(0x85, &[at.to_le_bytes().as_slice(), &[0, 0, 5, 0], b"Leads"].concat()),
            // The second text is cut in two.
            record(0xfc, &[&[2, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0], b"Name".as_slice(), &[7, 0, 0], b"Ann"].concat()),
            record(
                0x3c,
                &[&[1], " Öne".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()].concat(),
            ),
            record(0x0a, &[]),
        ]
        .concat()
    };
    let at = u32::try_from(head(0).len()).unwrap();
    let mut stream = [head(at), record(0x0809, &begin), cells.concat(), record(0x0a, &[])].concat();
    stream.resize(4_096.max(stream.len().next_multiple_of(512)), 0);
    let (last, numbers) =
        (0xffff_fffe_u32, |all: &[u32]| all.iter().flat_map(|number| number.to_le_bytes()).collect::<Vec<u8>>());
    let sectors = u32::try_from(stream.len() / 512).unwrap();
    let mut header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    header.resize(30, 0);
    header.extend([9, 0, 6, 0]);
    header.resize(44, 0);
    header.extend(numbers(&[1, 1, 0, 4_096, last, 0, last, 0, 0]));
    header.resize(512, 0xff);
    let mut table = vec![0xffff_fffd, last];
    table.extend((3..sectors + 2).chain([last]));
    table.resize(128, u32::MAX);
    let entry = |name: &str, kind: u8, first: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u8::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend([length, 0, kind]);
        entry.resize(116, 0);
        entry.extend(numbers(&[first, u32::try_from(size).unwrap(), 0]));
        entry
    };
    let mut folder = [entry("Root Entry", 5, last, 0), entry("Workbook", 2, 2, stream.len())].concat();
    folder.resize(512, 0);
    [header, numbers(&table), folder, stream].concat()
}

on_both_databases!(async fn old_workbooks_are_read(app) {
    let admin = app.admin().await;
    let label = |row, column, text: &str| {
        let length = u16::try_from(text.len()).unwrap().to_le_bytes();
        old_cell(0x0204, [row, column, 0], &[length.as_slice(), &[0], text.as_bytes()].concat())
    };
    let double = |number: f64| number.to_le_bytes();
    let cells = [
        old_cell(0xfd, [1, 0, 0], &[0; 4]),
        label(1, 1, "E-mail"),
        label(1, 2, "Postal code"),
        label(1, 3, "Birthday"),
        label(1, 4, "Employees"),
        label(1, 5, "Company"),
        old_cell(0xfd, [2, 0, 0], &[1, 0, 0, 0]),
        old_cell(0x06, [2, 1, 0], &[0, 0, 0, 0, 0, 0, 255, 255, 0, 0]),
        record(0x0207, &[&[15, 0, 0], b"ann@example.com".as_slice()].concat()),
        old_cell(0x027e, [2, 2, 2], &((1_234_u32 << 2) | 2).to_le_bytes()),
        old_cell(0x0203, [2, 3, 1], &double(29_311.0)),
        old_cell(0x06, [2, 4, 0], &[double(0.0).as_slice(), &[2, 0]].concat()),
        old_cell(0x0205, [2, 5, 0], &[42, 1]),
    ];
    let book = xls(&cells);
    let job = import(&admin, "mode=auto", book.clone()).await;
    assert_eq!((counts(&job), &job["sheet"], &job["warnings"]), ([1, 0, 0, 0], &json!("Leads"), &json!({"formula_without_value": 1})), "{}", job.text);
    let ann = &leads(&admin).await[0].profile;
    assert_eq!((ann.contact_name.as_deref(), ann.email.as_deref(), ann.postal_code.as_deref()), (Some("Ann Öne"), Some("ann@example.com"), Some("01234")));
    assert_eq!(ann.birth_date.map(|day| day.to_string()).as_deref(), Some("1980-03-31"));
    assert_eq!((&ann.company_size, ann.company_name.as_deref()), (&None, Some("Unknown")));

    // Whatever is wrong with one, it is told and nothing else happens.
    for at in (0..book.len()).step_by(37) {
        let mut broken = book.clone();
        broken[at] ^= 0xff;
        broken.truncate(book.len() - at % 700);
        let sent = send(&admin, "mode=review", broken).await;
        assert!(matches!(sent.status, 202 | 422), "{at}: {}", sent.text);
        if at > 1_500 {
            break;
        }
    }
});
