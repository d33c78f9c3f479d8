//! Somebody who left traces everywhere is erased, and then every table is read.

use leadwright_tests::{Backend, Client, TestApp, on_both_databases};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::registry::columns;
use crate::{
    capture::{a_form, submission},
    duplicates::look,
    imports::import,
    leads::jane,
};

/// Words that only this person has, folded.
const MARKS: [&str; 7] =
    ["zebadiah", "quixworth", "12127365000", "736-5000", "xylophon", "crm-zq-4711", "zebra-campaign"];

fn zebadiah(email: &str) -> Value {
    json!({
        "contact_name": "Zebadiah Quixworth", "company_name": "Umbra Works", "email": email, "phone": "(212) 736-5000",
        "source": "website", "priority": "high", "notes": "Plays the xylophone", "tags": ["xylophonists"],
        "external_ids": {"crm": "crm-zq-4711"}, "custom": {"instrument": "xylophone"}, "city": "Xylophonia",
        "next_action": {"text": "Call Zebadiah"}, "consent": {"email": {"state": "granted", "how": "xylophone fair"}},
    })
}

/// Everything that is stored, as folded text.
pub(super) async fn everything(app: &TestApp) -> String {
    let tables = columns(app).await;
    let database = app.database().await;
    let mut all = String::new();
    for (table, columns) in tables.into_iter().filter(|(table, _)| table != "lead_search") {
        let text = |column: String| match app.backend {
            // Bytes as the text that they are.
            Backend::Postgres => format!(
                "coalesce(CASE WHEN pg_typeof({column})::text = 'bytea' THEN encode({column}::text::bytea, 'escape') ELSE {column}::text END, '')"
            ),
            Backend::Sqlite => format!("coalesce(CAST({column} AS blob), '')"),
        };
        let row = columns.into_iter().map(text).collect::<Vec<_>>().join(" || ' ' || ");
        let row = match app.backend {
            Backend::Postgres => format!("convert_to({row}, 'UTF8')"),
            Backend::Sqlite => format!("CAST({row} AS blob)"),
        };
        let statement =
            Statement::from_string(database.get_database_backend(), format!("SELECT {row} AS r FROM {table}"));
        for row in database.query_all_raw(statement).await.unwrap() {
            let bytes: Vec<u8> = row.try_get("", "r").unwrap();
            all.push_str(&format!("{table}: {}\n", String::from_utf8_lossy(&bytes).to_lowercase().replace('\n', " ")));
        }
    }
    database.close().await.unwrap();
    all
}

#[track_caller]
fn marks_in(all: &str) -> Vec<&str> {
    all.lines().filter(|line| MARKS.iter().any(|mark| line.contains(mark))).collect()
}

/// Comes by every door; answers the lead that stays and the one that was merged into it.
async fn comes_everywhere(app: &TestApp, admin: &Client) -> (String, String) {
    let world = app.anonymous();
    admin.post("/custom-fields", json!({"key": "instrument", "label": "Instrument", "kind": "text"})).await.expect(201);
    let (_, path) = a_form(app, json!({"honeypot_field": "_gotcha"})).await;
    let posted = "name=Zebadiah+Quixworth&email=Zebadiah.Quixworth%40example.com&company=Umbra+Works&utm_campaign=zebra-campaign&message=xylophone";
    let posted = world.post_raw(&path, "application/x-www-form-urlencoded", posted).await.expect(202);
    let first = submission(admin, &posted).await.text_of("lead_id");
    let spam = json!({"name": "Zebadiah Quixworth", "email": "zebadiah.quixworth@example.com", "_gotcha": "x"});
    let held = world.post(&path, spam).await.expect(202);
    assert_eq!(submission(admin, &held).await["state"], "quarantined");
    let lacking = json!({"name": "Zebadiah Quixworth", "company": "Umbra Works", "email": "xylophone"});
    world.post(&path, lacking).await.problem(422);
    let (_, adapter) = a_form(app, json!({"adapter": "google_ads", "adapter_secret": "s3cret"})).await;
    world.post(&adapter, json!({
        "lead_id": "g1", "is_test": false, "google_key": "s3cret", "form_id": 4_u64, "campaign_id": 3_u64, "gcl_id": "EAIaIQ",
        "user_column_data": [
            {"column_id": "FULL_NAME", "string_value": "Zebadiah Quixworth"},
            {"column_id": "EMAIL", "string_value": "zebadiah.quixworth@example.com"},
            {"column_name": "Which instrument?", "string_value": "xylophone"},
        ],
    })).await.expect(200);
    let second = zebadiah("z.quixworth@umbra.example");
    let keyed = admin.with("Idempotency-Key", "zebadiah.quixworth@example.com");
    let second = keyed.post("/leads?duplicates=flag", second).await.expect(201).id();
    let batch = json!({"operations": [{"op": "upsert", "lead": {"email": "z.quixworth@umbra.example", "contact_name": "Zebadiah Quixworth", "company_name": "Umbra Works", "source": "website", "priority": "high", "job_title": "Xylophonist"}}]});
    admin.with("Idempotency-Key", "batch").post("/leads/batch", batch).await.expect(200);
    works_on(admin, &second).await;
    look(admin).await;
    let merge = json!({"with": [first]});
    admin.with("Idempotency-Key", "merge").post(format!("/leads/{second}/merge"), merge).await.expect(200);
    (second, first)
}

