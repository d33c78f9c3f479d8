//! What records of others hold of somebody who was erased.

use leadwright_tests::{Client, on_both_databases};
use serde_json::{Value, json};

use super::{erase, traces::everything};
use crate::{
    bulk_actions::{counts, undo},
    capture::{a_form, submission},
    leads::{jane, jane_with},
    suggestions::a_program,
};

/// Words that only this person has, folded.
const MARKS: [&str; 7] = ["zuleika", "zu@v.example", "4155553873", "zutown", "zutag", "zux-4711", "zu plays"];

pub(super) async fn zuleika(admin: &Client) -> String {
    let lead = json!({
        "contact_name": "Zuleika Go", "company_name": "Velo Works", "email": "zu@v.example", "phone": "+14155553873",
        "notes": "Zu plays", "city": "Zutown", "tags": ["Zutag"], "external_ids": {"crm": "zux-4711"},
        "source": "website", "priority": "low",
    });
    admin.post("/leads", lead).await.expect(201).id()
}

#[track_caller]
pub(super) fn has_no_marks(text: &str, of: &str) {
    let text = text.to_lowercase();
    let left: Vec<&&str> = MARKS.iter().filter(|mark| text.contains(**mark)).collect();
    assert!(left.is_empty(), "{of}: {left:?} in {text}");
}

on_both_databases!(async fn a_wrong_merge_that_was_taken_back_leaves_nothing_in_the_other_lead(app) {
    let admin = app.admin().await;
    let ann = admin.post("/leads", jane_with("ann", json!({"notes": "Ann sings"}))).await.expect(201).id();
    let (zu, cleo) = (zuleika(&admin).await, admin.post("/leads", jane("cleo")).await.expect(201).id());
    let path = format!("/leads/{ann}");
    admin.patch(&path, json!({"job_title": "Buyer"})).await.expect(200);
    admin.post(format!("{path}/merge"), json!({"with": [zu]})).await.expect(200);
    let further = json!({"notes": "Ann sings\n\nZu plays\n\nboth dance", "job_title": "Head buyer"});
    admin.patch(&path, further).await.expect(200);
    admin.post(format!("{path}/transitions"), json!({"to": "contacted", "note": "was friendly"})).await.expect(200);
    let (_, form) = a_form(&app, json!({})).await;
    let posted = app.anonymous().post(&form, json!({"name": "Zuleika Go", "email": "zu@v.example", "phone": "+14155553873"})).await;
    let posted = posted.expect(202);
    assert_eq!(submission(&admin, &posted).await["lead_id"], json!(ann));
    admin.post(format!("{path}/merge"), json!({"with": [cleo]})).await.expect(200);
    admin.post(format!("/leads/{zu}/unmerge"), json!({})).await.expect(200);
    let told = admin.get(format!("/leads/{zu}/personal-data")).await.expect(200);
    assert_eq!(told["submissions"].as_array().unwrap().len(), 1, "{}", told["submissions"]);

    let asked = json!({"lead_id": zu, "reason": "requested_by_person"});
    let foreseen = admin.post("/erasures?dry_run=true", asked).await.expect(200);
    let done = erase(&admin, &zu).await;
    assert_eq!((&done["erased"], &done["leads"]), (&foreseen["erased"], &json!([zu])));
    for below in ["", "/timeline", "/history", "/personal-data", "/suggestions", "/interactions"] {
        has_no_marks(&admin.get(format!("{path}{below}")).await.expect(200).text, below);
    }
    has_no_marks(&everything(&app).await, "the database");
    assert_eq!(submission(&admin, &posted).await["state"], "erased");
    // What is hers alone stays.
    let timeline = admin.get(format!("{path}/timeline")).await.expect(200).text;
    for own in ["Buyer", "Head buyer", "was friendly"] {
        assert!(timeline.contains(own), "{own}: {timeline}");
    }
    assert_eq!(admin.get(&path).await.expect(200)["job_title"], "Head buyer");
    // What was kept of the other merge had her values, too.
    let problem = admin.post(format!("/leads/{cleo}/unmerge"), json!({})).await.problem(409);
    assert!(problem["detail"].as_str().unwrap().contains("erased"), "{problem}");
});

