//! What people and programs read of the organization and of themselves.

use leadwright_domain::{
    access::{Actor, ApiKey, Team, User},
    fault::Refusal,
    ids::{TeamId, UserId},
    organization::Organization,
};
use leadwright_persistence::{CommandError, Reader};

/// A caller in full.
#[derive(Clone, Debug)]
pub struct Me {
    /// The person, if one called.
    pub user: Option<User>,
    /// The API key, if a program called.
    pub api_key: Option<ApiKey>,
    /// The organization.
    pub organization: Organization,
    /// The teams of the person.
    pub teams: Vec<Team>,
}

/// The caller in full.
///
/// # Errors
/// The database failed.
pub async fn me(reader: &Reader) -> Result<Me, CommandError> {
    let organization = reader.organization().get().await?;
    let mut me = Me { user: None, api_key: None, organization, teams: vec![] };
    match reader.scope().actor {
        Actor::User(id) => {
            me.user = reader.users().get(id).await?;
            me.teams = reader.teams().all().await?;
            me.teams.retain(|team| team.members.iter().any(|member| member.user == id));
        }
        Actor::ApiKey(id) => me.api_key = reader.api_keys().get(id).await?.map(|(key, _)| key),
        Actor::Form(_) | Actor::System => {}
    }
    Ok(me)
}

/// One user.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn user(reader: &Reader, id: UserId) -> Result<User, CommandError> {
    Ok(reader.users().get(id).await?.ok_or_else(|| Refusal::not_found("user"))?)
}

/// One team.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn team(reader: &Reader, id: TeamId) -> Result<Team, CommandError> {
    Ok(reader.teams().get(id).await?.ok_or_else(|| Refusal::not_found("team"))?)
}
