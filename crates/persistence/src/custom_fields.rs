//! Definitions of custom fields.

use leadwright_domain::{
    ids::{CustomFieldId, Id},
    leads::{CustomFieldDef, CustomFieldKind},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use crate::{DbError, conn::repository, entities::custom_fields as rows, scope::Begin};

repository!(
    /// The organization's custom fields.
    CustomFields,
    custom_fields
);

impl CustomFields<'_> {
    /// All definitions, inactive ones included, in the order in which they were made.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<CustomFieldDef>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Id).all(&self.at.conn).await?;
        found.into_iter().map(to_def).collect()
    }

    /// Writes a new definition.
    ///
    /// # Errors
    /// The key is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, def: &CustomFieldDef) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(def.id.uuid()),
            version: Set(def.version),
            field_key: Set(def.key.clone()),
            label: Set(def.label.clone()),
            kind: Set(def.kind.as_str().to_owned()),
            required: Set(def.required),
            default_value: Set(def.default.clone()),
            options: Set(json!(def.options)),
            indexed: Set(def.indexed),
            active: Set(def.active),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed definition over the version it was read at; `false` when somebody else was faster. Key and kind
    /// stay.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update(&self, def: &CustomFieldDef) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(def.id.uuid()))
            .filter(rows::Column::Version.eq(def.version))
            .col_expr(rows::Column::Version, Expr::value(def.version + 1))
            .col_expr(rows::Column::Label, Expr::value(def.label.clone()))
            .col_expr(rows::Column::Required, Expr::value(def.required))
            .col_expr(rows::Column::DefaultValue, Expr::value(def.default.clone()))
            .col_expr(rows::Column::Options, Expr::value(json!(def.options)))
            .col_expr(rows::Column::Indexed, Expr::value(def.indexed))
            .col_expr(rows::Column::Active, Expr::value(def.active))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// One definition.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: CustomFieldId) -> Result<Option<CustomFieldDef>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        found.map(to_def).transpose()
    }
}

fn to_def(row: rows::Model) -> Result<CustomFieldDef, DbError> {
    Ok(CustomFieldDef {
        id: Id::from_uuid(row.id),
        version: row.version,
        key: row.field_key,
        label: row.label,
        kind: CustomFieldKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("kind of custom field"))?,
        required: row.required,
        default: row.default_value.filter(|value| !value.is_null()),
        options: serde_json::from_value(row.options).map_err(DbError::corrupt)?,
        indexed: row.indexed,
        active: row.active,
    })
}
