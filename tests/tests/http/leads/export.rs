use std::io::{Cursor, Read};

use leadwright_domain::access::{Role, Scope};
use leadwright_persistence::leads::{Count, ListQuery, Sort, SortKey, Wanted};
use leadwright_tests::{Client, Reply, TestApp, on_both_databases};
use serde_json::{Value, json};

use super::{create, create_own, insert, jane_with, plain};

/// The rows of a file, headings first.
pub fn rows(file: &Reply) -> Vec<Vec<String>> {
    let text = file.text.strip_prefix('\u{feff}').expect("a mark by which spreadsheets know UTF-8");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.unwrap().iter().map(ToOwned::to_owned).collect()).collect()
}

/// One column of a file.
pub fn column(file: &Reply, name: &str) -> Vec<String> {
    let rows = rows(file);
    let place = rows[0].iter().position(|heading| heading == name).unwrap_or_else(|| panic!("no {name}"));
    rows[1..].iter().map(|row| row[place].clone()).collect()
}

/// What the log tells of exports, oldest first.
pub async fn told(app: &TestApp) -> Vec<Value> {
    let call = app.app.call(Scope::system(app.organization), None);
    let events = app.app.db.read(&call).events().after(0, 1_000).await.unwrap();
    events.into_iter().filter(|event| event.kind == "leads.exported").map(|event| event.data).collect()
}

/// The XML of a workbook.
fn xml(book: &Reply) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(book.bytes.clone())).unwrap();
    let mut xml = String::new();
    for place in 0..archive.len() {
        archive.by_index(place).unwrap().read_to_string(&mut xml).unwrap();
    }
    xml
}

on_both_databases!(async fn the_filters_of_the_list_choose_the_rows_of_a_file(app) {
    let admin = app.admin().await;
    for name in ["Ann One", "Bea Two", "Cid Three"] {
        create(&admin, name).await;
    }
    let two = admin.get("/leads?q=bea&fields=id").await.expect(200)["data"][0]["id"].as_str().unwrap().to_owned();
    admin.post(format!("/leads/{two}/transitions"), json!({"to": "contacted"})).await.expect(200);
    let file = admin.get("/leads/export?sort=created_at").await.expect(200);
    assert!(file.header("content-type").starts_with("text/csv"));
    let named = file.header("content-disposition");
    assert!(named.starts_with("attachment; filename=\"leads-20") && named.ends_with(".csv\""), "{named}");
    assert_eq!(file.header("cache-control"), "no-store");
    assert_eq!(column(&file, "contact_name"), ["Ann One", "Bea Two", "Cid Three"]);
    assert_eq!(file.text.matches("\r\n").count(), 4);
    assert_eq!(column(&file, "source"), ["website"; 3]);

    let some = admin.get("/leads/export?status=contacted&columns=status,contact_name,id").await.expect(200);
    assert_eq!(rows(&some), [vec!["id", "status", "contact_name"], vec![two.as_str(), "contacted", "Bea Two"]]);
    let lines = admin.with("Accept", "application/x-ndjson").get("/leads/export?columns=email&q=ann").await.expect(200);
    assert_eq!(lines.json.as_object().unwrap().len(), 2);
    assert_eq!((&lines["email"], lines.header("content-type")), (&json!("ann.one@example.com"), "application/x-ndjson"));
    let none = admin.get("/leads/export?q=nobody&columns=email").await.expect(200);
    assert_eq!(rows(&none), [["id", "email"]]);

    let problem = admin.get("/leads/export?columns=emial&format=pdf&owner=me").await.problem(422);
    let codes: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["invalid_choice", "unknown_column", "unknown_parameter"]);
    assert_eq!(problem["errors"][1]["suggestion"], "email");
    assert_eq!(told(&app).await.len(), 4, "what is refused is no export");
    let first = &told(&app).await[1];
    assert_eq!((&first["rows"], &first["complete"], &first["format"]), (&json!(1), &json!(true), &json!("csv")));
    assert_eq!(first["asked"], json!({"status": "contacted"}));
    assert_eq!(told(&app).await[2]["asked"], json!({"q": true}), "words that were searched for may be a name");
});

on_both_databases!(async fn everybody_exports_what_they_see(app) {
    let rep = app.sign_in(Role::Rep).await;
    create_own(&rep, "Ann One").await;
    create_own(&app.admin().await, "Bea Two").await;
    let seen = rep.get("/leads/export?columns=contact_name,owner").await.expect(200);
    assert_eq!(column(&seen, "contact_name"), ["Ann One"]);
    let owner = rep.get("/me").await.expect(200);
    assert_eq!(column(&seen, "owner"), [owner["user"]["email"].as_str().or(owner["email"].as_str()).unwrap()]);
    assert_eq!(column(&app.stranger().await.get("/leads/export").await.expect(200), "id"), [""; 0]);
});

