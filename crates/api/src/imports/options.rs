//! What is asked of an import, read from the query.

use leadwright_app::{
    Configuration,
    imports::{Known, NewImport},
};
use leadwright_domain::{
    access::Actor,
    choices,
    duplicates::Policy,
    fault::{At, Fault},
    ids::{ImportMappingId, LeadSourceId},
    imports::{Encoding, Format, ImportMode, ImportPolicy, Mapping, UnknownOwner, UnknownSource},
    leads::Priority,
    precedence::Writer,
    privacy::WhenErased,
};

use crate::{
    http::{Params, Result, words::word_schema},
    import_mappings::ImportMappingShape,
};

/// The company of rows that name none, where nothing else is said.
const DEFAULT_COMPANY: &str = "Unknown";
const DELIMITERS: &[char] = &[',', ';', '\t', '|', ':', '^', '~'];
const DELIMITER_WORDS: &[&str] = &["comma", "semicolon", "tab", "pipe", "colon", "caret", "tilde"];
const QUOTES: &[Option<char>] = &[Some('"'), Some('\''), None];
const QUOTE_WORDS: &[&str] = &["double", "single", "none"];

choices! {
    /// What to do with somebody who is a lead already.
    Duplicates {
        /// The row is left out.
        Skip = "skip",
        /// What the row says wins.
        Update = "update",
        /// The row fills what is blank.
        FillBlanks = "fill_blanks",
        /// Another lead is made.
        Create = "create",
        /// The row is rejected.
        Fail = "fail",
    }
}

choices! {
    /// As whom a file writes.
    WritesAs {
        /// Whoever imports it has seen to the values themselves.
        Person = "person",
        /// It comes from another system.
        Sync = "sync",
        /// It was bought, or guessed.
        Enrichment = "enrichment",
    }
}

impl From<WritesAs> for Writer {
    fn from(word: WritesAs) -> Self {
        match word {
            WritesAs::Person => Self::Person,
            WritesAs::Sync => Self::Sync,
            WritesAs::Enrichment => Self::Enrichment,
        }
    }
}

word_schema! {
    /// As whom a file writes: it decides whose values it overwrites. Another system, unless said; `person` where whoever
    /// imports it has seen to the values, `enrichment` where they were bought or guessed.
    WritesAsWord as "ImportWriter" = WritesAs, "sync"
}

/// That a program passes for a person.
pub(super) fn not_a_person(writes_as: Writer, actor: Actor) -> Option<Fault> {
    let is_person = matches!(actor, Actor::User(_));
    let detail = "Only somebody who signed in can write as a person; send `sync` or `enrichment`.";
    (writes_as == Writer::Person && !is_person).then(|| Fault::in_field("writes_as", "not_a_person", detail))
}

impl From<Duplicates> for Policy {
    fn from(word: Duplicates) -> Self {
        match word {
            Duplicates::Skip => Self::Skip,
            Duplicates::Update => Self::Update,
            Duplicates::FillBlanks => Self::FillBlanks,
            Duplicates::Create => Self::Create,
            Duplicates::Fail => Self::Fail,
        }
    }
}

word_schema! {
    /// What to do with somebody who is a lead already.
    DuplicatesWord as "ImportDuplicates" = Duplicates, "skip"
}
word_schema! {
    /// What to do with a source that is not in the catalogue: `create` it, take the `default`, or `fail` the row.
    UnknownSourceWord as "UnknownSource" = UnknownSource, "create"
}
word_schema! {
    /// What to do with an owner whom nobody knows: as if there were none (`default`), or `fail` the row.
    UnknownOwnerWord as "UnknownOwner" = UnknownOwner, "default"
}

impl From<DuplicatesWord> for Policy {
    fn from(word: DuplicatesWord) -> Self {
        word.0.into()
    }
}

/// What is asked, and what the caller knows of the file.
pub(super) struct Options {
    pub(super) new: NewImport,
    pub(super) known: Known,
    /// The saved mapping that is to be used.
    pub(super) mapping_id: Option<ImportMappingId>,
}

