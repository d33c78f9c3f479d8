#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{
    Assign, Assignment, Member, MemberVerdict, PassedOver, Pool, Pools, RouteDecision, Rule, RuleBook, Strategy,
    Verdict, decide, pool_tests::member,
};
use crate::{
    condition::{Catalogue, Condition, Frame, Subject, facts},
    ids::UserId,
    leads::Lead,
    sample::{self, at, id, organization},
};

fn rule(number: u128, when: Value, assign: Assign) -> Rule {
    Rule {
        id: id(number),
        name: format!("Rule {number}"),
        position: i64::try_from(number).unwrap(),
        when: Condition::parse(&when, &Catalogue::new(&[])).unwrap(),
        assign,
        active: true,
    }
}

fn everything() -> Value {
    json!({ "all": [] })
}

fn from_canada() -> Value {
    json!({ "field": "country", "op": "eq", "value": "CA" })
}

fn team(number: u128) -> Assign {
    Assign::Team { team: id(number), strategy: Strategy::RoundRobin }
}

fn route_lead(lead: &Lead, rules: &[Rule], pools: &Pools) -> RouteDecision {
    let organization = organization();
    let facts: Map<String, Value> = facts(lead, "website", &organization, &[]);
    let now = at("2026-03-02T12:00:00Z");
    let subject = Subject { lead, facts: &facts, interactions: &[], now, organization: &organization };
    decide(&RuleBook::new(rules, &Frame { now, organization: &organization }), &subject, pools)
}

fn route(rules: &[Rule], pools: &Pools) -> RouteDecision {
    route_lead(&sample::lead(), rules, pools)
}

fn ring(number: u128, members: Vec<Member>) -> Pool {
    Pool { team: id(number), turn: 0, members }
}

#[test]
fn without_a_rule_a_lead_waits_unassigned() {
    let nothing = RouteDecision { assignment: None, rule: None, trace: vec![], turn: None };
    assert_eq!(route(&[], &Pools::default()), nothing);
    let decision = route(&[rule(1, from_canada(), Assign::Queue("north".into()))], &Pools::default());
    assert_eq!((decision.assignment, decision.rule), (None, None));
    assert!(!decision.trace[0].matched, "but it says what was tried");
}

#[test]
fn the_first_rule_that_matches_wins_in_the_order_of_positions() {
    let mut canadian = sample::lead();
    canadian.profile.country = Some("CA".into());
    let rules = [
        rule(3, everything(), Assign::Queue("rest".into())),
        rule(2, from_canada(), Assign::Queue("north".into())),
        Rule { active: false, ..rule(1, everything(), Assign::Queue("nowhere".into())) },
    ];
    let queue = |lead| route_lead(lead, &rules, &Pools::default()).assignment.unwrap().queue.unwrap();
    assert_eq!((queue(&canadian), queue(&sample::lead())), ("north".into(), "rest".into()));
    let same_position = [
        Rule { position: 0, ..rule(2, everything(), Assign::Queue("second".into())) },
        Rule { position: 0, ..rule(1, everything(), Assign::Queue("first".into())) },
    ];
    assert_eq!(route(&same_position, &Pools::default()).rule, Some(id(1)), "then by id");
}

#[test]
fn a_person_who_cannot_take_it_is_passed_over() {
    let rules = [rule(1, everything(), Assign::User(id(7))), rule(2, everything(), Assign::Queue("rest".into()))];
    let owner = |pools: &Pools| route(&rules, pools).assignment.unwrap().owner;
    assert_eq!(owner(&Pools::new([], [member(7)])), Some(id(7)));
    let away = route(&rules, &Pools::new([], [Member { away: true, ..member(7) }]));
    assert_eq!((away.rule, away.trace[0].passed_over), (Some(id(2)), Some(PassedOver::UserNotAvailable)));
    let verdict = MemberVerdict { user: id(7), eligible: false, reason: Verdict::Away {} };
    assert_eq!(away.trace[0].members, [verdict]);
    let gone = route(&rules, &Pools::default());
    assert_eq!(gone.trace[0].passed_over, Some(PassedOver::UserUnknown));
}

#[test]
fn a_team_takes_turns_and_says_why() {
    let full = Member { max_open: Some(1), open_count: 1, ..member(3) };
    let pools = Pools::new([ring(100, vec![member(2), Member { last_turn: 4, ..member(1) }, full])], []);
    let decision = route(&[rule(1, everything(), team(100))], &pools);
    assert_eq!(decision.assignment.unwrap(), Assignment { owner: Some(id(2)), team: Some(id(100)), queue: None });
    assert_eq!(decision.trace[0].chosen, Some(id(2)));
    let members = json!(decision.trace[0].members);
    let reasons: Vec<&Value> = members.as_array().unwrap().iter().map(|member| &member["reason"]).collect();
    assert_eq!(
        json!(reasons),
        json!([
            { "code": "not_their_turn", "params": { "last_turn": 4 } },
            { "code": "their_turn", "params": { "last_turn": 0 } },
            { "code": "at_capacity", "params": { "open": 1, "max": 1 } },
        ])
    );
}

