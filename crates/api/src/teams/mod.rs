//! `/api/v1/teams`: who shares leads with whom.

pub mod create;
pub mod delete;
pub mod get;
pub mod list;
pub mod update;

use leadwright_domain::{
    access::{Team, TeamKind},
    ids::{Id, UserId},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Answer, words};

/// A set of users who share leads.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Team)]
pub struct TeamView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The name; unique.
    #[schema(example = "East coast")]
    name: String,
    /// What it is.
    #[schema(example = "direct")]
    kind: TeamKindView,
    /// Who belongs to it, in the order in which they joined.
    member_ids: Vec<Uuid>,
    /// Who of them leads it.
    manager_ids: Vec<Uuid>,
}

words! {
    TeamKindView(TeamKind) as "TeamKind": "What a team is: it sells directly, sells for us on its own account, or is an office of ours.";
}

impl From<Team> for TeamView {
    fn from(team: Team) -> Self {
        Self {
            id: team.id.uuid(),
            version: team.version,
            name: team.name,
            kind: TeamKindView(team.kind),
            member_ids: team.members.iter().map(|member| member.user.uuid()).collect(),
            manager_ids: team.members.iter().filter(|one| one.manages).map(|one| one.user.uuid()).collect(),
        }
    }
}

fn users(ids: Vec<Uuid>) -> Vec<UserId> {
    ids.into_iter().map(Id::from_uuid).collect()
}

fn tagged(answer: Answer, version: i64) -> Answer {
    answer.etag(version, 0, "1")
}
