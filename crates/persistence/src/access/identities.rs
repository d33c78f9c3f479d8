//! Addresses to sign in with, unique across the installation: they are looked up before the organization is known.

use leadwright_domain::{
    access::email_key,
    ids::{Id, OrganizationId, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};

use crate::{
    Db, DbError, Tx,
    conn::within::Sealed,
    entities::login_identities as rows,
    scope::{delete_global, find_global, insert_global},
};

/// Whom an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The organization.
    pub organization: OrganizationId,
    /// The person.
    pub user: UserId,
}

impl Db {
    /// Whom an address belongs to.
    ///
    /// # Errors
    /// The database failed.
    pub async fn identity(&self, email: &str) -> Result<Option<Identity>, DbError> {
        let found = find_global::<rows::Entity>().filter(rows::Column::EmailKey.eq(email_key(email)));
        let row = found.one(self.reader_pool()).await?;
        Ok(row
            .map(|row| Identity { organization: Id::from_uuid(row.organization_id), user: Id::from_uuid(row.user_id) }))
    }
}

impl Tx {
    /// Claims an address for a person of this organization.
    ///
    /// # Errors
    /// Somebody has it already ([`DbError::Unique`]), or the database failed.
    pub async fn claim_address(&self, email: &str, user: UserId) -> Result<(), DbError> {
        let at = self.scoped();
        let row = rows::ActiveModel {
            email_key: Set(email_key(email)),
            organization_id: Set(at.organization()),
            user_id: Set(user.uuid()),
        };
        insert_global(row).exec_without_returning(&at.conn).await?;
        Ok(())
    }

    /// Gives an address up that a person of this organization had claimed.
    ///
    /// # Errors
    /// The database failed.
    pub async fn release_address(&self, email: &str, user: UserId) -> Result<(), DbError> {
        let at = self.scoped();
        delete_global::<rows::Entity>()
            .filter(rows::Column::EmailKey.eq(email_key(email)))
            .filter(rows::Column::OrganizationId.eq(at.organization()))
            .filter(rows::Column::UserId.eq(user.uuid()))
            .exec(&at.conn)
            .await?;
        Ok(())
    }
}
