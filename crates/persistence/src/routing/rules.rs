//! The rules that decide who gets a lead.

use leadwright_domain::{
    ids::{Id, RoutingRuleId},
    routing::{Assign, StoredRule},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, ExprTrait},
};

use crate::{DbError, conn::repository, entities::routing_rules as rows, scope::Begin};

repository!(
    /// The organization's routing rules.
    RoutingRules,
    routing_rules
);

impl RoutingRules<'_> {
    /// All rules in their order, inactive ones included.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<StoredRule>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Position);
        found.order_by_asc(rows::Column::Id).all(&self.at.conn).await?.into_iter().map(to_rule).collect()
    }

    /// One rule.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: RoutingRuleId) -> Result<Option<StoredRule>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        found.map(to_rule).transpose()
    }

    /// Writes a new rule. Its place must be free: see [`Self::shift`].
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, rule: &StoredRule) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(rule.id.uuid()),
            version: Set(rule.version),
            name: Set(rule.name.clone()),
            position: Set(rule.position),
            condition: Set(rule.when.clone()),
            assign: Set(rule.assign.to_json()),
            active: Set(rule.active),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Writes a changed rule over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update(&self, rule: &StoredRule) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(rule.id.uuid()))
            .filter(rows::Column::Version.eq(rule.version))
            .col_expr(rows::Column::Version, Expr::value(rule.version + 1))
            .col_expr(rows::Column::Name, Expr::value(rule.name.clone()))
            .col_expr(rows::Column::Position, Expr::value(rule.position))
            .col_expr(rows::Column::Condition, Expr::value(rule.when.clone()))
            .col_expr(rows::Column::Assign, Expr::value(rule.assign.to_json()))
            .col_expr(rows::Column::Active, Expr::value(rule.active))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Takes a rule away at the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, rule: &StoredRule) -> Result<bool, DbError> {
        let gone = self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(rule.id.uuid()));
        let done = gone.filter(rows::Column::Version.eq(rule.version)).exec(&self.at.conn).await?;
        Ok(done.rows_affected == 1)
    }

    /// Moves the rules from one place to another, both included, by some places. Their versions stay: making room is not
    /// a change of theirs.
    ///
    /// # Errors
    /// The database failed.
    pub async fn shift(&self, from: i64, to: i64, by: i64) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Position.between(from, to))
            .col_expr(rows::Column::Position, Expr::col(rows::Column::Position).add(by))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }
}

fn to_rule(row: rows::Model) -> Result<StoredRule, DbError> {
    Ok(StoredRule {
        id: Id::from_uuid(row.id),
        version: row.version,
        name: row.name,
        position: row.position,
        when: row.condition,
        assign: Assign::parse(&row.assign).map_err(|_| DbError::corrupt("assign of a routing rule"))?,
        active: row.active,
    })
}
