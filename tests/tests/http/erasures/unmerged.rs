//! Who is told and erased of two people who were one lead for a while.

use leadwright_tests::{Backend, Client, Reply, TestApp, on_both_databases};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use super::{
    elsewhere::{has_no_marks, zuleika},
    erase,
    traces::everything,
};
use crate::{
    capture::{a_form, submission},
    leads::{jane, jane_with},
};

/// Somebody of whom no e-mail address is known.
async fn ann(admin: &Client) -> String {
    let lead = json!({"contact_name": "Ann Lee", "company_name": "Acme", "phone": "+12127365000", "source": "website", "priority": "low"});
    admin.post("/leads", lead).await.expect(201).id()
}

async fn merge(admin: &Client, lead: &str, into: &str) {
    admin.post(format!("/leads/{into}/merge"), json!({"with": [lead]})).await.expect(200);
}

async fn unmerge(admin: &Client, lead: &str) {
    admin.post(format!("/leads/{lead}/unmerge"), json!({})).await.expect(200);
}

/// What is told of a lead, and the ids of the posts in it.
async fn told_of(admin: &Client, lead: &str) -> (Reply, Vec<Value>) {
    let told = admin.get(format!("/leads/{lead}/personal-data")).await.expect(200);
    let posts: Vec<Value> = told["submissions"].as_array().unwrap().iter().map(|post| post["id"].clone()).collect();
    (told, posts)
}

/// Posts what is taken for spam and waits for review.
async fn held(app: &TestApp, form: &str, mut post: Value) -> Reply {
    post["_gotcha"] = json!("x");
    app.anonymous().post(form, post).await.expect(202)
}

on_both_databases!(async fn a_post_that_was_released_while_two_were_one_stays_with_its_sender(app) {
    let admin = app.admin().await;
    let (ann, zu) = (ann(&admin).await, zuleika(&admin).await);
    let (_, form) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let of_zu = json!({"name": "Zuleika Go", "email": "zu@v.example", "message": "in private"});
    let posted = [held(&app, &form, of_zu.clone()).await, held(&app, &form, of_zu).await];
    merge(&admin, &zu, &ann).await;
    for post in &posted {
        let release = format!("/submissions/{}/release", post.text_of("receipt_id"));
        assert_eq!(admin.post(release, json!({})).await.expect(200)["lead_id"], json!(ann));
    }
    unmerge(&admin, &zu).await;
    let (told, posts) = told_of(&admin, &ann).await;
    has_no_marks(&told.text, "what is told to one of them");
    assert_eq!((posts, told_of(&admin, &zu).await.1.len()), (vec![], 2));
    assert_eq!(erase(&admin, &ann).await["erased"]["submissions"], 0);
    assert_eq!(erase(&admin, &zu).await["erased"]["submissions"], 2);
    has_no_marks(&everything(&app).await, "the database");
});

on_both_databases!(async fn whoever_came_along_through_several_merges_keeps_what_they_posted(app) {
    let admin = app.admin().await;
    let (ann, zu) = (ann(&admin).await, zuleika(&admin).await);
    let (bob, cleo) = (admin.post("/leads", jane("bob")).await.expect(201).id(), admin.post("/leads", jane("cleo")).await.expect(201).id());
    merge(&admin, &zu, &cleo).await;
    merge(&admin, &cleo, &bob).await;
    merge(&admin, &bob, &ann).await;
    let (_, form) = a_form(&app, json!({})).await;
    let posted = app.anonymous().post(&form, json!({"name": "Zuleika Go", "email": "zu@v.example"})).await.expect(202);
    assert_eq!(submission(&admin, &posted).await["lead_id"], json!(ann));
    let receipt = json!(posted.text_of("receipt_id"));
    // From the top.
    for apart in [&bob, &cleo, &zu] {
        unmerge(&admin, apart).await;
        let (told, posts) = told_of(&admin, &ann).await;
        has_no_marks(&told.text, "what is told to the first of them");
        assert!(posts.is_empty(), "{posts:?}");
    }
    assert_eq!(told_of(&admin, &zu).await.1, [receipt]);
    assert_eq!(erase(&admin, &ann).await["erased"]["submissions"], 0);
    assert_eq!(erase(&admin, &zu).await["erased"]["submissions"], 1);
});

