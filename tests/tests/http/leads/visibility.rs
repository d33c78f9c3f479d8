use std::collections::BTreeSet;

use leadwright_domain::{
    access::{LeadVisibility, Role, Scope, Team, TeamKind},
    ids::{Id, TeamId, UserId},
    leads::Lead,
};
use leadwright_persistence::leads::{Archived, Count, Filter, ListQuery, Sort, SortKey, Wanted};
use leadwright_persistence::{Command, CommandError, Tx};
use leadwright_tests::{TestApp, on_both_databases};

use super::{insert, plain};

struct AddTeams(Vec<Team>);

#[async_trait::async_trait]
impl Command for AddTeams {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        for team in &self.0 {
            tx.teams().insert(team).await?;
        }
        Ok(())
    }
}

pub async fn teams(app: &TestApp, count: usize) -> Vec<TeamId> {
    let team = |number: usize| {
        let id = Id::from_uuid(uuid::Uuid::now_v7());
        Team { id, version: 1, name: format!("Team {number}"), kind: TeamKind::Direct, members: vec![] }
    };
    let all: Vec<Team> = (0..count).map(team).collect();
    let ids = all.iter().map(|team| team.id).collect();
    app.app.db.write(app.app.call(Scope::system(app.organization), None), AddTeams(all)).await.unwrap();
    ids
}

/// Whoever and whatever team: every pair of an owner and a team, nobody and none among them.
fn every_pair(owners: &[UserId], teams: &[TeamId]) -> Vec<Lead> {
    let owners: Vec<Option<UserId>> = owners.iter().copied().map(Some).chain([None]).collect();
    let teams: Vec<Option<TeamId>> = teams.iter().copied().map(Some).chain([None]).collect();
    let pairs = owners.iter().flat_map(|owner| teams.iter().map(move |team| (*owner, *team)));
    pairs.zip(1..).map(|((owner_id, team_id), number)| Lead { owner_id, team_id, ..plain(number) }).collect()
}

on_both_databases!(async fn lists_counts_and_reads_show_what_the_visibility_sees(app) {
    let (me, other) = (app.sign_in(Role::Rep).await.user.unwrap(), app.sign_in(Role::Rep).await.user.unwrap());
    let all_teams = teams(&app, 10).await;
    let leads = every_pair(&[me, other], &all_teams);
    insert(&app, leads.clone()).await;
    // No team, one, and more than have a branch of their own in the statement.
    let mine = [vec![], all_teams[..1].to_vec(), all_teams[..9].to_vec()];
    let own = mine.iter().map(|teams| LeadVisibility::Own { user: me, teams: teams.clone() });
    let team = mine.iter().map(|teams| LeadVisibility::Team { user: me, teams: teams.clone() });
    for visibility in own.chain(team).chain([LeadVisibility::All]) {
        let scope = Scope { leads: visibility.clone(), ..Scope::system(app.organization) };
        let reader = app.app.db.read(&app.app.call(scope, None));
        let expected: BTreeSet<_> =
            leads.iter().filter(|lead| visibility.sees(lead.owner_id, lead.team_id)).map(|lead| lead.id).collect();
        for key in [SortKey::CreatedAt, SortKey::Score] {
            let filter = Filter { archived: Archived::Both, ..Filter::default() };
            let wanted = Wanted { filter, condition: None };
            let counted = reader.leads().count(&wanted, Count::Exact).await.unwrap();
            let mut query = ListQuery { wanted, sort: Sort { key, descending: true }, after: None, limit: 4 };
            let mut listed = vec![];
            loop {
                let page = reader.leads().list(&query).await.unwrap();
                listed.extend(page.leads.iter().map(|lead| lead.id));
                query.after = page.next;
                if query.after.is_none() {
                    break;
                }
            }
            assert_eq!(listed.iter().copied().collect::<BTreeSet<_>>(), expected, "{visibility:?}");
            assert_eq!((listed.len(), counted), (expected.len(), expected.len() as u64), "{visibility:?}");
        }
        for lead in &leads {
            let found = reader.leads().get(lead.id).await.unwrap();
            assert_eq!(found.is_some(), expected.contains(&lead.id), "{visibility:?}");
        }
    }
});

on_both_databases!(async fn a_rep_sees_own_leads_and_a_viewer_all(app) {
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let leads = every_pair(&[rep.user.unwrap(), other.user.unwrap()], &[]);
    let theirs = leads[1].id;
    insert(&app, leads).await;
    for (client, seen) in [(&rep, 2), (&app.sign_in(Role::Viewer).await, 3), (&app.sign_in(Role::Marketer).await, 3)] {
        let page = client.get("/leads?count=exact").await.expect(200);
        assert_eq!((page["data"].as_array().unwrap().len(), page["total"].as_i64()), (seen, Some(seen as i64)));
    }
    rep.get(format!("/leads/{theirs}")).await.problem(404);
    rep.get(format!("/leads/{theirs}/timeline")).await.problem(404);
});
