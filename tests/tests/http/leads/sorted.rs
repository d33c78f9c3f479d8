//! Lists in the order of custom fields.

use leadwright_domain::{
    access::{Role, Scope},
    ids::UserId,
    leads::Lead,
    views::LeadSort,
};
use leadwright_persistence::leads::{ListQuery, Sort, Wanted};
use leadwright_tests::{Client, Reply, TestApp, on_both_databases};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use super::{
    export::{column, rows},
    faults, insert, jane_with, names, plain,
};
use crate::views::save;

/// An indexed custom field whose key is its kind.
async fn field(admin: &Client, kind: &str, more: Value) -> Reply {
    let mut field = json!({"key": kind, "label": kind, "kind": kind, "indexed": true});
    field.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    admin.post("/custom-fields", field).await.expect(201)
}

/// Values of each kind in their order; those of one row are the same.
fn ordered() -> Vec<(&'static str, Vec<Vec<Value>>)> {
    let long = |end: &str| json!(format!("Zz{}{end}", "🦆".repeat(198)));
    vec![
        (
            "text",
            vec![
                vec![json!("10 \"it\"")],
                vec![json!("9 \\")],
                vec![json!("Anna"), json!(" anna ")],
                vec![json!("Émile"), json!("emile")],
                // Beyond the two hundredth character nothing is told apart.
                vec![long("a"), long("b")],
            ],
        ),
        ("number", vec![vec![json!(-3.5)], vec![json!(0)], vec![json!(2), json!(2.0)], vec![json!(10)]]),
        ("boolean", vec![vec![json!(false)], vec![json!(true)]]),
        ("date", vec![vec![json!("1999-12-31")], vec![json!("2024-02-29")]]),
        (
            "datetime",
            vec![
                vec![json!("2025-01-01T00:00:00+02:00")],
                vec![json!("2024-12-31T23:00:00Z"), json!("2025-01-01T01:00:00+02:00")],
            ],
        ),
        ("url", vec![vec![json!("https://a.example/")], vec![json!("https://b.example/")]]),
        ("single_select", vec![vec![json!("Large")], vec![json!("Small")]]),
    ]
}

/// Leads whose values of a kind come round and round, none among them; with the place of the value, which none lacks.
fn filled(kind: &str, ordered: &[Vec<Value>], owners: &[Option<UserId>]) -> Vec<(Option<usize>, Lead)> {
    let lead = |number: usize| {
        let mut lead = plain(number as u64);
        lead.owner_id = owners[number / 2 % owners.len()];
        let place = number % (ordered.len() + 1);
        let same = ordered.get(place);
        if let Some(same) = same {
            lead.profile.custom.insert(kind.to_owned(), same[number / 7 % same.len()].clone());
        }
        (same.map(|_| place), lead)
    };
    (0..41).map(lead).collect()
}

/// The ids in the order that a list should have.
fn expected(leads: &[(Option<usize>, Lead)], descending: bool, sees: impl Fn(&Lead) -> bool) -> Vec<String> {
    let mut leads: Vec<_> =
        leads.iter().filter(|(_, lead)| sees(lead)).map(|(place, lead)| (*place, lead.id)).collect();
    leads.sort_unstable();
    if descending {
        leads.reverse();
    }
    let (known, unknown): (Vec<_>, Vec<_>) = leads.into_iter().partition(|(place, _)| place.is_some());
    known.into_iter().chain(unknown).map(|(_, id)| id.to_string()).collect()
}

fn ids(page: &Reply) -> Vec<String> {
    page["data"].as_array().unwrap().iter().map(|lead| lead["id"].as_str().unwrap().to_owned()).collect()
}

/// All leads of a list over its links, some at a time.
async fn listed(client: &Client, first: String) -> Vec<String> {
    let (mut path, mut all) = (first, vec![]);
    loop {
        let page = client.get(&path).await.expect(200);
        all.extend(ids(&page));
        let Some(next) = page.header("link").strip_prefix("</api/v1").and_then(|rest| rest.split_once('>')) else {
            return all;
        };
        path = next.0.to_owned();
    }
}

