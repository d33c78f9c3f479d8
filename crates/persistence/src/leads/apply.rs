//! Writing leads: many new ones in one statement, changed ones over the version they were read at.

use std::collections::BTreeMap;

use leadwright_domain::{ids::Id, leads::Lead};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, IntoActiveModel, QueryFilter};
use serde_json::{Map, Value, json};

use super::Leads;
use crate::{
    DbError, bulk,
    dialect::search,
    entities::{lead_external_ids, leads},
    scope::Begin,
};

/// What is stored beside a lead so that it can be found and compared: made by the domain at every write.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// The comparison-ready document of conditions.
    pub facts: Map<String, Value>,
    /// The key of the e-mail address.
    pub email_key: Option<String>,
    /// The key of the phone number.
    pub phone_key: Option<String>,
    /// The key of company and name.
    pub person_key: Option<String>,
    /// The terms of text search.
    pub terms: Vec<String>,
}

impl Leads<'_> {
    /// Writes new leads with their search terms and external ids.
    ///
    /// # Errors
    /// An external id is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert_all(&self, new: &[(Lead, Derived)]) -> Result<(), DbError> {
        if new.is_empty() {
            return Ok(());
        }
        let rows = new.iter().map(|(lead, derived)| self.row(lead, derived)).collect::<Result<Vec<_>, _>>()?;
        let terms: Vec<(uuid::Uuid, String)> =
            rows.iter().map(|row| (*row.id.as_ref(), row.search_terms.as_ref().clone())).collect();
        bulk::insert::<leads::Entity>(self.at.conn, rows).await?;
        let terms: Vec<(uuid::Uuid, &str)> = terms.iter().map(|(id, terms)| (*id, terms.as_str())).collect();
        search::index(self.at.conn, self.at.organization(), &terms).await?;
        let ids = new.iter().flat_map(|(lead, _)| self.external_ids(lead, &lead.profile.external_ids)).collect();
        bulk::insert::<lead_external_ids::Entity>(self.at.conn, ids).await
    }

    /// Writes a changed lead over the version and revision it was read at; `false` when somebody else was faster.
    /// `lead` carries its new version, `read_at` is `(version, computed_rev)` before the change.
    ///
    /// # Errors
    /// An external id is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, lead: &Lead, derived: &Derived, read_at: (i64, i64)) -> Result<bool, DbError> {
        let row = self.row(lead, derived)?;
        let terms = row.search_terms.as_ref().clone();
        let (organization, id) = (sea_orm::ActiveValue::NotSet, sea_orm::ActiveValue::NotSet);
        let done = self
            .at
            .scope
            .update::<leads::Entity>()
            .set(leads::ActiveModel { organization_id: organization, id, ..row })
            .filter(leads::Column::Id.eq(lead.id.uuid()))
            .filter(leads::Column::Version.eq(read_at.0))
            .filter(leads::Column::ComputedRev.eq(read_at.1))
            .exec(&self.at.conn)
            .await?;
        if done.rows_affected != 1 {
            return Ok(false);
        }
        search::index(self.at.conn, self.at.organization(), &[(lead.id.uuid(), &terms)]).await?;
        self.replace_external_ids(lead).await?;
        Ok(true)
    }

    /// Writes changed leads, each over the version before its own; its revision and its external ids stay as they are.
    /// `false` when somebody else was faster with one of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update_all(&self, changed: &[(Lead, Derived)]) -> Result<bool, DbError> {
        let rows = changed.iter().map(|(lead, derived)| self.row(lead, derived)).collect::<Result<Vec<_>, _>>()?;
        let terms: Vec<(uuid::Uuid, String)> =
            rows.iter().map(|row| (*row.id.as_ref(), row.search_terms.as_ref().clone())).collect();
        let same = " AND t.computed_rev = r.computed_rev";
        if bulk::update::<leads::Entity>(self.at.conn, rows, same).await? != changed.len() as u64 {
            return Ok(false);
        }
        let terms: Vec<(uuid::Uuid, &str)> = terms.iter().map(|(id, terms)| (*id, terms.as_str())).collect();
        search::index(self.at.conn, self.at.organization(), &terms).await?;
        Ok(true)
    }

    async fn replace_external_ids(&self, lead: &Lead) -> Result<(), DbError> {
        let mine = lead_external_ids::Column::LeadId.eq(lead.id.uuid());
        let stored = self.at.scope.find::<lead_external_ids::Entity>().filter(mine.clone()).all(&self.at.conn).await?;
        let before: BTreeMap<String, String> = stored.into_iter().map(|row| (row.system, row.external_id)).collect();
        if before == lead.profile.external_ids {
            return Ok(());
        }
        self.at.scope.delete::<lead_external_ids::Entity>().filter(mine).exec(&self.at.conn).await?;
        let rows = self.external_ids(lead, &lead.profile.external_ids);
        bulk::insert::<lead_external_ids::Entity>(self.at.conn, rows).await
    }

    fn external_ids(&self, lead: &Lead, ids: &BTreeMap<String, String>) -> Vec<lead_external_ids::ActiveModel> {
        let row = |(system, external): (&String, &String)| lead_external_ids::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(uuid::Uuid::now_v7()),
            system: Set(system.clone()),
            external_id: Set(external.clone()),
            lead_id: Set(lead.id.uuid()),
        };
        ids.iter().map(row).collect()
    }

    fn row(&self, lead: &Lead, derived: &Derived) -> Result<leads::ActiveModel, DbError> {
        let own = search::organization_term(self.at.organization());
        let terms = std::iter::once(own.as_str()).chain(derived.terms.iter().map(String::as_str));
        let model = leads::Model {
            organization_id: self.at.organization(),
            id: lead.id.uuid(),
            version: lead.version,
            computed_rev: lead.computed_rev,
            source_id: lead.source_id.uuid(),
            owner_id: lead.owner_id.map(Id::uuid),
            team_id: lead.team_id.map(Id::uuid),
            status: lead.status.as_str().to_owned(),
            status_since: lead.status_since,
            status_reason: lead.status_reason.clone(),
            stage: lead.stage.as_str().to_owned(),
            stage_since: lead.stage_since,
            priority: lead.priority().as_str().to_owned(),
            rating: lead.rating().as_str().to_owned(),
            score: lead.score.total,
            score_demographic: lead.score.demographic,
            score_behavioral: lead.score.behavioral,
            score_firmographic: lead.score.firmographic,
            score_adjustment: lead.score.adjustment,
            score_model_version: lead.score.model_version,
            score_parts: lead.score.parts.clone(),
            next_change_at: lead.score.next_change_at,
            grade: lead.grade,
            profile: serde_json::to_value(&lead.profile).map_err(DbError::corrupt)?,
            facts: Value::Object(derived.facts.clone()),
            bant: serde_json::to_value(&lead.bant).map_err(DbError::corrupt)?,
            email_key: derived.email_key.clone(),
            phone_key: derived.phone_key.clone(),
            person_key: derived.person_key.clone(),
            search_terms: terms.collect::<Vec<_>>().join(" "),
            sla_due_at: lead.sla.due_at,
            sla_met_at: lead.sla.met_at,
            sla_breached_at: lead.sla.breached_at,
            created_at: lead.created_at,
            updated_at: lead.updated_at,
            first_responded_at: lead.first_responded_at,
            qualified_at: lead.qualified_at,
            converted_at: lead.converted_at,
            last_interaction_at: lead.last_interaction_at,
            archived_at: lead.archived_at,
            merged_into: lead.merged_into.map(Id::uuid),
            adjustments: (!lead.adjustments.is_empty()).then(|| json!(lead.adjustments)),
        };
        Ok(model.into_active_model().reset_all())
    }
}
