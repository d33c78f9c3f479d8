//! Random conditions on random leads.

use super::seeded;
use crate::condition::{
    Catalogue, Condition, Frame, Storage, Subject,
    arbitrary::{Conditions, Coverage, custom_fields, now, organization, sample},
    facts,
};

#[test]
fn random_pairs_cover_every_operator_on_every_type_and_hold_in_turn() {
    let (organization, custom) = (organization(), custom_fields());
    let catalogue = Catalogue::new(&custom);
    let conditions = Conditions::over(&catalogue);
    let mut roll = seeded(7);
    let mut coverage = Coverage::new(&catalogue);
    for _ in 0..10_000 {
        let condition = Condition::parse(&conditions.json(&mut roll), &catalogue).unwrap();
        let sample = sample(&mut roll);
        let facts = facts(&sample.lead, sample.source_code, &organization, &custom);
        let subject = Subject {
            lead: &sample.lead,
            facts: &facts,
            interactions: &sample.interactions,
            now: now(),
            organization: &organization,
        };
        let held = condition.matches(&subject);
        let refused = Condition::Not(Box::new(condition.clone())).matches(&subject);
        assert_ne!(held, refused, "{}", condition.to_json());
        coverage.count(&condition, &subject, held);
    }
    assert!(coverage.held > 2_000 && coverage.failed > 2_000, "{} held, {} did not", coverage.held, coverage.failed);
    assert_eq!(coverage.below(100), []);
}

#[test]
fn what_was_written_reads_back_the_same() {
    let catalogue = Catalogue::new(&custom_fields());
    let conditions = Conditions::over(&catalogue);
    let mut roll = seeded(11);
    for _ in 0..5_000 {
        let condition = Condition::parse(&conditions.json(&mut roll), &catalogue).unwrap();
        let written = condition.to_json();
        let again = Condition::parse(&written, &catalogue).unwrap();
        assert_eq!(again, condition, "{written}");
        assert_eq!(again.to_json(), written);
    }
}

#[test]
fn every_field_is_known_of_some_lead_and_every_fact_has_a_field() {
    let (organization, custom) = (organization(), custom_fields());
    let catalogue = Catalogue::new(&custom);
    let mut roll = seeded(13);
    let mut never: Vec<_> = catalogue.fields().iter().filter(|f| !f.name.starts_with("interaction.")).collect();
    for _ in 0..200 {
        let sample = sample(&mut roll);
        let facts = facts(&sample.lead, sample.source_code, &organization, &custom);
        for key in facts.keys() {
            let name = if key.starts_with("location.") { "location" } else { key };
            assert!(catalogue.get(name).is_some_and(|f| f.storage == Storage::Facts(name.into())), "no field {key}");
        }
        let subject =
            Subject { lead: &sample.lead, facts: &facts, interactions: &[], now: now(), organization: &organization };
        never.retain(|field| field.is_missing(&subject));
    }
    assert_eq!(never, Vec::<&std::sync::Arc<_>>::new());
}

#[test]
fn the_same_rolls_make_the_same_leads() {
    let catalogue = Catalogue::new(&custom_fields());
    let conditions = Conditions::over(&catalogue);
    let pair = |roll: &mut dyn FnMut() -> u64| {
        let mut roll = roll;
        (sample(&mut roll).lead, conditions.json(&mut roll))
    };
    assert_eq!(pair(&mut seeded(5)), pair(&mut seeded(5)));
}

#[test]
fn resolving_once_answers_the_same_for_each_lead() {
    let (organization, custom) = (organization(), custom_fields());
    let catalogue = Catalogue::new(&custom);
    let conditions = Conditions::over(&catalogue);
    let mut roll = seeded(17);
    let frame = Frame { now: now(), organization: &organization };
    for _ in 0..50 {
        let condition = Condition::parse(&conditions.json(&mut roll), &catalogue).unwrap();
        let resolved = condition.resolve(&frame);
        for _ in 0..20 {
            let sample = sample(&mut roll);
            let facts = facts(&sample.lead, sample.source_code, &organization, &custom);
            let interactions = &sample.interactions;
            let subject =
                Subject { lead: &sample.lead, facts: &facts, interactions, now: now(), organization: &organization };
            // What the condition says it needs is enough.
            let needs = condition.needs(now());
            let needed: Vec<_> = interactions
                .iter()
                .filter(|i| needs.kinds.contains(&i.kind) && needs.since.is_none_or(|since| i.occurred_at >= since))
                .cloned()
                .collect();
            let held = resolved.matches(&Subject { interactions: &needed, ..subject });
            assert_eq!(held, condition.matches(&subject), "{}", condition.to_json());
        }
    }
}
