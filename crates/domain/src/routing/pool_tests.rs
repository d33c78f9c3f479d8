#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::pool::{Member, Pool, Skip};
use crate::{ids::UserId, sample::id};

pub(super) fn member(number: u128) -> Member {
    Member { user: id(number), active: true, away: false, max_open: None, open_count: 0, last_turn: 0 }
}

fn pool_of(numbers: impl IntoIterator<Item = u128>) -> Pool {
    Pool { team: id(100), turn: 0, members: numbers.into_iter().map(member).collect() }
}

fn turns(pool: &mut Pool, many: usize) -> Vec<UserId> {
    (0..many)
        .map(|_| {
            let taken = pool.next_in_ring().unwrap();
            pool.take(&taken);
            taken.user
        })
        .collect()
}

fn users(numbers: &[u128]) -> Vec<UserId> {
    numbers.iter().map(|number| id(*number)).collect()
}

#[test]
fn everybody_in_turn() {
    assert_eq!(turns(&mut pool_of([3, 1, 2]), 7), users(&[1, 2, 3, 1, 2, 3, 1]));
}

#[test]
fn who_was_away_takes_one_turn_and_earns_no_catch_up() {
    let mut pool = pool_of([1, 2, 3]);
    assert_eq!(turns(&mut pool, 1), users(&[1]));
    pool.members[1].away = true;
    assert_eq!(turns(&mut pool, 6), users(&[3, 1, 3, 1, 3, 1]));
    pool.members[1].away = false;
    assert_eq!(turns(&mut pool, 7), users(&[2, 3, 1, 2, 3, 1, 2]));
}

#[test]
fn who_joins_takes_a_turn_and_then_waits() {
    let mut pool = pool_of([1, 2]);
    turns(&mut pool, 5);
    pool.members.push(member(3));
    assert_eq!(turns(&mut pool, 6), users(&[3, 2, 1, 3, 2, 1]));
}

#[test]
fn nobody_eligible_nobody_chosen() {
    let mut pool = pool_of([1]);
    pool.members[0].active = false;
    assert_eq!(pool.next_in_ring(), None);
    assert_eq!(pool_of([]).next_in_ring(), None);
}

#[test]
fn each_skip_has_its_reason() {
    let full = Member { max_open: Some(2), open_count: 2, ..member(1) };
    assert_eq!(full.skip(), Some(Skip::AtCapacity { open: 2, max: 2 }));
    assert_eq!(Member { open_count: 1, ..full.clone() }.skip(), None);
    assert_eq!(Member { away: true, ..full.clone() }.skip(), Some(Skip::Away));
    assert_eq!(Member { active: false, away: true, ..full }.skip(), Some(Skip::Inactive));
    let json = serde_json::to_value(Skip::AtCapacity { open: 2, max: 2 }).unwrap();
    assert_eq!(json, serde_json::json!({ "code": "at_capacity", "params": { "open": 2, "max": 2 } }));
}

#[test]
fn a_counter_that_fell_behind_breaks_no_promise() {
    let mut pool = pool_of([1, 2]);
    pool.members[0].last_turn = 50;
    pool.turn = 3;
    assert_eq!(turns(&mut pool, 5), users(&[2, 1, 2, 1, 2]));
}

/// What may happen between two leads.
#[derive(Clone, Debug)]
enum Happening {
    Lead,
    Away(usize),
    Back(usize),
    Join(u8),
    Leave(usize),
}

fn happening() -> impl Strategy<Value = Happening> {
    prop_oneof![
        6 => Just(Happening::Lead),
        1 => (0..8usize).prop_map(Happening::Away),
        1 => (0..8usize).prop_map(Happening::Back),
        1 => any::<u8>().prop_map(Happening::Join),
        1 => (0..8usize).prop_map(Happening::Leave),
    ]
}

/// Lets something happen to the pool; tells who took a turn.
fn live(pool: &mut Pool, happening: &Happening) -> Option<UserId> {
    match happening {
        Happening::Lead => {
            let taken = pool.next_in_ring()?;
            pool.take(&taken);
            return Some(taken.user);
        }
        Happening::Away(at) | Happening::Back(at) => {
            if let Some(member) = pool.members.get_mut(*at) {
                member.away = matches!(happening, Happening::Away(_));
            }
        }
        Happening::Join(number) => {
            let joining = member(u128::from(*number));
            if pool.members.iter().all(|member| member.user != joining.user) {
                pool.members.push(joining);
            }
        }
        Happening::Leave(at) => {
            if *at < pool.members.len() {
                pool.members.remove(*at);
            }
        }
    }
    None
}

fn eligible(pool: &Pool) -> BTreeSet<UserId> {
    pool.members.iter().filter(|member| member.skip().is_none()).map(|member| member.user).collect()
}

/// How far the counts of the eligible differ at most, over every interval of these turns.
fn widest_difference(eligible: &BTreeSet<UserId>, turns: &[UserId]) -> usize {
    let mut widest = 0;
    for start in 0..turns.len() {
        let mut counts: BTreeMap<UserId, usize> = eligible.iter().map(|user| (*user, 0)).collect();
        for user in &turns[start..] {
            *counts.get_mut(user).unwrap() += 1;
            let (least, most) = (counts.values().min().unwrap(), counts.values().max().unwrap());
            widest = widest.max(most - least);
        }
    }
    widest
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// The promise of ROU-3, whoever joins, leaves, goes away and comes back.
    #[test]
    fn in_every_interval_with_the_same_eligible_members_counts_differ_by_at_most_one(
        members in 0..6u128, happenings in prop::collection::vec(happening(), 0..120),
    ) {
        let mut pool = pool_of(0..members);
        let (mut constant, mut taken) = (eligible(&pool), Vec::new());
        for happening in &happenings {
            let turn = live(&mut pool, happening);
            if eligible(&pool) != constant {
                prop_assert!(widest_difference(&constant, &taken) <= 1, "{taken:?}");
                (constant, taken) = (eligible(&pool), Vec::new());
            }
            taken.extend(turn);
        }
        prop_assert!(widest_difference(&constant, &taken) <= 1, "{taken:?}");
    }
}