on_both_databases!(async fn an_own_address_that_was_changed_while_two_were_one_is_found(app) {
    let admin = app.admin().await;
    let (ann, zu) = (ann(&admin).await, zuleika(&admin).await);
    let bob = admin.post("/leads", jane("bob")).await.expect(201).id();
    merge(&admin, &zu, &ann).await;
    let now = async |lead: &str, email: &str| {
        admin.patch(format!("/leads/{lead}"), json!({"email": email})).await.expect(200);
    };
    for email in ["ann@a.example", "zu@v.example", "ann2@a.example"] {
        now(&ann, email).await;
    }
    unmerge(&admin, &zu).await;
    assert_eq!(admin.get(format!("/leads/{ann}")).await.expect(200)["email"], "ann2@a.example");
    // The address was not brought along here, but taken over for a while.
    merge(&admin, &zu, &bob).await;
    for email in ["zu@v.example", "bob2@example.com"] {
        now(&bob, email).await;
    }
    unmerge(&admin, &zu).await;
    let (_, form) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let post = async |email: &str| held(&app, &form, json!({"name": "Somebody", "email": email})).await;
    let (of_ann, of_zu, of_bob) = (post("ann@a.example").await, post("zu@v.example").await, post("bob@example.com").await);
    assert_eq!(told_of(&admin, &ann).await.1, [json!(of_ann.text_of("receipt_id"))]);
    assert_eq!(erase(&admin, &ann).await["erased"]["tombstones"], 3, "her number and both addresses");
    assert_eq!(erase(&admin, &bob).await["erased"]["tombstones"], 2, "both addresses");
    for (post, state) in [(&of_ann, "erased"), (&of_zu, "quarantined"), (&of_bob, "erased")] {
        assert_eq!(submission(&admin, post).await["state"], state);
    }
    let back = json!({"contact_name": "Ann", "company_name": "A", "email": "ann@a.example", "source": "website", "priority": "low"});
    assert_eq!(admin.post("/leads", back).await.problem(409)["code"], "person-erased");
});

on_both_databases!(async fn whoever_came_along_keeps_what_they_posted_when_the_others_become_one_again(app) {
    let admin = app.admin().await;
    let (ann, zu, bob) = (ann(&admin).await, zuleika(&admin).await, admin.post("/leads", jane("bob")).await.expect(201).id());
    merge(&admin, &zu, &ann).await;
    merge(&admin, &ann, &bob).await;
    let (_, form) = a_form(&app, json!({})).await;
    let posted = app.anonymous().post(&form, json!({"name": "Zuleika Go", "email": "zu@v.example"})).await.expect(202);
    assert_eq!(submission(&admin, &posted).await["lead_id"], json!(bob));
    unmerge(&admin, &ann).await;
    unmerge(&admin, &zu).await;
    merge(&admin, &ann, &bob).await;
    assert_eq!((told_of(&admin, &bob).await.1.len(), told_of(&admin, &zu).await.1.len()), (0, 1));
});

