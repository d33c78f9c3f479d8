//! That leads which became one in whatever way can be taken apart in any order.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{
    merge_tests::{anybody, at, lead},
    *,
};
use crate::{
    ids::{LeadId, MergeId},
    leads::Lead,
};

fn id_of_merge(number: usize) -> MergeId {
    MergeId::from_uuid(Uuid::from_u128(number as u128 + 1))
}

/// Merges these one after the other, those of a call at once; answers the master and what is kept.
fn merged(master: &Lead, calls: &[Vec<Lead>]) -> (Lead, Vec<Past>) {
    let (mut master, mut past) = (master.clone(), Vec::new());
    for others in calls.iter().filter(|others| !others.is_empty()) {
        let before = Standing::of(&master);
        let after = merge(&master, others, &Choices::new(), at(100)).unwrap().after;
        let call = id_of_merge(past.len());
        for other in others {
            let made_of = MadeOf {
                call,
                before: before.clone(),
                choices: Choices::new(),
                changed_at: other.updated_at,
                at: at(100),
            };
            let lead = Standing::of(other);
            let snapshot =
                Snapshot { lead, archived_at: None, after: after.clone(), made_of: Some(made_of), without: None };
            past.push(Past { id: id_of_merge(past.len()), lead: other.id, snapshot });
        }
        after.apply(&mut master);
    }
    (master, past)
}

/// Takes a lead out; answers what stays of its values.
fn part(master: &mut Lead, past: &mut Vec<Past>, leaving: LeadId) -> Vec<String> {
    let merge = past.iter().find(|merge| merge.lead == leaving).unwrap().id;
    let parted = leave(&Standing::of(master), master.id, past.clone(), merge).unwrap();
    assert_eq!(parted.left.lead, leaving);
    past.retain(|kept| kept.id != merge);
    for changed in parted.rest {
        let at = past.iter().position(|kept| kept.id == changed.id).unwrap();
        past[at] = changed;
    }
    parted.undone.standing.apply(master);
    parted.undone.kept
}

#[test]
fn what_changed_between_two_merges_stays() {
    let master = lead(0, &json!({"contact_name": "Jane Doe"}));
    let one = lead(1, &json!({"email": "one@acme.example", "city": "Rome", "region": "Lazio", "tags": ["a", "both"]}));
    let two = lead(2, &json!({"email": "two@acme.example", "city": "Ulm", "country": "DE", "tags": ["b", "both"]}));
    for order in [[&one, &two], [&two, &one]] {
        let (mut now, mut past) = merged(&master, &[vec![one.clone()]]);
        now.profile.city = Some("Oslo".to_owned());
        now.profile.tags.push("own".to_owned());
        let (after, later) = merged(&now, &[vec![two.clone()]]);
        past.extend(later.into_iter().map(|merge| {
            let mut merge = Past { id: id_of_merge(7), ..merge };
            merge.snapshot.made_of.as_mut().unwrap().call = id_of_merge(7);
            merge
        }));
        now = after;
        assert!(!part(&mut now, &mut past, order[0].id).contains(&"email".to_owned()));
        assert_eq!(now.profile.email, order[1].profile.email);
        assert!(now.profile.tags.contains(&"both".to_owned()), "the other has it too");
        part(&mut now, &mut past, order[1].id);
        let profile = &now.profile;
        assert_eq!((profile.city.as_deref(), profile.tags.as_slice()), (Some("Oslo"), &["own".to_owned()][..]));
        assert_eq!((&profile.email, &profile.region, &profile.country), (&None, &None, &None));
    }
}

#[test]
fn notes_that_were_written_around_a_part_in_the_middle_stay() {
    let master = lead(0, &json!({"contact_name": "Jane Doe", "notes": "one"}));
    let others = [lead(1, &json!({"notes": "three"})), lead(2, &json!({"notes": "two\n\ntwice"}))];
    let (mut now, mut past) = merged(&master, &[others.to_vec()]);
    assert_eq!(now.profile.notes.as_deref(), Some("one\n\ntwo\n\ntwice\n\nthree"));
    now.profile.notes = Some("none two\n\none\n\ntwo\n\ntwice\n\nthree\n\nfour".to_owned());
    assert_eq!(part(&mut now, &mut past, others[1].id), Vec::<String>::new());
    assert_eq!(now.profile.notes.as_deref(), Some("none two\n\none\n\nthree\n\nfour"));
    now.profile.notes = Some("one\n\nthree (or more)\n\nfour".to_owned());
    assert_eq!(part(&mut now, &mut past, others[0].id), Vec::<String>::new());
    assert_eq!(now.profile.notes.as_deref(), Some("one\n\n(or more)\n\nfour"));
}

#[test]
fn merges_of_old_are_taken_back_as_they_were_kept() {
    let master = lead(0, &json!({"contact_name": "Jane Doe"}));
    let [one, two] = [lead(1, &json!({"email": "one@acme.example"})), lead(2, &json!({"email": "two@acme.example"}))];
    let (mut now, mut past) = merged(&master, &[vec![one.clone()], vec![two.clone()]]);
    let kept = json!({
        "lead": Standing::of(&one), "archived_at": null, "after": past[0].snapshot.after, "without": Standing::of(&master)
    });
    past[0].snapshot = serde_json::from_value(kept.clone()).unwrap();
    assert_eq!(serde_json::to_value(&past[0].snapshot).unwrap(), kept);
    let mut from_the_end = (now.clone(), past.clone());
    part(&mut now, &mut past, one.id);
    assert_eq!(now.profile.email, two.profile.email);
    part(&mut now, &mut past, two.id);
    assert_eq!(Standing::of(&now), Standing::of(&master));
    part(&mut from_the_end.0, &mut from_the_end.1, two.id);
    part(&mut from_the_end.0, &mut from_the_end.1, one.id);
    assert_eq!(Standing::of(&from_the_end.0), Standing::of(&master));
    assert!(leave(&Standing::of(&now), now.id, past, id_of_merge(0)).is_none(), "it left");
}

proptest! {
    #[test]
    fn whoever_stays_brings_the_same_as_without_those_who_left(
        one in anybody(),
        others in proptest::collection::vec((anybody(), 0..3_usize, any::<u16>()), 2..5),
    ) {
        let master = lead(0, &one);
        let mut calls = vec![Vec::new(), Vec::new(), Vec::new()];
        let mut order = Vec::new();
        for ((raw, call, place), number) in others.iter().zip(1..) {
            let other = lead(number, raw);
            order.push((*place, other.id));
            calls[*call].push(other);
        }
        order.sort_unstable();
        let (mut now, mut past) = merged(&master, &calls);
        for (_, leaving) in order {
            let kept = part(&mut now, &mut past, leaving);
            prop_assert_eq!(kept, Vec::<String>::new());
            calls.iter_mut().for_each(|call| call.retain(|lead| lead.id != leaving));
            prop_assert_eq!(Standing::of(&now), Standing::of(&merged(&master, &calls).0));
        }
        prop_assert_eq!(Standing::of(&now), Standing::of(&master));
    }
}