/// Everything that colleagues do with a lead.
async fn works_on(admin: &Client, lead: &str) {
    let path = format!("/leads/{lead}");
    admin
        .patch(&path, json!({"email": "quixworth@umbra.example", "job_title": "Head of xylophones"}))
        .await
        .expect(200);
    admin
        .post(format!("{path}/transitions"), json!({"to": "contacted", "note": "Zebadiah likes xylophones"}))
        .await
        .expect(200);
    let visit = json!({"kind": "page_viewed", "url": "https://x.example/xylophones?mail=zebadiah.quixworth", "visitor_id": "xylophone-1"});
    admin.post(format!("{path}/interactions"), visit).await.expect(201);
    admin
        .patch(format!("{path}/bant"), json!({"need": {"state": "met", "notes": "A new xylophone"}}))
        .await
        .expect(200);
    let mine = json!({"user_id": admin.user, "reason": "special_expertise", "note": "Plays the xylophone too"});
    admin.post(format!("{path}/assign"), mine).await.expect(200);
    let meant = json!({"field": "email", "op": "in", "value": ["quixworth@umbra.example"]});
    let action =
        json!({"kind": "transition", "to": "nurture", "reason": "bad_timing", "note": "Zebadiah Quixworth waits"});
    admin.post("/leads/bulk", json!({"where": meant, "q": "quixworth", "action": action})).await.expect(201);
    let file = "Name,E-mail,Company,Notes\nZebadiah Quixworth,zebadiah at nowhere,\"Umbra Works, Ltd.\",xylophone\n\
                Bob,bob at x,Acme,ask quixworth@umbra.example\nBob Stone,bob at stone,Acme,\n";
    import(admin, "mode=auto", file).await;
    import(
        admin,
        "mode=review&duplicates=update",
        file.replace("zebadiah at nowhere", "zebadiah.quixworth@example.com").as_str(),
    )
    .await;
}

on_both_databases!(async fn no_table_remembers_who_was_erased(app) {
    let admin = app.admin().await;
    let bob = admin.post("/leads", jane("bob")).await.expect(201).id();
    let (lead, merged) = comes_everywhere(&app, &admin).await;
    let before = everything(&app).await;
    for table in ["leads", "events", "interactions", "submissions", "merges", "idempotency_keys", "import_rejects", "imports", "lead_external_ids", "bulk_actions"] {
        assert!(marks_in(&before).iter().any(|line| line.starts_with(table)), "the story leaves nothing in {table}");
    }
    let told = admin.get(format!("/leads/{lead}/personal-data")).await.expect(200);
    for mark in MARKS.iter().filter(|mark| **mark != "736-5000") {
        assert!(told.text.to_lowercase().contains(mark), "{mark} is not told");
    }
    assert_eq!(told["merged"][0]["id"], json!(merged));
    assert_eq!(told["submissions"].as_array().unwrap().len(), 4, "{}", told["submissions"]);
    assert_eq!(told["rejected_rows"].as_array().unwrap().len(), 2, "{}", told["rejected_rows"]);
    for part in ["events", "interactions", "merges", "touches", "duplicates"] {
        assert!(!told[part].as_array().unwrap().is_empty(), "{part}");
    }

    let done = crate::erasures::erase(&admin, &lead).await;
    let after = everything(&app).await;
    let left: Vec<&str> = marks_in(&after).into_iter().collect();
    assert!(left.is_empty(), "{left:#?}");
    look(&admin).await;
    assert!(marks_in(&everything(&app).await).is_empty(), "whoever follows the log lets go, too");
    assert_eq!([&done["erased"]["leads"], &done["erased"]["submissions"], &done["erased"]["rejected_rows"]], [2, 4, 2]);
    assert_eq!(done["open_imports"].as_array().unwrap().len(), 1, "{}", done.text);
    admin.get(format!("/leads/{bob}")).await.expect(200);
    for query in ["q=zebadiah", "q=quixworth", "q=2127365000", "archived=any&q=xylophonists"] {
        let found = admin.get(format!("/leads?{query}")).await.expect(200);
        assert_eq!(found["data"], json!([]), "{query}");
    }
    let rejected = admin.get("/imports").await.expect(200);
    assert_eq!(rejected["data"].as_array().unwrap().len(), 2);
});
