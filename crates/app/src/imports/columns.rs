//! What the columns of a file stand for, resolved once, and reading a row by them.

use leadwright_domain::{
    fault::Fault,
    leads::{InputRules, Parsed, Target, parse_mapped, target_for},
};
use serde_json::Value;

use super::{records::Record, rejected::FORMULA};
use crate::{Configuration, intake};

/// The columns that a file of rejected rows has beyond those of the original.
pub(super) const ADDED: [&str; 2] = ["import_line", "import_reasons"];

/// The columns of a file.
#[derive(Clone, Debug)]
pub struct Columns {
    names: Vec<String>,
    targets: Vec<Option<Target>>,
}

/// A row of a file, read: what it says, or what is wrong with its shape.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which row it is, from 0, the headings not counted.
    pub(super) position: u64,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its cells as they came.
    pub(super) cells: Vec<String>,
    /// What it says.
    pub(super) read: Result<Parsed, Vec<Fault>>,
}

impl Columns {
    /// The columns under these headings.
    pub fn of(header: &[String], config: &Configuration) -> Self {
        let target =
            |name: &String| target_for(name, &config.custom_fields).filter(|_| !ADDED.contains(&name.as_str()));
        Self { names: header.to_vec(), targets: header.iter().map(target).collect() }
    }

    /// The headings that stand for nothing.
    pub fn unmapped(&self) -> Vec<&str> {
        let named = self.names.iter().zip(&self.targets);
        let unmapped = named.filter(|(name, target)| target.is_none() && !ADDED.contains(&name.as_str()));
        unmapped.map(|(name, _)| name.as_str()).filter(|name| !name.is_empty()).collect()
    }

    /// What the columns fill, in the words of the API.
    pub fn mapped(&self) -> Vec<(&str, String)> {
        let named = self.names.iter().zip(&self.targets);
        named.filter_map(|(name, target)| Some((name.as_str(), word(target.as_ref()?)))).collect()
    }

    /// Reads a row.
    pub(super) fn read(&self, position: u64, record: Record, config: &Configuration) -> Row {
        let read = match self.flaw(&record) {
            Some(flaw) => Err(vec![flaw]),
            None => Ok(self.parse(&record, &intake::lenient_rules(config))),
        };
        let mut cells = record.cells;
        if record.too_long {
            cells.truncate(self.names.len());
            cells.iter_mut().for_each(|cell| *cell = cell.chars().take(1_000).collect());
        }
        Row { position, line: record.line, cells, read }
    }

    fn parse(&self, record: &Record, rules: &InputRules<'_>) -> Parsed {
        let values: Vec<Value> =
            record.cells.iter().take(self.names.len()).map(|cell| unguarded(cell).into()).collect();
        let inputs = self.names.iter().zip(&self.targets).zip(&values);
        parse_mapped(inputs.map(|((name, target), value)| (name.as_str(), target.as_ref(), value)), rules)
    }

    /// What is wrong with the shape of a row. Cells that are missing at its end are blank; blank ones too many say
    /// nothing.
    fn flaw(&self, record: &Record) -> Option<Fault> {
        if record.too_long {
            let detail = "The row is too long to be read; is there a quote that is never closed?";
            return Some(Fault::at_pointer("#", "row_too_long", detail));
        }
        let columns = self.names.len();
        let beyond = record.cells.iter().skip(columns).any(|cell| !cell.trim().is_empty());
        beyond.then(|| {
            let (has, detail) = (record.cells.len(), "put cells that hold the delimiter in quotes");
            Fault::at_pointer(
                "#",
                "too_many_cells",
                format!("The row has {has} cells for {columns} columns; {detail}."),
            )
        })
    }
}

/// A cell without the apostrophe that keeps spreadsheets from reading a formula.
fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(FORMULA)).unwrap_or(cell)
}

fn word(target: &Target) -> String {
    match target {
        Target::Field(name) => (*name).to_owned(),
        Target::Custom(key) => format!("custom.{key}"),
        Target::Source => "source".to_owned(),
        Target::Owner => "owner".to_owned(),
        Target::Team => "team".to_owned(),
        Target::Status => "status".to_owned(),
        Target::Stage => "stage".to_owned(),
        Target::ScoreAdjustment => "score_adjustment".to_owned(),
        Target::CreatedAt => "created_at".to_owned(),
        Target::ExternalId(system) => format!("external_ids.{system}"),
        Target::Touch(part) => format!("last_touch.{part}"),
        Target::ClickId(network) => format!("last_touch.click_ids.{network}"),
        Target::Consent(channel, _) => format!("consent.{channel}"),
    }
}
