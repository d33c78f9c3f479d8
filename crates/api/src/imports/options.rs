//! What is asked of an import, read from the query.

use leadwright_app::{Configuration, imports::NewImport};
use leadwright_domain::{
    duplicates::Policy,
    imports::{Encoding, ImportMode, ImportPolicy, UnknownOwner, UnknownSource},
    leads::Priority,
};

use crate::http::{Params, Result};

/// The company of rows that name none, where nothing else is said.
const DEFAULT_COMPANY: &str = "Unknown";
const POLICIES: &[Policy] = &[Policy::Skip, Policy::Update, Policy::FillBlanks, Policy::Create, Policy::Fail];
const POLICY_WORDS: &[&str] = &["skip", "update", "fill_blanks", "create", "fail"];
const DELIMITERS: &[char] = &[',', ';', '\t', '|'];
const DELIMITER_WORDS: &[&str] = &["comma", "semicolon", "tab", "pipe"];

/// What is asked, and what the caller knows of the file.
pub(super) struct Options {
    pub(super) new: NewImport,
    pub(super) delimiter: Option<char>,
    pub(super) encoding: Option<Encoding>,
}

/// Reads the query; `assigns` says whether the caller may give leads to others.
pub(super) fn read(mut params: Params, config: &Configuration, assigns: bool) -> Result<Options> {
    let mode = params.choice("mode", ImportMode::WORDS, ImportMode::ALL).unwrap_or(ImportMode::Review);
    let duplicates = params.choice("duplicates", POLICY_WORDS, POLICIES).unwrap_or(Policy::Skip);
    let unknown_source = params.choice("unknown_source", UnknownSource::WORDS, UnknownSource::ALL);
    let unknown_owner = params.choice("unknown_owner", UnknownOwner::WORDS, UnknownOwner::ALL);
    let default_priority = params.choice("default_priority", Priority::WORDS, Priority::ALL);
    let route = params.flag("route").unwrap_or(true);
    let delimiter = params.choice("delimiter", DELIMITER_WORDS, DELIMITERS);
    let encoding = params.choice("encoding", Encoding::WORDS, Encoding::ALL);
    let company = params.text("default_company").map(|company| company.trim().to_owned());
    if company.as_ref().is_some_and(|company| company.chars().count() > 200) {
        params.fault("default_company", "too_long", "Send at most 200 characters.");
    }
    let named = params.text("default_source");
    let default_source = match NewImport::default_source(named.as_deref(), config) {
        Ok(source) => Some(source),
        Err(fault) => {
            params.fault("default_source", &fault.code, &fault.detail);
            None
        }
    };
    params.finish()?;
    let policy = ImportPolicy {
        duplicates,
        unknown_source: unknown_source.unwrap_or(UnknownSource::Create),
        unknown_owner: unknown_owner.unwrap_or(UnknownOwner::Default),
        default_source: default_source.ok_or_else(crate::http::ApiError::internal)?,
        default_priority: default_priority.unwrap_or(Priority::Medium),
        default_company: company.filter(|company| !company.is_empty()).unwrap_or_else(|| DEFAULT_COMPANY.to_owned()),
        route,
        assigns,
    };
    Ok(Options { new: NewImport { mode, policy }, delimiter, encoding })
}
