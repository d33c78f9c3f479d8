//! What leads did.

use leadwright_domain::{
    condition::{Needs, interaction_facts},
    ids::LeadId,
    interactions::Interaction,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use crate::{DbError, bulk, conn::repository, entities::interactions as rows, scope::Begin};

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
        rows.into_iter().map(|row| serde_json::from_value(row.detail).map_err(DbError::corrupt)).collect()
    }

    /// Writes new interactions with the facts that conditions compare.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert_all(&self, new: &[Interaction]) -> Result<(), DbError> {
        let row = |interaction: &Interaction| {
            Ok(rows::ActiveModel {
                organization_id: Set(self.at.organization()),
                id: Set(interaction.id.uuid()),
                lead_id: Set(interaction.lead_id.uuid()),
                kind: Set(interaction.kind.as_str().to_owned()),
                occurred_at: Set(interaction.occurred_at),
                recorded_at: Set(self.at.now),
                machine: Set(interaction.machine),
                duration_seconds: Set(interaction.duration_seconds),
                facts: Set(Value::Object(interaction_facts(interaction))),
                detail: Set(serde_json::to_value(interaction).map_err(DbError::corrupt)?),
            })
        };
        bulk::insert::<rows::Entity>(self.at.conn, new.iter().map(row).collect::<Result<_, DbError>>()?).await
    }
}
