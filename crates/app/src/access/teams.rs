//! Teams: who shares leads with whom.

use std::collections::HashSet;

use leadwright_domain::{
    access::{Membership, Team, TeamKind},
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::{TeamId, UserId},
    routing::Assign,
};
use leadwright_persistence::{Command, CommandError, DbError, Tx};
use serde_json::json;

use super::stale;
use crate::setting;

/// Adds a team.
#[derive(Clone, Debug)]
pub struct CreateTeam {
    /// Its name; unique.
    pub name: String,
    /// What it is.
    pub kind: TeamKind,
    /// Who belongs to it.
    pub members: Vec<UserId>,
    /// Who of them leads it.
    pub managers: Vec<UserId>,
}

#[async_trait::async_trait]
impl Command for CreateTeam {
    type Out = Team;

    async fn run(&self, tx: &Tx) -> Result<Team, CommandError> {
        let members = checked(tx, &self.members, &self.managers).await?;
        let name = self.name.trim().to_owned();
        let team = Team { id: tx.new_id(), version: 1, name, kind: self.kind, members };
        tx.teams().insert(&team).await.map_err(taken)?;
        tell(tx, &team, "created").await?;
        Ok(team)
    }
}

/// What to change of a team; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct TeamChange {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<TeamKind>,
    /// All who belong to it from now on; who stays a member stays a manager.
    pub members: Option<Vec<UserId>>,
    /// All who lead it from now on.
    pub managers: Option<Vec<UserId>>,
}

impl TeamChange {
    /// The memberships from now on; `None` where they stay.
    async fn memberships(&self, tx: &Tx, team: &Team) -> Result<Option<Vec<Membership>>, CommandError> {
        if self.members.is_none() && self.managers.is_none() {
            return Ok(None);
        }
        let members = self.members.clone().unwrap_or_else(|| team.members.iter().map(|one| one.user).collect());
        let managers = self.managers.clone().unwrap_or_else(|| {
            let managers = team.members.iter().filter(|one| one.manages && members.contains(&one.user));
            managers.map(|one| one.user).collect()
        });
        checked(tx, &members, &managers).await.map(Some)
    }
}

/// Changes a team.
#[derive(Clone, Debug)]
pub struct UpdateTeam {
    /// Which.
    pub id: TeamId,
    /// What to change.
    pub change: TeamChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateTeam {
    type Out = Team;

    async fn run(&self, tx: &Tx) -> Result<Team, CommandError> {
        let mut team = expected(tx, self.id, self.expected).await?;
        let members = self.change.memberships(tx, &team).await?;
        team.name = self.change.name.as_deref().map_or(team.name, |name| name.trim().to_owned());
        team.kind = self.change.kind.unwrap_or(team.kind);
        if !tx.teams().update(&team).await.map_err(taken)? {
            return Err(stale(team.version + 1).into());
        }
        if let Some(members) = members {
            tx.teams().set_members(&team, &members).await?;
        }
        let team = tx.teams().get(team.id).await?.ok_or_else(|| Refusal::not_found("team"))?;
        tell(tx, &team, "updated").await?;
        Ok(team)
    }
}

/// Takes a team away. One that leads or rules still name stays.
#[derive(Clone, Debug)]
pub struct DeleteTeam {
    /// Which.
    pub id: TeamId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeleteTeam {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        // Rules are made under the same lock: none comes to name the team meanwhile.
        setting::begin(tx).await?;
        let team = expected(tx, self.id, self.expected).await?;
        let names = |assign: &Assign| matches!(assign, Assign::Team { team, .. } if *team == self.id);
        if tx.routing_rules().all().await?.iter().any(|rule| names(&rule.assign)) {
            return Err(in_use().into());
        }
        tx.teams().delete(team.id).await.map_err(|error| match error {
            DbError::ForeignKey(_) => in_use().into(),
            other => CommandError::from(other),
        })?;
        tell(tx, &team, "deleted").await
    }
}

fn in_use() -> Refusal {
    Refusal::new(Problem::InUse, "Leads or routing rules still name this team; give them to another first.")
}

async fn expected(tx: &Tx, id: TeamId, expected: Option<i64>) -> Result<Team, CommandError> {
    let team = tx.teams().get(id).await?.ok_or_else(|| Refusal::not_found("team"))?;
    if expected.is_some_and(|expected| expected != team.version) {
        return Err(stale(team.version).into());
    }
    Ok(team)
}

/// Every member has to be a user of the organization, once, and every manager a member.
async fn checked(tx: &Tx, members: &[UserId], managers: &[UserId]) -> Result<Vec<Membership>, CommandError> {
    let known: HashSet<UserId> = tx.teams().known_users(members.iter().copied()).await?.into_iter().collect();
    let mut seen = HashSet::new();
    let mut faults = Vec::new();
    for (at, member) in members.iter().enumerate() {
        let mut fault = |code, detail| faults.push(Fault::at_pointer(format!("#/member_ids/{at}"), code, detail));
        if !known.contains(member) {
            fault("unknown_user", "There is no user with this id.");
        } else if !seen.insert(member) {
            fault("repeated", "Name each member once.");
        }
    }
    for (at, _) in managers.iter().enumerate().filter(|(_, manager)| !members.contains(manager)) {
        let detail = "Only a member can lead the team; name them in `member_ids` too.";
        faults.push(Fault::at_pointer(format!("#/manager_ids/{at}"), "not_a_member", detail));
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    Ok(members.iter().map(|user| Membership { user: *user, manages: managers.contains(user) }).collect())
}

async fn tell(tx: &Tx, team: &Team, change: &str) -> Result<(), CommandError> {
    tx.bump_config().await?;
    let told = json!({"change": change, "members": team.members.len()});
    tx.append(NewEvent::of(EventKind::AccessChanged, "team", team.id.uuid(), told));
    Ok(())
}

fn taken(error: DbError) -> CommandError {
    if error.violates("teams_name", "teams.name_key") {
        let detail = "Another team has this name; choose another.";
        return Refusal::new(Problem::AlreadyExists, detail).with("field", "name").into();
    }
    error.into()
}
