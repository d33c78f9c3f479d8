//! The source catalogue.

use leadwright_domain::{
    ids::{Id, LeadSourceId},
    sources::{self, Direction, LeadSource},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use crate::{DbError, conn::repository, entities::lead_sources as rows, scope::Begin};

repository!(
    /// The organization's lead sources.
    Sources,
    sources
);

impl Sources<'_> {
    /// All sources, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<LeadSource>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Name).all(&self.at.conn).await?;
        found.into_iter().map(to_source).collect()
    }

    /// One source.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: LeadSourceId) -> Result<Option<LeadSource>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        found.map(to_source).transpose()
    }

    /// Writes a new source.
    ///
    /// # Errors
    /// Code or name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, source: &LeadSource) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(source.id.uuid()),
            version: Set(source.version),
            code: Set(source.code.clone()),
            name: Set(source.name.clone()),
            name_key: Set(sources::key(&source.name)),
            description: Set(source.description.clone()),
            direction: Set(source.direction.as_str().to_owned()),
            medium: Set(source.medium.clone()),
            aliases: Set(json!(source.aliases)),
            active: Set(source.active),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed source over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, source: &LeadSource) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(source.id.uuid()))
            .filter(rows::Column::Version.eq(source.version))
            .col_expr(rows::Column::Version, Expr::value(source.version + 1))
            .col_expr(rows::Column::Name, Expr::value(source.name.clone()))
            .col_expr(rows::Column::NameKey, Expr::value(sources::key(&source.name)))
            .col_expr(rows::Column::Description, Expr::value(source.description.clone()))
            .col_expr(rows::Column::Direction, Expr::value(source.direction.as_str()))
            .col_expr(rows::Column::Medium, Expr::value(source.medium.clone()))
            .col_expr(rows::Column::Aliases, Expr::value(json!(source.aliases)))
            .col_expr(rows::Column::Active, Expr::value(source.active))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

fn to_source(row: rows::Model) -> Result<LeadSource, DbError> {
    Ok(LeadSource {
        id: Id::from_uuid(row.id),
        version: row.version,
        code: row.code,
        name: row.name,
        description: row.description,
        direction: Direction::parse(&row.direction).ok_or_else(|| DbError::corrupt("direction"))?,
        medium: row.medium,
        aliases: serde_json::from_value(row.aliases).map_err(DbError::corrupt)?,
        active: row.active,
    })
}
