//! The same people, posted through any node at the same moment, are one lead each, and every post is kept.

use std::{
    collections::{BTreeSet, HashMap},
    time::Instant,
};

use leadwright_tests::Backend;
use reqwest::Method;

use crate::{
    caller::Caller,
    crowd::{crowd, somebody},
    installation::Installation,
    run, size, tell,
};

const CLIENTS: usize = 24;

/// Who posts number so and so: every fifth post is by one of a few people, as many as a fiftieth of all posts.
fn poster(number: usize, posts: usize) -> String {
    match (number % 5, number / 5 % (posts / 50)) {
        (0, again) => format!("again{again}"),
        _ => format!("once{number}"),
    }
}

async fn scenario(installation: Installation, nodes: usize) {
    let posts = size("LEADWRIGHT_FAULTS_CAPTURES", 500);
    // They start together on an empty database, and take turns at filling it.
    let nodes = futures_util::future::join_all((0..nodes).map(|_| installation.node())).await;
    let admin = Caller::admin(&nodes.iter().collect::<Vec<_>>()).await;
    let form = admin.a_form().await;
    let begun = Instant::now();
    let caller = admin.clone();
    let receipts = crowd(CLIENTS, move |number| {
        let (caller, form) = (caller.clone(), form.clone());
        async move {
            let name = (number < posts).then(|| poster(number, posts))?;
            let answer = caller.ask(number, Method::POST, &form, Some(somebody(&name))).await.unwrap().expect(202);
            Some((answer.text_of("receipt_id"), name))
        }
    })
    .await;
    let took = begun.elapsed();

    let people: BTreeSet<&String> = receipts.iter().map(|(_, name)| name).collect();
    assert_eq!((receipts.len(), people.len()), (posts, posts - posts / 5 + posts / 50));
    let submissions = admin.all("/api/v1/submissions").await;
    let lead_of: HashMap<&str, &str> =
        submissions.iter().map(|one| (one["id"].as_str().unwrap(), one["lead_id"].as_str().unwrap())).collect();
    assert_eq!((submissions.len(), lead_of.len()), (posts, posts), "every post is kept");
    let mut leads: HashMap<&String, BTreeSet<&str>> = HashMap::new();
    for (receipt, name) in &receipts {
        leads.entry(name).or_default().insert(lead_of[receipt.as_str()]);
    }
    assert!(leads.values().all(|leads| leads.len() == 1), "the posts of one person belong to one lead");
    assert_eq!(admin.all("/api/v1/leads").await.len(), people.len(), "one lead for each person");
    tell(&format!(
        "{:?}, processes: {}; {posts} captures by {CLIENTS} clients, all 202, {} people, {} leads, {:.1} s",
        installation.backend,
        nodes.len(),
        people.len(),
        leads.len(),
        took.as_secs_f64()
    ));
}

#[test]
fn two_processes_on_postgres_make_one_lead_of_each_person() {
    run(Backend::Postgres, |installation| scenario(installation, 2));
}

#[test]
fn a_process_on_sqlite_makes_one_lead_of_each_person() {
    run(Backend::Sqlite, |installation| scenario(installation, 1));
}
