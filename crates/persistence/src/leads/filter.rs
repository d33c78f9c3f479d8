//! What a list shows: the caller's sight, the simple filters and a condition, as SQL.

use leadwright_domain::{
    access::LeadVisibility,
    ids::{LeadSourceId, TeamId, UserId},
    leads::{Priority, Rating, Stage, Status},
    time::Instant,
};
use sea_orm::{DbBackend, Statement, Value};

use crate::dialect::{lists, search};

/// Gathers parameters while a statement is written.
#[derive(Clone, Debug)]
pub(crate) struct Sql {
    pub(crate) backend: DbBackend,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) const fn new(backend: DbBackend) -> Self {
        Self { backend, values: Vec::new() }
    }

    /// Adds a parameter; answers how the statement names it.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("${}", self.values.len())
    }

    pub(crate) fn statement(self, text: String) -> Statement {
        Statement::from_sql_and_values(self.backend, text, self.values)
    }
}

/// Whose leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Of these users.
    Any(Vec<UserId>),
    /// Nobody's.
    Nobody,
}

/// Which leads as to archiving.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Archived {
    /// Only those that are not archived.
    #[default]
    No,
    /// Only archived ones.
    Only,
    /// Both.
    Both,
}

/// The simple filters of a list; empty ones let everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these statuses.
    pub statuses: Vec<Status>,
    /// Any of these stages.
    pub stages: Vec<Stage>,
    /// Any of these ratings.
    pub ratings: Vec<Rating>,
    /// Any of these priorities.
    pub priorities: Vec<Priority>,
    /// From any of these sources.
    pub sources: Vec<LeadSourceId>,
    /// Whose.
    pub owner: Option<Owner>,
    /// Of any of these teams.
    pub teams: Vec<TeamId>,
    /// At least this score.
    pub score_gte: Option<i64>,
    /// At most this score.
    pub score_lte: Option<i64>,
    /// Created at or after.
    pub created_from: Option<Instant>,
    /// Created before.
    pub created_before: Option<Instant>,
    /// Changed at or after.
    pub updated_from: Option<Instant>,
    /// Changed before.
    pub updated_before: Option<Instant>,
    /// Words of a text search, as the domain splits them.
    pub words: Vec<String>,
    /// As to archiving.
    pub archived: Archived,
}

impl Filter {
    /// The conditions on `leads`, each to be joined with AND.
    pub(crate) fn conditions(&self, sql: &mut Sql, organization: uuid::Uuid) -> Vec<String> {
        let mut all = Vec::new();
        // One value is compared as such: an index then gives its leads in order.
        let mut words = |sql: &mut Sql, column: &str, words: Vec<&str>| match words.as_slice() {
            [] => {}
            [only] => all.push(format!("{column} = {}", sql.bind(*only))),
            many => {
                let list = sql.bind(lists::texts(sql.backend, many.iter().copied()));
                all.push(lists::text_in(sql.backend, column, &list));
            }
        };
        words(sql, "leads.status", self.statuses.iter().map(|one| one.as_str()).collect());
        words(sql, "leads.stage", self.stages.iter().map(|one| one.as_str()).collect());
        words(sql, "leads.rating", self.ratings.iter().map(|one| one.as_str()).collect());
        words(sql, "leads.priority", self.priorities.iter().map(|one| one.as_str()).collect());
        self.ids(sql, &mut all);
        for (column, test, bound) in [("leads.score", ">=", self.score_gte), ("leads.score", "<=", self.score_lte)] {
            if let Some(bound) = bound {
                all.push(format!("{column} {test} {}", sql.bind(bound)));
            }
        }
        for (column, test, bound) in [
            ("leads.created_at", ">=", self.created_from),
            ("leads.created_at", "<", self.created_before),
            ("leads.updated_at", ">=", self.updated_from),
            ("leads.updated_at", "<", self.updated_before),
        ] {
            if let Some(bound) = bound {
                all.push(format!("{column} {test} {}", sql.bind(bound)));
            }
        }
        match self.archived {
            Archived::No => all.push("leads.archived_at IS NULL".to_owned()),
            Archived::Only => all.push("leads.archived_at IS NOT NULL".to_owned()),
            Archived::Both => {}
        }
        // Merged and erased leads are archived too, but they are no leads of their own any more.
        if self.archived != Archived::No {
            all.push("leads.merged_into IS NULL".to_owned());
            all.push("leads.erased_at IS NULL".to_owned());
        }
        if !self.words.is_empty() {
            let query = sql.bind(search::query(sql.backend, organization, &self.words));
            all.push(search::matches(sql.backend, &query));
        }
        all
    }

    fn ids(&self, sql: &mut Sql, all: &mut Vec<String>) {
        let mut ids = |sql: &mut Sql, column: &str, ids: Vec<uuid::Uuid>| match ids.as_slice() {
            [only] => all.push(format!("{column} = {}", sql.bind(*only))),
            many => {
                let list = sql.bind(lists::ids(sql.backend, many.iter().copied()));
                all.push(lists::id_in(sql.backend, column, &list));
            }
        };
        if !self.sources.is_empty() {
            ids(sql, "leads.source_id", self.sources.iter().map(|id| id.uuid()).collect());
        }
        if !self.teams.is_empty() {
            ids(sql, "leads.team_id", self.teams.iter().map(|id| id.uuid()).collect());
        }
        match &self.owner {
            Some(Owner::Any(users)) => ids(sql, "leads.owner_id", users.iter().map(|id| id.uuid()).collect()),
            Some(Owner::Nobody) => all.push("leads.owner_id IS NULL".to_owned()),
            None => {}
        }
    }
}

/// The caller's sight as one condition, for lookups by id.
pub(crate) fn seen(sql: &mut Sql, visibility: &LeadVisibility) -> String {
    format!("({})", branches(sql, visibility).join(" OR "))
}

/// The caller's sight as conditions that exclude each other, each of which an index answers in order: an OR would make a
/// list read and sort everything.
pub(crate) fn branches(sql: &mut Sql, visibility: &LeadVisibility) -> Vec<String> {
    let (user, teams, team_sees_owned) = match visibility {
        LeadVisibility::All => return vec!["1 = 1".to_owned()],
        LeadVisibility::Own { user, teams } => (user, teams, false),
        LeadVisibility::Team { user, teams } => (user, teams, true),
    };
    let user = sql.bind(user.uuid());
    let mut branches =
        vec![format!("leads.owner_id = {user}"), "(leads.owner_id IS NULL AND leads.team_id IS NULL)".to_owned()];
    // The first teams have a branch each; the rest share one, so that a statement stays bounded.
    let (single, rest) = teams.split_at(teams.len().min(6));
    let not_mine = if team_sees_owned {
        format!("(leads.owner_id IS NULL OR leads.owner_id <> {user})")
    } else {
        "leads.owner_id IS NULL".to_owned()
    };
    for team in single {
        let team = sql.bind(team.uuid());
        branches.push(format!("(leads.team_id = {team} AND {not_mine})"));
    }
    if !rest.is_empty() {
        let list = sql.bind(lists::ids(sql.backend, rest.iter().map(|team| team.uuid())));
        branches.push(format!("({} AND {not_mine})", lists::id_in(sql.backend, "leads.team_id", &list)));
    }
    branches
}