on_both_databases!(async fn whoever_was_merged_by_mistake_is_not_erased_with_the_other(app) {
    let admin = app.admin().await;
    let lead = json!({"contact_name": "Ann Lee", "company_name": "Acme", "phone": "+12127365000", "source": "website", "priority": "low"});
    let (ann, zu) = (admin.post("/leads", lead).await.expect(201).id(), zuleika(&admin).await);
    admin.post(format!("/leads/{ann}/merge"), json!({"with": [zu]})).await.expect(200);
    let (_, form) = a_form(&app, json!({})).await;
    let post = async |who: Value| {
        let posted = app.anonymous().post(&form, who).await.expect(202);
        assert_eq!(submission(&admin, &posted).await["lead_id"], json!(ann));
        posted
    };
    let of_zu = post(json!({"name": "Zuleika Go", "email": "zu@v.example", "message": "in private"})).await;
    let of_ann = post(json!({"name": "Ann Lee", "company": "Acme", "phone": "+12127365000"})).await;
    admin.post(format!("/leads/{zu}/unmerge"), json!({})).await.expect(200);
    let posts_of = async |lead: &str| {
        let told = admin.get(format!("/leads/{lead}/personal-data")).await.expect(200);
        let posts: Vec<Value> = told["submissions"].as_array().unwrap().iter().map(|post| post["id"].clone()).collect();
        (told, posts)
    };
    let (told, posts) = posts_of(&ann).await;
    has_no_marks(&told.text, "what is told to one of them");
    assert!(told.text.contains("leads.unmerged"), "{}", told.text);
    assert_eq!(posts, [json!(of_ann.text_of("receipt_id"))]);
    assert_eq!(posts_of(&zu).await.1, [json!(of_zu.text_of("receipt_id"))]);
    let asked = json!({"lead_id": ann, "reason": "requested_by_person"});
    let foreseen = admin.post("/erasures?dry_run=true", asked).await.expect(200);
    let done = erase(&admin, &ann).await;
    assert_eq!((&done["erased"], &done["erased"]["submissions"]), (&foreseen["erased"], &json!(1)));
    assert_eq!(done["erased"]["tombstones"], 1, "the address was never hers: {}", done.text);
    assert_eq!(submission(&admin, &of_ann).await["state"], "erased");
    assert_eq!(admin.get(format!("/leads/{zu}")).await.expect(200)["email"], "zu@v.example");
    // It is found still when its own person goes.
    assert_eq!(posts_of(&zu).await.1, [json!(of_zu.text_of("receipt_id"))]);
    erase(&admin, &zu).await;
    assert_eq!(submission(&admin, &of_zu).await["state"], "erased");
    has_no_marks(&everything(&app).await, "the database");
});

on_both_databases!(async fn a_number_of_somebody_else_is_not_erased_when_it_was_changed_meanwhile(app) {
    let admin = app.admin().await;
    let own = json!({"phone": "+12127365000"});
    let (ann, zu) = (admin.post("/leads", jane_with("ann", own)).await.expect(201).id(), zuleika(&admin).await);
    let merge = json!({"with": [zu], "fields": {"phone": zu}});
    let merged = admin.post(format!("/leads/{ann}/merge"), merge).await.expect(200);
    assert!(merged.text.contains("+14155553873"), "{}", merged.text);
    admin.patch(format!("/leads/{ann}"), json!({"phone": "+13105550123"})).await.expect(200);
    admin.post(format!("/leads/{zu}/unmerge"), json!({})).await.expect(200);
    let (_, form) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let held = async |phone: &str| {
        let spam = json!({"name": "Somebody", "phone": phone, "_gotcha": "x"});
        app.anonymous().post(&form, spam).await.expect(202)
    };
    let (of_zu, of_ann) = (held("+14155553873").await, held("+12127365000").await);
    let done = erase(&admin, &ann).await;
    assert_eq!(done["erased"]["tombstones"], 3, "her address and both numbers: {}", done.text);
    assert_eq!(submission(&admin, &of_ann).await["state"], "erased", "she had this number until the merge");
    assert_eq!(submission(&admin, &of_zu).await["state"], "quarantined");
});

