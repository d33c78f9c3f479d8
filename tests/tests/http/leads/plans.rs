//! No documented filter or order reads every lead, or sorts more than a page, however many there are.

use leadwright_domain::{
    access::{LeadVisibility, Role, Scope},
    condition::arbitrary::now,
    ids::{LeadSourceId, TeamId, UserId},
    leads::{Lead, Priority, Rating, Stage, Status},
};
use leadwright_persistence::{
    Reader,
    leads::{Filter, ListQuery, Owner, Position, Sort, SortKey, Wanted},
};
use leadwright_tests::{Backend, TestApp, on_both_databases};
use sqlx::{Connection, PgConnection, SqliteConnection};

use super::{insert, plain, visibility};

const LEADS: u64 = 5_000;

async fn fill(app: &TestApp) -> (UserId, TeamId) {
    let team = visibility::teams(app, 1).await[0];
    let mut owners = vec![];
    for _ in 0..10 {
        owners.push(app.sign_in(Role::Rep).await.user.unwrap());
    }
    let lead = |number: u64| {
        let mut lead: Lead = plain(number);
        let nth = usize::try_from(number).unwrap();
        lead.status = Status::ALL[nth % 6];
        lead.stage = Stage::ALL[nth % 5];
        lead.profile.priority = Some(Priority::ALL[nth % 4]);
        lead.score.total = (number % 101) as i64;
        lead.created_at = now() - chrono::TimeDelta::minutes(number as i64);
        lead.updated_at = lead.created_at;
        lead.team_id = number.is_multiple_of(7).then_some(team);
        lead.owner_id = (number % 11 < 10).then(|| owners[nth % 10]);
        lead
    };
    for chunk in 0..5 {
        insert(app, (chunk * 1_000..(chunk + 1) * LEADS / 5).map(lead).collect()).await;
    }
    let url = app.database_url.as_str();
    match app.backend {
        Backend::Postgres => {
            sqlx::raw_sql("ANALYZE").execute(&mut PgConnection::connect(url).await.unwrap()).await.unwrap();
        }
        Backend::Sqlite => {
            sqlx::raw_sql("ANALYZE").execute(&mut SqliteConnection::connect(url).await.unwrap()).await.unwrap();
        }
    }
    (owners[0], team)
}

fn documented(me: UserId, source: LeadSourceId) -> Vec<(&'static str, Filter)> {
    let all = Filter::default;
    let (early, late) = (Some(now() - chrono::TimeDelta::days(2)), Some(now()));
    vec![
        ("everything", all()),
        ("status", Filter { statuses: vec![Status::New, Status::Contacted], ..all() }),
        ("stage", Filter { stages: vec![Stage::None], ..all() }),
        ("rating", Filter { ratings: vec![Rating::Hot], ..all() }),
        ("priority", Filter { priorities: vec![Priority::High], ..all() }),
        ("source", Filter { sources: vec![source], ..all() }),
        ("owner", Filter { owner: Some(Owner::Any(vec![me])), ..all() }),
        ("nobody", Filter { owner: Some(Owner::Nobody), ..all() }),
        ("score", Filter { score_gte: Some(10), score_lte: Some(90), ..all() }),
        ("created", Filter { created_from: early, created_before: late, ..all() }),
        ("updated", Filter { updated_from: early, updated_before: late, ..all() }),
    ]
}

fn list(filter: Filter, key: SortKey, descending: bool, after: Option<Position>) -> ListQuery {
    ListQuery { wanted: Wanted { filter, condition: None }, sort: Sort { key, descending }, after, limit: 50 }
}

/// What is wrong with a plan.
fn complaint(plan: &[String]) -> Option<&'static str> {
    let scans = |line: &&String| line.contains("Seq Scan on leads") || line.trim().starts_with("SCAN leads");
    if plan.iter().any(|line| scans(&line)) {
        return Some("reads every lead");
    }
    // What a caller sees may be a union: of each part a page is read in order and then sorted once more to be merged.
    // SQLite says so by `SCAN p`, PostgreSQL merges without a sort.
    let of_a_page = |at: usize| at > 0 && plan.get(at - 1).is_some_and(|line| line.trim() == "SCAN p");
    let sorts = |(at, line): (usize, &String)| {
        line.contains("->  Sort ") || line.starts_with("Sort ") || (line.contains("TEMP B-TREE") && !of_a_page(at))
    };
    plan.iter().enumerate().any(sorts).then_some("sorts more than a page")
}

async fn every_plan(reader: &Reader, filters: &[(&'static str, Filter)]) {
    let mut found = vec![];
    for (name, filter) in filters {
        for key in [SortKey::CreatedAt, SortKey::Score] {
            for descending in [false, true] {
                let query = list(filter.clone(), key.clone(), descending, None);
                let next = reader.leads().list(&query).await.unwrap().next;
                for after in [None, next] {
                    let plan = reader.leads().explain(&ListQuery { after, ..query.clone() }).await.unwrap();
                    if let Some(complaint) = complaint(&plan) {
                        found.push(format!(
                            "{name} by {key}, descending {descending}: {complaint}\n{}",
                            plan.join("\n")
                        ));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

on_both_databases!(async fn documented_lists_read_an_index_in_order(app) {
    let (me, team) = fill(&app).await;
    let system = app.app.db.read(&app.app.call(Scope::system(app.organization), None));
    let source = system.sources().all().await.unwrap().iter().find(|one| one.code == "website").unwrap().id;
    let filters = documented(me, source);
    every_plan(&system, &filters).await;
    for leads in [
        LeadVisibility::Own { user: me, teams: vec![] },
        LeadVisibility::Team { user: me, teams: vec![team] },
    ] {
        let reader = app.app.db.read(&app.app.call(Scope { leads, ..Scope::system(app.organization) }, None));
        every_plan(&reader, &filters[..1]).await;
    }
});
