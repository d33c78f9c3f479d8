//! Writing leads: many new ones in one statement, changed ones over the version they were read at.

use std::{borrow::Borrow, collections::BTreeMap, sync::Arc};

use leadwright_domain::{ids::Id, leads::Lead};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, IntoActiveModel, Statement};
use serde_json::{Map, Value, json};

use super::Leads;
use crate::{
    DbError, bulk,
    dialect::{lists, search},
    entities::{lead_external_ids, leads},
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
    /// What is stored as JSON, where it was written down beforehand.
    pub documents: Option<Arc<Documents>>,
}

/// What is stored of a lead as JSON, as text: writing it down takes as long as much else, and can be done beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documents {
    profile: Box<str>,
    facts: Box<str>,
    bant: Box<str>,
    score_parts: Box<str>,
}

impl Documents {
    /// The documents of a lead that is not changed before it is stored, but for its owner, team and state.
    pub fn of(lead: &Lead, facts: &Map<String, Value>) -> serde_json::Result<Self> {
        Ok(Self {
            profile: serde_json::to_string(&lead.profile)?.into(),
            facts: serde_json::to_string(facts)?.into(),
            bant: serde_json::to_string(&lead.bant)?.into(),
            score_parts: serde_json::to_string(&lead.score.parts)?.into(),
        })
    }
}

impl Leads<'_> {
    /// Writes new leads with their search terms and external ids.
    ///
    /// # Errors
    /// An external id is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert_all<L, D>(&self, new: &[(L, D)]) -> Result<(), DbError>
    where
        L: Borrow<Lead> + Sync,
        D: Borrow<Derived> + Sync,
    {
        if new.is_empty() {
            return Ok(());
        }
        let new = || new.iter().map(|(lead, derived)| (lead.borrow(), derived.borrow()));
        let rows = new().map(|(lead, derived)| self.row(lead, derived));
        bulk::upsert_rows::<leads::Entity>(self.at.conn, rows, "").await?;
        self.index(new()).await?;
        let ids = new().flat_map(|(lead, _)| self.external_ids(lead, &lead.profile.external_ids)).collect();
        bulk::insert::<lead_external_ids::Entity>(self.at.conn, ids).await
    }

    /// Writes a changed lead over the version and revision it was read at; `false` when somebody else was faster.
    /// `lead` carries its new version, `read_at` is `(version, computed_rev)` before the change.
    ///
    /// # Errors
    /// An external id is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, lead: &Lead, derived: &Derived, read_at: (i64, i64)) -> Result<bool, DbError> {
        self.update_all(&[(lead, derived, read_at)]).await
    }

    /// The same for many; `false` when somebody else was faster with any of them, and then the transaction is to be given up.
    ///
    /// # Errors
    /// An external id is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update_all(&self, changed: &[(&Lead, &Derived, (i64, i64))]) -> Result<bool, DbError> {
        if changed.is_empty() {
            return Ok(true);
        }
        let row = |(lead, derived, (version, revision)): &(&Lead, &Derived, (i64, i64))| {
            Ok((self.row(lead, derived)?, [*version, *revision]))
        };
        let (count, guards) = (changed.len() as u64, ["version", "computed_rev"]);
        if bulk::update::<leads::Entity, 2>(self.at.conn, changed.iter().map(row), guards).await? != count {
            return Ok(false);
        }
        self.index(changed.iter().map(|(lead, derived, _)| (*lead, *derived))).await?;
        self.replace_external_ids(&changed.iter().map(|(lead, _, _)| *lead).collect::<Vec<_>>()).await?;
        Ok(true)
    }

    async fn index<'l>(&self, leads: impl Iterator<Item = (&'l Lead, &'l Derived)>) -> Result<(), DbError> {
        if search::indexes_by_itself(self.at.backend()) {
            return Ok(());
        }
        let terms: Vec<(uuid::Uuid, String)> =
            leads.map(|(lead, derived)| (lead.id.uuid(), self.search_terms(derived))).collect();
        let terms: Vec<(uuid::Uuid, &str)> = terms.iter().map(|(id, terms)| (*id, terms.as_str())).collect();
        search::index(self.at.conn, self.at.organization(), &terms).await
    }

    fn search_terms(&self, derived: &Derived) -> String {
        let own = search::organization_term(self.at.organization());
        let terms = std::iter::once(own.as_str()).chain(derived.terms.iter().map(String::as_str));
        terms.collect::<Vec<_>>().join(" ")
    }

    async fn replace_external_ids(&self, changed: &[&Lead]) -> Result<(), DbError> {
        let mut before: BTreeMap<uuid::Uuid, BTreeMap<String, String>> = BTreeMap::new();
        let sql = self.of_leads("SELECT lead_id, system, external_id FROM lead_external_ids", changed);
        for row in self.at.conn.query_all_raw(sql).await? {
            let known = before.entry(row.try_get("", "lead_id")?).or_default();
            known.insert(row.try_get("", "system")?, row.try_get("", "external_id")?);
        }
        let none = BTreeMap::new();
        let differs = |lead: &&&Lead| before.get(&lead.id.uuid()).unwrap_or(&none) != &lead.profile.external_ids;
        let differing: Vec<&Lead> = changed.iter().filter(differs).copied().collect();
        if differing.is_empty() {
            return Ok(());
        }
        self.at.conn.execute_raw(self.of_leads("DELETE FROM lead_external_ids", &differing)).await?;
        let rows = differing.iter().flat_map(|lead| self.external_ids(lead, &lead.profile.external_ids)).collect();
        bulk::insert::<lead_external_ids::Entity>(self.at.conn, rows).await
    }

    /// A statement on the rows of leads, however many.
    fn of_leads(&self, what: &str, leads: &[&Lead]) -> Statement {
        let backend = self.at.backend();
        let sql = format!("{what} WHERE organization_id = $1 AND {}", lists::id_in(backend, "lead_id", "$2"));
        let ids = lists::ids(backend, leads.iter().map(|lead| lead.id.uuid()));
        Statement::from_sql_and_values(backend, sql, [self.at.organization().into(), ids])
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

    fn row(&self, lead: &Lead, derived: &Derived) -> Result<bulk::Row, DbError> {
        let documents = match &derived.documents {
            Some(ready) => Arc::clone(ready),
            None => Arc::new(Documents::of(lead, &derived.facts).map_err(DbError::corrupt)?),
        };
        let mut row = bulk::row::<leads::Entity>(self.model(lead, derived).into_active_model().reset_all())?;
        for (column, document) in [
            (leads::Column::Profile, &documents.profile),
            (leads::Column::Facts, &documents.facts),
            (leads::Column::Bant, &documents.bant),
            (leads::Column::ScoreParts, &documents.score_parts),
        ] {
            row[column as usize] = document.as_ref().into();
        }
        Ok(row)
    }

    /// The row but for its documents, which are put in as text.
    fn model(&self, lead: &Lead, derived: &Derived) -> leads::Model {
        leads::Model {
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
            score_parts: Value::Null,
            next_change_at: lead.score.next_change_at,
            grade: lead.grade,
            profile: Value::Null,
            facts: Value::Null,
            bant: Value::Null,
            email_key: derived.email_key.clone(),
            phone_key: derived.phone_key.clone(),
            person_key: derived.person_key.clone(),
            search_terms: self.search_terms(derived),
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
        }
    }
}
