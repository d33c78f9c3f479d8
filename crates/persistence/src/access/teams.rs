use leadwright_domain::{
    access::{Membership, Team, TeamKind, name_key},
    ids::{Id, TeamId, UserId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::{
    DbError, bulk,
    conn::repository,
    entities::{routing_pools, team_members, teams as rows, users},
    scope::Begin,
};

repository!(
    /// The organization's teams.
    Teams,
    teams
);

impl Teams<'_> {
    /// All teams, by name.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<Team>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Name).all(&self.at.conn).await?;
        let members = self.at.scope.find::<team_members::Entity>().order_by_asc(team_members::Column::Id);
        let members = members.all(&self.at.conn).await?;
        found.into_iter().map(|row| to_team(row, &members)).collect()
    }

    /// One team.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: TeamId) -> Result<Option<Team>, DbError> {
        let Some(row) = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await? else {
            return Ok(None);
        };
        let members = self.at.scope.find::<team_members::Entity>().filter(team_members::Column::TeamId.eq(id.uuid()));
        let members = members.order_by_asc(team_members::Column::Id).all(&self.at.conn).await?;
        to_team(row, &members).map(Some)
    }

    /// The teams of a user.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_user(&self, user: UserId) -> Result<Vec<TeamId>, DbError> {
        let found = self.at.scope.find::<team_members::Entity>().filter(team_members::Column::UserId.eq(user.uuid()));
        let ids: Vec<Uuid> = found
            .order_by_asc(team_members::Column::TeamId)
            .select_only()
            .column(team_members::Column::TeamId)
            .into_tuple()
            .all(&self.at.conn)
            .await?;
        Ok(ids.into_iter().map(Id::from_uuid).collect())
    }

    /// Those of the ids that are users of the organization.
    ///
    /// # Errors
    /// The database failed.
    pub async fn known_users(&self, ids: impl IntoIterator<Item = UserId>) -> Result<Vec<UserId>, DbError> {
        let ids = users::Column::Id.is_in(ids.into_iter().map(Id::uuid));
        let found = self.at.scope.find::<users::Entity>().filter(ids).select_only().column(users::Column::Id);
        let found: Vec<Uuid> = found.into_tuple().all(&self.at.conn).await?;
        Ok(found.into_iter().map(Id::from_uuid).collect())
    }

    /// Writes a new team with its members.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, team: &Team) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(team.id.uuid()),
            version: Set(team.version),
            name: Set(team.name.clone()),
            name_key: Set(name_key(&team.name)),
            kind: Set(team.kind.as_str().to_owned()),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        self.add(team.id, &team.members).await
    }

    /// Writes a changed team over the version it was read at; `false` when somebody else was faster.
    ///
    /// # Errors
    /// The name is taken ([`DbError::Unique`]), or the database failed.
    pub async fn update(&self, team: &Team) -> Result<bool, DbError> {
        let done = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(team.id.uuid()))
            .filter(rows::Column::Version.eq(team.version))
            .col_expr(rows::Column::Version, Expr::value(team.version + 1))
            .col_expr(rows::Column::Name, Expr::value(team.name.clone()))
            .col_expr(rows::Column::NameKey, Expr::value(name_key(&team.name)))
            .col_expr(rows::Column::Kind, Expr::value(team.kind.as_str()))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(done.rows_affected == 1)
    }

    /// Replaces the members of a team. Who stays keeps their place in the order.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_members(&self, team: &Team, members: &[Membership]) -> Result<(), DbError> {
        for gone in team.members.iter().filter(|old| !members.contains(old)) {
            self.members_of(team.id)
                .filter(team_members::Column::UserId.eq(gone.user.uuid()))
                .exec(&self.at.conn)
                .await?;
        }
        let new: Vec<Membership> = members.iter().filter(|new| !team.members.contains(new)).copied().collect();
        self.add(team.id, &new).await
    }

    /// Takes a team away with its memberships and its turns.
    ///
    /// # Errors
    /// Something still refers to it ([`DbError::ForeignKey`]), or the database failed.
    pub async fn delete(&self, id: TeamId) -> Result<(), DbError> {
        self.members_of(id).exec(&self.at.conn).await?;
        let turns = routing_pools::Column::Id.eq(id.uuid());
        self.at.scope.delete::<routing_pools::Entity>().filter(turns).exec(&self.at.conn).await?;
        self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(id.uuid())).exec(&self.at.conn).await?;
        Ok(())
    }

    fn members_of(&self, team: TeamId) -> sea_orm::DeleteMany<team_members::Entity> {
        self.at.scope.delete::<team_members::Entity>().filter(team_members::Column::TeamId.eq(team.uuid()))
    }

    async fn add(&self, team: TeamId, members: &[Membership]) -> Result<(), DbError> {
        let rows = members.iter().map(|member| team_members::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(Uuid::now_v7()),
            team_id: Set(team.uuid()),
            user_id: Set(member.user.uuid()),
            manages: Set(member.manages),
            joined_at: Set(self.at.now),
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() { Ok(()) } else { bulk::insert::<team_members::Entity>(self.at.conn, rows).await }
    }
}

fn to_team(row: rows::Model, members: &[team_members::Model]) -> Result<Team, DbError> {
    let members = members.iter().filter(|member| member.team_id == row.id);
    let members = members.map(|member| Membership { user: Id::from_uuid(member.user_id), manages: member.manages });
    Ok(Team {
        id: Id::from_uuid(row.id),
        version: row.version,
        name: row.name,
        kind: TeamKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("team kind"))?,
        members: members.collect(),
    })
}
