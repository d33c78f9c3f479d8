//! Many clients at once.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::Result;

use crate::{
    figures,
    http::{Connection, Request},
};

/// What a load came to.
#[derive(Clone, Debug, Default)]
pub struct Load {
    /// Microseconds of each answered request, smallest first.
    pub micros: Vec<u32>,
    /// Answers that were no success.
    pub failures: usize,
    /// The first of them.
    pub first_failure: Option<String>,
    /// How long it took.
    pub seconds: f64,
}

impl Load {
    /// Successes a second.
    pub fn rate(&self) -> f64 {
        (self.micros.len() - self.failures) as f64 / self.seconds
    }

    /// Milliseconds within which this share of the requests was answered.
    pub fn within(&self, share: f64) -> f64 {
        figures::at(&self.micros, share).map_or(f64::NAN, |micros| f64::from(micros) / 1_000.0)
    }

    /// The line to print.
    pub fn line(&self) -> String {
        let (rate, half, most) = (self.rate(), self.within(0.5), self.within(0.99));
        let mut line = format!("{rate:9.1}/s   p50 {half:7.2} ms   p99 {most:7.2} ms   non-2xx {}", self.failures);
        if let Some(first) = &self.first_failure {
            line.push_str(&format!("\n    the first of them: {first}"));
        }
        line
    }
}

/// Lets clients with a connection each ask one request after the other for a while.
///
/// # Errors
/// A connection broke.
pub async fn run<F>(url: &str, clients: usize, span: Duration, next: F) -> Result<Load>
where
    F: Fn() -> Request + Send + Sync + 'static,
{
    let next = Arc::new(next);
    let begun = Instant::now();
    let mut running = tokio::task::JoinSet::new();
    for _ in 0..clients {
        let (next, mut connection) = (Arc::clone(&next), Connection::open(url).await?);
        running.spawn(async move {
            let mut load = Load::default();
            while begun.elapsed() < span {
                let request = next();
                let asked = Instant::now();
                let answer = connection.ask(&request).await?;
                load.micros.push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
                if !(200..300).contains(&answer.status) {
                    load.failures += 1;
                    load.first_failure
                        .get_or_insert_with(|| format!("{} {}", answer.status, String::from_utf8_lossy(&answer.body)));
                }
            }
            anyhow::Ok(load)
        });
    }
    let mut all = Load::default();
    while let Some(one) = running.join_next().await {
        let one = one??;
        all.micros.extend(one.micros);
        all.failures += one.failures;
        all.first_failure = all.first_failure.or(one.first_failure);
    }
    all.micros.sort_unstable();
    all.seconds = begun.elapsed().as_secs_f64();
    Ok(all)
}
