//! Keys that access tokens are signed with; the installation's, not a tenant's.

use leadwright_domain::time::Instant;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    Db, DbError, Tx,
    conn::within::Sealed,
    entities::signing_keys as rows,
    scope::{find_global, insert_global, update_global},
};

/// A signing key as it is kept: the private half is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningKeyRow {
    /// Its name in token headers.
    pub kid: String,
    /// `EdDSA`.
    pub algorithm: String,
    /// The public half.
    pub public_key: Vec<u8>,
    /// The private half, sealed.
    pub sealed_private_key: Vec<u8>,
    /// When it was made; the newest signs.
    pub created_at: Instant,
    /// When tokens signed with it are no longer accepted.
    pub retires_at: Option<Instant>,
}

impl Db {
    /// The keys whose tokens are accepted at `now`, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn signing_keys(&self, now: Instant) -> Result<Vec<SigningKeyRow>, DbError> {
        use rows::Column::{CreatedAt, Kid, RetiresAt};
        let found = find_global::<rows::Entity>().filter(RetiresAt.is_null().or(RetiresAt.gt(now)));
        let found = found.order_by_desc(CreatedAt).order_by_desc(Kid).all(self.reader_pool()).await?;
        Ok(found.into_iter().map(to_key).collect())
    }
}

impl Tx {
    /// Writes a new signing key; the others are accepted until `others_retire_at`, or until they would have been.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_signing_key(&self, key: &SigningKeyRow, others_retire_at: Instant) -> Result<(), DbError> {
        let at = self.scoped();
        update_global::<rows::Entity>()
            .filter(rows::Column::RetiresAt.is_null())
            .col_expr(rows::Column::RetiresAt, Expr::value(others_retire_at))
            .exec(&at.conn)
            .await?;
        let row = rows::ActiveModel {
            kid: Set(key.kid.clone()),
            algorithm: Set(key.algorithm.clone()),
            public_key: Set(key.public_key.clone()),
            sealed_private_key: Set(key.sealed_private_key.clone()),
            created_at: Set(key.created_at),
            retires_at: Set(None),
        };
        insert_global(row).exec_without_returning(&at.conn).await?;
        Ok(())
    }
}

fn to_key(row: rows::Model) -> SigningKeyRow {
    SigningKeyRow {
        kid: row.kid,
        algorithm: row.algorithm,
        public_key: row.public_key,
        sealed_private_key: row.sealed_private_key,
        created_at: row.created_at,
        retires_at: row.retires_at,
    }
}
