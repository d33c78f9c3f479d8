//! What leads did.

use leadwright_domain::{condition::Needs, ids::LeadId, interactions::Interaction};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};

use crate::{DbError, conn::repository, entities::interactions as rows, scope::Begin};

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
}