on_both_databases!(async fn many_posts_to_a_lead_that_was_three_people_are_told_apart(app) {
    let admin = app.admin().await;
    let (ann, zu, bob) = (ann(&admin).await, zuleika(&admin).await, admin.post("/leads", jane("bob")).await.expect(201).id());
    merge(&admin, &zu, &ann).await;
    merge(&admin, &bob, &ann).await;
    let (_, form) = a_form(&app, json!({})).await;
    for who in [
        json!({"name": "Zuleika Go", "email": "zu@v.example"}),
        json!({"name": "Ann Lee", "phone": "+12127365000"}),
        json!({"name": "Jane bob", "email": "bob@example.com"}),
    ] {
        let posted = app.anonymous().post(&form, who).await.expect(202);
        assert_eq!(submission(&admin, &posted).await["lead_id"], json!(ann));
    }
    // More than are read at once.
    let (numbers, id) = match app.backend {
        Backend::Postgres => ("", "gen_random_uuid()"),
        Backend::Sqlite => ("WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 120) ", "randomblob(16)"),
    };
    let numbered = if numbers.is_empty() { "generate_series(1, 120)" } else { "numbers" };
    let rest = "form_id, received_at, content_type, headers, body, address_hash, state, lead_id, outcome, replayed_at";
    let copies = format!("{numbers}INSERT INTO submissions (organization_id, id, {rest}) SELECT organization_id, {id}, {rest} FROM submissions, {numbered}");
    let database = app.database().await;
    database.execute_unprepared(&copies).await.unwrap();
    database.close().await.unwrap();
    for apart in [&bob, &zu] {
        unmerge(&admin, apart).await;
    }
    for lead in [&ann, &zu, &bob] {
        assert_eq!(told_of(&admin, lead).await.1.len(), 121);
    }
    for lead in [&ann, &zu, &bob] {
        let asked = json!({"lead_id": lead, "reason": "requested_by_person"});
        let foreseen = admin.post("/erasures?dry_run=true", asked).await.expect(200);
        let done = erase(&admin, lead).await;
        assert_eq!((&done["erased"], &done["erased"]["submissions"]), (&foreseen["erased"], &json!(121)));
    }
    has_no_marks(&everything(&app).await, "the database");
});

/// How two are merged into Ann, of whom the second comes to the fore as the first leaves.
#[derive(Clone, Copy)]
enum Merged {
    AtOnce,
    OneByOne,
}

/// Three who were one lead for a while.
struct Three {
    ann: String,
    bob: String,
    zu: String,
}

/// Merges Bob and Zu into Ann and takes them out again; `meanwhile` is what somebody changes when only Zu is left.
async fn taken_apart(admin: &Client, merged: Merged, meanwhile: Option<Value>) -> Three {
    let ann = ann(admin).await;
    // Of those who are merged at once the newest comes first.
    let (zu, bob) = (zuleika(admin).await, admin.post("/leads", jane("bob")).await.expect(201).id());
    match merged {
        Merged::AtOnce => {
            admin.post(format!("/leads/{ann}/merge"), json!({"with": [bob, zu]})).await.expect(200);
        }
        Merged::OneByOne => {
            merge(admin, &bob, &ann).await;
            merge(admin, &zu, &ann).await;
        }
    }
    assert_eq!(admin.get(format!("/leads/{ann}")).await["email"], "bob@example.com");
    unmerge(admin, &bob).await;
    assert_eq!(admin.get(format!("/leads/{ann}")).await["email"], "zu@v.example");
    if let Some(change) = meanwhile {
        admin.patch(format!("/leads/{ann}"), change).await.expect(200);
    }
    unmerge(admin, &zu).await;
    Three { ann, bob, zu }
}

/// An address that Ann gets while Zu is part of her, and what else changes.
fn her_own() -> Option<Value> {
    Some(json!({"email": "ann.lee@acme.example", "job_title": "Buyer"}))
}

/// Asks what an erasure comes to, and erases.
async fn erase_as_foreseen(admin: &Client, lead: &str) -> Reply {
    let asked = json!({"lead_id": lead, "reason": "requested_by_person"});
    let foreseen = admin.post("/erasures?dry_run=true", asked).await.expect(200);
    let done = erase(admin, lead).await;
    assert_eq!(done["erased"], foreseen["erased"], "{}", done.text);
    done
}

/// Zu is there still: whoever comes with the address is known.
async fn zu_lives(admin: &Client, zu: &str) {
    assert_eq!(admin.get(format!("/leads/{zu}")).await.expect(200)["email"], "zu@v.example");
    let known = json!({"contact_name": "Zuleika Go", "company_name": "Velo Works", "email": "zu@v.example", "source": "website", "priority": "low"});
    assert_eq!(admin.post("/leads", known).await.problem(409)["code"], "duplicate-lead");
}

