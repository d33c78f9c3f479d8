//! What `leadwright serve --demo` begins with.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;
use leadwright_app::{access::NewOrganization, demo};
use leadwright_domain::{access::Scope, events::Event, ids::OrganizationId, interactions::InteractionKind};
use leadwright_persistence::CommandError;
use leadwright_tests::{ADMIN_PASSWORD, Client, TestApp, on_both_databases};
use serde_json::{Value, json};

/// Everything, as few lists are longer.
const EVERYTHING: u64 = 1_000_000;

async fn demonstrate(app: &TestApp, leads: usize) -> Result<OrganizationId, CommandError> {
    let new = NewOrganization {
        name: "Demonstration".to_owned(),
        timezone: Tz::UTC,
        country: "US".to_owned(),
        base_currency: "USD".to_owned(),
        admin_email: "admin@demo.example".to_owned(),
        admin_name: "Admin".to_owned(),
        admin_password: ADMIN_PASSWORD.to_owned(),
    };
    Ok(demo::found(&app.app, new, leads).await?.0.id)
}

async fn colleague(app: &TestApp, name: &str) -> Client {
    let credentials = json!({"email": format!("{name}@demo.example"), "password": ADMIN_PASSWORD});
    let session = app.anonymous().post("/auth/login", credentials).await.expect(200);
    app.anonymous().bearer(session["access_token"].as_str().unwrap())
}

async fn log(app: &TestApp, organization: OrganizationId) -> Vec<Event> {
    let call = app.app.call(Scope::system(organization), None);
    app.app.db.read(&call).events().after(0, EVERYTHING).await.unwrap()
}

/// How often each value of each facet comes.
async fn facets(client: &Client, by: &[&str]) -> BTreeMap<String, Vec<(Value, i64)>> {
    let counted = client.post("/leads/facets", json!({"by": by})).await.expect(200);
    let counts = |facet: &Value| -> Vec<(Value, i64)> {
        facet.as_array().unwrap().iter().map(|one| (one["value"].clone(), one["count"].as_i64().unwrap())).collect()
    };
    counted["data"].as_object().unwrap().iter().map(|(name, facet)| (name.clone(), counts(facet))).collect()
}

fn total(facet: &[(Value, i64)]) -> i64 {
    facet.iter().map(|(_, count)| count).sum()
}

on_both_databases!(async fn it_is_a_business_at_work(app) {
    let organization = demonstrate(&app, demo::LEADS).await.unwrap();
    let admin = colleague(&app, "admin").await;
    let found = facets(&admin, &["status", "stage", "rating", "priority", "source", "owner"]).await;
    assert!(total(&found["status"]) >= 500, "{found:?}");
    for (name, values) in &found {
        assert!(values.iter().all(|(_, count)| *count > 0), "{name}: {values:?}");
    }
    assert!(found["owner"].len() >= 8 && found["owner"].iter().any(|(owner, _)| owner.is_null()), "{found:?}");

    let users = admin.get("/users").await.expect(200);
    let roles: BTreeSet<&str> = users["data"].as_array().unwrap().iter().map(|user| user["role"].as_str().unwrap()).collect();
    assert_eq!(roles, BTreeSet::from(["admin", "manager", "marketer", "rep", "viewer"]));
    for (name, least, most) in [("margot.ellery", 100, 450), ("noor.castellane", 500, 700), ("tessa.quillby", 30, 200), ("basil.thornquist", 500, 700)] {
        let seen = total(&facets(&colleague(&app, name).await, &["status"]).await["status"]);
        assert!((least..most).contains(&seen), "{name} sees {seen}");
    }
    for (path, least) in [("/teams", 2), ("/capture-forms", 3), ("/custom-fields", 4), ("/tags", 6), ("/routing-rules", 5)] {
        assert!(admin.get(path).await.expect(200)["data"].as_array().unwrap().len() >= least, "{path}");
    }
    let with_phone = json!({"where": {"field": "phone", "op": "exists", "value": true}, "count": "exact", "limit": 100, "fields": ["phone"]});
    let with_phone = admin.post("/leads/search", with_phone).await.expect(200);
    assert!(with_phone["data"].as_array().unwrap().iter().all(|lead| lead["phone"].as_str().unwrap().starts_with('+')));
    assert!(with_phone["total"].as_i64().unwrap() > 200, "{}", with_phone["total"]);
    its_log_is_full_of_life(&log(&app, organization).await);
});

