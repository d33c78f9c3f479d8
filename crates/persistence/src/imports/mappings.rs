//! Mappings of imports that are kept for the next file of their kind.

use leadwright_domain::{
    ids::{Id, ImportMappingId},
    imports::ImportMapping,
    text::fold,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use crate::{DbError, conn::repository, entities::import_mappings as rows, scope::Begin};

repository!(
    /// The organization's saved mappings of imports.
    ImportMappings,
    import_mappings
);

impl ImportMappings<'_> {
    /// All mappings, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<ImportMapping>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::NameKey).all(&self.at.conn).await?;
        found.into_iter().map(to_mapping).collect()
    }

    /// One mapping.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: ImportMappingId) -> Result<Option<ImportMapping>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        found.map(to_mapping).transpose()
    }

    /// Writes a new mapping.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, new: &ImportMapping) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(new.id.uuid()),
            version: Set(new.version),
            name: Set(new.name.clone()),
            name_key: Set(fold(&new.name)),
            mapping: Set(json!(new.mapping)),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed mapping over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, changed: &ImportMapping) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(changed.id.uuid()))
            .filter(rows::Column::Version.eq(changed.version))
            .col_expr(rows::Column::Version, Expr::value(changed.version + 1))
            .col_expr(rows::Column::Name, Expr::value(changed.name.clone()))
            .col_expr(rows::Column::NameKey, Expr::value(fold(&changed.name)))
            .col_expr(rows::Column::Mapping, Expr::value(json!(changed.mapping)))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Throws a mapping away at the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, mapping: &ImportMapping) -> Result<bool, DbError> {
        let gone = self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(mapping.id.uuid()));
        let done = gone.filter(rows::Column::Version.eq(mapping.version)).exec(&self.at.conn).await?;
        Ok(done.rows_affected == 1)
    }
}

fn to_mapping(row: rows::Model) -> Result<ImportMapping, DbError> {
    Ok(ImportMapping {
        id: Id::from_uuid(row.id),
        version: row.version,
        name: row.name,
        mapping: serde_json::from_value(row.mapping).map_err(DbError::corrupt)?,
    })
}