/// Nothing is left of Zu, in whatever order the two are erased, and what is Ann's alone is there still.
async fn leave_no_trace(app: &TestApp, merged: Merged, bob_first: bool) {
    let admin = app.admin().await;
    let Three { ann, bob, zu } = taken_apart(&admin, merged, her_own()).await;
    has_no_marks(&told_of(&admin, &ann).await.0.text, "what is told to one of them");
    for apart in if bob_first { [&bob, &zu] } else { [&zu, &bob] } {
        erase_as_foreseen(&admin, apart).await;
        has_no_marks(&told_of(&admin, &ann).await.0.text, "what is told to one of them");
    }
    has_no_marks(&everything(app).await, "the database");
    let told = told_of(&admin, &ann).await.0;
    assert!(told.text.contains("\"Buyer\"") && !told.text.contains("bob@example.com"), "{}", told.text);
    assert_eq!(admin.get(format!("/leads/{ann}")).await["email"], "ann.lee@acme.example");
}

on_both_databases!(async fn whoever_leaves_leaves_nobody_elses_values_in_the_story(app) {
    let admin = app.admin().await;
    let Three { ann, zu, .. } = taken_apart(&admin, Merged::AtOnce, None).await;
    has_no_marks(&told_of(&admin, &ann).await.0.text, "what is told to one of them");
    erase_as_foreseen(&admin, &zu).await;
    has_no_marks(&everything(&app).await, "the database");
});

on_both_databases!(async fn two_who_were_merged_at_once_leave_no_trace(app) {
    leave_no_trace(&app, Merged::AtOnce, false).await;
});

on_both_databases!(async fn two_who_were_merged_at_once_leave_no_trace_the_other_way_round(app) {
    leave_no_trace(&app, Merged::AtOnce, true).await;
});

on_both_databases!(async fn two_who_were_merged_one_by_one_leave_no_trace(app) {
    leave_no_trace(&app, Merged::OneByOne, false).await;
});

on_both_databases!(async fn two_who_were_merged_one_by_one_leave_no_trace_the_other_way_round(app) {
    leave_no_trace(&app, Merged::OneByOne, true).await;
});

on_both_databases!(async fn an_address_that_came_as_somebody_left_is_nobodys_former_one(app) {
    let admin = app.admin().await;
    let Three { ann, zu, .. } = taken_apart(&admin, Merged::AtOnce, her_own()).await;
    has_no_marks(&told_of(&admin, &ann).await.0.text, "what is told to one of them");
    let done = erase_as_foreseen(&admin, &ann).await;
    assert_eq!(done["erased"]["tombstones"], 2, "her number and her address: {}", done.text);
    zu_lives(&admin, &zu).await;
});

on_both_databases!(async fn an_address_is_nobodys_former_one_also_when_it_is_not_known_any_more_how_it_came(app) {
    let admin = app.admin().await;
    let Three { ann, bob, zu } = taken_apart(&admin, Merged::OneByOne, her_own()).await;
    erase(&admin, &bob).await;
    let (_, form) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let of_zu = held(&app, &form, json!({"name": "Somebody", "email": "zu@v.example"})).await;
    let done = erase_as_foreseen(&admin, &ann).await;
    assert_eq!(done["erased"]["tombstones"], 2, "her number and her address: {}", done.text);
    assert_eq!(submission(&admin, &of_zu).await["state"], "quarantined");
    zu_lives(&admin, &zu).await;
});

on_both_databases!(async fn what_others_covered_for_a_while_stays_in_ones_own_story(app) {
    let admin = app.admin().await;
    let ann = ann(&admin).await;
    let in_rome = admin.post("/leads", jane_with("bob", json!({"city": "Rome"}))).await.expect(201).id();
    let cleo = admin.post("/leads", jane("cleo")).await.expect(201).id();
    merge(&admin, &in_rome, &ann).await;
    merge(&admin, &cleo, &ann).await;
    unmerge(&admin, &in_rome).await;
    assert_eq!(admin.get(format!("/leads/{ann}")).await["city"], Value::Null);
    for city in ["Paris", "Lyon"] {
        admin.patch(format!("/leads/{ann}"), json!({"city": city})).await.expect(200);
    }
    unmerge(&admin, &cleo).await;
    let cities = async || {
        let told = told_of(&admin, &ann).await.0;
        let changes = told["events"].as_array().unwrap().iter().map(|event| event["diff"]["city"].clone());
        changes.filter(|change| !change.is_null()).collect::<Vec<Value>>()
    };
    let own = [json!([null, "Paris"]), json!(["Paris", "Lyon"])];
    assert_eq!(cities().await, own);
    for apart in [&cleo, &in_rome] {
        erase_as_foreseen(&admin, apart).await;
        assert_eq!(cities().await, own);
    }
});

