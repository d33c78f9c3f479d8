//! Capture forms, and the public keys by which the world names them.

use leadwright_domain::{
    capture::CaptureForm,
    ids::{CaptureFormId, Id, OrganizationId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use sha2::{Digest, Sha256};

use crate::{
    Db, DbError,
    conn::repository,
    entities::{capture_forms as rows, public_keys},
    scope::{Begin, find_global, insert_global},
};

/// What a public key names.
const KIND: &str = "capture_form";

repository!(
    /// The organization's capture forms.
    CaptureForms,
    capture_forms
);

impl CaptureForms<'_> {
    /// All forms, oldest first, inactive ones included.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<CaptureForm>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Id).all(&self.at.conn).await?;
        found.into_iter().map(to_form).collect()
    }

    /// One form.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: CaptureFormId) -> Result<Option<CaptureForm>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        found.map(to_form).transpose()
    }

    /// Writes a new form and makes its key known to the world.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, form: &CaptureForm) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(form.id.uuid()),
            version: Set(form.version),
            name: Set(form.name.clone()),
            public_key: Set(form.public_key.clone()),
            source_id: Set(form.source_id.uuid()),
            settings: Set(settings(form)?),
            active: Set(form.active),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        let key = public_keys::ActiveModel {
            hash: Set(hash(&form.public_key)),
            organization_id: Set(self.at.organization()),
            kind: Set(KIND.to_owned()),
            target_id: Set(form.id.uuid()),
        };
        insert_global(key).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed form over the version it was read at; `false` when somebody else was faster. The key stays.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update(&self, form: &CaptureForm) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(form.id.uuid()))
            .filter(rows::Column::Version.eq(form.version))
            .col_expr(rows::Column::Version, Expr::value(form.version + 1))
            .col_expr(rows::Column::Name, Expr::value(form.name.clone()))
            .col_expr(rows::Column::SourceId, Expr::value(form.source_id.uuid()))
            .col_expr(rows::Column::Settings, Expr::value(settings(form)?))
            .col_expr(rows::Column::Active, Expr::value(form.active))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

impl Db {
    /// The form that a public key names, whether active or not.
    ///
    /// # Errors
    /// The database failed.
    pub async fn find_form(&self, key: &str) -> Result<Option<(OrganizationId, CaptureFormId)>, DbError> {
        let found = find_global::<public_keys::Entity>()
            .filter(public_keys::Column::Hash.eq(hash(key)))
            .filter(public_keys::Column::Kind.eq(KIND));
        let row = found.one(self.reader_pool()).await?;
        Ok(row.map(|row| (Id::from_uuid(row.organization_id), Id::from_uuid(row.target_id))))
    }
}

fn hash(key: &str) -> Vec<u8> {
    Sha256::digest(key.as_bytes()).to_vec()
}

fn settings(form: &CaptureForm) -> Result<serde_json::Value, DbError> {
    serde_json::to_value(&form.settings).map_err(DbError::corrupt)
}

fn to_form(row: rows::Model) -> Result<CaptureForm, DbError> {
    Ok(CaptureForm {
        id: Id::from_uuid(row.id),
        version: row.version,
        name: row.name,
        public_key: row.public_key,
        source_id: Id::from_uuid(row.source_id),
        settings: serde_json::from_value(row.settings).map_err(DbError::corrupt)?,
        active: row.active,
    })
}
