//! A condition means the same in memory and in both databases: random conditions are asked of random leads by all three.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod fill;

use std::collections::BTreeSet;

use leadwright_domain::{
    access::Scope,
    condition::{
        Catalogue, Condition, Frame, Subject,
        arbitrary::{Conditions, Coverage, Sample, custom_fields, now, organization, sample},
        facts,
    },
    ids::LeadId,
};
use leadwright_persistence::{
    Reader,
    leads::{Archived, Count, Filter, ListQuery, Sort, SortKey, Wanted},
};
use leadwright_tests::{TestApp, on_both_databases};
use serde_json::{Map, Value};

/// How many leads every condition is asked of.
const LEADS: usize = 80;
/// How many conditions.
const CONDITIONS: usize = 1_250;
/// How many leads of each condition count as pairs that were tried: 20,000 in all. The rest is compared too.
const COUNTED: usize = 16;

/// Rolls that are the same on every run (splitmix64).
fn seeded(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed;
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// A random lead with its facts.
pub struct Case {
    sample: Sample,
    facts: Map<String, Value>,
}

fn cases(roll: &mut impl FnMut() -> u64) -> Vec<Case> {
    let (organization, custom) = (organization(), custom_fields());
    let case = |sample: Sample| {
        let facts = facts(&sample.lead, sample.source_code, &organization, &custom);
        Case { sample, facts }
    };
    (0..LEADS).map(|_| case(sample(roll))).collect()
}

async fn asked_in_sql(reader: &Reader, condition: &Condition) -> BTreeSet<LeadId> {
    let organization = organization();
    let condition = condition.resolve(&Frame { now: now(), organization: &organization });
    let filter = Filter { archived: Archived::Both, ..Filter::default() };
    let wanted = Wanted { filter, condition: Some(condition) };
    let sort = Sort { key: SortKey::CreatedAt, descending: true };
    let query = ListQuery { wanted, sort, after: None, limit: LEADS as u64 };
    reader.leads().list(&query).await.unwrap().leads.iter().map(|lead| lead.id).collect()
}

async fn memory_and_sql_agree(app: &TestApp, seed: u64) -> Coverage {
    let mut roll = seeded(seed);
    let cases = cases(&mut roll);
    let reader = fill::fill(app, &cases).await;
    let (organization, catalogue) = (organization(), Catalogue::new(&custom_fields()));
    let conditions = Conditions::over(&catalogue);
    let frame = Frame { now: now(), organization: &organization };
    let mut coverage = Coverage::new(&catalogue);
    for nth in 0..CONDITIONS {
        let condition = Condition::parse(&conditions.json(&mut roll), &catalogue).unwrap();
        let resolved = condition.resolve(&frame);
        let found = asked_in_sql(&reader, &condition).await;
        for (at, case) in cases.iter().enumerate() {
            let subject = Subject {
                lead: &case.sample.lead,
                facts: &case.facts,
                interactions: &case.sample.interactions,
                now: now(),
                organization: &organization,
            };
            let held = resolved.matches(&subject);
            let asked = found.contains(&case.sample.lead.id);
            assert_eq!(asked, held, "SQL says {asked}: {}\n{:#?}", condition.to_json(), case.facts);
            if at / COUNTED == nth % (LEADS / COUNTED) {
                coverage.count(&condition, &subject, held);
            }
        }
    }
    coverage
}

on_both_databases!(async fn random_pairs_agree(app) {
    let coverage = memory_and_sql_agree(&app, 20_260_315).await;
    let pairs = coverage.held + coverage.failed;
    assert_eq!(pairs, CONDITIONS * COUNTED);
    assert!(coverage.held * 5 >= pairs && coverage.failed * 5 >= pairs, "{} of {pairs} held", coverage.held);
    assert_eq!(coverage.below(100), []);
});

on_both_databases!(async fn a_condition_that_takes_too_long_is_given_up(app) {
    let reader = app.app.db.read(&app.app.call(Scope::system(app.organization), None));
    fill::many_interactions(&app).await;
    // Each asks for every interaction of every lead again, and none is there.
    let page = |text: &str| serde_json::json!({
        "interaction": "page_viewed", "count": {"gte": 100_000},
        "where": {"any": (0..15).map(|nth| serde_json::json!(
            {"field": "interaction.title", "op": "contains", "value": format!("{text}{nth}")}
        )).collect::<Vec<_>>()}
    });
    let all: Vec<Value> = ["a", "b", "c", "d", "e"].map(page).into();
    let catalogue = Catalogue::new(&[]);
    let condition = Condition::parse(&serde_json::json!({"any": all}), &catalogue).unwrap();
    let organization = organization();
    let condition = condition.resolve(&Frame { now: now(), organization: &organization });
    let wanted = Wanted { filter: Filter::default(), condition: Some(condition) };
    let started = std::time::Instant::now();
    let answer = reader.leads().count(&wanted, Count::Exact).await;
    assert!(matches!(answer, Err(leadwright_persistence::DbError::TimedOut)), "{answer:?} after {:?}", started.elapsed());
    assert!(started.elapsed() < std::time::Duration::from_secs(5), "{:?}", started.elapsed());
    // The connection serves others again.
    let everybody = Wanted::default();
    assert!(reader.leads().count(&everybody, Count::Exact).await.unwrap() > 0);
});