fn its_log_is_full_of_life(log: &[Event]) {
    let mut of_lead: BTreeMap<_, usize> = BTreeMap::new();
    for event in log {
        if let Some(lead) = event.lead_id {
            *of_lead.entry(lead).or_default() += 1;
        }
    }
    assert_eq!(of_lead.len(), demo::LEADS + demo::known::LEADS.len());
    let lively = of_lead.values().filter(|count| **count >= 3).count();
    assert!(lively * 10 >= of_lead.len() * 8, "{lively} of {} leads have three events", of_lead.len());
    assert!(
        log.windows(2).all(|two| two[0].occurred_at <= two[1].occurred_at),
        "told in the order in which it happened"
    );
    let span = log.last().unwrap().occurred_at - log[0].occurred_at;
    assert!((110..=120).contains(&span.num_days()), "{span}");
    let count = |kind: &str| log.iter().filter(|event| event.kind == kind).count();
    for kind in
        ["lead.archived", "lead.assigned", "lead.bant_changed", "lead.scored", "lead.stage_changed", "lead.updated"]
    {
        assert!(count(kind) >= 5, "{kind}");
    }
    let suspected =
        log.iter().filter(|event| event.data["match"]["suspected"].as_array().is_some_and(|list| !list.is_empty()));
    assert!(suspected.count() >= 5);
    let done = log.iter().filter_map(|event| event.data["interactions"].as_array()).flatten();
    let done: BTreeSet<&str> = done.map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(done.len(), InteractionKind::ALL.len(), "{done:?}");
}

/// Names and scores, in the order in which they came.
async fn in_order(app: &TestApp) -> Vec<(String, i64, String)> {
    let admin = colleague(app, "admin").await;
    let list = admin.get("/leads?sort=created_at&limit=100&fields=contact_name,score,email").await.expect(200);
    let lead = |lead: &Value| {
        let text = |name: &str| lead[name].as_str().unwrap().to_owned();
        (text("contact_name"), lead["score"].as_i64().unwrap(), text("email"))
    };
    list["data"].as_array().unwrap().iter().map(lead).collect()
}

on_both_databases!(async fn it_is_the_same_each_time_and_comes_once(app) {
    let other = TestApp::builder().start(app.backend).await.unwrap();
    let organization = demonstrate(&app, 90).await.unwrap();
    demonstrate(&other, 90).await.unwrap();
    let leads = in_order(&app).await;
    assert!(leads.len() >= 80);
    assert_eq!(leads, in_order(&other).await);

    let events = log(&app, organization).await.len();
    let CommandError::Refused(refusal) = demonstrate(&app, 90).await.unwrap_err() else { panic!("it came twice") };
    assert_eq!(refusal.problem.as_str(), "already-exists");
    assert_eq!((log(&app, organization).await.len(), app.app.db.organizations().await.unwrap().len()), (events, 2));
});

on_both_databases!(async fn the_examples_of_the_document_name_what_is_there(app) {
    demonstrate(&app, 20).await.unwrap();
    let admin = colleague(&app, "admin").await;
    let document = admin.at_root().get("/openapi.json").await.expect(200);
    let mut asked = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        let Some((path, operation)) = path.strip_prefix("/api/v1").zip(methods.get("get")) else { continue };
        let streams = operation["responses"]["200"]["content"].get("text/event-stream").is_some();
        // A stream ends when its job does, and only some systems ask for a challenge.
        if streams || operation["operationId"] == "answerCaptureChallenge" {
            continue;
        }
        let mut path = path.to_owned();
        for parameter in operation["parameters"].as_array().into_iter().flatten().filter(|one| one["in"] == "path") {
            let name = parameter["name"].as_str().unwrap();
            let example = parameter["example"].as_str().unwrap_or_else(|| panic!("{path}: {name} has no example"));
            path = path.replace(&format!("{{{name}}}"), example);
            asked += 1;
        }
        admin.get(&path).await.expect(200);
    }
    assert!(asked >= 15, "{asked}");
});
