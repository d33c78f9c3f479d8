//! Merges: who went where, and for a while how to take it back.

use leadwright_domain::{
    access::Actor,
    duplicates::{Past, Snapshot},
    ids::{Id, LeadId, MergeId},
    time::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use serde_json::{Value, json};

use super::Duplicates;
use crate::{DbError, bulk, entities::merges as rows, scope::Begin};

/// A lead that is being merged into another.
#[derive(Clone, Debug)]
pub struct NewMerge {
    /// Which.
    pub id: MergeId,
    /// The lead that stays.
    pub master: LeadId,
    /// The lead that goes.
    pub lead: LeadId,
    /// Until when it can be taken back.
    pub undo_until: Instant,
    /// How it was.
    pub snapshot: Snapshot,
}

/// A lead that was merged into another.
#[derive(Clone, Debug, PartialEq)]
pub struct Merge {
    /// Which.
    pub id: MergeId,
    /// The lead that stayed.
    pub master: LeadId,
    /// The lead that went.
    pub lead: LeadId,
    /// When.
    pub merged_at: Instant,
    /// Who did it.
    pub actor: Actor,
    /// Until when it can be taken back.
    pub undo_until: Instant,
    /// How it was; `None` once that is forgotten.
    pub snapshot: Option<Box<Snapshot>>,
    /// When it was taken back.
    pub undone_at: Option<Instant>,
}

impl Duplicates<'_> {
    /// Writes merges.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert_merges(&self, merges: &[NewMerge]) -> Result<(), DbError> {
        let row = |merge: &NewMerge| {
            Ok(rows::ActiveModel {
                organization_id: Set(self.at.organization()),
                id: Set(merge.id.uuid()),
                master_id: Set(merge.master.uuid()),
                lead_id: Set(merge.lead.uuid()),
                merged_at: Set(self.at.now),
                actor: Set(json!(self.at.scope.actor)),
                undo_until: Set(merge.undo_until),
                snapshot: Set(Some(serde_json::to_value(&merge.snapshot).map_err(DbError::corrupt)?)),
                undone_at: Set(None),
            })
        };
        let rows = merges.iter().map(row).collect::<Result<Vec<_>, DbError>>()?;
        bulk::insert::<rows::Entity>(self.at.conn, rows).await
    }

    /// The merge by which a lead went away, the newest first if there were several.
    ///
    /// # Errors
    /// The database failed.
    pub async fn merge_of(&self, lead: LeadId) -> Result<Option<Merge>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::LeadId.eq(lead.uuid()));
        let found = found.filter(rows::Column::UndoneAt.is_null()).order_by_desc(rows::Column::Id);
        found.one(&self.at.conn).await?.map(to_merge).transpose()
    }

    /// The leads that were merged into this one and are still, newest first, before the merge `before` if given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn merges_into(
        &self,
        master: LeadId,
        before: Option<MergeId>,
        limit: u64,
    ) -> Result<Vec<Merge>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>().filter(rows::Column::MasterId.eq(master.uuid()));
        found = found.filter(rows::Column::UndoneAt.is_null());
        if let Some(before) = before {
            found = found.filter(rows::Column::Id.lt(before.uuid()));
        }
        let rows = found.order_by_desc(rows::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_merge).collect()
    }

    /// What is kept of leads that were merged into these, so that it can be taken back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn snapshots_of(&self, masters: &[LeadId]) -> Result<Vec<Snapshot>, DbError> {
        let of_them = rows::Column::MasterId.is_in(masters.iter().map(|master| master.uuid()));
        let found = self.at.scope.find::<rows::Entity>().filter(of_them).filter(rows::Column::Snapshot.is_not_null());
        let found = found.order_by_asc(rows::Column::Id).all(&self.at.conn).await?;
        let kept = found.into_iter().filter_map(|row| row.snapshot);
        kept.map(|snapshot| serde_json::from_value(snapshot).map_err(DbError::corrupt)).collect()
    }

    /// The merges into a lead that can be taken back as far as is kept, the oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn undoable(&self, master: LeadId) -> Result<Vec<Past>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::MasterId.eq(master.uuid()));
        let found = found.filter(rows::Column::UndoneAt.is_null()).filter(rows::Column::Snapshot.is_not_null());
        let found = found.order_by_asc(rows::Column::Id).all(&self.at.conn).await?;
        let past = |row: rows::Model| {
            let snapshot = serde_json::from_value(row.snapshot.unwrap_or_default()).map_err(DbError::corrupt)?;
            Ok(Past { id: Id::from_uuid(row.id), lead: Id::from_uuid(row.lead_id), snapshot })
        };
        found.into_iter().map(past).collect()
    }

    /// Keeps something else of merges; what was forgotten meanwhile stays so.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite(&self, merges: &[Past]) -> Result<(), DbError> {
        for merge in merges {
            let snapshot = serde_json::to_value(&merge.snapshot).map_err(DbError::corrupt)?;
            let update = self.at.scope.update::<rows::Entity>().filter(rows::Column::Id.eq(merge.id.uuid()));
            let update = update.filter(rows::Column::Snapshot.is_not_null());
            let update = update.col_expr(rows::Column::Snapshot, Expr::value(Some(snapshot)));
            update.exec(&self.at.conn).await?;
        }
        Ok(())
    }

    /// A lead and all that were merged into it, and into those.
    ///
    /// # Errors
    /// The database failed.
    pub async fn family_of(&self, lead: LeadId) -> Result<Vec<LeadId>, DbError> {
        let (mut all, mut next) = (vec![lead], vec![lead.uuid()]);
        while !next.is_empty() {
            let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::MasterId.is_in(next));
            let found = found.filter(rows::Column::UndoneAt.is_null()).select_only().column(rows::Column::LeadId);
            let ids: Vec<uuid::Uuid> = found.into_tuple().all(&self.at.conn).await?;
            next = ids.into_iter().filter(|id| !all.contains(&Id::from_uuid(*id))).collect();
            all.extend(next.iter().map(|id| Id::from_uuid(*id)));
        }
        Ok(all)
    }

    /// Notes that a merge was taken back; what was kept for it is forgotten.
    ///
    /// # Errors
    /// The database failed.
    pub async fn undone(&self, merge: MergeId) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(merge.uuid()))
            .col_expr(rows::Column::UndoneAt, Expr::value(Some(self.at.now)))
            .col_expr(rows::Column::Snapshot, Expr::value(None::<Value>))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Forgets what was kept of merges that can't be taken back any more; answers how many there were.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_merges(&self, now: Instant) -> Result<u64, DbError> {
        let update = self.at.scope.update::<rows::Entity>().filter(rows::Column::UndoUntil.lt(now));
        let update = update.filter(rows::Column::Snapshot.is_not_null());
        let update = update.col_expr(rows::Column::Snapshot, Expr::value(None::<Value>));
        Ok(update.exec(&self.at.conn).await?.rows_affected)
    }
}

fn to_merge(row: rows::Model) -> Result<Merge, DbError> {
    Ok(Merge {
        id: Id::from_uuid(row.id),
        master: Id::from_uuid(row.master_id),
        lead: Id::from_uuid(row.lead_id),
        merged_at: row.merged_at,
        actor: serde_json::from_value(row.actor).map_err(DbError::corrupt)?,
        undo_until: row.undo_until,
        snapshot: row.snapshot.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?.map(Box::new),
        undone_at: row.undone_at,
    })
}
