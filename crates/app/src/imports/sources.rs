//! Sources that a file names and that the catalogue lacks.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leadwright_domain::{
    ids::Id,
    imports::{Import, UnknownSource},
    sources::{Direction, LeadSource, code_from_name, key},
};
use leadwright_persistence::{Call, Command, CommandError, Tx};
use uuid::Uuid;

use super::{
    batch::sort,
    row::{Row, Said},
};
use crate::{Configuration, intake::is_page, sources::CreateSource};

/// The longest name of a source.
const LONGEST: usize = 100;

/// The sources to be made, so that every row that can go in has one.
pub(super) fn needed(import: &Import, rows: &[Row], call: &Call, config: &Arc<Configuration>) -> Vec<CreateSource> {
    if import.policy.unknown_source != UnknownSource::Create {
        return Vec::new();
    }
    let mut lacking = lacking(rows, config);
    if !lacking.is_empty() {
        let sorted = sort(import, rows, call, &foreseen(config, &lacking));
        let used: BTreeSet<&str> = sorted.items.iter().map(|item| item.prepared.source.code.as_str()).collect();
        lacking.retain(|new| new.code.as_deref().is_some_and(|code| used.contains(code)));
    }
    lacking
}

fn lacking(rows: &[Row], config: &Configuration) -> Vec<CreateSource> {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    let written = rows.iter().filter_map(|row| match &row.said {
        Said::Read(parsed) => parsed.command.source.as_deref(),
        // The source of a row that is fit is known.
        Said::Fit(_) | Said::Flawed(_) => None,
    });
    for written in written.collect::<BTreeSet<&str>>() {
        let fits = written.chars().count() <= LONGEST && !key(written).is_empty() && !is_page(written);
        if fits && config.sources.named(written).next().is_none() {
            names.entry(key(written)).or_insert(written);
        }
    }
    let mut taken: Vec<String> = config.sources.iter().map(|source| source.code.clone()).collect();
    let new = |name: &str| {
        let code = free_code(name, &taken);
        taken.push(code.clone());
        CreateSource {
            code: Some(code),
            name: name.to_owned(),
            description: Some("Named by an import".to_owned()),
            direction: Direction::Inbound,
            medium: None,
            aliases: Vec::new(),
        }
    };
    names.into_values().map(new).collect()
}

fn free_code(name: &str, taken: &[String]) -> String {
    let made: String = code_from_name(name).chars().take(50).collect();
    let base = if made.is_empty() { "source".to_owned() } else { made };
    let mut code = base.clone();
    let mut number = 2;
    while taken.contains(&code) {
        code = format!("{base}_{number}");
        number += 1;
    }
    code
}

/// Adds the sources to the catalogue.
///
/// # Errors
/// Somebody else was adding them at the same time, or the database failed.
pub(super) async fn create(tx: &Tx, lacking: &[CreateSource]) -> Result<(), CommandError> {
    for source in lacking {
        source.run(tx).await?;
    }
    Ok(())
}

/// The settings as they would be with these sources, for looking ahead.
pub(super) fn foreseen(config: &Arc<Configuration>, lacking: &[CreateSource]) -> Arc<Configuration> {
    if lacking.is_empty() {
        return Arc::clone(config);
    }
    let mut foreseen = Configuration::clone(config);
    let new = lacking.iter().map(|new| LeadSource {
        id: Id::from_uuid(Uuid::now_v7()),
        version: 1,
        code: new.code.clone().unwrap_or_default(),
        name: new.name.clone(),
        description: new.description.clone(),
        direction: new.direction,
        medium: None,
        aliases: Vec::new(),
        active: true,
    });
    foreseen.sources = config.sources.iter().cloned().chain(new).collect();
    Arc::new(foreseen)
}
