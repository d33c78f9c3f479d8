//! Saved views: one's own, and those that are shared.

use leadwright_domain::{
    access::Actor,
    ids::{Id, ViewId},
    text::fold,
    views::{ArchivedWord, LeadSort, View, ViewContent},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, PaginatorTrait, QueryFilter, QueryOrder, Select, sea_query::Expr,
};
use serde_json::json;

use crate::{
    DbError,
    conn::repository,
    entities::views as rows,
    events::{actor_columns, actor_of},
    leads::Archived,
    scope::Begin,
};

repository!(
    /// The saved views that the caller sees.
    Views,
    views
);

impl Views<'_> {
    fn seen(&self) -> Select<rows::Entity> {
        let (_, me) = actor_columns(self.at.scope.actor);
        let own = me.map(|me| rows::Column::OwnerId.eq(me));
        let sight = Condition::any().add(rows::Column::Shared.eq(true)).add_option(own);
        self.at.scope.find::<rows::Entity>().filter(sight)
    }

    /// All views that the caller sees, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<View>, DbError> {
        let found = self.seen().order_by_asc(rows::Column::NameKey).order_by_asc(rows::Column::Id);
        found.all(&self.at.conn).await?.into_iter().map(to_view).collect()
    }

    /// One view.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: ViewId) -> Result<Option<View>, DbError> {
        let found = self.seen().filter(rows::Column::Id.eq(id.uuid())).one(&self.at.conn).await?;
        found.map(to_view).transpose()
    }

    /// How many views somebody has.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_of(&self, owner: Actor) -> Result<u64, DbError> {
        let Some(owner) = actor_columns(owner).1 else { return Ok(0) };
        let theirs = self.at.scope.find::<rows::Entity>().filter(rows::Column::OwnerId.eq(owner));
        Ok(theirs.count(&self.at.conn).await?)
    }

    /// How many views are shared.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_shared(&self) -> Result<u64, DbError> {
        let shared = self.at.scope.find::<rows::Entity>().filter(rows::Column::Shared.eq(true));
        Ok(shared.count(&self.at.conn).await?)
    }

    /// Writes a new view.
    ///
    /// # Errors
    /// Its owner has another of this name ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, new: &View) -> Result<(), DbError> {
        let (kind, owner) = actor_columns(new.owner);
        let content = new.content.clone();
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(new.id.uuid()),
            version: Set(new.version),
            owner_kind: Set(kind.to_owned()),
            owner_id: Set(owner.unwrap_or_default()),
            name_key: Set(fold(&content.name)),
            name: Set(content.name),
            condition: Set(content.condition),
            query: Set(content.query),
            archived: Set(content.archived.map(|word| word.as_str().to_owned())),
            sort: Set(content.sort.map(|sort| sort.to_string())),
            fields: Set(json!(content.fields)),
            shared: Set(content.shared),
            created_at: Set(new.created_at),
            updated_at: Set(new.updated_at),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed view over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// Its owner has another of this name ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, changed: &View) -> Result<bool, DbError> {
        let content = changed.content.clone();
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(changed.id.uuid()))
            .filter(rows::Column::Version.eq(changed.version))
            .col_expr(rows::Column::Version, Expr::value(changed.version + 1))
            .col_expr(rows::Column::NameKey, Expr::value(fold(&content.name)))
            .col_expr(rows::Column::Name, Expr::value(content.name))
            .col_expr(rows::Column::Condition, Expr::value(content.condition))
            .col_expr(rows::Column::Query, Expr::value(content.query))
            .col_expr(rows::Column::Archived, Expr::value(content.archived.map(ArchivedWord::as_str)))
            .col_expr(rows::Column::Sort, Expr::value(content.sort.map(|sort| sort.to_string())))
            .col_expr(rows::Column::Fields, Expr::value(json!(content.fields)))
            .col_expr(rows::Column::Shared, Expr::value(content.shared))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Throws a view away at the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, view: &View) -> Result<bool, DbError> {
        let gone = self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(view.id.uuid()));
        let done = gone.filter(rows::Column::Version.eq(view.version)).exec(&self.at.conn).await?;
        Ok(done.rows_affected == 1)
    }
}

fn to_view(row: rows::Model) -> Result<View, DbError> {
    let unknown = || DbError::corrupt("archived of a view");
    let archived = row.archived.map(|text| ArchivedWord::parse(&text).ok_or_else(unknown));
    Ok(View {
        id: Id::from_uuid(row.id),
        version: row.version,
        owner: actor_of(&row.owner_kind, Some(row.owner_id))?,
        content: ViewContent {
            name: row.name,
            condition: row.condition,
            query: row.query,
            archived: archived.transpose()?,
            sort: row.sort.as_deref().map(LeadSort::of),
            fields: serde_json::from_value(row.fields).map_err(DbError::corrupt)?,
            shared: row.shared,
        },
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}

impl From<Option<ArchivedWord>> for Archived {
    /// Archived leads are left out unless asked for.
    fn from(word: Option<ArchivedWord>) -> Self {
        match word {
            None | Some(ArchivedWord::No) => Self::No,
            Some(ArchivedWord::Only) => Self::Only,
            Some(ArchivedWord::Any) => Self::Both,
        }
    }
}
