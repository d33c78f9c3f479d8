//! Whose turn it is in a team (spec ROU-2, ROU-3).
//!
//! The member who took a turn longest ago takes the next one; members who never took one come first, by id. Whoever is
//! chosen goes to the back of the ring. While the set of eligible members stays the same, each of them therefore takes
//! exactly one turn between two turns of any other, and in every interval their counts differ by at most one. Nothing is
//! counted up and made good: a member who was away finds the old place in the ring, takes one turn when it comes, and then
//! waits like everybody else.

use serde::{Deserialize, Serialize};

use crate::ids::{TeamId, UserId};

/// A member of a team as routing sees them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub user: UserId,
    /// May sign in and own leads.
    pub active: bool,
    /// Is not to be given leads now.
    pub away: bool,
    /// Open leads at most; no limit where absent.
    pub max_open: Option<i64>,
    /// Open leads now.
    pub open_count: i64,
    /// The number of the last turn they took; 0 for none.
    pub last_turn: i64,
}

/// Why a member cannot be given a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Skip {
    /// The account is deactivated.
    Inactive,
    /// Is away.
    Away,
    /// Has as many open leads as allowed.
    AtCapacity {
        /// Open leads.
        open: i64,
        /// At most.
        max: i64,
    },
}

/// A team and whose turn it is. It is the team that is fair: rules that name the same team share its ring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Which team.
    pub team: TeamId,
    /// The number of the newest turn.
    pub turn: i64,
    /// Its members, in any order.
    pub members: Vec<Member>,
}

/// A turn that a decision takes. To be stored under the lock of the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TurnTaken {
    /// In which team.
    pub team: TeamId,
    /// By whom.
    pub user: UserId,
    /// Its number: the new `turn` of the pool and `last_turn` of the member.
    pub turn: i64,
}

impl Member {
    /// Why this member cannot be given a lead now, if so.
    pub fn skip(&self) -> Option<Skip> {
        match self.max_open {
            _ if !self.active => Some(Skip::Inactive),
            _ if self.away => Some(Skip::Away),
            Some(max) if self.open_count >= max => Some(Skip::AtCapacity { open: self.open_count, max }),
            _ => None,
        }
    }
}

impl Pool {
    /// The member whose turn it is among the eligible.
    pub fn next_in_ring(&self) -> Option<TurnTaken> {
        let eligible = self.members.iter().filter(|member| member.skip().is_none());
        let next = eligible.min_by_key(|member| (member.last_turn, member.user))?;
        Some(TurnTaken { team: self.team, user: next.user, turn: self.newest_turn() + 1 })
    }

    /// Marks a turn as taken.
    pub fn take(&mut self, taken: &TurnTaken) {
        self.turn = self.turn.max(taken.turn);
        if let Some(member) = self.members.iter_mut().find(|member| member.user == taken.user) {
            member.last_turn = taken.turn;
        }
    }

    /// The newest turn, also where the stored counter fell behind a member's: a new turn must come after all.
    fn newest_turn(&self) -> i64 {
        self.members.iter().map(|member| member.last_turn).fold(self.turn, i64::max)
    }
}
