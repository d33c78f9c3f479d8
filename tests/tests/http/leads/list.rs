use std::collections::BTreeSet;

use leadwright_domain::access::Role;
use leadwright_tests::{Client, on_both_databases};
use serde_json::{Value, json};

use super::{a_lead, create, insert, names, plain};

/// All leads of a list, page by page over the links.
async fn walk(client: &Client, first: &str) -> Vec<Value> {
    let (mut path, mut all) = (first.to_owned(), vec![]);
    loop {
        let page = client.get(&path).await.expect(200);
        all.extend(page["data"].as_array().unwrap().iter().cloned());
        let link = page.header("link");
        let Some(next) = link.strip_prefix("</api/v1").and_then(|rest| rest.split_once('>')) else {
            assert_eq!(page["page"], json!({"next_cursor": null, "has_more": false}));
            return all;
        };
        path = next.0.to_owned();
    }
}

on_both_databases!(async fn pages_hold_every_lead_once_in_order_over_ties(app) {
    let admin = app.admin().await;
    // Five moments and three scores, so that every page ends within a tie.
    let at = |number: u64| leadwright_domain::condition::arbitrary::now() + chrono::TimeDelta::minutes((number % 5) as i64);
    let leads: Vec<_> = (0..53).map(|number| {
        let mut lead = plain(number);
        lead.created_at = at(number);
        lead.score.total = [10, 50, 90][number as usize % 3];
        lead
    }).collect();
    insert(&app, leads).await;
    for sort in ["created_at", "-created_at", "score", "-score"] {
        let all = walk(&admin, &format!("/leads?limit=7&sort={sort}&status=new")).await;
        let ids: BTreeSet<&str> = all.iter().map(|lead| lead["id"].as_str().unwrap()).collect();
        assert_eq!((all.len(), ids.len()), (53, 53), "{sort}");
        let key = |lead: &Value| {
            let key = sort.trim_start_matches('-');
            (lead[key].as_i64().unwrap_or_default(), lead[key].as_str().unwrap_or_default().to_owned(), lead["id"].as_str().unwrap().to_owned())
        };
        let keys: Vec<_> = all.iter().map(key).collect();
        let ordered = if sort.starts_with('-') { keys.windows(2).all(|two| two[0] > two[1]) } else { keys.is_sorted() };
        assert!(ordered, "{sort}: {keys:?}");
    }
});

on_both_databases!(async fn a_cursor_belongs_to_its_caller_filter_and_sort(app) {
    let admin = app.admin().await;
    insert(&app, (0..3).map(plain).collect()).await;
    let page = admin.get("/leads?limit=1&status=new").await.expect(200);
    let cursor = page["page"]["next_cursor"].as_str().unwrap();
    assert_eq!(admin.get(format!("/leads?limit=2&status=new&cursor={cursor}")).await.expect(200)["page"]["has_more"], false);
    for path in [
        format!("/leads?cursor={cursor}"),
        format!("/leads?status=new&sort=score&cursor={cursor}"),
        "/leads?status=new&cursor=AAAA".to_owned(),
        "/leads?status=new&cursor=%00".to_owned(),
    ] {
        admin.get(&path).await.problem(422);
    }
    let other = app.sign_in(Role::Admin).await;
    assert_eq!(other.get(format!("/leads?status=new&cursor={cursor}")).await.problem(422)["code"], "invalid-cursor");
    app.advance(chrono::TimeDelta::hours(25));
    assert_eq!(admin.get(format!("/leads?status=new&cursor={cursor}")).await.problem(422)["code"], "invalid-cursor");
});