/// All leads of a search over its cursors, some at a time.
async fn searched(client: &Client, mut wish: Value) -> Vec<String> {
    let mut all = vec![];
    loop {
        let page = client.post("/leads/search", wish.clone()).await.expect(200);
        all.extend(ids(&page));
        match &page["page"]["next_cursor"] {
            Value::Null => return all,
            cursor => wish["cursor"] = cursor.clone(),
        }
    }
}

async fn pages_hold(app: &TestApp, kind: &str, values: &[Vec<Value>]) {
    let admin = app.admin().await;
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let more = if kind == "single_select" { json!({"options": ["Small", "Large"]}) } else { json!({}) };
    let field = field(&admin, kind, more).await;
    let leads = filled(kind, values, &[rep.user, other.user, None]);
    insert(app, leads.iter().map(|(_, lead)| lead.clone()).collect()).await;
    for descending in [false, true] {
        let sort = format!("{}custom.{kind}", if descending { "-" } else { "" });
        let all = expected(&leads, descending, |_| true);
        assert_eq!(listed(&admin, format!("/leads?limit=4&sort={sort}")).await, all, "{sort}");
        let mine = expected(&leads, descending, |lead| lead.owner_id.is_none() || lead.owner_id == rep.user);
        assert_eq!(listed(&rep, format!("/leads?limit=3&sort={sort}")).await, mine, "a rep by {sort}");
        let wish = json!({"sort": sort, "limit": 5, "where": {"field": "status", "op": "eq", "value": "new"}});
        assert_eq!(searched(&admin, wish).await, all, "search by {sort}");
        let file = admin.get(format!("/leads/export?columns=id&sort={sort}")).await.expect(200);
        assert_eq!(column(&file, "id"), all, "export by {sort}");
    }
    // The next kind begins with leads of its own.
    admin.patch(format!("/custom-fields/{}", field.id()), json!({"active": false})).await.expect(200);
    let archive = json!({"ids": all_of(&leads), "action": {"kind": "archive"}});
    admin.post("/leads/bulk", archive).await.expect(201);
}

fn all_of(leads: &[(Option<usize>, Lead)]) -> Vec<String> {
    leads.iter().map(|(_, lead)| lead.id.to_string()).collect()
}

on_both_databases!(async fn pages_by_a_custom_field_hold_every_lead_once_in_order(app) {
    for (kind, values) in ordered() {
        pages_hold(&app, kind, &values).await;
    }
});

on_both_databases!(async fn a_cursor_of_long_texts_fits_a_search(app) {
    let admin = app.admin().await;
    field(&admin, "text", json!({})).await;
    for (name, text) in [("ann", "🦆".repeat(300)), ("bea", "\"".repeat(300)), ("cid", "\\".repeat(300))] {
        admin.post("/leads", jane_with(name, json!({"custom": {"text": text}}))).await.expect(201);
    }
    let found = searched(&admin, json!({"sort": "-custom.text", "limit": 1})).await;
    assert_eq!(found.len(), 3);
});

