use leadwright_domain::{
    access::Session,
    ids::{Id, SessionId, UserId},
    time::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{
    DbError,
    conn::repository,
    entities::{refresh_tokens, sessions as rows},
    scope::Begin,
};

repository!(
    /// Who is signed in.
    Sessions,
    sessions
);

/// How many sessions are forgotten at once.
const MOST_FORGOTTEN: u64 = 500;

/// A refresh token as it is kept: a digest of its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshToken {
    /// Which.
    pub id: Uuid,
    /// The session that it renews.
    pub session: SessionId,
    /// The digest of its secret.
    pub secret_hash: Vec<u8>,
    /// When it ends.
    pub expires_at: Instant,
    /// When it was traded for another.
    pub used_at: Option<Instant>,
}

impl Sessions<'_> {
    /// One session.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: SessionId) -> Result<Option<Session>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        Ok(found.map(to_session))
    }

    /// The live sessions of a user, newest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn live_of(&self, user: UserId, now: Instant) -> Result<Vec<Session>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::UserId.eq(user.uuid()));
        let found = found.filter(rows::Column::RevokedAt.is_null()).filter(rows::Column::ExpiresAt.gt(now));
        let found = found.order_by_desc(rows::Column::Id).all(&self.at.conn).await?;
        Ok(found.into_iter().map(to_session).collect())
    }

    /// Writes a new session.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, session: &Session) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(session.id.uuid()),
            user_id: Set(session.user.uuid()),
            user_agent: Set(session.user_agent.clone()),
            created_at: Set(session.created_at),
            last_used_at: Set(session.last_used_at),
            expires_at: Set(session.expires_at),
            revoked_at: Set(None),
            revoked_why: Set(None),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Ends a session; answers whether it was live.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke(&self, id: SessionId, why: &str, now: Instant) -> Result<bool, DbError> {
        Ok(self.revoke_where(Condition::all().add(rows::Column::Id.eq(id.uuid())), why, now).await? == 1)
    }

    /// Ends all sessions of a user, but one if given; answers how many were live.
    ///
    /// # Errors
    /// The database failed.
    pub async fn revoke_all(
        &self,
        user: UserId,
        but: Option<SessionId>,
        why: &str,
        now: Instant,
    ) -> Result<u64, DbError> {
        let mut which = Condition::all().add(rows::Column::UserId.eq(user.uuid()));
        if let Some(but) = but {
            which = which.add(rows::Column::Id.ne(but.uuid()));
        }
        self.revoke_where(which, why, now).await
    }

    async fn revoke_where(&self, which: Condition, why: &str, now: Instant) -> Result<u64, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(which)
            .filter(rows::Column::RevokedAt.is_null())
            .col_expr(rows::Column::RevokedAt, Expr::value(now))
            .col_expr(rows::Column::RevokedWhy, Expr::value(why))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected)
    }

    /// The refresh token of this id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn token(&self, id: Uuid) -> Result<Option<RefreshToken>, DbError> {
        let found = self.at.scope.find_by_id::<refresh_tokens::Entity>(id).one(&self.at.conn).await?;
        Ok(found.map(|row| RefreshToken {
            id: row.id,
            session: Id::from_uuid(row.session_id),
            secret_hash: row.secret_hash,
            expires_at: row.expires_at,
            used_at: row.used_at,
        }))
    }

    /// Writes a new refresh token and marks the session as used.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_token(&self, token: &RefreshToken, now: Instant) -> Result<(), DbError> {
        let row = refresh_tokens::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(token.id),
            session_id: Set(token.session.uuid()),
            secret_hash: Set(token.secret_hash.clone()),
            created_at: Set(now),
            expires_at: Set(token.expires_at),
            used_at: Set(None),
        };
        self.at.scope.insert::<refresh_tokens::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(token.session.uuid()))
            .col_expr(rows::Column::LastUsedAt, Expr::value(now))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Marks a refresh token as traded; `false` when it had been before.
    ///
    /// # Errors
    /// The database failed.
    pub async fn use_token(&self, id: Uuid, now: Instant) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<refresh_tokens::Entity>()
            .filter(refresh_tokens::Column::Id.eq(id))
            .filter(refresh_tokens::Column::UsedAt.is_null())
            .col_expr(refresh_tokens::Column::UsedAt, Expr::value(now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Forgets the expired refresh tokens of a session: they prove nothing any more.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_expired_tokens(&self, session: SessionId, now: Instant) -> Result<(), DbError> {
        self.at
            .scope
            .delete::<refresh_tokens::Entity>()
            .filter(refresh_tokens::Column::SessionId.eq(session.uuid()))
            .filter(refresh_tokens::Column::ExpiresAt.lte(now))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Forgets sessions that ended long ago, with their refresh tokens; answers how many. A bounded number at a time.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_ended_before(&self, then: Instant) -> Result<u64, DbError> {
        let ended = self.at.scope.find::<rows::Entity>().filter(rows::Column::ExpiresAt.lt(then));
        let ended = ended.order_by_asc(rows::Column::Id).limit(MOST_FORGOTTEN).all(&self.at.conn).await?;
        let ids: Vec<Uuid> = ended.into_iter().map(|row| row.id).collect();
        let of_them = refresh_tokens::Column::SessionId.is_in(ids.clone());
        self.at.scope.delete::<refresh_tokens::Entity>().filter(of_them).exec(&self.at.conn).await?;
        let done =
            self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.is_in(ids)).exec(&self.at.conn).await?;
        Ok(done.rows_affected)
    }
}

fn to_session(row: rows::Model) -> Session {
    Session {
        id: Id::from_uuid(row.id),
        user: Id::from_uuid(row.user_id),
        user_agent: row.user_agent,
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        expires_at: row.expires_at,
        revoked_at: row.revoked_at,
    }
}
