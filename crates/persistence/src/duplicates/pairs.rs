//! The pairs that somebody should look at.

use leadwright_domain::{
    access::{Actor, LeadVisibility},
    duplicates::{DuplicatePair, FoundPair, PairState, Tier},
    ids::{DuplicatePairId, Id, LeadId},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, FromQueryResult, QueryFilter, Statement,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use uuid::Uuid;

use super::Duplicates;
use crate::{
    DbError, bulk,
    dialect::lists,
    entities::duplicate_pairs as rows,
    leads::{Sql, seen},
    scope::Begin,
};

/// Which pairs are asked for.
#[derive(Clone, Debug)]
pub struct PairQuery {
    /// In this state.
    pub state: PairState,
    /// At least this alike.
    pub min_similarity: Option<i64>,
    /// With this lead.
    pub lead: Option<LeadId>,
    /// From behind this one: its similarity and id.
    pub after: Option<(i64, DuplicatePairId)>,
    /// How many at most.
    pub limit: u64,
}

/// What somebody says of a pair.
#[derive(Clone, Debug)]
pub struct Decision {
    /// What becomes of it.
    pub state: PairState,
    /// What they have to say.
    pub note: Option<String>,
    /// Who.
    pub by: Option<Actor>,
}

impl Duplicates<'_> {
    /// Files pairs under these ids, or brings known ones up to date; those that somebody dismissed stay as they are. Answers how many are
    /// new, changed or open again.
    ///
    /// # Errors
    /// The database failed.
    pub async fn file(&self, found: &[(DuplicatePairId, FoundPair)]) -> Result<u64, DbError> {
        let mut sorted: Vec<_> = found.iter().collect();
        sorted.sort_by_key(|(_, pair)| (pair.lead_id, pair.other_id));
        let row = |(id, pair): &(DuplicatePairId, FoundPair)| rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(id.uuid()),
            version: Set(1),
            lead_id: Set(pair.lead_id.uuid()),
            other_id: Set(pair.other_id.uuid()),
            tier: Set(pair.likeness.tier.as_str().to_owned()),
            similarity: Set(pair.likeness.similarity),
            reasons: Set(json!(pair.likeness.reasons)),
            state: Set(PairState::Open.as_str().to_owned()),
            note: Set(None),
            decided_by: Set(None),
            decided_at: Set(None),
            found_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        let conflict = "ON CONFLICT (organization_id, lead_id, other_id) DO UPDATE SET tier = excluded.tier, \
             similarity = excluded.similarity, reasons = excluded.reasons, state = excluded.state, \
             version = duplicate_pairs.version + 1, updated_at = excluded.updated_at \
             WHERE duplicate_pairs.state <> 'dismissed' AND (duplicate_pairs.state <> 'open' \
             OR duplicate_pairs.similarity <> excluded.similarity OR duplicate_pairs.tier <> excluded.tier)";
        bulk::upsert::<rows::Entity>(self.at.conn, sorted.into_iter().map(row).collect(), conflict).await
    }

    /// The open pairs of leads: their ids and both leads.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_of(&self, leads: &[LeadId]) -> Result<Vec<(DuplicatePairId, LeadId, LeadId)>, DbError> {
        let backend = self.at.backend();
        // Two lists, each with an index of its own.
        let of = |column: &str| {
            format!(
                "SELECT id, lead_id, other_id FROM duplicate_pairs WHERE organization_id = $1 AND state = 'open' AND {}",
                lists::id_in(backend, column, "$2")
            )
        };
        let sql = format!("{} UNION {}", of("lead_id"), of("other_id"));
        let values = [self.at.organization().into(), lists::ids(backend, leads.iter().map(|lead| lead.uuid()))];
        let rows = self.at.conn.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let ids = |row: &sea_orm::QueryResult| {
            let id = |name: &str| row.try_get::<Uuid>("", name);
            Ok((Id::from_uuid(id("id")?), Id::from_uuid(id("lead_id")?), Id::from_uuid(id("other_id")?)))
        };
        rows.iter().map(ids).collect()
    }

    /// Closes pairs that are open; answers how many were.
    ///
    /// # Errors
    /// The database failed.
    pub async fn close(&self, pairs: &[DuplicatePairId]) -> Result<u64, DbError> {
        if pairs.is_empty() {
            return Ok(0);
        }
        let of_them = rows::Column::Id.is_in(pairs.iter().map(|pair| pair.uuid()));
        self.leave_open(Condition::all().add(of_them), PairState::Closed).await
    }

    /// Ends the open pairs of leads that were merged into another one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn merged(&self, leads: &[LeadId]) -> Result<u64, DbError> {
        let ids = || leads.iter().map(|lead| lead.uuid());
        let theirs = Condition::any().add(rows::Column::LeadId.is_in(ids())).add(rows::Column::OtherId.is_in(ids()));
        self.leave_open(theirs, PairState::Merged).await
    }

    async fn leave_open(&self, which: Condition, state: PairState) -> Result<u64, DbError> {
        let update = self.at.scope.update::<rows::Entity>().filter(which);
        let update = update.filter(rows::Column::State.eq(PairState::Open.as_str()));
        let update = update
            .col_expr(rows::Column::State, Expr::value(state.as_str()))
            .col_expr(rows::Column::Version, Expr::col(rows::Column::Version).add(1_i64))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now));
        Ok(update.exec(&self.at.conn).await?.rows_affected)
    }

    /// Writes what somebody says of a pair, over the version that was read; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn decide(&self, pair: &DuplicatePair, decision: &Decision) -> Result<bool, DbError> {
        let decided_at = decision.by.map(|_| self.at.now);
        let update = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(pair.id.uuid()))
            .filter(rows::Column::Version.eq(pair.version))
            .col_expr(rows::Column::State, Expr::value(decision.state.as_str()))
            .col_expr(rows::Column::Note, Expr::value(decision.note.clone()))
            .col_expr(rows::Column::DecidedBy, Expr::value(decision.by.map(|by| json!(by))))
            .col_expr(rows::Column::DecidedAt, Expr::value(decided_at))
            .col_expr(rows::Column::Version, Expr::value(pair.version + 1))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now));
        Ok(update.exec(&self.at.conn).await?.rows_affected == 1)
    }

    /// One pair; `None` where the caller does not see both leads.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: DuplicatePairId) -> Result<Option<DuplicatePair>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let (organization, id) = (sql.bind(self.at.organization()), sql.bind(id.uuid()));
        let both = self.both_seen(&mut sql, &organization);
        let text =
            format!("SELECT * FROM duplicate_pairs p WHERE p.organization_id = {organization} AND p.id = {id}{both}");
        Ok(self.read(sql, text).await?.pop())
    }

    /// Pairs of which the caller sees both leads, the most alike first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(&self, query: &PairQuery) -> Result<Vec<DuplicatePair>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let organization = sql.bind(self.at.organization());
        let state = sql.bind(query.state.as_str());
        let mut tests = vec![format!("p.organization_id = {organization}"), format!("p.state = {state}")];
        if let Some(least) = query.min_similarity {
            tests.push(format!("p.similarity >= {}", sql.bind(least)));
        }
        if let Some(lead) = query.lead {
            let lead = sql.bind(lead.uuid());
            tests.push(format!("(p.lead_id = {lead} OR p.other_id = {lead})"));
        }
        if let Some((similarity, id)) = query.after {
            let (similarity, id) = (sql.bind(similarity), sql.bind(id.uuid()));
            tests.push(format!("(p.similarity, p.id) < ({similarity}, {id})"));
        }
        let both = self.both_seen(&mut sql, &organization);
        let (tests, limit) = (tests.join(" AND "), query.limit);
        let text = format!(
            "SELECT * FROM duplicate_pairs p WHERE {tests}{both} ORDER BY p.similarity DESC, p.id DESC LIMIT {limit}"
        );
        self.read(sql, text).await
    }

    /// That the caller sees both leads, as further conditions.
    fn both_seen(&self, sql: &mut Sql, organization: &str) -> String {
        let visibility = &self.at.scope.leads;
        if *visibility == LeadVisibility::All {
            return String::new();
        }
        let mut both = String::new();
        for column in ["lead_id", "other_id"] {
            let seen = seen(sql, visibility);
            both.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM leads WHERE leads.organization_id = {organization} AND leads.id = p.{column} AND {seen})"
            ));
        }
        both
    }

    async fn read(&self, sql: Sql, text: String) -> Result<Vec<DuplicatePair>, DbError> {
        let rows = rows::Model::find_by_statement(sql.statement(text)).all(&self.at.conn).await?;
        rows.into_iter().map(to_pair).collect()
    }
}

fn to_pair(row: rows::Model) -> Result<DuplicatePair, DbError> {
    let word = |what: &str| DbError::corrupt(format!("{what} of a pair"));
    Ok(DuplicatePair {
        id: Id::from_uuid(row.id),
        version: row.version,
        lead_id: Id::from_uuid(row.lead_id),
        other_id: Id::from_uuid(row.other_id),
        tier: Tier::parse(&row.tier).ok_or_else(|| word("tier"))?,
        similarity: row.similarity,
        reasons: serde_json::from_value(row.reasons).map_err(DbError::corrupt)?,
        state: PairState::parse(&row.state).ok_or_else(|| word("state"))?,
        note: row.note,
        decided_by: row.decided_by.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?,
        decided_at: row.decided_at,
        found_at: row.found_at,
        updated_at: row.updated_at,
    })
}
