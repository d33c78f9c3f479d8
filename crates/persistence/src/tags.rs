//! The catalogue of tags.

use leadwright_domain::{
    ids::{Id, TagId},
    tags::{self, Tag},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};

use crate::{DbError, conn::repository, entities::tags as rows, scope::Begin};

repository!(
    /// The organization's tags.
    Tags,
    tags
);

impl Tags<'_> {
    /// All tags, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<Tag>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::NameKey).all(&self.at.conn).await?;
        Ok(found.into_iter().map(to_tag).collect())
    }

    /// One tag.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: TagId) -> Result<Option<Tag>, DbError> {
        Ok(self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?.map(to_tag))
    }

    /// Writes a new tag.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, tag: &Tag) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(tag.id.uuid()),
            version: Set(tag.version),
            name: Set(tag.name.clone()),
            name_key: Set(tags::key(&tag.name)),
            color: Set(tag.color.clone()),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed tag over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, tag: &Tag) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(tag.id.uuid()))
            .filter(rows::Column::Version.eq(tag.version))
            .col_expr(rows::Column::Version, Expr::value(tag.version + 1))
            .col_expr(rows::Column::Name, Expr::value(tag.name.clone()))
            .col_expr(rows::Column::NameKey, Expr::value(tags::key(&tag.name)))
            .col_expr(rows::Column::Color, Expr::value(tag.color.clone()))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Takes a tag out of the catalogue at the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, tag: &Tag) -> Result<bool, DbError> {
        let gone = self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(tag.id.uuid()));
        let done = gone.filter(rows::Column::Version.eq(tag.version)).exec(&self.at.conn).await?;
        Ok(done.rows_affected == 1)
    }
}

fn to_tag(row: rows::Model) -> Tag {
    Tag { id: Id::from_uuid(row.id), version: row.version, name: row.name, color: row.color }
}
