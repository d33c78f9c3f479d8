//! Whose turn it is: one row per team that a rule hands leads to.

use std::collections::BTreeMap;

use leadwright_domain::ids::{Id, TeamId, UserId};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, QueryFilter, QuerySelect, Statement};
use serde::{Deserialize, Serialize};

use crate::{DbError, conn::repository, dialect::lists, entities::routing_pools as rows, scope::Begin};

repository!(
    /// The turns of the organization's teams.
    Turns,
    turns
);

/// The turns of one team.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolState {
    /// How many turns were given.
    pub turn: i64,
    /// The last turn of each member.
    pub members: BTreeMap<UserId, i64>,
}

impl Turns<'_> {
    /// The turns of teams, as they are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, teams: &[TeamId]) -> Result<BTreeMap<TeamId, PoolState>, DbError> {
        self.read(teams, false).await
    }

    /// The turns of teams, held until the transaction ends. Teams are locked in the order of their ids.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock(&self, teams: &[TeamId]) -> Result<BTreeMap<TeamId, PoolState>, DbError> {
        if teams.is_empty() {
            return Ok(BTreeMap::new());
        }
        let backend = self.at.backend();
        let source = match backend {
            DbBackend::Postgres => "SELECT t FROM unnest($2::uuid[]) t ORDER BY t",
            _ => "SELECT unhex(value) FROM json_each($2) WHERE true",
        };
        let sql = format!(
            "INSERT INTO routing_pools (organization_id, id, state, updated_at) \
             SELECT $1, p.id, '{{\"turn\":0,\"members\":{{}}}}', $3 FROM ({}) p WHERE true ON CONFLICT DO NOTHING",
            source.replacen("SELECT t ", "SELECT t AS id ", 1).replacen("unhex(value)", "unhex(value) AS id", 1)
        );
        let ids = lists::ids(backend, teams.iter().map(|team| team.uuid()));
        let values = [self.at.organization().into(), ids, self.at.now.into()];
        self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        self.read(teams, true).await
    }

    async fn read(&self, teams: &[TeamId], hold: bool) -> Result<BTreeMap<TeamId, PoolState>, DbError> {
        if teams.is_empty() {
            return Ok(BTreeMap::new());
        }
        let wanted = rows::Column::Id.is_in(teams.iter().map(|team| team.uuid()));
        let mut found = self.at.scope.find::<rows::Entity>().filter(wanted);
        if hold {
            found = sea_orm::QueryOrder::order_by_asc(found, rows::Column::Id).lock_exclusive();
        }
        let rows = found.all(&self.at.conn).await?;
        rows.into_iter()
            .map(|row| Ok((Id::from_uuid(row.id), serde_json::from_value(row.state).map_err(DbError::corrupt)?)))
            .collect()
    }

    /// Keeps the turns of a team whose row this transaction holds.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(&self, team: TeamId, state: &PoolState) -> Result<(), DbError> {
        let state = serde_json::to_value(state).map_err(DbError::corrupt)?;
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(team.uuid()))
            .col_expr(rows::Column::State, sea_orm::sea_query::Expr::value(state))
            .col_expr(rows::Column::UpdatedAt, sea_orm::sea_query::Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }
}
