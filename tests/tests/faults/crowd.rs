//! Many clients at once.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Lets so many clients do what is numbered from 0, each one thing after the other, until one of them is told `None`.
pub async fn crowd<T, F>(clients: usize, each: impl Fn(usize) -> F + Send + Sync + 'static) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = Option<T>> + Send,
{
    let (next, each) = (Arc::new(AtomicUsize::new(0)), Arc::new(each));
    let mut running = JoinSet::new();
    for _ in 0..clients {
        let (next, each) = (Arc::clone(&next), Arc::clone(&each));
        running.spawn(async move {
            let mut done = Vec::new();
            while let Some(one) = each(next.fetch_add(1, Ordering::Relaxed)).await {
                done.push(one);
            }
            done
        });
    }
    running.join_all().await.into_iter().flatten().collect()
}

/// What somebody of this name posts.
pub fn somebody(name: &str) -> Value {
    json!({"name": format!("Jane {name}"), "email": email(name), "company": format!("{name} Inc.")})
}

/// Their address.
pub fn email(name: &str) -> String {
    format!("{name}@example.com")
}