on_both_databases!(async fn what_is_no_order_is_refused_and_told_what_is(app) {
    let admin = app.admin().await;
    field(&admin, "number", json!({})).await;
    field(&admin, "text", json!({"indexed": false})).await;
    let several = json!({"options": ["a", "b"]});
    field(&admin, "multi_select", several).await;
    let retired = field(&admin, "date", json!({})).await;
    admin.patch(format!("/custom-fields/{}", retired.id()), json!({"active": false})).await.expect(200);
    let all = "Choose from: -created_at, created_at, -score, score, -custom.number, custom.number.";
    for (sort, why) in [
        ("custom.none", "There is no custom field `none`. "),
        ("-custom.text", "The custom field `text` is not `indexed`; an admin can change that. "),
        ("custom.multi_select", "Lists such as those of `custom.multi_select` have no order. "),
        ("custom.date", "The custom field `date` is retired. "),
        ("contact_name", ""),
        ("", ""),
    ] {
        let said = format!("{why}{all}");
        for path in [format!("/leads?sort={sort}"), format!("/leads/export?sort={sort}")] {
            let fault = &admin.get(&path).await.problem(422)["errors"][0];
            assert_eq!((&fault["parameter"], &fault["code"], &fault["detail"]), (&json!("sort"), &json!("invalid_choice"), &json!(said)), "{path}");
        }
        for (path, body) in [
            ("/leads/search", json!({"sort": sort})),
            ("/leads/export", json!({"sort": sort})),
            ("/views", json!({"name": "So", "sort": sort})),
        ] {
            let problem = admin.post(path, body).await.problem(422);
            assert_eq!(faults(&problem), [("#/sort", "invalid_choice")], "{path} {sort}");
            // What can be an order nowhere is refused with whatever else has the wrong shape.
            let said = if why.is_empty() { "Choose one of: -created_at, created_at, -score, score." } else { &said };
            assert_eq!(problem["errors"][0]["detail"], said, "{path}");
        }
    }
    for sort in [json!(1), json!(["score"]), json!({"by": "score"}), json!(true)] {
        for path in ["/leads/search", "/views"] {
            let problem = admin.post(path, json!({"name": "So", "sort": sort})).await.problem(422);
            let said: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|fault| fault["detail"].clone()).collect();
            let four = "Choose one of: -created_at, created_at, -score, score.";
            assert!(said.contains(&json!(four)) && said.contains(&json!("It is not of type \"string\".")), "{path} {problem}");
        }
    }
    // What another organization can order by is nobody's business.
    let stranger = app.stranger().await;
    let detail = stranger.get("/leads?sort=custom.number").await.problem(422)["errors"][0]["detail"].clone();
    assert_eq!(detail, "There is no custom field `number`. Choose from: -created_at, created_at, -score, score.");
});

on_both_databases!(async fn each_organization_lists_its_own_leads_by_a_field_of_one_name(app) {
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    for (client, seats) in [(&admin, [3, 1, 2]), (&stranger, [20, 30, 10])] {
        field(client, "number", json!({})).await;
        for (name, seats) in ["ann", "bea", "cid"].into_iter().zip(seats) {
            client.post("/leads", jane_with(name, json!({"custom": {"number": seats}}))).await.expect(201);
        }
    }
    assert_eq!(names(&admin.get("/leads?sort=-custom.number").await.expect(200)), ["Jane ann", "Jane cid", "Jane bea"]);
    assert_eq!(names(&stranger.get("/leads?sort=-custom.number").await.expect(200)), ["Jane bea", "Jane ann", "Jane cid"]);
    let page = admin.get("/leads?sort=custom.number&limit=1").await.expect(200);
    let cursor = page["page"]["next_cursor"].as_str().unwrap();
    for path in [format!("/leads?sort=-custom.number&limit=1&cursor={cursor}"), format!("/leads?limit=1&cursor={cursor}")] {
        assert_eq!(admin.get(&path).await.problem(422)["code"], "invalid-cursor");
    }
});