on_both_databases!(async fn filters_narrow_the_list_and_counts_agree(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    create(&admin, "Ann Free").await;
    let mut body = a_lead("Bob Owned");
    (body["owner_id"], body["source"], body["priority"]) = (json!(rep.user.unwrap()), json!("referral"), json!("high"));
    let bob = admin.post("/leads", body).await.expect(201);
    let gone = create(&admin, "Cid Gone").await;
    admin.delete(format!("/leads/{}", gone.id())).await;
    let rating = bob["rating"].as_str().unwrap().to_owned();
    for (query, found) in [
        ("", "Bob Owned, Ann Free"),
        ("sort=created_at", "Ann Free, Bob Owned"),
        ("status=new,contacted", "Bob Owned, Ann Free"),
        ("status=converted", ""),
        ("source=referral", "Bob Owned"),
        ("source=referral,website", "Bob Owned, Ann Free"),
        ("priority=high,critical", "Bob Owned"),
        ("owner_id=none", "Ann Free"),
        ("owner_id=me", ""),
        (&format!("owner_id={}", rep.user.unwrap()), "Bob Owned"),
        (&format!("rating={rating}&priority=high"), "Bob Owned"),
        ("team_id=0199b2a4-5c00-7000-8000-000000000001", ""),
        ("score_gte=0&score_lte=100", "Bob Owned, Ann Free"),
        ("score_gte=100", ""),
        ("created_after=2020-01-01T00:00:00Z&created_before=2100-01-01T00:00:00%2B02:00", "Bob Owned, Ann Free"),
        ("updated_after=2100-01-01T00:00:00Z", ""),
        ("stage=none", "Bob Owned, Ann Free"),
        ("archived=true", "Cid Gone"),
        ("archived=any", "Cid Gone, Bob Owned, Ann Free"),
    ] {
        for count in ["exact", "estimate"] {
            let page = admin.get(format!("/leads?count={count}&{query}")).await.expect(200);
            assert_eq!(names(&page).join(", "), found, "{query}");
            assert_eq!(page["total"], names(&page).len(), "{query}");
        }
    }
    assert_eq!(names(&rep.get("/leads?owner_id=me").await.expect(200)), ["Bob Owned"]);
    assert_eq!(admin.get("/leads").await.expect(200)["total"], Value::Null);
});

on_both_databases!(async fn text_search_finds_what_people_type(app) {
    let admin = app.admin().await;
    create(&admin, "Zoe Other").await;
    let body = json!({
        "contact_name": "José Müller", "company_name": "Smith & Sons Ltd.", "email": "jose.mueller@mail.example.com",
        "phone": "+1 415 555 2671", "source": "website", "priority": "low"
    });
    admin.post("/leads", body).await.expect(201);
    for query in ["jos", "JOSE", "m%C3%BCller", "muller%20smith", "sons", "jose.mueller@mail.example.com", "%40mail.example", "5552671", "(415)%20555-2671"] {
        let page = admin.get(format!("/leads?q={query}&count=exact")).await.expect(200);
        assert_eq!((names(&page), page["total"].as_i64()), (vec!["José Müller"], Some(1)), "{query}");
    }
    assert_eq!(names(&admin.get("/leads?q=muller%20zoe").await.expect(200)), Vec::<&str>::new());
    assert_eq!(admin.get("/leads?q=%27%22%26%7C").await.problem(422)["errors"][0]["code"], "no_words");
});

on_both_databases!(async fn fields_and_related_records(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let mut body = a_lead("Ann Free");
    body["owner_id"] = json!(rep.user.unwrap());
    let ann = admin.post("/leads", body).await.expect(201);
    let page = admin.get("/leads?fields=contact_name,score&include=owner,source").await.expect(200);
    let lead = page["data"][0].as_object().unwrap();
    assert_eq!(lead.keys().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(["contact_name", "id", "lead_source", "owner", "score"]));
    assert_eq!((&lead["id"], &lead["owner"]["id"]), (&json!(ann.id()), &json!(rep.user.unwrap())));
    assert_eq!(lead["lead_source"]["code"], "website");
    let whole = admin.get("/leads").await.expect(200);
    assert_eq!(whole["data"][0], ann.json);
});

on_both_databases!(async fn every_fault_comes_with_its_repair(app) {
    let admin = app.admin().await;
    let path = "/leads?status=nwe&sort=-scor&limit=500&source=webste&owner_id=you&fields=contact_nam&include=ownr&colour=red&created_after=may";
    let problem = admin.get(path).await.problem(422);
    let fault = |name: &str| {
        let faults = problem["errors"].as_array().unwrap();
        faults.iter().find(|fault| fault["parameter"] == name).unwrap_or_else(|| panic!("{name}: {problem}")).clone()
    };
    assert_eq!(fault("status")["suggestion"], "new");
    assert_eq!(fault("sort")["suggestion"], "-score");
    assert_eq!(fault("sort")["detail"], "Choose from: -created_at, created_at, -score, score.");
    assert_eq!(fault("source")["suggestion"], "website");
    assert_eq!(fault("fields")["suggestion"], "contact_name");
    assert_eq!(fault("include")["suggestion"], "owner");
    for name in ["limit", "owner_id", "colour", "created_after"] {
        fault(name);
    }
    app.anonymous().get("/leads").await.problem(401);
    assert_eq!(names(&app.stranger().await.get("/leads").await.expect(200)), Vec::<&str>::new());
});
