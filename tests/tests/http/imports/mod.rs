mod cancel;
mod cleansed;
mod confirm;
mod create;
mod delete;
mod events;
mod files;
mod formats;
mod get;
mod headings;
mod list;
mod oddities;
mod policies;
mod rejected;
mod resume;
mod revert;
mod template;
mod update;
mod workbooks;

use leadwright_app::worker::jobs;
use leadwright_domain::{access::Scope, leads::Lead};
use leadwright_persistence::leads::{ListQuery, Sort, SortKey, Wanted};
use leadwright_tests::{Client, Reply};
use tokio::sync::watch;

/// Sends a file and answers the job when it is over or waits.
pub(crate) async fn import(client: &Client, query: &str, file: impl Into<Vec<u8>>) -> Reply {
    let sent = send(client, query, file).await.expect(202);
    work(client).await;
    client.get(format!("/imports/{}", sent.id())).await.expect(200)
}

/// Sends a file.
pub(crate) async fn send(client: &Client, query: &str, file: impl Into<Vec<u8>>) -> Reply {
    client.post_raw(format!("/imports?{query}"), "text/csv", file).await
}

/// Does whatever job is due.
pub(crate) async fn work(client: &Client) -> usize {
    let (_go_on, stop) = watch::channel(false);
    jobs::run_due(&client.app, &stop).await.unwrap()
}

/// The counts of a result, which have to be those of a job that is over.
#[track_caller]
pub(crate) fn counts(job: &Reply) -> [u64; 4] {
    assert_eq!(job["state"], "succeeded", "{}", job.text);
    ["created", "updated", "skipped", "rejected"].map(|name| job["result"][name].as_u64().unwrap())
}

/// A file of so many people.
pub(crate) fn people(count: usize) -> String {
    let row = |number| format!("Person {number},person{number}@example.com,Company {number}\n");
    std::iter::once("Name,E-mail,Company\n".to_owned()).chain((0..count).map(row)).collect()
}

/// All leads, oldest first.
pub(crate) async fn leads(client: &Client) -> Vec<Lead> {
    let call = client.app.call(Scope::system(client.organization), None);
    let sort = Sort { key: SortKey::CreatedAt, descending: false };
    let query = ListQuery { wanted: Wanted::default(), sort, after: None, limit: 10_000 };
    client.app.db.read(&call).leads().list(&query).await.unwrap().leads
}
