//! What leads did.

use leadwright_domain::{
    condition::{Needs, interaction_facts},
    ids::{Id, LeadId},
    interactions::{Interaction, InteractionKind},
    time::Instant,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Statement,
};
use serde_json::Value;
use uuid::Uuid;

use crate::{DbError, bulk, conn::repository, dialect::lists, entities::interactions as rows, scope::Begin};

repository!(
    /// Interactions of the organization's leads.
    Interactions,
    interactions
);

impl Interactions<'_> {
    /// The interactions of leads that scoring and routing ask about, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_leads(&self, leads: &[LeadId], needs: &Needs) -> Result<Vec<Interaction>, DbError> {
        if leads.is_empty() || needs.kinds.is_empty() {
            return Ok(vec![]);
        }
        let mut found = self
            .at
            .scope
            .find::<rows::Entity>()
            .filter(rows::Column::LeadId.is_in(leads.iter().map(|lead| lead.uuid())))
            .filter(rows::Column::Kind.is_in(needs.kinds.iter().map(|kind| kind.as_str())));
        if let Some(since) = needs.since {
            found = found.filter(rows::Column::OccurredAt.gte(since));
        }
        let rows = found.order_by_asc(rows::Column::OccurredAt).all(&self.at.conn).await?;
        all_of(rows)
    }

    /// Records interactions.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert_all(&self, done: &[Interaction]) -> Result<(), DbError> {
        let row = |one: &Interaction| {
            Ok(rows::ActiveModel {
                organization_id: Set(self.at.organization()),
                id: Set(one.id.uuid()),
                lead_id: Set(one.lead_id.uuid()),
                kind: Set(one.kind.as_str().to_owned()),
                occurred_at: Set(one.occurred_at),
                recorded_at: Set(self.at.now),
                machine: Set(one.machine),
                duration_seconds: Set(one.duration_seconds),
                facts: Set(Value::Object(interaction_facts(one))),
                detail: Set(serde_json::to_value(one).map_err(DbError::corrupt)?),
            })
        };
        let rows = done.iter().map(row).collect::<Result<Vec<_>, DbError>>()?;
        bulk::insert::<rows::Entity>(self.at.conn, rows).await
    }

    /// What a lead did, newest first, of some kinds (all where none is named), from behind a position: the time and id
    /// of the last one seen. The caller has checked that the scope sees the lead.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_lead(
        &self,
        lead: LeadId,
        kinds: &[InteractionKind],
        after: Option<(Instant, Uuid)>,
        limit: u64,
    ) -> Result<Vec<Interaction>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>().filter(rows::Column::LeadId.eq(lead.uuid()));
        if !kinds.is_empty() {
            found = found.filter(rows::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())));
        }
        if let Some((at, id)) = after {
            let same = Condition::all().add(rows::Column::OccurredAt.eq(at)).add(rows::Column::Id.lt(id));
            found = found.filter(Condition::any().add(rows::Column::OccurredAt.lt(at)).add(same));
        }
        let found = found.order_by_desc(rows::Column::OccurredAt).order_by_desc(rows::Column::Id).limit(limit);
        let rows = found.all(&self.at.conn).await?;
        all_of(rows)
    }

    /// Gives what these leads did to another one, which they are merged into; it is remembered who did it first. Answers
    /// how much that was.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hand_over(&self, from: &[LeadId], to: LeadId) -> Result<u64, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "UPDATE interactions SET origin_id = coalesce(origin_id, lead_id), lead_id = $2 WHERE organization_id = $1 AND {}",
            lists::id_in(backend, "lead_id", "$3")
        );
        let ids = lists::ids(backend, from.iter().map(|id| id.uuid()));
        let values = [self.at.organization().into(), to.uuid().into(), ids];
        let done = self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(done.rows_affected())
    }

    /// Gives back to a lead what it and those that had been merged into it (`origins`) did; the other has it now.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hand_back(&self, from: LeadId, origins: &[LeadId], to: LeadId) -> Result<u64, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "UPDATE interactions SET lead_id = $2 WHERE organization_id = $1 AND lead_id = $3 AND {}",
            lists::id_in(backend, "origin_id", "$4")
        );
        let ids = lists::ids(backend, origins.iter().map(|id| id.uuid()));
        let values = [self.at.organization().into(), to.uuid().into(), from.uuid().into(), ids];
        let done = self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(done.rows_affected())
    }

    /// How many interactions these leads have.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_of(&self, leads: &[LeadId]) -> Result<u64, DbError> {
        let of_them = rows::Column::LeadId.is_in(leads.iter().map(|lead| lead.uuid()));
        Ok(self.at.scope.find::<rows::Entity>().filter(of_them).count(&self.at.conn).await?)
    }
}

/// Those of an erased lead are emptied, and tell nothing any more.
fn all_of(rows: Vec<rows::Model>) -> Result<Vec<Interaction>, DbError> {
    let is_emptied = |row: &rows::Model| row.detail.as_object().is_some_and(|members| members.is_empty());
    rows.into_iter().filter(|row| !is_emptied(row)).map(to_interaction).collect()
}

/// What is stored with it says who did it; the row, whose it is now.
fn to_interaction(row: rows::Model) -> Result<Interaction, DbError> {
    let done: Interaction = serde_json::from_value(row.detail).map_err(DbError::corrupt)?;
    Ok(Interaction { lead_id: Id::from_uuid(row.lead_id), ..done })
}
