//! Taking away what is known of leads. Their rows stay, with what is counted.

use leadwright_domain::{
    ids::{ErasureId, ImportId, LeadId, SubmissionId},
    privacy::ErasureCounts,
};
use sea_orm::{DbBackend, Value};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use super::{Erasures, HeldImport, HeldOrder};
use crate::{DbError, dialect::lists};

/// What is written over what was said.
#[derive(Clone, Debug)]
pub struct Blanks {
    /// The reasons of a rejected row.
    pub reasons: Json,
}

/// What is taken out of whole tables with the leads: the table and the column that names the lead.
const WITH_THE_LEAD: [(&str, &str); 5] = [
    ("lead_external_ids", "lead_id"),
    ("lead_match_keys", "id"),
    ("suggestions", "lead_id"),
    ("duplicate_pairs", "lead_id"),
    ("duplicate_pairs", "other_id"),
];

impl Erasures<'_> {
    /// Takes away what is known of leads, and all that is stored beside them; says how much that was.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erase_leads(&self, erasure: ErasureId, leads: &[LeadId]) -> Result<ErasureCounts, DbError> {
        let mut counts = ErasureCounts::default();
        if leads.is_empty() {
            return Ok(counts);
        }
        let backend = self.at.backend();
        let (ids, now): (_, Value) = (lists::ids(backend, leads.iter().map(|id| id.uuid())), self.at.now.into());
        let of = |column: &str| lists::id_in(backend, column, "$2");
        let sql = format!(
            "UPDATE leads SET version = version + 1, profile = '{{}}', facts = '{{}}', bant = '{{}}', score_parts = '[]', \
             adjustments = NULL, next_change_at = NULL, email_key = NULL, phone_key = NULL, person_key = NULL, \
             search_terms = '', updated_at = $3, archived_at = coalesce(archived_at, $3), erased_at = $3, \
             erasure_id = $4 WHERE organization_id = $1 AND {} AND erased_at IS NULL",
            of("id")
        );
        counts.leads = self.run(&sql, [ids.clone(), now, erasure.uuid().into()]).await?;
        let sql = format!(
            "UPDATE interactions SET facts = '{{}}', detail = '{{}}' WHERE organization_id = $1 AND {}",
            of("lead_id")
        );
        counts.interactions = self.run(&sql, [ids.clone()]).await?;
        let sql = format!(
            "UPDATE events SET diff = NULL WHERE organization_id = $1 AND {} AND diff IS NOT NULL",
            of("lead_id")
        );
        counts.events = self.run(&sql, [ids.clone()]).await?;
        let sql = format!(
            "UPDATE merges SET snapshot = NULL WHERE organization_id = $1 AND ({} OR {}) AND snapshot IS NOT NULL",
            of("master_id"),
            of("lead_id")
        );
        counts.merges = self.run(&sql, [ids.clone()]).await?;
        if backend == DbBackend::Sqlite {
            let sql = "DELETE FROM lead_search WHERE rowid IN (SELECT row_id FROM lead_search_rows \
                       WHERE organization_id = $1 AND {in})";
            self.run(&sql.replace("{in}", &of("lead_id")), [ids.clone()]).await?;
            let sql = format!("DELETE FROM lead_search_rows WHERE organization_id = $1 AND {}", of("lead_id"));
            self.run(&sql, [ids.clone()]).await?;
        }
        for (table, column) in WITH_THE_LEAD {
            let sql = format!("DELETE FROM {table} WHERE organization_id = $1 AND {}", of(column));
            let gone = self.run(&sql, [ids.clone()]).await?;
            counts.duplicates += if table == "duplicate_pairs" { gone } else { 0 };
        }
        Ok(counts)
    }

    /// How much [`Self::erase_leads`] would take away.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_leads(&self, leads: &[LeadId]) -> Result<ErasureCounts, DbError> {
        let backend = self.at.backend();
        let ids = lists::ids(backend, leads.iter().map(|id| id.uuid()));
        let of = |column: &str| lists::id_in(backend, column, "$2");
        let count = async |table: &str, which: String| {
            let sql = format!("SELECT count(*) AS number FROM {table} WHERE organization_id = $1 AND {which}");
            self.number(&sql, [ids.clone()]).await
        };
        let either = format!("({} OR {})", of("lead_id"), of("other_id"));
        let merged = format!("({} OR {}) AND snapshot IS NOT NULL", of("master_id"), of("lead_id"));
        Ok(ErasureCounts {
            leads: count("leads", format!("{} AND erased_at IS NULL", of("id"))).await?,
            interactions: count("interactions", of("lead_id")).await?,
            events: count("events", format!("{} AND diff IS NOT NULL", of("lead_id"))).await?,
            merges: count("merges", merged).await?,
            duplicates: count("duplicate_pairs", either).await?,
            ..ErasureCounts::default()
        })
    }

    /// Takes away what was posted; that something was, when and to which form stays.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erase_posts(&self, posts: &[SubmissionId]) -> Result<u64, DbError> {
        let backend = self.at.backend();
        let ids = lists::ids(backend, posts.iter().map(|id| id.uuid()));
        // Whoever was to be asked for a lead asks no more.
        let asked: Vec<String> = posts.iter().map(ToString::to_string).collect();
        let asked = lists::texts(backend, asked.iter().map(String::as_str));
        let sql = format!(
            "UPDATE jobs SET payload = '{{}}' WHERE organization_id = $1 AND kind = 'fetch_lead' AND {}",
            lists::text_in(backend, "payload ->> 'submission_id'", "$2")
        );
        self.run(&sql, [asked]).await?;
        let sql = format!(
            "UPDATE submissions SET content_type = '', headers = '{{}}', body = $3, address_hash = '', state = 'erased', \
             outcome = '{{}}' WHERE organization_id = $1 AND {} AND state <> 'erased'",
            lists::id_in(backend, "id", "$2")
        );
        self.run(&sql, [ids, Vec::<u8>::new().into()]).await
    }

    /// Takes away what rejected rows say; that they were rejected stays.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erase_rejected(&self, rows: &[Uuid], blanks: &Blanks) -> Result<u64, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "UPDATE import_rejects SET cells = '[]', reasons = $3 WHERE organization_id = $1 AND {}",
            lists::id_in(backend, "id", "$2")
        );
        self.run(&sql, [lists::ids(backend, rows.iter().copied()), blanks.reasons.clone().into()]).await
    }

    /// Writes what an import tells without the person.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite_import(&self, import: &HeldImport) -> Result<u64, DbError> {
        let sql = "UPDATE imports SET preview = $3, warnings = $4 WHERE organization_id = $1 AND id = $2";
        let (id, preview): (ImportId, Value) = (import.id, import.preview.clone().into());
        self.run(sql, [id.uuid().into(), preview, import.warnings.clone().into()]).await
    }

    /// Writes what a bulk action was to do, and with which leads, without the person.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rewrite_order(&self, order: &HeldOrder) -> Result<u64, DbError> {
        let sql = "UPDATE bulk_actions SET action = $3, selection = $4 WHERE organization_id = $1 AND id = $2";
        self.run(sql, [order.id.uuid().into(), order.action.clone().into(), order.selection.clone().into()]).await
    }

    /// Forgets answers that are kept for repeats and hold one of these texts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_answers(&self, texts: &[String]) -> Result<u64, DbError> {
        let sql = format!("DELETE FROM idempotency_keys WHERE organization_id = $1 AND {}", self.holding());
        self.run(&sql, [lists::texts(self.at.backend(), texts.iter().map(String::as_str))]).await
    }

    /// How many answers hold one of these texts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_answers(&self, texts: &[String]) -> Result<u64, DbError> {
        let which = self.holding();
        let sql = format!("SELECT count(*) AS number FROM idempotency_keys WHERE organization_id = $1 AND {which}");
        self.number(&sql, [lists::texts(self.at.backend(), texts.iter().map(String::as_str))]).await
    }

    fn holding(&self) -> &'static str {
        match self.at.backend() {
            DbBackend::Postgres => {
                "EXISTS (SELECT 1 FROM unnest($2::text[]) AS t (value) WHERE strpos(body, t.value) > 0 \
                 OR strpos(headers::text, t.value) > 0 OR strpos(idempotency_key, t.value) > 0)"
            }
            _ => {
                "EXISTS (SELECT 1 FROM json_each($2) AS t WHERE instr(body, t.value) > 0 \
                 OR instr(headers, t.value) > 0 OR instr(idempotency_key, t.value) > 0)"
            }
        }
    }
}

/// Reasons as they are stored.
impl Blanks {
    /// One reason.
    pub fn because(code: &str, detail: &str) -> Self {
        Self { reasons: json!([{"pointer": "#", "code": code, "detail": detail}]) }
    }
}
