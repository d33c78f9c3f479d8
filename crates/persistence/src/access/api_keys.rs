use leadwright_domain::{
    access::{ApiKey, Permission},
    ids::{ApiKeyId, Id},
    time::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, sea_query::Expr};
use serde_json::json;

use super::SecretHash;
use crate::{DbError, conn::repository, entities::api_keys as rows, scope::Begin};

repository!(
    /// The organization's API keys.
    ApiKeys,
    api_keys
);

impl ApiKeys<'_> {
    /// All keys, newest first, revoked ones included.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<ApiKey>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_desc(rows::Column::Id).all(&self.at.conn).await?;
        found.into_iter().map(to_key).collect()
    }

    /// One key with the digest of its secret.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: ApiKeyId) -> Result<Option<(ApiKey, Vec<u8>)>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        let Some(row) = found else { return Ok(None) };
        let hash = row.secret_hash.clone();
        Ok(Some((to_key(row)?, hash)))
    }

    /// Writes a new key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, key: &ApiKey, secret_hash: SecretHash) -> Result<(), DbError> {
        let scopes: Vec<&str> = key.scopes.iter().map(|scope| scope.as_str()).collect();
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(key.id.uuid()),
            version: Set(1),
            name: Set(key.name.clone()),
            hint: Set(key.hint.clone()),
            secret_hash: Set(secret_hash.to_vec()),
            scopes: Set(json!(scopes)),
            created_by: Set(key.created_by.map(Id::uuid)),
            created_at: Set(key.created_at),
            expires_at: Set(key.expires_at),
            last_used_at: Set(None),
            revoked_at: Set(None),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Revokes a key; `false` when it was before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke(&self, id: ApiKeyId, now: Instant) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .filter(rows::Column::RevokedAt.is_null())
            .col_expr(rows::Column::RevokedAt, Expr::value(now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Notes that a key is in use.
    ///
    /// # Errors
    /// The database failed.
    pub async fn used(&self, id: ApiKeyId, now: Instant) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::LastUsedAt, Expr::value(now))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }
}

fn to_key(row: rows::Model) -> Result<ApiKey, DbError> {
    let scopes: Vec<String> = serde_json::from_value(row.scopes).map_err(DbError::corrupt)?;
    Ok(ApiKey {
        id: Id::from_uuid(row.id),
        name: row.name,
        hint: row.hint,
        // A scope that a later release took away grants nothing.
        scopes: scopes.iter().filter_map(|scope| Permission::parse(scope)).collect(),
        created_by: row.created_by.map(Id::from_uuid),
        created_at: row.created_at,
        expires_at: row.expires_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
    })
}
