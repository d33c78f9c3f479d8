//! Teams and people as routing sees them.

use std::collections::BTreeMap;

use leadwright_domain::{
    ids::TeamId,
    routing::{Assign, Member, Pool, Pools},
};
use leadwright_persistence::{DbError, Tx, routing::PoolState};

use crate::Configuration;

/// The teams that some active rule hands leads to, in the order of their ids.
pub(crate) fn teams_of(config: &Configuration) -> Vec<TeamId> {
    let mut teams: Vec<TeamId> = config
        .routing_rules
        .iter()
        .filter_map(|rule| match &rule.assign {
            Assign::Team { team, .. } => Some(*team),
            _ => None,
        })
        .filter(|team| config.teams.iter().any(|known| known.id == *team))
        .collect();
    teams.sort_unstable();
    teams.dedup();
    teams
}

/// The teams with their members and turns, and everybody whom a rule can name.
pub(crate) fn pools(config: &Configuration, teams: &[TeamId], states: &BTreeMap<TeamId, PoolState>) -> Pools {
    let member = |user, last_turn| {
        let active = config.users.iter().any(|known| known.id == user && known.active);
        Member { user, active, away: false, max_open: None, open_count: 0, last_turn }
    };
    let pool = |team: &TeamId| {
        let state = states.get(team).cloned().unwrap_or_default();
        let known = config.teams.iter().find(|known| known.id == *team);
        let members = known.into_iter().flat_map(|known| &known.members);
        let members = members.map(|user| member(*user, state.members.get(user).copied().unwrap_or(0))).collect();
        Pool { team: *team, turn: state.turn, members }
    };
    Pools::new(teams.iter().map(pool), config.users.iter().map(|user| member(user.id, 0)))
}

fn state_of(pool: &Pool) -> PoolState {
    PoolState { turn: pool.turn, members: pool.members.iter().map(|member| (member.user, member.last_turn)).collect() }
}

/// Keeps the turns that were taken.
pub(crate) async fn keep(tx: &Tx, pools: &Pools) -> Result<(), DbError> {
    for pool in pools.turned() {
        tx.turns().keep(pool.team, &state_of(pool)).await?;
    }
    Ok(())
}
