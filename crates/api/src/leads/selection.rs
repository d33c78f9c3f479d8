//! Which leads a caller asks for, from query parameters.

use leadwright_app::{Configuration, leads::Selection};
pub(super) use leadwright_domain::views::ArchivedWord;
use leadwright_domain::{
    fault::nearest,
    ids::{Id, LeadSourceId},
    leads::{Priority, Rating, Stage, Status, search_terms::query_terms},
};
use leadwright_persistence::leads::{Filter, Owner};

use crate::http::{Caller, Params};

/// What a text search without a letter or digit is told.
pub(super) const NO_WORDS: &str = "Send at least one letter or digit.";

/// The longest text search, in characters.
const LONGEST_QUERY: usize = 500;

/// Reads the simple filters. As to archiving, the view decides where nothing is said.
pub(super) fn read(
    params: &mut Params,
    caller: &Caller,
    config: &Configuration,
    view: Option<ArchivedWord>,
) -> Selection {
    let filter = Filter {
        statuses: params.choices("status", Status::WORDS, Status::ALL),
        stages: params.choices("stage", Stage::WORDS, Stage::ALL),
        ratings: params.choices("rating", Rating::WORDS, Rating::ALL),
        priorities: params.choices("priority", Priority::WORDS, Priority::ALL),
        sources: sources(params, config),
        owner: owner(params, caller),
        teams: ids(params, "team_id"),
        score_gte: params.number("score_gte", 0, 100),
        score_lte: params.number("score_lte", 0, 100),
        created_from: params.instant("created_after"),
        created_before: params.instant("created_before"),
        updated_from: params.instant("updated_after"),
        updated_before: params.instant("updated_before"),
        words: words(params),
        archived: params.choice("archived", ArchivedWord::WORDS, ArchivedWord::ALL).or(view).into(),
    };
    Selection { filter, condition: None }
}

fn words(params: &mut Params) -> Vec<String> {
    let Some(query) = params.text("q") else { return vec![] };
    if query.chars().count() > LONGEST_QUERY {
        params.fault("q", "too_long", &format!("Send at most {LONGEST_QUERY} characters."));
        return vec![];
    }
    let words = query_terms(&query);
    if words.is_empty() {
        params.fault("q", "no_words", NO_WORDS);
    }
    words
}

fn sources(params: &mut Params, config: &Configuration) -> Vec<LeadSourceId> {
    let Some(text) = params.text("source") else { return vec![] };
    let mut found = Vec::new();
    for written in text.split(',').map(str::trim) {
        let by_code = config.sources.iter().find(|source| source.code == written).map(|source| source.id);
        match by_code.or_else(|| written.parse().ok()) {
            Some(id) => found.push(id),
            None => {
                let codes = || config.sources.iter().map(|source| source.code.as_str());
                let detail = format!("There is no source `{written}`; send codes or ids of lead sources.");
                params.fault_suggesting("source", "unknown_source", &detail, nearest(written, codes()));
            }
        }
    }
    found
}

fn owner(params: &mut Params, caller: &Caller) -> Option<Owner> {
    let text = params.text("owner_id")?;
    if text == "none" {
        return Some(Owner::Nobody);
    }
    let mut owners = Vec::new();
    for written in text.split(',').map(str::trim) {
        let id = if written == "me" { caller.scope.user() } else { written.parse().ok() };
        match id {
            Some(id) => owners.push(id),
            None if written == "me" => params.fault("owner_id", "not_a_person", "An API key owns no leads; send ids."),
            None => params.fault("owner_id", "wrong_type", "Send ids of users or `me`, or `none` alone."),
        }
    }
    Some(Owner::Any(owners))
}

fn ids<T>(params: &mut Params, name: &'static str) -> Vec<Id<T>> {
    let Some(text) = params.text(name) else { return vec![] };
    let mut found = Vec::new();
    for written in text.split(',').map(str::trim) {
        match written.parse() {
            Ok(id) => found.push(id),
            Err(_) => params.fault(name, "wrong_type", "Send ids, separated by commas."),
        }
    }
    found
}
