//! What records of others hold of a person: leads that they were part of for a while, saved views, suggestions, and what is
//! kept of bulk actions so that they can be taken back. All of it is found by indexes or in tables that stay small.

use leadwright_domain::{
    access::Actor,
    events::Event,
    ids::{BulkActionId, Id, LeadId, MergeId, SubmissionId, SuggestionId, ViewId},
    privacy::{SavedWords, Stay},
    text::fold,
    time::Instant,
};
use sea_orm::{DbBackend, QueryResult, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::{Erasures, HeldPost, sweep::to_post};
use crate::{DbError, dialect::lists};

/// A part of a bulk action with how its leads were.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldPart {
    /// Which.
    pub id: Uuid,
    /// How its leads were; `None` where nothing is left.
    pub before: Option<Json>,
}

/// A saved view.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldView {
    /// Which.
    pub id: ViewId,
    /// Whether everybody sees it.
    pub shared: bool,
    /// What it says.
    pub says: SavedWords,
}

/// A value that somebody may take over.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldSuggestion {
    /// Which.
    pub id: SuggestionId,
    /// What was suggested, in a list.
    pub value: Json,
}

impl Erasures<'_> {
    /// The times in which leads were part of others and are no more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn stays_of(&self, leads: &[LeadId]) -> Result<Vec<Stay>, DbError> {
        self.stays("lead_id", leads).await
    }

    /// The times in which others were part of leads and are no more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn stays_in(&self, leads: &[LeadId]) -> Result<Vec<Stay>, DbError> {
        self.stays("master_id", leads).await
    }

    async fn stays(&self, column: &str, leads: &[LeadId]) -> Result<Vec<Stay>, DbError> {
        let sql = format!(
            "SELECT master_id, lead_id, merged_at, undone_at FROM merges WHERE organization_id = $1 AND {} \
             AND undone_at IS NOT NULL ORDER BY id",
            lists::id_in(self.at.backend(), column, "$2")
        );
        let read = |row: &QueryResult| {
            Ok(Stay {
                master: id(row, "master_id")?,
                lead: id(row, "lead_id")?,
                from: row.try_get("", "merged_at")?,
                until: row.try_get("", "undone_at")?,
            })
        };
        self.rows(&sql, [self.ids_of(leads)]).await?.iter().map(read).collect()
    }

    /// What happened to the lead that another was part of, meanwhile; held until the transaction ends, if that
    /// is wanted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn events_during(&self, stay: &Stay, hold: bool) -> Result<Vec<Event>, DbError> {
        let sql = format!(
            "SELECT id, pos, kind, lead_id, occurred_at, data, diff FROM events WHERE organization_id = $1 AND lead_id = $2 \
             AND occurred_at >= $3 AND occurred_at <= $4 ORDER BY id{}",
            self.holding_rows(hold)
        );
        self.rows(&sql, during(stay)).await?.iter().map(to_event).collect()
    }

    /// What happened to the e-mail addresses and phone numbers of leads, also where the values are gone with somebody else.
    ///
    /// # Errors
    /// The database failed.
    pub async fn readdressed(&self, leads: &[LeadId]) -> Result<Vec<Event>, DbError> {
        let sql = format!(
            "SELECT id, pos, kind, lead_id, occurred_at, data, diff FROM events WHERE organization_id = $1 AND {} \
             AND (diff -> 'email' IS NOT NULL OR diff -> 'phone' IS NOT NULL \
             OR data ->> 'fields' LIKE '%\"email\"%' OR data ->> 'fields' LIKE '%\"phone\"%') ORDER BY id",
            lists::id_in(self.at.backend(), "lead_id", "$2")
        );
        self.rows(&sql, [self.ids_of(leads)]).await?.iter().map(to_event).collect()
    }

    /// What happened to leads, as far as it is known what changed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn changes_of(&self, leads: &[LeadId]) -> Result<Vec<Event>, DbError> {
        let sql = format!(
            "SELECT id, pos, kind, lead_id, occurred_at, data, diff FROM events WHERE organization_id = $1 AND {} \
             AND diff IS NOT NULL ORDER BY id",
            lists::id_in(self.at.backend(), "lead_id", "$2")
        );
        self.rows(&sql, [self.ids_of(leads)]).await?.iter().map(to_event).collect()
    }

    /// What was posted and went to a lead between two instants, behind one: when it came, or when it was taken in anew.
    ///
    /// # Errors
    /// The database failed.
    pub async fn posts_between(
        &self,
        lead: LeadId,
        (from, until): (Instant, Instant),
        after: Option<SubmissionId>,
        limit: i64,
    ) -> Result<Vec<HeldPost>, DbError> {
        let sql = "SELECT id, body, outcome, received_at, replayed_at FROM submissions WHERE organization_id = $1 \
                   AND lead_id = $2 AND coalesce(replayed_at, received_at) >= $3 AND received_at <= $4 \
                   AND state <> 'erased' AND id > $5 ORDER BY id LIMIT $6";
        let after = after.map_or_else(Uuid::nil, Id::uuid);
        let values: [Value; 5] = [lead.uuid().into(), from.into(), until.into(), after.into(), limit.into()];
        self.rows(sql, values).await?.iter().map(to_post).collect()
    }

    /// What is kept of merges into a lead that another was part of then, so that they can be taken back: it holds the lead
    /// with what the other brought.
    ///
    /// # Errors
    /// The database failed.
    pub async fn merges_during(&self, stay: &Stay) -> Result<Vec<MergeId>, DbError> {
        let sql = "SELECT id FROM merges WHERE organization_id = $1 AND master_id = $2 AND merged_at >= $3 \
                   AND merged_at <= $4 AND snapshot IS NOT NULL ORDER BY id";
        self.rows(sql, during(stay)).await?.iter().map(|row| id(row, "id")).collect()
    }

    /// What was suggested for the lead that another was part of, meanwhile: nobody can tell for whom of the two.
    ///
    /// # Errors
    /// The database failed.
    pub async fn suggested_during(&self, stay: &Stay) -> Result<Vec<SuggestionId>, DbError> {
        let sql = "SELECT id FROM suggestions WHERE organization_id = $1 AND lead_id = $2 AND created_at >= $3 \
                   AND created_at <= $4 ORDER BY id";
        self.rows(sql, during(stay)).await?.iter().map(|row| id(row, "id")).collect()
    }

    /// Suggestions that hold one of these texts, whatever the lead.
    ///
    /// # Errors
    /// The database failed.
    pub async fn suggested_with(&self, texts: &[&str]) -> Result<Vec<HeldSuggestion>, DbError> {
        let backend = self.at.backend();
        let holds = match backend {
            DbBackend::Postgres => {
                "EXISTS (SELECT 1 FROM unnest($2::text[]) AS t (value) WHERE strpos(lower(s.value::text), t.value) > 0)"
            }
            _ => "EXISTS (SELECT 1 FROM json_each($2) AS t WHERE instr(lower(s.value), t.value) > 0)",
        };
        let sql =
            format!("SELECT s.id, s.value FROM suggestions s WHERE s.organization_id = $1 AND {holds} ORDER BY s.id");
        let found = self.rows(&sql, [lists::texts(backend, texts.iter().copied())]).await?;
        found.iter().map(|row| Ok(HeldSuggestion { id: id(row, "id")?, value: row.try_get("", "value")? })).collect()
    }

    /// Parts of bulk actions that keep how a lead was, so that it can be put back. Its events name the bulk actions that
    /// changed it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn parts_with(&self, lead: LeadId, hold: bool) -> Result<Vec<HeldPart>, DbError> {
        let backend = self.at.backend();
        let sql = "SELECT DISTINCT data ->> 'bulk_action_id' AS bulk FROM events WHERE organization_id = $1 \
                   AND lead_id = $2 AND data ->> 'bulk_action_id' IS NOT NULL ORDER BY 1";
        let found = self.rows(sql, [lead.uuid().into()]).await?;
        let bulks: Vec<String> = found.iter().map(|row| row.try_get("", "bulk")).collect::<Result<_, _>>()?;
        let bulks: Vec<Uuid> =
            bulks.iter().filter_map(|bulk| bulk.parse::<BulkActionId>().ok()).map(Id::uuid).collect();
        if bulks.is_empty() {
            return Ok(Vec::new());
        }
        let has = if backend == DbBackend::Postgres { "position($3 IN leads) > 0" } else { "instr(leads, $3) > 0" };
        let sql = format!(
            "SELECT id, before FROM bulk_parts WHERE organization_id = $1 AND {} AND before IS NOT NULL AND {has} \
             ORDER BY id{}",
            lists::id_in(backend, "bulk_id", "$2"),
            self.holding_rows(hold)
        );
        let found = self.rows(&sql, [lists::ids(backend, bulks), lead.uuid().into_bytes().to_vec().into()]).await?;
        let read = |row: &QueryResult| Ok(HeldPart { id: row.try_get("", "id")?, before: row.try_get("", "before")? });
        found.iter().map(read).collect()
    }

    /// All saved views, whoever sees them; held until the transaction ends, if that is wanted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn views(&self, hold: bool) -> Result<Vec<HeldView>, DbError> {
        let sql = format!(
            "SELECT id, name, condition, query, shared FROM lead_views WHERE organization_id = $1 ORDER BY id{}",
            self.holding_rows(hold)
        );
        let read = |row: &QueryResult| {
            let (name, query) = (row.try_get("", "name")?, row.try_get("", "query")?);
            let says = SavedWords { name, condition: row.try_get("", "condition")?, query };
            Ok(HeldView { id: id(row, "id")?, shared: row.try_get("", "shared")?, says })
        };
        self.rows(&sql, []).await?.iter().map(read).collect()
    }

    /// Writes what an event says without the person, unless nothing is left of it already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite_event(&self, event: Uuid, diff: Option<Json>) -> Result<u64, DbError> {
        let sql = "UPDATE events SET diff = $3 WHERE organization_id = $1 AND id = $2 AND diff IS NOT NULL";
        self.run(sql, [event.into(), diff.into()]).await
    }

    /// Forgets what was kept of merges.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_merges(&self, merges: &[MergeId]) -> Result<u64, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "UPDATE merges SET snapshot = NULL WHERE organization_id = $1 AND {} AND snapshot IS NOT NULL",
            lists::id_in(backend, "id", "$2")
        );
        self.run(&sql, [lists::ids(backend, merges.iter().map(|merge| merge.uuid()))]).await
    }

    /// Writes how the other leads of a part were.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite_part(&self, part: &HeldPart) -> Result<u64, DbError> {
        let sql = "UPDATE bulk_parts SET before = $3 WHERE organization_id = $1 AND id = $2 AND before IS NOT NULL";
        self.run(sql, [part.id.into(), part.before.clone().into()]).await
    }

    /// Writes what a saved view says without the person.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite_view(&self, view: &HeldView) -> Result<u64, DbError> {
        let sql = "UPDATE lead_views SET version = version + 1, name = $3, name_key = $4, condition = $5, query = $6, \
                   updated_at = $7 WHERE organization_id = $1 AND id = $2";
        let says = view.says.clone();
        let key = fold(&says.name);
        let values: [Value; 6] = [
            view.id.uuid().into(),
            says.name.into(),
            key.into(),
            says.condition.into(),
            says.query.into(),
            self.at.now.into(),
        ];
        self.run(sql, values).await
    }

    fn ids_of(&self, leads: &[LeadId]) -> Value {
        lists::ids(self.at.backend(), leads.iter().map(|lead| lead.uuid()))
    }

    fn holding_rows(&self, hold: bool) -> &'static str {
        if hold && self.at.backend() == DbBackend::Postgres { " FOR UPDATE" } else { "" }
    }
}

fn to_event(row: &QueryResult) -> Result<Event, DbError> {
    Ok(Event {
        id: row.try_get("", "id")?,
        pos: row.try_get("", "pos")?,
        kind: row.try_get("", "kind")?,
        lead_id: Some(id(row, "lead_id")?),
        actor: Actor::System,
        occurred_at: row.try_get("", "occurred_at")?,
        data: row.try_get("", "data")?,
        diff: row.try_get("", "diff")?,
    })
}

fn id<K>(row: &QueryResult, column: &str) -> Result<Id<K>, DbError> {
    Ok(Id::from_uuid(row.try_get::<Uuid>("", column)?))
}

/// The parameters of what happened to the lead that another was part of, meanwhile.
fn during(stay: &Stay) -> [Value; 3] {
    [stay.master.uuid().into(), stay.from.into(), stay.until.into()]
}
