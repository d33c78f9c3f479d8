//! Giving a lead to somebody by hand (spec ROU-4).

use serde::{Deserialize, Serialize};

use super::Assignment;
use crate::{
    choices,
    fault::Fault,
    ids::{TeamId, UserId},
    leads::Lead,
    people::{TeamBrief, UserBrief},
};

choices! {
    /// Why somebody gives a lead to somebody.
    AssignReason {
        /// They know each other.
        ExistingRelationship = "existing_relationship",
        /// They know the field.
        SpecialExpertise = "special_expertise",
        /// They have time for it.
        Workload = "workload",
        /// They shall learn on it.
        Training = "training",
        /// Something else; the note says what.
        Other = "other",
    }
}

/// Who works on a lead, and for which team.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Who.
    pub owner_id: Option<UserId>,
    /// For which team.
    pub team_id: Option<TeamId>,
}

/// Who shall have a lead. What is absent is not spoken of; `Some(None)` means nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Handover {
    /// Which person.
    pub user: Option<Option<UserId>>,
    /// Which team.
    pub team: Option<Option<TeamId>>,
}

impl Holder {
    /// Who has a lead.
    pub const fn of(lead: &Lead) -> Self {
        Self { owner_id: lead.owner_id, team_id: lead.team_id }
    }

    /// Gives the lead.
    pub const fn apply(self, lead: &mut Lead) {
        lead.owner_id = self.owner_id;
        lead.team_id = self.team_id;
    }

    /// Where a rule puts the lead: in the team that it names, else with the person as [`Self::with_owner`] has it; a queue
    /// leaves it in its team.
    pub fn placed(self, assignment: &Assignment, teams: &[TeamBrief]) -> Self {
        match (assignment.owner, assignment.team) {
            (Some(owner), None) => self.with_owner(owner, teams),
            (owner_id, team) => Self { owner_id, team_id: team.or(self.team_id) },
        }
    }

    /// The lead with this person. It stays in its team where they belong to it; else it comes to a team of theirs, so
    /// that whoever leads them sees it.
    pub fn with_owner(self, user: UserId, teams: &[TeamBrief]) -> Self {
        let stays = teams.iter().any(|team| Some(team.id) == self.team_id && team.members.contains(&user));
        let theirs = teams.iter().find(|team| team.members.contains(&user)).map(|team| team.id);
        Self { owner_id: Some(user), team_id: if stays { self.team_id } else { theirs.or(self.team_id) } }
    }
}

/// Decides who has the lead after a handover. A team without a person takes it from whoever has it: it waits there.
///
/// # Errors
/// Nobody is spoken of, or somebody who is not there.
pub fn hand_over(now: Holder, wish: &Handover, users: &[UserBrief], teams: &[TeamBrief]) -> Result<Holder, Vec<Fault>> {
    let mut faults = Vec::new();
    if let Some(Some(id)) = wish.user {
        match users.iter().find(|user| user.id == id) {
            Some(user) if user.active => {}
            Some(_) => {
                faults.push(Fault::in_field("user_id", "inactive_user", "This user is not active; choose another."))
            }
            None => {
                faults.push(Fault::in_field("user_id", "unknown_user", "There is no such user in your organization."))
            }
        }
    }
    if let Some(Some(id)) = wish.team
        && !teams.iter().any(|team| team.id == id)
    {
        faults.push(Fault::in_field("team_id", "unknown_team", "There is no such team in your organization."));
    }
    if wish.user.is_none() && wish.team.is_none() {
        let detail = "Send `user_id`, `team_id` or both; `null` takes the lead from whoever has it.";
        faults.push(Fault::at_pointer("#", "required", detail));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    Ok(match (wish.user, wish.team) {
        (Some(Some(user)), None) => now.with_owner(user, teams),
        (Some(owner_id), team) => Holder { owner_id, team_id: team.unwrap_or(now.team_id) },
        (None, Some(Some(team))) => Holder { owner_id: None, team_id: Some(team) },
        (None, team) => Holder { team_id: team.flatten(), ..now },
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use uuid::Uuid;

    use super::*;
    use crate::{access::Role, ids::Id};

    fn id<T>(number: u128) -> Id<T> {
        Id::from_uuid(Uuid::from_u128(number))
    }

    fn people() -> (Vec<UserBrief>, Vec<TeamBrief>) {
        let user = |number, active| UserBrief {
            id: id(number),
            name: "N".to_owned(),
            email: "n@example.com".to_owned(),
            active,
            role: Role::Rep,
        };
        let team = |number, members: &[u128]| TeamBrief {
            id: id(number),
            name: "T".to_owned(),
            members: members.iter().map(|number| id(*number)).collect(),
        };
        (vec![user(1, true), user(2, true), user(3, false)], vec![team(10, &[1]), team(11, &[1, 2]), team(12, &[])])
    }

    fn after(now: (Option<u128>, Option<u128>), wish: Handover) -> (Option<UserId>, Option<TeamId>) {
        let (users, teams) = people();
        let now = Holder { owner_id: now.0.map(id), team_id: now.1.map(id) };
        let holder = hand_over(now, &wish, &users, &teams).unwrap();
        (holder.owner_id, holder.team_id)
    }

    #[test]
    fn the_team_follows_the_person_unless_they_belong_to_it() {
        let to = |user| Handover { user: Some(Some(id(user))), team: None };
        assert_eq!(after((None, None), to(2)), (Some(id(2)), Some(id(11))));
        assert_eq!(after((Some(2), Some(11)), to(1)), (Some(id(1)), Some(id(11))), "stays in the team of both");
        assert_eq!(after((Some(1), Some(10)), to(2)), (Some(id(2)), Some(id(11))));
    }

    #[test]
    fn what_is_said_of_the_team_holds() {
        let wish = Handover { user: Some(Some(id(2))), team: Some(Some(id(12))) };
        assert_eq!(after((None, None), wish), (Some(id(2)), Some(id(12))));
        let waits = Handover { user: None, team: Some(Some(id(12))) };
        assert_eq!(after((Some(1), Some(10)), waits), (None, Some(id(12))), "it waits in the team");
        let nobody = Handover { user: Some(None), team: None };
        assert_eq!(after((Some(1), Some(10)), nobody), (None, Some(id(10))));
        let leaves = Handover { user: None, team: Some(None) };
        assert_eq!(after((Some(1), Some(10)), leaves), (Some(id(1)), None));
    }

    #[test]
    fn who_is_not_there_gets_nothing() {
        let (users, teams) = people();
        let codes = |wish: Handover| -> Vec<String> {
            let faults = hand_over(Holder::default(), &wish, &users, &teams).unwrap_err();
            faults.into_iter().map(|fault| fault.code).collect()
        };
        assert_eq!(codes(Handover::default()), ["required"]);
        let wish = Handover { user: Some(Some(id(3))), team: Some(Some(id(99))) };
        assert_eq!(codes(wish), ["inactive_user", "unknown_team"]);
        assert_eq!(codes(Handover { user: Some(Some(id(99))), team: None }), ["unknown_user"]);
    }
}
