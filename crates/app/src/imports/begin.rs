use leadwright_domain::{
    cleansing::Tally,
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::LeadSourceId,
    imports::{Counts, Import, ImportMode, ImportPolicy, JobState, Phase, Progress, Warnings},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::Spooled;
use crate::{Configuration, intake::known_source};

/// The code of the source that rows get which name none, where nothing else is said.
const DEFAULT_SOURCE: &str = "third_party";

/// What is asked of an import.
#[derive(Clone, Debug)]
pub struct NewImport {
    /// Whether somebody looks before it counts.
    pub mode: ImportMode,
    /// What it does where a row leaves a question open.
    pub policy: ImportPolicy,
}

impl NewImport {
    /// The source that rows get which name none.
    ///
    /// # Errors
    /// There is no such source.
    pub fn default_source(written: Option<&str>, config: &Configuration) -> Result<LeadSourceId, Fault> {
        let Some(written) = written else {
            let active = || config.sources.iter().filter(|source| source.active);
            let usual = active().find(|source| source.code == DEFAULT_SOURCE).or_else(|| active().next());
            let none = || Fault::in_parameter("default_source", "required", "Add a lead source first.");
            return usual.map(|source| source.id).ok_or_else(none);
        };
        let found = known_source(written, config).map(|source| source.id);
        found.map_err(|fault| {
            let named = Fault::in_parameter("default_source", fault.code, fault.detail);
            Fault { suggestion: fault.suggestion, ..named }
        })
    }
}

/// Makes an import of a file that has arrived.
#[derive(Clone, Debug)]
pub struct BeginImport {
    /// The file.
    pub spooled: Spooled,
    /// What was found wrong with it while it was read.
    pub warnings: Warnings,
    /// What is asked.
    pub new: NewImport,
}

#[async_trait::async_trait]
impl Command for BeginImport {
    type Out = Import;

    async fn run(&self, tx: &Tx) -> Result<Import, CommandError> {
        let Self { spooled, warnings, new } = self;
        if spooled.header.is_empty() {
            let detail = "The file has no row; send a file whose first row names its columns.";
            return Err(Refusal::invalid(vec![Fault::at_pointer("#", "empty_file", detail)]).into());
        }
        let phase = match new.mode {
            ImportMode::Review => Phase::Review,
            ImportMode::Auto => Phase::Import,
        };
        let import = Import {
            id: spooled.id,
            version: 1,
            state: JobState::Queued,
            phase,
            mode: new.mode,
            policy: new.policy.clone(),
            file: spooled.file.clone(),
            header: spooled.header.clone(),
            checkpoint: 0,
            progress: Progress::default(),
            counts: Counts::default(),
            cleansed: Tally::default(),
            warnings: warnings.clone(),
            preview: None,
            reverted: None,
            problem: None,
            scope: tx.scope().clone(),
            request_id: tx.request_id().map(ToOwned::to_owned),
            created_at: tx.now(),
            updated_at: tx.now(),
            finished_at: None,
        };
        tx.imports().insert(&import).await?;
        tx.append(changed(&import, json!({"change": "created", "mode": new.mode, "bytes": spooled.file.bytes})));
        Ok(import)
    }
}

/// The event that tells of an import.
pub(super) fn changed(import: &Import, data: serde_json::Value) -> NewEvent {
    NewEvent::of(EventKind::ImportChanged, "import", import.id.uuid(), data)
}