on_both_databases!(async fn a_view_keeps_an_order_and_says_when_it_is_none_any_more(app) {
    let admin = app.admin().await;
    let number = field(&admin, "number", json!({})).await;
    for (name, seats) in [("ann", 1), ("bea", 3), ("cid", 2)] {
        let lead = jane_with(name, json!({"priority": "high", "custom": {"number": seats}}));
        admin.post("/leads", lead).await.expect(201);
    }
    let view = save(&admin, "Largest", json!({"sort": "-custom.number"})).await.expect(201);
    let (list, path) = (format!("/leads?view={}", view.id()), format!("/views/{}", view.id()));
    assert_eq!((&view["sort"], &view["broken"]), (&json!("-custom.number"), &json!([])));
    assert_eq!(names(&admin.get(&list).await.expect(200)), ["Jane bea", "Jane cid", "Jane ann"]);
    let file = admin.post("/leads/export", json!({"view": view.id(), "columns": ["contact_name"]})).await.expect(200);
    assert_eq!(column(&file, "contact_name"), ["Jane bea", "Jane cid", "Jane ann"]);

    admin.patch(format!("/custom-fields/{}", number.id()), json!({"indexed": false})).await.expect(200);
    let broken = admin.with("If-None-Match", view.etag()).get(&path).await.expect(200);
    assert!(broken["broken"][0].as_str().unwrap().contains("is not `indexed`"), "{}", broken.text);
    let problem = admin.get(&list).await.problem(422);
    assert_eq!((&problem["errors"][0]["parameter"], &problem["errors"][0]["code"]), (&json!("view"), &json!("broken_view")));
    let problem = admin.post("/leads/search", json!({"view": view.id()})).await.problem(422);
    assert_eq!(faults(&problem), [("#/view", "broken_view")]);
    // Whoever wants another order, or none, takes the view all the same.
    assert_eq!(names(&admin.get(format!("{list}&sort=created_at")).await.expect(200)), ["Jane ann", "Jane bea", "Jane cid"]);
    admin.post("/leads/facets", json!({"view": view.id(), "by": ["priority"]})).await.expect(200);
    admin.patch(&path, json!({"name": "Large"})).await.expect(200);
    assert_eq!(faults(&admin.patch(&path, json!({"sort": "custom.number"})).await.problem(422)), [("#/sort", "invalid_choice")]);
    let mended = admin.patch(&path, json!({"sort": "-score"})).await.expect(200);
    assert_eq!((&mended["sort"], &mended["broken"]), (&json!("-score"), &json!([])));
    admin.get(&list).await.expect(200);
});

on_both_databases!(async fn an_order_that_takes_too_long_is_given_up(app) {
    let admin = app.admin().await;
    field(&admin, "number", json!({})).await;
    admin.post("/leads", jane_with("ann", json!({"custom": {"number": 1}}))).await.expect(201);
    let database = app.database().await;
    database.execute_unprepared("ALTER TABLE leads RENAME TO kept").await.unwrap();
    let view = "CREATE VIEW leads AS WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever) \
                SELECT kept.* FROM kept, forever WHERE forever.n < 0";
    database.execute_unprepared(view).await.unwrap();
    database.close().await.unwrap();
    for problem in [
        admin.get("/leads?sort=custom.number").await.problem(422),
        admin.post("/leads/search", json!({"sort": "-custom.number"})).await.problem(422),
    ] {
        assert_eq!(problem["code"], "condition-too-costly");
        assert!(problem["detail"].as_str().unwrap().contains("in the order of `custom.number`"), "{problem}");
    }
});

on_both_databases!(async fn a_long_export_by_a_custom_field_is_whole_and_in_order(app) {
    let admin = app.admin().await;
    field(&admin, "number", json!({})).await;
    let lead = |number: u64| {
        let mut lead = plain(number);
        if !number.is_multiple_of(5) {
            lead.profile.custom.insert("number".to_owned(), json!(number * 7 % 1_009));
        }
        lead
    };
    for chunk in 0..3_u64 {
        insert(&app, (chunk * 750..(chunk + 1) * 750).map(lead).collect()).await;
    }
    let file = admin.get("/leads/export?sort=-custom.number&columns=custom.number").await.expect(200);
    let rows = rows(&file);
    let known: Vec<u64> = rows[1..].iter().filter_map(|row| row[1].parse().ok()).collect();
    assert_eq!((rows.len() - 1, known.len()), (2_250, 1_800));
    assert!(known.is_sorted_by(|a, b| a >= b) && rows[1_801..].iter().all(|row| row[1].is_empty()));
    // So many are sorted at once that no test has as many; they go on where they stopped all the same.
    let call = app.app.call(Scope::system(app.organization), None);
    let config = app.app.configuration(&call).await.unwrap();
    let sort = Sort::of(&LeadSort::of("-custom.number"), &config.custom_fields, &config.catalogue).unwrap();
    let reader = app.app.db.read(&call);
    let mut query = ListQuery { wanted: Wanted::default(), sort, after: None, limit: 1_000 };
    let mut all = vec![];
    loop {
        let (ids, next) = reader.leads().list_ids(&query).await.unwrap();
        all.extend(ids.iter().map(ToString::to_string));
        query.after = next;
        if query.after.is_none() {
            break;
        }
    }
    assert_eq!(all, column(&file, "id"));
});
