//! Leads of which several were merged into one, and are taken out of it again one after the other.

use std::collections::BTreeMap;

use leadwright_tests::{Client, TestApp, on_both_databases};
use serde_json::{Value, json};

use super::unmerge::as_it_is;

/// How the others are merged: all at once, or each by itself.
const AT_ONCE: [bool; 2] = [true, false];

/// A lead of whom next to nothing is known but an e-mail address, or a phone number where the round says so, and others who have all of it, the newest first.
async fn leads(app: &TestApp, round: &str, others: usize) -> (Client, String, Vec<String>) {
    let admin = app.admin().await;
    let made = async |lead: Value| admin.post("/leads", lead).await.expect(201).id();
    let ids = json!({"erp": format!("a-{round}")});
    let (known, value) = if round.ends_with("phone") {
        ("phone", format!("+1212736{}9", phone_part(round)))
    } else {
        ("email", format!("ann@{round}.example"))
    };
    let master = json!({"contact_name": format!("Ann {round}"), "company_name": format!("Firm {round}"), known: value,
        "source": "website", "priority": "low", "tags": ["own"], "notes": "Of Ann.", "external_ids": ids});
    let master = made(master).await;
    let mut all = Vec::new();
    for (at, name) in ["Bea", "Cleo", "Zoe"].into_iter().take(others).enumerate() {
        let ids = json!({"crm": format!("{at}-{round}"), name.to_lowercase(): format!("own-{round}")});
        let lead = json!({
            "contact_name": format!("{name} {round}"), "company_name": format!("{name} {round} Ltd"), "source": "website", "priority": "high",
            "email": format!("{name}@{round}.example"), "phone": format!("+1212736{}{at}", phone_part(round)), "job_title": format!("{name} Officer"),
            "industry": "software", "city": format!("{name}ville"), "tags": ["own", "shared", name], "notes": format!("Of {name}.\n\nShared."),
            "purchases": [{"product": name}, {"product": "shared"}], "external_ids": ids, "consent": {"email": {"state": "granted"}},
        });
        let id = made(lead).await;
        let bant = json!({"budget": {"state": "met", "level": at + 2}, "need": {"state": if at == 0 { "met" } else { "not_met" }}});
        admin.patch(format!("/leads/{id}/bant"), bant).await.expect(200);
        all.insert(0, id);
    }
    (admin, master, all)
}

/// Three digits for a round.
fn phone_part(round: &str) -> u64 {
    500 + round.bytes().fold(0, |sum, byte| (sum * 7 + u64::from(byte)) % 499)
}

/// All orders of these.
fn orders(all: &[String]) -> Vec<Vec<String>> {
    if all.is_empty() {
        return vec![Vec::new()];
    }
    let mut orders = Vec::new();
    for (at, first) in all.iter().enumerate() {
        let rest: Vec<String> =
            all.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, id)| id.clone()).collect();
        orders.extend(orders_of(first, &rest));
    }
    orders
}

fn orders_of(first: &str, rest: &[String]) -> Vec<Vec<String>> {
    orders(rest)
        .into_iter()
        .map(|mut order| {
            order.insert(0, first.to_owned());
            order
        })
        .collect()
}

async fn merge(admin: &Client, master: &str, others: &[String], at_once: bool) {
    let calls = if at_once { vec![others.to_vec()] } else { others.iter().map(|other| vec![other.clone()]).collect() };
    for with in calls {
        admin.post(format!("/leads/{master}/merge"), json!({"with": with})).await.expect(200);
    }
}

/// What the lead would be with some of the others only, by those.
async fn foreseen(admin: &Client, master: &str, others: &[String]) -> BTreeMap<Vec<String>, Value> {
    let mut foreseen = BTreeMap::from([(Vec::new(), as_it_is(admin, master).await)]);
    for chosen in 1..1_usize << others.len() {
        let with: Vec<String> =
            others.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, id)| id.clone()).collect();
        let preview =
            admin.post(format!("/leads/{master}/merge?dry_run=true"), json!({"with": with})).await.expect(200);
        let mut lead = preview["lead"].clone();
        for counted in ["version", "updated_at"] {
            lead.as_object_mut().unwrap().remove(counted);
        }
        foreseen.insert(with, lead);
    }
    foreseen
}