on_both_databases!(async fn saved_views_forget_whom_they_were_made_to_find(app) {
    let admin = app.admin().await;
    let (zu, bob) = (zuleika(&admin).await, admin.post("/leads", jane("bob")).await.expect(201).id());
    let test = |op: &str, value: Value| json!({"field": "email", "op": op, "value": value});
    let save = async |view: Value| admin.post("/views", view).await.expect(201).id();
    let own = save(json!({"name": "Zuleika mine", "where": test("eq", json!("zu@v.example"))})).await;
    let words = save(json!({"name": "v", "q": "Zuleika Go", "shared": true})).await;
    let list = save(json!({"name": "Two", "where": test("in", json!(["zu@v.example", "bob@example.com"]))})).await;
    let other = save(json!({"name": "Go on", "q": "go"})).await;
    erase(&admin, &zu).await;
    has_no_marks(&admin.get("/views").await.expect(200).text, "views");
    has_no_marks(&everything(&app).await, "the database");
    for view in [&own, &words] {
        let read = admin.get(format!("/views/{view}")).await.expect(200);
        assert_eq!((read["broken"].as_array().unwrap().len(), &read["q"]), (1, &json!(null)), "{}", read.text);
        let problem = admin.get(format!("/leads?view={view}")).await.problem(422);
        assert_eq!(problem["errors"][0]["code"], "broken_view", "it must not mean everybody now: {problem}");
        admin.patch(format!("/views/{view}"), json!({"where": test("eq", json!("bob@example.com"))})).await.expect(200);
    }
    for view in [&own, &words, &list] {
        assert_eq!(admin.get(format!("/leads?view={view}")).await.expect(200)["data"][0]["id"], json!(bob));
    }
    let read = admin.get(format!("/views/{list}")).await.expect(200);
    assert_eq!((&read["name"], &read["version"], &read["where"]["value"]), (&json!("Two"), &json!(2), &json!(["bob@example.com"])));
    let read = admin.get(format!("/views/{other}")).await.expect(200);
    assert_eq!((&read["name"], &read["q"], &read["version"]), (&json!("Go on"), &json!("go"), &json!(1)));
});

on_both_databases!(async fn bulk_actions_forget_how_the_lead_was(app) {
    let admin = app.admin().await;
    let tagged = json!({"tags": ["fair"]});
    let (zu, bob) = (zuleika(&admin).await, admin.post("/leads", jane_with("bob", tagged)).await.expect(201).id());
    admin.patch(format!("/leads/{zu}"), json!({"tags": ["fair", "Zutag"]})).await.expect(200);
    let order = async |ids: &[&String], action: Value| {
        admin.post("/leads/bulk", json!({"ids": ids, "action": action})).await.expect(201)
    };
    let both = order(&[&zu, &bob], json!({"kind": "remove_tags", "tags": ["fair"]})).await;
    let alone = order(&[&zu], json!({"kind": "remove_tags", "tags": ["Zutag"]})).await;
    let noted = json!({"kind": "transition", "to": "contacted", "note": "spoke to Zu, who is a zebra"});
    let noted = order(&[&zu], noted).await;
    let named = order(&[&zu, &bob], json!({"kind": "add_tags", "tags": ["Zuleika Go", "vip"]})).await;
    let kept = json!({"kind": "transition", "to": "contacted", "note": "all were called"});
    let kept = order(&[&bob], kept).await;
    let before = everything(&app).await;
    assert!(before.lines().any(|line| line.starts_with("bulk_parts") && line.contains("zutag")), "{before}");

    erase(&admin, &zu).await;
    let after = everything(&app).await;
    // The other lead bears the tag still.
    let kept_of_bulk: Vec<&str> = after.lines().filter(|line| line.starts_with("bulk_")).collect();
    has_no_marks(&kept_of_bulk.join("\n"), "bulk actions");
    assert!(!after.contains("zebra"), "{after}");
    let read = async |action: &leadwright_tests::Reply| {
        admin.get(format!("/bulk-actions/{}", action.id())).await.expect(200)["action"].clone()
    };
    assert_eq!((&read(&noted).await["note"], &read(&kept).await["note"]), (&json!(null), &json!("all were called")));
    assert_eq!((&read(&alone).await["tags"], &read(&named).await["tags"]), (&json!([]), &json!(["vip"])));
    // The other is put back, unless somebody changed it since; of whom nothing is kept there is nothing to tell.
    for (action, expected) in [(&kept, [1, 0, 0]), (&both, [0, 0, 1]), (&alone, [0, 0, 0])] {
        assert_eq!(counts(&undo(&admin, action).await.expect(201)), expected);
    }
});

on_both_databases!(async fn suggestions_for_others_go_where_they_name_the_person(app) {
    let admin = app.admin().await;
    let zu = zuleika(&admin).await;
    let more = json!({"city": "Bonn", "job_title": "Buyer"});
    let sue = admin.post("/leads", jane_with("sue", more)).await.expect(201).id();
    let weaker = json!({"city": "Ulm", "job_title": "Stands in for zu@v.example"});
    let program = a_program(&admin).await;
    program.post("/leads?duplicates=update", jane_with("sue", weaker)).await.expect(200);
    let fields = async || {
        let found = admin.get(format!("/leads/{sue}/suggestions")).await.expect(200);
        let fields: Vec<Value> = found["data"].as_array().unwrap().iter().map(|one| one["field"].clone()).collect();
        fields
    };
    assert_eq!(fields().await.len(), 2);
    erase(&admin, &zu).await;
    assert_eq!(fields().await, ["city"]);
    has_no_marks(&everything(&app).await, "the database");
});
