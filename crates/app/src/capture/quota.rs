//! How many posts a form takes, in this process. (GCRA: what was taken before ages steadily, without windows to game.)

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use leadwright_domain::{capture::CaptureForm, ids::CaptureFormId};

/// Seconds in which a quota counts.
const WINDOW: Duration = Duration::from_secs(60);
/// From so many on, those that are whole again are forgotten.
const MANY: usize = 50_000;

/// Until when what a form took from all, or from one address, counts.
#[derive(Debug, Default)]
pub(super) struct Quotas {
    until: Mutex<HashMap<(CaptureFormId, Option<IpAddr>), Instant>>,
}

impl Quotas {
    /// Takes one post off the quotas of a form; or says how many seconds to wait.
    pub(super) fn take(&self, form: &CaptureForm, address: Option<IpAddr>, now: Instant) -> Result<(), u64> {
        let protection = &form.settings.protection;
        let whole = protection.max_per_minute.map(|most| ((form.id, None), most));
        let each = address.and_then(|one| Some(((form.id, Some(one)), protection.max_per_address_per_minute?)));
        let quotas: Vec<_> = whole.into_iter().chain(each).collect();
        if quotas.is_empty() {
            return Ok(());
        }
        let mut until = self.until.lock().unwrap_or_else(PoisonError::into_inner);
        if until.len() >= MANY {
            until.retain(|_, until| *until > now);
        }
        let after = |key, most: u32| {
            let known = until.get(&key).copied().unwrap_or(now).max(now);
            known + WINDOW / most.max(1)
        };
        let after: Vec<_> = quotas.into_iter().map(|(key, most)| (key, after(key, most))).collect();
        let wait = after.iter().map(|(_, after)| after.saturating_duration_since(now + WINDOW)).max();
        match wait.filter(|wait| !wait.is_zero()) {
            Some(wait) => Err(wait.as_secs() + 1),
            None => {
                until.extend(after);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use leadwright_domain::{
        capture::{FormSettings, Protection},
        ids::Id,
    };
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_burst_is_taken_and_then_one_at_a_time() {
        let protection =
            Protection { max_per_minute: Some(4), max_per_address_per_minute: Some(2), ..Protection::default() };
        let form = CaptureForm {
            id: Id::from_uuid(Uuid::nil()),
            version: 1,
            name: String::new(),
            public_key: String::new(),
            source_id: Id::from_uuid(Uuid::nil()),
            settings: FormSettings { protection, ..FormSettings::default() },
            active: true,
        };
        let (quotas, start) = (Quotas::default(), Instant::now());
        let at = |seconds, address: &str| {
            quotas.take(&form, Some(address.parse().unwrap()), start + Duration::from_secs(seconds))
        };
        assert_eq!((at(0, "10.0.0.1"), at(0, "10.0.0.1"), at(0, "10.0.0.1")), (Ok(()), Ok(()), Err(31)));
        assert_eq!((at(0, "10.0.0.2"), at(0, "10.0.0.3"), at(0, "10.0.0.4")), (Ok(()), Ok(()), Err(16)));
        assert_eq!((at(15, "10.0.0.4"), at(29, "10.0.0.1"), at(30, "10.0.0.1")), (Ok(()), Err(2), Ok(())));
    }
}
