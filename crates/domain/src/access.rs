//! Who is asking, what they may do, and what they may see.

mod credentials;
mod people;

pub use credentials::{ApiKey, Session};
pub use people::{Membership, Team, TeamKind, User, address, check_address, check_password, email_key, name_key};

use serde::{Deserialize, Serialize};

use crate::{
    choices,
    ids::{ApiKeyId, CaptureFormId, OrganizationId, TeamId, UserId},
};

choices! {
    /// What a user is in the organization.
    Role {
        /// May do everything.
        Admin = "admin",
        /// Leads teams: sees and assigns their leads.
        Manager = "manager",
        /// Reads all leads; edits forms, content, campaigns, scoring.
        Marketer = "marketer",
        /// Works on leads.
        Rep = "rep",
        /// Reads only.
        Viewer = "viewer",
    }
}

choices! {
    /// What a credential may be used for. A user has those of the role; an API key those it was given.
    Permission {
        /// Read leads and what belongs to them.
        LeadsRead = "leads:read",
        /// Create and change leads.
        LeadsWrite = "leads:write",
        /// Give leads to others.
        LeadsAssign = "leads:assign",
        /// Import files.
        ImportsWrite = "imports:write",
        /// Read reports.
        ReportsRead = "reports:read",
        /// Read the configuration: sources, forms, rules, fields.
        ConfigRead = "config:read",
        /// Change forms, sources, fields, scoring.
        ConfigWrite = "config:write",
        /// Change routing.
        RoutingWrite = "routing:write",
        /// Read submissions and replay them.
        SubmissionsRead = "submissions:read",
        /// Read who is in the organization.
        UsersRead = "users:read",
        /// Manage users, teams and API keys.
        UsersWrite = "users:write",
        /// Change the organization's own settings.
        OrganizationWrite = "organization:write",
        /// Read the event log.
        EventsRead = "events:read",
        /// Take out all that is known of a person, and read who was erased.
        PrivacyRead = "privacy:read",
        /// Erase people.
        PrivacyWrite = "privacy:write",
    }
}

impl Role {
    /// What the role may do.
    pub fn permissions(self) -> &'static [Permission] {
        use Permission::{
            ConfigRead, ConfigWrite, EventsRead, ImportsWrite, LeadsAssign, LeadsRead, LeadsWrite, ReportsRead,
            RoutingWrite, SubmissionsRead, UsersRead,
        };
        match self {
            Self::Admin => Permission::ALL,
            Self::Manager => &[
                LeadsRead,
                LeadsWrite,
                LeadsAssign,
                ImportsWrite,
                ReportsRead,
                ConfigRead,
                RoutingWrite,
                UsersRead,
                EventsRead,
            ],
            Self::Marketer => &[
                LeadsRead,
                LeadsWrite,
                ImportsWrite,
                ReportsRead,
                ConfigRead,
                ConfigWrite,
                SubmissionsRead,
                UsersRead,
                EventsRead,
            ],
            Self::Rep => &[LeadsRead, LeadsWrite, ReportsRead, ConfigRead, UsersRead],
            Self::Viewer => &[LeadsRead, ReportsRead, ConfigRead, UsersRead],
        }
    }
}

choices! {
    /// Which leads the reps of an organization see.
    RepVisibility {
        /// Their own, and unassigned ones that they may claim.
        Own = "own",
        /// Those of their teams.
        Team = "team",
        /// All.
        All = "all",
    }
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "snake_case")]
pub enum Actor {
    /// A person who signed in.
    User(UserId),
    /// A program.
    ApiKey(ApiKeyId),
    /// The world, through a form.
    Form(CaptureFormId),
    /// Leadwright itself.
    System,
}

/// Which leads a caller sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "leads", rename_all = "snake_case")]
pub enum LeadVisibility {
    /// Every lead of the organization.
    All,
    /// Own leads, and unassigned ones of the teams or of no team.
    Own {
        /// Me.
        user: UserId,
        /// My teams.
        teams: Vec<TeamId>,
    },
    /// Own leads, the teams' leads, and unassigned ones of no team.
    Team {
        /// Me.
        user: UserId,
        /// My teams.
        teams: Vec<TeamId>,
    },
}

impl LeadVisibility {
    /// What a user sees: a rep as the organization sets, a manager the teams', everyone else all.
    pub fn of(role: Role, setting: RepVisibility, user: UserId, teams: Vec<TeamId>) -> Self {
        match (role, setting) {
            (Role::Rep, RepVisibility::Own) => Self::Own { user, teams },
            (Role::Rep, RepVisibility::Team) | (Role::Manager, _) => Self::Team { user, teams },
            (Role::Rep, RepVisibility::All) | (Role::Admin | Role::Marketer | Role::Viewer, _) => Self::All,
        }
    }

    /// The teams that somebody leads who sees so much: those of a manager. What their members order is theirs to know, too.
    pub fn led(&self, role: Option<Role>) -> &[TeamId] {
        match self {
            Self::Team { teams, .. } if role == Some(Role::Manager) => teams,
            _ => &[],
        }
    }

    /// Whether whoever sees so much belongs to these teams, and to no other.
    pub fn is_within(&self, led: &[TeamId]) -> bool {
        match self {
            Self::All => false,
            Self::Own { teams, .. } | Self::Team { teams, .. } => {
                !teams.is_empty() && teams.iter().all(|team| led.contains(team))
            }
        }
    }

    /// Whether a lead with this owner and team is seen.
    ///
    /// An unassigned lead of no team is seen by whoever may claim it, which is everybody; one of a team by its members.
    pub fn sees(&self, owner: Option<UserId>, team: Option<TeamId>) -> bool {
        match self {
            Self::All => true,
            Self::Own { user, teams } => match owner {
                Some(owner) => owner == *user,
                None => team.is_none_or(|team| teams.contains(&team)),
            },
            Self::Team { user, teams } => {
                owner == Some(*user)
                    || team.is_some_and(|team| teams.contains(&team))
                    || (owner.is_none() && team.is_none())
            }
        }
    }
}

/// The organization a caller belongs to and what of it they may see. Every query needs one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scope {
    /// The tenant.
    pub organization: OrganizationId,
    /// Who acts.
    pub actor: Actor,
    /// Which leads they see.
    pub leads: LeadVisibility,
}

impl Scope {
    /// Leadwright itself, within one organization.
    pub const fn system(organization: OrganizationId) -> Self {
        Self { organization, actor: Actor::System, leads: LeadVisibility::All }
    }

    /// The world, through a form.
    pub const fn form(organization: OrganizationId, form: CaptureFormId) -> Self {
        Self { organization, actor: Actor::Form(form), leads: LeadVisibility::All }
    }

    /// The user behind the actor, if a person acts.
    pub const fn user(&self) -> Option<UserId> {
        match self.actor {
            Actor::User(user) => Some(user),
            _ => None,
        }
    }
}
