use actix_web::get;
use leadwright_app::access::{self, Me};
use leadwright_domain::{access::Actor, organization::Organization};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    api_keys::ApiKeyView,
    http::{Answer, Can, Result, can::SignedIn},
    users::{RoleView, UserView},
};

/// The caller: a person or a program.
#[derive(Serialize, ToSchema)]
#[schema(as = Me)]
pub struct MeView {
    /// `user` or `api_key`.
    #[schema(example = "user")]
    kind: &'static str,
    /// The person; `null` for a program.
    user: Option<UserView>,
    /// The API key; `null` for a person.
    api_key: Option<ApiKeyView>,
    /// The role; `null` for a program.
    role: Option<RoleView>,
    /// What the caller may do: the scopes named at the operations.
    #[schema(example = json!(["leads:read", "leads:write"]))]
    permissions: Vec<&'static str>,
    /// The organization.
    organization: MyOrganization,
    /// The teams of the person.
    teams: Vec<MyTeam>,
}

/// What a user interface needs of the organization.
#[derive(Serialize, ToSchema)]
pub struct MyOrganization {
    /// The id.
    id: Uuid,
    /// The name.
    #[schema(example = "Acme")]
    name: String,
    /// The zone of its days and hours.
    #[schema(example = "America/New_York")]
    timezone: String,
    /// The currency that amounts are compared in.
    #[schema(example = "USD")]
    base_currency: String,
    /// The language, BCP 47.
    #[schema(example = "en")]
    locale: String,
}

/// A team that the caller belongs to.
#[derive(Serialize, ToSchema)]
pub struct MyTeam {
    /// The id.
    id: Uuid,
    /// The name.
    #[schema(example = "East coast")]
    name: String,
    /// Whether the caller leads it.
    manages: bool,
}

impl From<Organization> for MyOrganization {
    fn from(organization: Organization) -> Self {
        Self {
            id: organization.id.uuid(),
            name: organization.name,
            timezone: organization.timezone.name().to_owned(),
            base_currency: organization.base_currency,
            locale: organization.locale,
        }
    }
}

/// Read who the caller is
///
/// The person or the API key behind the token, what they may do, their organization and teams.
#[utoipa::path(
    tag = "Signing in", operation_id = "getMe", security(("bearer" = [])),
    responses((status = 200, description = "The caller", body = MeView))
)]
#[get("/me")]
pub async fn get_me(can: Can<SignedIn>) -> Result {
    let Me { user, api_key, organization, teams } = access::me(&can.read()).await?;
    let me = user.as_ref().map(|user| user.id);
    let teams = teams.into_iter().map(|team| MyTeam {
        id: team.id.uuid(),
        manages: team.members.iter().any(|member| Some(member.user) == me && member.manages),
        name: team.name,
    });
    Ok(Answer::ok(&MeView {
        kind: if matches!(can.scope.actor, Actor::ApiKey(_)) { "api_key" } else { "user" },
        user: user.map(UserView::from),
        api_key: api_key.map(ApiKeyView::from),
        role: can.role.map(RoleView),
        permissions: can.permissions.iter().map(|permission| permission.as_str()).collect(),
        organization: organization.into(),
        teams: teams.collect(),
    }))
}