/// Reads the query of a caller; `assigns` says whether the caller may give leads to others. What it leaves open is as in
/// `like`, an earlier import.
pub(super) fn read(
    mut params: Params,
    config: &Configuration,
    actor: Actor,
    assigns: bool,
    like: Option<ImportPolicy>,
) -> Result<Options> {
    let mode = params.choice("mode", ImportMode::WORDS, ImportMode::ALL).unwrap_or(ImportMode::Review);
    let duplicates = params.choice("duplicates", Duplicates::WORDS, Duplicates::ALL).map(Policy::from);
    let unknown_source = params.choice("unknown_source", UnknownSource::WORDS, UnknownSource::ALL);
    let unknown_owner = params.choice("unknown_owner", UnknownOwner::WORDS, UnknownOwner::ALL);
    let default_priority = params.choice("default_priority", Priority::WORDS, Priority::ALL);
    let erased = params.choice("erased", WhenErased::WORDS, WhenErased::ALL);
    let writes_as = params.choice("writes_as", WritesAs::WORDS, WritesAs::ALL).map(Writer::from);
    let writes_as = writes_as.or_else(|| like.as_ref().map(|like| like.writes_as)).unwrap_or(Writer::Sync);
    if let Some(fault) = not_a_person(writes_as, actor) {
        params.fault("writes_as", &fault.code, &fault.detail);
    }
    let route = params.flag("route");
    let known = known(&mut params);
    let company = params.text("default_company").map(|company| company.trim().to_owned());
    if company.as_ref().is_some_and(|company| company.chars().count() > 200) {
        params.fault("default_company", "too_long", "Send at most 200 characters.");
    }
    let default_source = default_source(&mut params, config, like.as_ref());
    let mapping_id = params.parsed("mapping_id", "the id of a saved mapping");
    let mapping = mapping(&mut params, config);
    if mapping_id.is_some() && mapping.is_some() {
        params.fault("mapping", "one_of_both", "Send `mapping_id` or `mapping`, not both.");
    }
    params.finish()?;
    let base = match like {
        Some(like) => like,
        None => usual(default_source.ok_or_else(crate::http::ApiError::internal)?),
    };
    let policy = ImportPolicy {
        duplicates: duplicates.unwrap_or(base.duplicates),
        unknown_source: unknown_source.unwrap_or(base.unknown_source),
        unknown_owner: unknown_owner.unwrap_or(base.unknown_owner),
        default_source: default_source.unwrap_or(base.default_source),
        default_priority: default_priority.unwrap_or(base.default_priority),
        default_company: company.filter(|company| !company.is_empty()).unwrap_or(base.default_company),
        erased: erased.unwrap_or(base.erased),
        writes_as,
        route: route.unwrap_or(base.route),
        assigns,
        mapping: mapping.unwrap_or(base.mapping),
    };
    Ok(Options { new: NewImport { mode, policy }, known, mapping_id })
}

/// What the caller knows of the file.
fn known(params: &mut Params) -> Known {
    Known {
        format: params.choice("format", Format::WORDS, Format::ALL),
        charset: None,
        encoding: params.choice("encoding", Encoding::WORDS, Encoding::ALL),
        delimiter: params.choice("delimiter", DELIMITER_WORDS, DELIMITERS),
        quote: params.choice("quote", QUOTE_WORDS, QUOTES),
        sheet: params.text("sheet"),
        header_row: params.number("header_row", 0, 1_000).map(i64::unsigned_abs),
    }
}

/// The source of rows that name none.
fn default_source(params: &mut Params, config: &Configuration, like: Option<&ImportPolicy>) -> Option<LeadSourceId> {
    let found = match (params.text("default_source"), like) {
        (None, Some(like)) if is_active(config, like.default_source) => Ok(like.default_source),
        (named, _) => NewImport::default_source(named.as_deref(), config),
    };
    found.map_err(|fault| params.fault("default_source", &fault.code, &fault.detail)).ok()
}

fn is_active(config: &Configuration, id: LeadSourceId) -> bool {
    config.sources.iter().any(|source| source.id == id && source.active)
}

/// What an import does of which nothing is said.
fn usual(default_source: LeadSourceId) -> ImportPolicy {
    ImportPolicy {
        duplicates: Policy::Skip,
        unknown_source: UnknownSource::Create,
        unknown_owner: UnknownOwner::Default,
        default_source,
        default_priority: Priority::Medium,
        default_company: DEFAULT_COMPANY.to_owned(),
        erased: WhenErased::Refuse,
        writes_as: Writer::Sync,
        route: true,
        assigns: false,
        mapping: Mapping::default(),
    }
}

/// A mapping as JSON in the query.
fn mapping(params: &mut Params, config: &Configuration) -> Option<Mapping> {
    let text = params.text("mapping")?;
    match serde_json::from_str::<ImportMappingShape>(&text) {
        Ok(shape) => {
            let mapping = Mapping::from(shape);
            for fault in mapping.check(&config.custom_fields) {
                let repair = fault.suggestion.as_ref().and_then(serde_json::Value::as_str);
                let detail = match &fault.at {
                    At::Pointer(pointer) => format!("{pointer}: {}.", fault.detail),
                    _ => fault.detail.clone(),
                };
                params.fault_suggesting("mapping", &fault.code, &detail, repair);
            }
            Some(mapping)
        }
        Err(error) => {
            let detail = format!("Send JSON such as {{\"columns\": {{\"Mail\": \"email\"}}}}: {error}.");
            params.fault("mapping", "wrong_format", &detail);
            None
        }
    }
}
