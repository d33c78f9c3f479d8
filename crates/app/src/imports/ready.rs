//! Rows made ready to go in, before their transaction begins: others wait for that, and it may have to run again.

use std::{borrow::Cow, sync::Arc};

use leadwright_domain::{
    fault::Fault,
    imports::{Import, ImportPolicy},
    leads::Parsed,
    precedence::Written,
    time::{Instant, to_rfc3339},
};

use super::{
    columns::Columns,
    row::{Row, Said},
};
use crate::{
    Configuration,
    intake::{Channel, Prepared, Settler, complete},
};

/// Makes rows ready that these columns and settings read.
pub(super) fn make_ready(
    rows: &mut [Row],
    columns: &Columns,
    import: &Import,
    config: &Arc<Configuration>,
    now: Instant,
) {
    let policy = &import.policy;
    let written = Written { import_id: Some(import.id), ..Written::new(policy.writes_as, now) };
    let settler = Settler::new(config, now);
    for row in rows {
        row.under = Some(Arc::clone(config));
        row.said = match std::mem::replace(&mut row.said, Said::Flawed(Vec::new())) {
            Said::Read(parsed) => match completed(*parsed, policy, config, now) {
                Ok(mut prepared) => {
                    prepared.foresee(config, &settler, written, now);
                    Said::Fit(Arc::new(prepared))
                }
                // Why is found out again where it is told: rows that are not fit are few, and all others go faster.
                Err(_) => columns.said(row, config),
            },
            other => other,
        };
    }
}

/// Nothing came into being in the future: a lead that is said to is as old as its import, and the import says so.
fn tell_future(prepared: &mut Prepared, now: Instant) {
    if let Some(at) = prepared.history.created_at.take_if(|at| *at > now) {
        let detail = format!("{} is in the future; the lead begins with the import.", to_rfc3339(at));
        prepared.warnings.push(Fault::in_field("created_at", "in_the_future", detail));
    }
}

/// The rows as they are read under these settings: anew, where they were read under others.
pub(super) fn as_under<'r>(rows: &'r [Row], import: &Import, config: &Arc<Configuration>) -> Cow<'r, [Row]> {
    if rows.iter().filter_map(|row| row.under.as_ref()).all(|under| Arc::ptr_eq(under, config)) {
        return Cow::Borrowed(rows);
    }
    let columns = Columns::of(import, config);
    Cow::Owned(rows.iter().map(|row| columns.read_again(row, config)).collect())
}

impl Row {
    /// The row's lead under the settings that it was read under, or under those with more sources.
    pub(super) fn fit(
        &self,
        policy: &ImportPolicy,
        config: &Configuration,
        now: Instant,
    ) -> Result<Arc<Prepared>, Vec<Fault>> {
        match &self.said {
            Said::Fit(prepared) => Ok(Arc::clone(prepared)),
            Said::Read(parsed) => completed(Parsed::clone(parsed), policy, config, now).map(Arc::new),
            Said::Flawed(why) => Err(why.clone()),
        }
    }
}

fn completed(
    parsed: Parsed,
    policy: &ImportPolicy,
    config: &Configuration,
    now: Instant,
) -> Result<Prepared, Vec<Fault>> {
    let mut prepared = complete(parsed, Channel::Import(policy), config).map_err(|unfit| unfit.faults)?;
    tell_future(&mut prepared, now);
    Ok(prepared)
}