#[test]
fn while_nobody_is_there_the_lead_waits_in_the_team() {
    let pools = Pools::new([ring(100, vec![Member { away: true, ..member(1) }])], []);
    let rules = [rule(1, everything(), team(100)), rule(2, everything(), Assign::Queue("rest".into()))];
    let decision = route(&rules, &pools);
    assert_eq!(decision.assignment, Some(Assignment { owner: None, team: Some(id(100)), queue: None }));
    assert_eq!((decision.turn, decision.rule), (None, Some(id(1))));
    let no_team = route(&rules, &Pools::default());
    assert_eq!((no_team.rule, no_team.trace[0].passed_over), (Some(id(2)), Some(PassedOver::TeamUnknown)));
}

#[test]
fn a_batch_decides_over_one_working_copy() {
    let limited = Member { max_open: Some(2), ..member(1) };
    let mut pools = Pools::new([ring(100, vec![limited, member(2)])], []);
    let rules = [rule(1, everything(), team(100))];
    let owners: Vec<UserId> = (0..6)
        .map(|_| {
            let decision = route(&rules, &pools);
            pools.record(&decision);
            decision.assignment.unwrap().owner.unwrap()
        })
        .collect();
    assert_eq!(owners, [1, 2, 1, 2, 2, 2].map(id), "the first is full after two");
    assert_eq!(pools.team(id(100)).unwrap().turn, 6);
}

#[test]
fn rules_of_one_team_share_its_ring() {
    let mut pools = Pools::new([ring(100, vec![member(1), member(2)])], []);
    let mut canadian = sample::lead();
    canadian.profile.country = Some("CA".into());
    let rules = [rule(1, from_canada(), team(100)), rule(2, everything(), team(100))];
    for (lead, owner) in [(&canadian, 1), (&sample::lead(), 2), (&canadian, 1)] {
        let decision = route_lead(lead, &rules, &pools);
        pools.record(&decision);
        assert_eq!(decision.assignment.unwrap().owner, Some(id(owner)));
    }
}

#[test]
fn a_target_reads_back_as_it_was_written() {
    for assign in [Assign::User(id(1)), team(2), Assign::Queue("north".into())] {
        assert_eq!(Assign::parse(&assign.to_json()), Ok(assign));
    }
    let plain = json!({ "team_id": id::<crate::ids::kind::Team>(2) });
    assert_eq!(Assign::parse(&plain), Ok(team(2)), "in turn, where nothing else is said");
}

#[test]
fn a_target_that_makes_no_sense_says_so() {
    let codes = |json: Value| {
        let faults = Assign::parse(&json).unwrap_err();
        faults.into_iter().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(json!("me")), ["invalid_value"]);
    assert_eq!(codes(json!({})), ["ambiguous"]);
    assert_eq!(codes(json!({ "user_id": id::<()>(1), "queue": "x" })), ["ambiguous"]);
    assert_eq!(codes(json!({ "user_id": 7 })), ["invalid_value"]);
    assert_eq!(codes(json!({ "queue": " " })), ["invalid_value"]);
    assert_eq!(codes(json!({ "queue": "x", "strategy": "round_robin" })), ["unknown_member"]);
    assert_eq!(codes(json!({ "team_id": 1, "strategy": "random", "who": 1 })).len(), 3);
    let faults = Assign::parse(&json!({ "team_id": id::<()>(1), "strategy": "roundrobin" })).unwrap_err();
    assert_eq!(faults[0].suggestion, Some(json!("round_robin")));
}

proptest! {
    /// Over any batch, whoever is away or full: nobody gets a lead who cannot, and counts of the others stay even.
    #[test]
    fn a_batch_is_fair(away in prop::collection::vec(any::<bool>(), 1..7), leads in 0..60_usize) {
        let members = away.iter().enumerate().map(|(at, away)| Member { away: *away, ..member(at as u128) }).collect();
        let mut pools = Pools::new([ring(100, members)], []);
        let rules = [rule(1, everything(), team(100))];
        let mut counts = vec![0_usize; away.len()];
        for _ in 0..leads {
            let decision = route(&rules, &pools);
            pools.record(&decision);
            if let Some(owner) = decision.assignment.unwrap().owner {
                counts[usize::try_from(owner.uuid().as_u128()).unwrap()] += 1;
            }
        }
        let of = |wanted: bool| counts.iter().zip(&away).filter(move |(_, away)| **away == wanted).map(|(count, _)| *count);
        prop_assert_eq!(of(true).sum::<usize>(), 0);
        prop_assert!(of(false).max().unwrap_or(0) - of(false).min().unwrap_or(0) <= 1);
        prop_assert_eq!(of(false).sum::<usize>(), if away.contains(&false) { leads } else { 0 });
    }
}
