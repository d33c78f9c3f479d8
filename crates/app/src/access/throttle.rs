//! Failed tries to sign in, counted in sliding windows, so that passwords can't be guessed by the thousand.

use std::{
    collections::{HashMap, VecDeque},
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use leadwright_domain::{
    fault::{Problem, Refusal},
    time::Instant,
};
use leadwright_persistence::CommandError;

use super::Attempts;

/// How many windows are kept before the old ones are swept out.
const SWEEP_AT: usize = 10_000;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Subject {
    Address(String),
    Client(IpAddr),
}

/// Counts failed tries. Every try counts until it has succeeded, so that many at the same time don't slip through.
#[derive(Debug)]
pub(super) struct Throttle {
    limits: Attempts,
    windows: Mutex<Windows>,
}

#[derive(Debug)]
struct Windows {
    tries: HashMap<Subject, VecDeque<Instant>>,
    sweep_at: usize,
}

impl Windows {
    /// Forgets what lies before `begin`. Seldom, so that a flood of addresses does not make every try slow.
    fn sweep(&mut self, begin: Instant) {
        if self.tries.len() >= self.sweep_at {
            self.tries.retain(|_, tries| tries.back().is_some_and(|last| *last > begin));
            self.sweep_at = SWEEP_AT.max(2 * self.tries.len());
        }
    }
}

/// A try that was let in.
#[derive(Debug)]
pub(super) struct Attempt {
    address: String,
    client: Option<IpAddr>,
    at: Instant,
}

impl Throttle {
    pub(super) fn new(limits: Attempts) -> Self {
        Self { limits, windows: Mutex::new(Windows { tries: HashMap::new(), sweep_at: SWEEP_AT }) }
    }

    /// Lets a try in, or says when the next may come.
    pub(super) fn admit(&self, address: &str, client: Option<IpAddr>, now: Instant) -> Result<Attempt, CommandError> {
        let attempt = Attempt { address: address.to_owned(), client: client.map(network), at: now };
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        let begin = now - self.limits.window;
        windows.sweep(begin);
        let mut wait = None;
        for (subject, most) in self.subjects(&attempt) {
            let Some(tries) = windows.tries.get_mut(&subject) else { continue };
            while tries.front().is_some_and(|first| *first <= begin) {
                tries.pop_front();
            }
            if tries.len() >= most
                && let Some(first) = tries.front()
            {
                wait = wait.max(Some((*first - begin).num_seconds() + 1));
            }
        }
        if let Some(wait) = wait {
            let detail = format!("Too many failed tries to sign in; try again in {wait} s.");
            return Err(Refusal::new(Problem::TooManyAttempts, detail).with("retry_after", wait).into());
        }
        for (subject, _) in self.subjects(&attempt) {
            windows.tries.entry(subject).or_default().push_back(now);
        }
        Ok(attempt)
    }

    /// A try succeeded: the address begins anew, and the client has one failure less.
    pub(super) fn succeeded(&self, attempt: &Attempt) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        windows.tries.remove(&Subject::Address(attempt.address.clone()));
        if let Some(client) = attempt.client
            && let Some(tries) = windows.tries.get_mut(&Subject::Client(client))
            && let Some(place) = tries.iter().position(|at| *at == attempt.at)
        {
            tries.remove(place);
        }
    }

    fn subjects(&self, attempt: &Attempt) -> impl Iterator<Item = (Subject, usize)> {
        let address = (Subject::Address(attempt.address.clone()), self.limits.per_address);
        let client = attempt.client.map(|client| (Subject::Client(client), self.limits.per_client));
        std::iter::once(address).chain(client)
    }
}

/// Whoever has one IPv6 address has the other 2⁶⁴ of its network too.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from(u128::from(address) & !u128::from(u64::MAX)).into(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::time::Duration;

    use chrono::{TimeDelta, Utc};

    use super::*;

    fn throttle() -> Throttle {
        Throttle::new(Attempts { per_address: 3, per_client: 5, window: Duration::from_secs(60) })
    }

    #[test]
    fn the_fourth_failure_of_an_address_waits_for_the_first_to_leave_the_window() {
        let (throttle, start) = (throttle(), Utc::now());
        for second in 0..3 {
            throttle.admit("ann", None, start + TimeDelta::seconds(second)).unwrap();
        }
        let refused = throttle.admit("ann", None, start + TimeDelta::seconds(10)).unwrap_err();
        assert!(matches!(refused, CommandError::Refused(refusal) if refusal.members["retry_after"] == 51));
        throttle.admit("bob", None, start + TimeDelta::seconds(10)).unwrap();
        throttle.admit("ann", None, start + TimeDelta::seconds(61)).unwrap();
    }

    #[test]
    fn a_success_clears_the_address_but_only_itself_from_the_client() {
        let (throttle, now) = (throttle(), Utc::now());
        let client = Some("192.0.2.7".parse().unwrap());
        for _ in 0..2 {
            throttle.admit("ann", client, now).unwrap();
        }
        let good = throttle.admit("ann", client, now).unwrap();
        throttle.succeeded(&good);
        for address in ["ann", "bob", "cid"] {
            throttle.admit(address, client, now).unwrap();
        }
        assert!(throttle.admit("dan", client, now).is_err(), "five failures of the client");
        throttle.admit("dan", None, now).unwrap();
    }

    #[test]
    fn an_ipv6_client_is_its_network() {
        let (throttle, now) = (throttle(), Utc::now());
        for host in 1..=5 {
            throttle.admit(&host.to_string(), Some(format!("2001:db8::{host}").parse().unwrap()), now).unwrap();
        }
        assert!(throttle.admit("six", Some("2001:db8::ffff:6".parse().unwrap()), now).is_err());
        throttle.admit("six", Some("2001:db8:0:1::6".parse().unwrap()), now).unwrap();
    }
}