/// Merges these and takes them apart in each order; each time there is what the rest brings, and nothing else.
async fn in_each_order(app: &TestApp, count: usize) {
    for (at_once, known) in
        AT_ONCE.into_iter().zip(["email", "phone"]).chain(AT_ONCE.into_iter().zip(["phone", "email"]))
    {
        let round = format!("r{count}{}{known}", u8::from(at_once));
        let (admin, master, others) = leads(app, &round, count).await;
        let mut before = Vec::new();
        for id in &others {
            before.push(as_it_is(&admin, id).await);
        }
        for order in orders(&others) {
            // The newest change decides whose values come first; it is the same in each round.
            let expected = foreseen(&admin, &master, &newest_first(&admin, &others).await).await;
            let merged = newest_first(&admin, &others).await;
            merge(&admin, &master, &merged, at_once).await;
            let mut rest = merged;
            assert_eq!(as_it_is(&admin, &master).await, expected[&rest]);
            for leaving in &order {
                let back = admin.post(format!("/leads/{leaving}/unmerge"), json!({})).await.expect(200);
                rest.retain(|one| one != leaving);
                assert_eq!(back["kept"], json!([]), "{at_once} {order:?}");
                assert_eq!(as_it_is(&admin, &master).await, expected[&rest], "{at_once} {order:?} {rest:?}");
            }
            for (id, before) in others.iter().zip(&before) {
                assert_eq!(&as_it_is(&admin, id).await, before);
            }
        }
    }
}

/// The leads in the order in which a merge at once fills what is lacking.
async fn newest_first(admin: &Client, others: &[String]) -> Vec<String> {
    let mut sorted = Vec::new();
    for id in others {
        let lead = admin.get(format!("/leads/{id}")).await.expect(200);
        sorted.push((lead.text_of("updated_at").to_owned(), id.clone()));
    }
    sorted.sort_unstable();
    sorted.into_iter().rev().map(|(_, id)| id).collect()
}

on_both_databases!(async fn two_are_taken_apart_in_either_order(app) {
    in_each_order(&app, 2).await;
});

on_both_databases!(async fn three_are_taken_apart_in_any_order(app) {
    in_each_order(&app, 3).await;
});

on_both_databases!(async fn what_a_person_changed_between_stays_when_all_are_apart(app) {
    for at_once in AT_ONCE {
        for from_the_end in [false, true] {
            let (admin, master, mut others) = leads(&app, &format!("c{}{}phone", u8::from(at_once), u8::from(from_the_end)), 2).await;
            let path = format!("/leads/{master}");
            let calls = if at_once { vec![others.clone()] } else { others.iter().map(|other| vec![other.clone()]).collect() };
            for with in calls {
                merge(&admin, &master, &with, true).await;
                admin.patch(&path, json!({"city": "Oslo", "website": "https://own.example"})).await.expect(200);
            }
            let merged = admin.get(&path).await.expect(200);
            let tags: Vec<Value> = merged["tags"].as_array().unwrap().iter().cloned().chain([json!("new")]).collect();
            let notes = format!("{}\n\nAdded.", merged.text_of("notes"));
            admin.patch(&path, json!({"tags": tags, "notes": notes})).await.expect(200);
            admin.patch(format!("{path}/bant"), json!({"budget": {"level": 1}})).await.expect(200);
            if from_the_end {
                others.reverse();
            }
            let first = admin.post(format!("/leads/{}/unmerge", others[0]), json!({})).await.expect(200);
            assert!(first["master"]["email"].is_string(), "what the other brought");
            admin.post(format!("/leads/{}/unmerge", others[1]), json!({})).await.expect(200);
            let apart = admin.get(&path).await.expect(200);
            assert_eq!((&apart["city"], &apart["website"], &apart["email"], &apart["phone"]), (&json!("Oslo"), &merged["website"], &json!(null), &merged["phone"]));
            assert_eq!((&apart["tags"], &apart["notes"]), (&json!(["own", "new"]), &json!("Of Ann.\n\nAdded.")));
            let bant = admin.get(format!("{path}/bant")).await.expect(200);
            assert_eq!((&bant["budget"]["level"], &bant["need"]["state"]), (&json!(1), &json!("unknown")));
        }
    }
});

on_both_databases!(async fn a_choice_holds_for_as_long_as_the_lead_that_was_chosen_is_there(app) {
    let (admin, master, others) = leads(&app, "fphone", 2).await;
    let before = as_it_is(&admin, &master).await;
    let (new, old) = (&others[0], &others[1]);
    let fields = json!({"email": old, "company_name": new, "contact_name": old});
    admin.post(format!("/leads/{master}/merge"), json!({"with": others, "fields": fields})).await.expect(200);
    let first = admin.post(format!("/leads/{new}/unmerge"), json!({})).await.expect(200);
    let has = |field: &str| first["master"][field].clone();
    assert_eq!((has("email"), has("company_name"), has("contact_name")), (json!("bea@fphone.example"), before["company_name"].clone(), json!("Bea fphone")));
    admin.post(format!("/leads/{old}/unmerge"), json!({})).await.expect(200);
    assert_eq!(as_it_is(&admin, &master).await, before);
});