/// What two have in common is none of Ann's, whichever of them left her first, and whoever is erased first.
async fn share_a_number(app: &TestApp, bob_first: bool) {
    let admin = app.admin().await;
    let (ann, zu) = (admin.post("/leads", jane("ann")).await.expect(201).id(), zuleika(&admin).await);
    let bob = admin.post("/leads", jane_with("bob", json!({"city": "Zutown"}))).await.expect(201).id();
    admin.patch(format!("/leads/{bob}"), json!({"phone": "+14155553873"})).await.expect(200);
    merge(&admin, &bob, &ann).await;
    merge(&admin, &zu, &ann).await;
    unmerge(&admin, &bob).await;
    let now = admin.get(format!("/leads/{ann}")).await;
    assert_eq!((&now["phone"], &now["city"]), (&json!("+14155553873"), &json!("Zutown")));
    let own = json!({"phone": "+12127365000", "city": "Paris"});
    admin.patch(format!("/leads/{ann}"), own).await.expect(200);
    unmerge(&admin, &zu).await;
    has_no_marks(&told_of(&admin, &ann).await.0.text, "what is told to one of them");
    let (_, form) = a_form(app, json!({"honeypot_field": "_gotcha"})).await;
    let of_zu = held(app, &form, json!({"name": "Somebody", "phone": "+14155553873"})).await;
    let asked = json!({"lead_id": ann, "reason": "requested_by_person"});
    let foreseen = admin.post("/erasures?dry_run=true", asked).await.expect(200);
    let erased = &foreseen["erased"];
    assert_eq!((&erased["tombstones"], &erased["submissions"]), (&json!(2), &json!(0)), "{}", foreseen.text);
    for apart in if bob_first { [&bob, &zu] } else { [&zu, &bob] } {
        erase(&admin, apart).await;
    }
    assert_eq!(submission(&admin, &of_zu).await["state"], "erased");
    has_no_marks(&everything(app).await, "the database");
    let told = told_of(&admin, &ann).await.0;
    assert!(told.text.contains("[null,\"Paris\"]") && told.text.contains("[null,\"+12127365000\"]"), "{}", told.text);
}

on_both_databases!(async fn what_two_have_in_common_who_left_is_taken_out_with_them(app) {
    share_a_number(&app, true).await;
});

on_both_databases!(async fn what_two_have_in_common_who_left_is_taken_out_the_other_way_round(app) {
    share_a_number(&app, false).await;
});

on_both_databases!(async fn an_own_address_is_known_still_when_whoever_took_its_place_was_erased(app) {
    let admin = app.admin().await;
    for (own, other, was_chosen) in [("ann", "bob", false), ("cleo", "dora", true)] {
        let [lead, wrong] = [jane(own), jane(other)];
        let (lead, wrong) = (admin.post("/leads", lead).await.expect(201).id(), admin.post("/leads", wrong).await.expect(201).id());
        let now = async |email: &str| {
            admin.patch(format!("/leads/{lead}"), json!({"email": email})).await.expect(200);
        };
        if was_chosen {
            let with = json!({"with": [wrong], "fields": {"email": wrong}});
            admin.post(format!("/leads/{lead}/merge"), with).await.expect(200);
        } else {
            merge(&admin, &wrong, &lead).await;
            now(&format!("{other}@example.com")).await;
        }
        now(&format!("{own}2@example.com")).await;
        unmerge(&admin, &wrong).await;
        erase_as_foreseen(&admin, &wrong).await;
        let told = told_of(&admin, &lead).await.0;
        assert!(told.text.contains(&format!("[\"{own}@example.com\",null]")), "{}", told.text);
        assert!(!told.text.contains(&format!("{other}@example.com")), "{}", told.text);
        let done = erase_as_foreseen(&admin, &lead).await;
        assert_eq!(done["erased"]["tombstones"], 2, "both addresses: {}", done.text);
        assert_eq!(admin.post("/leads", jane(own)).await.problem(409)["code"], "person-erased");
    }
});
