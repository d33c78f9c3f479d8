//! Users and teams, in short, as routing and menus need them.

use leadwright_domain::{
    access::Role,
    ids::Id,
    people::{TeamBrief, UserBrief},
};
use sea_orm::QueryOrder;

use crate::{
    DbError,
    conn::repository,
    entities::{team_members, teams, users},
    scope::Begin,
};

repository!(
    /// The organization's people, in short.
    People,
    people
);

impl People<'_> {
    /// All users, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn users(&self) -> Result<Vec<UserBrief>, DbError> {
        let found = self.at.scope.find::<users::Entity>();
        let found = found.order_by_asc(users::Column::Name).order_by_asc(users::Column::Id).all(&self.at.conn).await?;
        let brief = |row: users::Model| {
            Ok(UserBrief {
                id: Id::from_uuid(row.id),
                name: row.name,
                email: row.email,
                active: row.active,
                role: Role::parse(&row.role).ok_or_else(|| DbError::corrupt("role"))?,
            })
        };
        found.into_iter().map(brief).collect()
    }

    /// All teams, by name, with their members in the order in which they joined.
    ///
    /// # Errors
    /// The database failed.
    pub async fn teams(&self) -> Result<Vec<TeamBrief>, DbError> {
        let found = self.at.scope.find::<teams::Entity>().order_by_asc(teams::Column::Name).all(&self.at.conn).await?;
        let members = self.at.scope.find::<team_members::Entity>().order_by_asc(team_members::Column::Id);
        let members = members.all(&self.at.conn).await?;
        let brief = |row: teams::Model| TeamBrief {
            members: members.iter().filter(|one| one.team_id == row.id).map(|one| Id::from_uuid(one.user_id)).collect(),
            id: Id::from_uuid(row.id),
            name: row.name,
        };
        Ok(found.into_iter().map(brief).collect())
    }
}