on_both_databases!(async fn nothing_in_a_file_is_run(app) {
    let admin = app.admin().await;
    let evil = [
        "=1+1", "+1", "-1", "@SUM(1+9)*cmd|' /C calc'!A0", "=cmd|' /C notepad'!'A1'", "\u{ff1d}1", "\u{ff0b}1", "\u{ff0d}1",
        "\u{ff20}x", "\"=1\"", "'=1", "''=1", "=HYPERLINK(\"http://x.example\")", "DDE (\"cmd\";\"/C calc\";\"!A0\")A0", "\u{feff}=1",
    ];
    for (number, text) in evil.iter().enumerate() {
        let mut lead = jane_with(&format!("evil{number}"), json!({"tags": [text], "notes": format!("\t{text}\n{text}")}));
        for field in ["contact_name", "company_name", "job_title", "city", "source_detail"] {
            lead[field] = json!(text);
        }
        lead["phone"] = json!(format!("+1415555{:04}", 2_670 + number));
        lead["last_touch"] = json!({"utm_source": text});
        admin.post("/leads", lead).await.expect(201);
    }
    let file = admin.get("/leads/export?sort=created_at").await.expect(200);
    for cell in rows(&file).into_iter().flatten() {
        let shown = cell.trim_start_matches(['"', ' ', '\u{feff}', '\u{201c}']);
        assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']), "{cell:?}");
    }
    assert!(column(&file, "phone").iter().all(|phone| phone.starts_with("'+1415")));
    let book = admin.get("/leads/export?format=xlsx").await.expect(200);
    assert!(book.header("content-type").contains("spreadsheetml"));
    let xml = xml(&book);
    assert!(!xml.contains("<f>") && !xml.contains("<hyperlink") && xml.contains(">+14155552670<"), "{xml}");
});

on_both_databases!(async fn a_long_file_is_of_one_moment(app) {
    insert(&app, (0..2_300).map(plain).collect()).await;
    let admin = app.admin().await;
    let call = app.app.call(Scope::system(app.organization), None);
    let sort = Sort { key: SortKey::Score, descending: true };
    let query = ListQuery { wanted: Wanted::default(), sort, after: None, limit: 10 };
    let snapshot = app.app.db.snapshot(&call).await.unwrap().unwrap();
    let before = snapshot.leads().list(&query).await.unwrap();
    create(&admin, "Later One").await;
    assert_eq!(snapshot.leads().count(&Wanted::default(), Count::Exact).await.unwrap(), 2_300);
    let next = ListQuery { after: before.next, ..query.clone() };
    assert!(snapshot.leads().list(&next).await.unwrap().leads.iter().all(|lead| !before.leads.contains(lead)));
    snapshot.end().await.unwrap();
    for format in ["csv", "ndjson", "xlsx"] {
        let file = admin.get(format!("/leads/export?format={format}&sort=score&columns=score,contact_name")).await.expect(200);
        let ids = match format {
            "csv" => column(&file, "id"),
            "ndjson" => file.text.lines().map(|line| line[7..43].to_owned()).collect(),
            _ => vec![xml(&file).matches("<row ").count().to_string()],
        };
        let different: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(different.len(), if format == "xlsx" { 1 } else { 2_301 }, "{format}");
        assert!(format != "xlsx" || ids == ["2302"], "{ids:?}");
    }
});

async fn held(app: &TestApp, client: &Client) -> Vec<leadwright_persistence::Snapshot> {
    let call = app.app.call(Scope::system(client.organization), None);
    let mut held = Vec::new();
    while let Some(snapshot) = app.app.db.snapshot(&call).await.unwrap() {
        held.push(snapshot);
    }
    held
}

on_both_databases!(async fn exports_leave_connections_to_others(app) {
    let admin = app.admin().await;
    create(&admin, "Ann One").await;
    let held = held(&app, &admin).await;
    assert!(!held.is_empty());
    let busy = admin.get("/leads/export").await;
    assert!(!busy.header("retry-after").is_empty());
    assert!(busy.problem(503)["detail"].as_str().unwrap().contains("exports"));
    admin.get("/leads").await.expect(200);
    drop(held);
    // Connections come back a moment after they were let go.
    for _ in 0..100 {
        if admin.get("/leads/export").await.status == 200 {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("places do not come back");
});
