use leadwright_domain::{
    access::{Role, User, email_key},
    ids::{Id, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use crate::{DbError, conn::repository, entities::users as rows, scope::Begin};

repository!(
    /// The organization's people.
    Users,
    users
);

/// Which users a list shows.
#[derive(Clone, Debug, Default)]
pub struct UserFilter {
    /// Only those of this role.
    pub role: Option<Role>,
    /// Only those that may sign in, or may not.
    pub active: Option<bool>,
    /// Only those behind this one, in the order in which they were added.
    pub after: Option<UserId>,
}

impl Users<'_> {
    /// A page of users, in the order in which they were added.
    ///
    /// # Errors
    /// The database failed.
    pub async fn page(&self, filter: &UserFilter, limit: u64) -> Result<Vec<User>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>();
        if let Some(role) = filter.role {
            found = found.filter(rows::Column::Role.eq(role.as_str()));
        }
        if let Some(active) = filter.active {
            found = found.filter(rows::Column::Active.eq(active));
        }
        if let Some(after) = filter.after {
            found = found.filter(rows::Column::Id.gt(after.uuid()));
        }
        let found = found.order_by_asc(rows::Column::Id).limit(limit).all(&self.at.conn).await?;
        found.into_iter().map(to_user).collect()
    }

    /// One user.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: UserId) -> Result<Option<User>, DbError> {
        self.row(id).await?.map(to_user).transpose()
    }

    /// One user with the hash of the password.
    ///
    /// # Errors
    /// The database failed.
    pub async fn with_password(&self, id: UserId) -> Result<Option<(User, String)>, DbError> {
        let Some(row) = self.row(id).await? else { return Ok(None) };
        let hash = row.password_hash.clone();
        Ok(Some((to_user(row)?, hash)))
    }

    async fn row(&self, id: UserId) -> Result<Option<rows::Model>, DbError> {
        Ok(self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?)
    }

    /// How many active users of a role there are besides one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn others_active(&self, role: Role, besides: UserId) -> Result<u64, DbError> {
        let found = self.at.scope.find::<rows::Entity>();
        let found = found.filter(rows::Column::Role.eq(role.as_str())).filter(rows::Column::Active.eq(true));
        Ok(found.filter(rows::Column::Id.ne(besides.uuid())).count(&self.at.conn).await?)
    }

    /// Writes a new user; the address must have been claimed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, user: &User, password_hash: &str) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(user.id.uuid()),
            version: Set(user.version),
            email: Set(user.email.clone()),
            email_key: Set(email_key(&user.email)),
            name: Set(user.name.clone()),
            role: Set(user.role.as_str().to_owned()),
            active: Set(user.active),
            password_hash: Set(password_hash.to_owned()),
            created_at: Set(user.created_at),
            updated_at: Set(user.updated_at),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed user over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update(&self, user: &User) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(user.id.uuid()))
            .filter(rows::Column::Version.eq(user.version))
            .col_expr(rows::Column::Version, Expr::value(user.version + 1))
            .col_expr(rows::Column::Email, Expr::value(user.email.clone()))
            .col_expr(rows::Column::EmailKey, Expr::value(email_key(&user.email)))
            .col_expr(rows::Column::Name, Expr::value(user.name.clone()))
            .col_expr(rows::Column::Role, Expr::value(user.role.as_str()))
            .col_expr(rows::Column::Active, Expr::value(user.active))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Writes the hash of a new password.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_password(&self, id: UserId, password_hash: &str) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::PasswordHash, Expr::value(password_hash))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }
}

fn to_user(row: rows::Model) -> Result<User, DbError> {
    Ok(User {
        id: Id::from_uuid(row.id),
        version: row.version,
        email: row.email,
        name: row.name,
        role: Role::parse(&row.role).ok_or_else(|| DbError::corrupt("role"))?,
        active: row.active,
        created_at: row.created_at,
        updated_at: row.updated_at,
    })
}
