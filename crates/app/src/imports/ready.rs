//! Rows made ready to go in, before their transaction begins: others wait for that, and it may have to run again.

use std::{borrow::Cow, sync::Arc};

use leadwright_domain::{
    fault::Fault,
    imports::{Import, ImportPolicy},
    precedence::Written,
    time::Instant,
};

use super::columns::{Columns, Row};
use crate::{
    Configuration,
    intake::{Channel, Prepared, Settler, complete},
};

/// A lead that is fit to go in, or why it is not, under the settings of a moment.
#[derive(Clone, Debug)]
pub(super) struct Ready {
    under: Arc<Configuration>,
    fit: Result<Arc<Prepared>, Vec<Fault>>,
}

/// Makes rows ready.
pub(super) fn make_ready(rows: &mut [Row], import: &Import, config: &Arc<Configuration>, now: Instant) {
    let policy = &import.policy;
    let written = Written { import_id: Some(import.id), ..Written::new(policy.writes_as, now) };
    let settler = Settler::new(config, now);
    for row in rows {
        let fit = row.completed(policy, config).map(|mut prepared| {
            prepared.foresee(config, &settler, written, now);
            Arc::new(prepared)
        });
        row.ready = Some(Ready { under: Arc::clone(config), fit });
    }
}

/// The rows as they are read under these settings: anew, where they were read under others that read otherwise.
pub(super) fn as_under<'r>(rows: &'r [Row], import: &Import, config: &Arc<Configuration>) -> Cow<'r, [Row]> {
    let under = rows.iter().find_map(|row| row.ready.as_ref()).map(|ready| &ready.under);
    let reads_otherwise = |other: &&Arc<Configuration>| {
        !Arc::ptr_eq(other, config)
            && (other.custom_fields != config.custom_fields || other.organization != config.organization)
    };
    if under.filter(reads_otherwise).is_none() {
        return Cow::Borrowed(rows);
    }
    let columns = Columns::of(import, config);
    Cow::Owned(rows.iter().map(|row| columns.read_again(row, config)).collect())
}

impl Row {
    /// The row's lead under these settings; worked out anew where they are others than those it was made ready under.
    pub(super) fn fit(&self, policy: &ImportPolicy, config: &Arc<Configuration>) -> Result<Arc<Prepared>, Vec<Fault>> {
        match &self.ready {
            Some(ready) if Arc::ptr_eq(&ready.under, config) => ready.fit.clone(),
            _ => self.completed(policy, config).map(Arc::new),
        }
    }

    fn completed(&self, policy: &ImportPolicy, config: &Configuration) -> Result<Prepared, Vec<Fault>> {
        let read = self.read.clone();
        read.and_then(|parsed| complete(parsed, Channel::Import(policy), config).map_err(|unfit| unfit.faults))
    }
}
