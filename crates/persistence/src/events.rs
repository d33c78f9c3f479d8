//! The event log: appended by transactions, read by everybody who wants to know what happened.

use leadwright_domain::{
    access::Actor,
    events::{Event, EventKind, NewEvent},
    ids::{Id, LeadId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    DbError, Tx, bulk,
    conn::{repository, within::Sealed},
    entities::events,
    scope::Begin,
};

repository!(
    /// The organization's log.
    Events,
    events
);

/// Writes events with dense positions. The update of the head row locks it until the commit, so that positions become
/// visible in order and readers never skip one.
pub(crate) async fn append_all(tx: &Tx, events: Vec<(Uuid, NewEvent)>) -> Result<(), DbError> {
    if events.is_empty() {
        return Ok(());
    }
    let at = tx.scoped();
    let count = i64::try_from(events.len()).map_err(DbError::corrupt)?;
    let sql = "UPDATE event_heads SET last = last + $2 WHERE organization_id = $1 RETURNING last";
    let row = at
        .conn
        .query_one_raw(Statement::from_sql_and_values(at.backend(), sql, [at.organization().into(), count.into()]))
        .await?
        .ok_or_else(|| DbError::Other("the organization has no event head".to_owned()))?;
    let last: i64 = row.try_get("", "last")?;
    let own = (at.scope.actor, tx.request_id().map(ToOwned::to_owned));
    let mut pos = last - count;
    let rows = events.into_iter().map(|(id, event)| {
        pos += 1;
        let data = event.data.text();
        let (actor, request_id) = event.on_behalf_of.unwrap_or_else(|| own.clone());
        let (actor_kind, actor_id) = actor_columns(actor);
        let mut row = bulk::row::<events::Entity>(events::ActiveModel {
            organization_id: Set(at.organization()),
            id: Set(id),
            pos: Set(pos),
            kind: Set(event.kind.as_str().to_owned()),
            lead_id: Set(event.lead.map(Id::uuid)),
            subject_kind: Set(event.subject.map(|(kind, _)| kind.to_owned())),
            subject_id: Set(event.subject.map(|(_, id)| id)),
            actor_kind: Set(actor_kind.to_owned()),
            actor_id: Set(actor_id),
            request_id: Set(request_id),
            occurred_at: Set(at.now),
            data: Set(Value::Null),
            diff: Set(event.diff),
        })?;
        row[events::Column::Data as usize] = data.into();
        Ok(row)
    });
    bulk::upsert_rows::<events::Entity>(at.conn, rows, "").await.map(drop)
}

impl Events<'_> {
    /// What happened to one lead, newest first, before the event `before` if given. The caller has checked that the
    /// scope sees the lead.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_lead(&self, lead: LeadId, before: Option<Uuid>, limit: u64) -> Result<Vec<Event>, DbError> {
        let mut found = self.at.scope.find::<events::Entity>().filter(events::Column::LeadId.eq(lead.uuid()));
        if let Some(before) = before {
            found = found.filter(events::Column::Id.lt(before));
        }
        let rows = found.order_by_desc(events::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_event).collect()
    }

    /// Events of some kinds of one lead, newest first, before the event `before` if given. The caller has checked that
    /// the scope sees the lead.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_lead_and_kinds(
        &self,
        lead: LeadId,
        kinds: &[EventKind],
        before: Option<Uuid>,
        limit: u64,
    ) -> Result<Vec<Event>, DbError> {
        let mut found = self.at.scope.find::<events::Entity>().filter(events::Column::LeadId.eq(lead.uuid()));
        found = found.filter(events::Column::Kind.is_in(kinds.iter().map(|kind| kind.as_str())));
        if let Some(before) = before {
            found = found.filter(events::Column::Id.lt(before));
        }
        let rows = found.order_by_desc(events::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_event).collect()
    }

    /// Where each event behind position `after` stands, of which kind it is and to which lead it happened, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn marks_after(&self, after: i64, limit: u64) -> Result<Vec<(i64, String, Option<LeadId>)>, DbError> {
        let found = self.at.scope.find::<events::Entity>().filter(events::Column::Pos.gt(after)).select_only();
        let found = found.columns([events::Column::Pos, events::Column::Kind, events::Column::LeadId]);
        let found = found.order_by_asc(events::Column::Pos).limit(limit);
        let rows: Vec<(i64, String, Option<Uuid>)> = found.into_tuple().all(&self.at.conn).await?;
        Ok(rows.into_iter().map(|(pos, kind, lead)| (pos, kind, lead.map(Id::from_uuid))).collect())
    }

    /// The organization's log from behind position `after`, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn after(&self, after: i64, limit: u64) -> Result<Vec<Event>, DbError> {
        let found = self.at.scope.find::<events::Entity>().filter(events::Column::Pos.gt(after));
        let rows = found.order_by_asc(events::Column::Pos).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_event).collect()
    }
}

pub(crate) const fn actor_columns(actor: Actor) -> (&'static str, Option<Uuid>) {
    match actor {
        Actor::User(id) => ("user", Some(id.uuid())),
        Actor::ApiKey(id) => ("api_key", Some(id.uuid())),
        Actor::Form(id) => ("form", Some(id.uuid())),
        Actor::System => ("system", None),
    }
}

pub(crate) fn actor_of(kind: &str, id: Option<Uuid>) -> Result<Actor, DbError> {
    Ok(match (kind, id) {
        ("user", Some(id)) => Actor::User(Id::from_uuid(id)),
        ("api_key", Some(id)) => Actor::ApiKey(Id::from_uuid(id)),
        ("form", Some(id)) => Actor::Form(Id::from_uuid(id)),
        ("system", None) => Actor::System,
        (other, _) => return Err(DbError::corrupt(format!("actor {other}"))),
    })
}

fn to_event(row: events::Model) -> Result<Event, DbError> {
    let actor = actor_of(&row.actor_kind, row.actor_id)?;
    Ok(Event {
        id: row.id,
        pos: row.pos,
        kind: row.kind,
        lead_id: row.lead_id.map(Id::from_uuid),
        actor,
        occurred_at: row.occurred_at,
        data: row.data,
        diff: row.diff,
    })
}
