//! Puts random leads into a database.

use leadwright_domain::{
    access::{Role, Scope, Team, TeamKind, User},
    condition::arbitrary::{OWNERS, TEAMS, now, sample},
    ids::{Id, LeadSourceId},
    interactions::{Interaction, InteractionKind},
    leads::Lead,
};
use leadwright_persistence::{Command, CommandError, Reader, Tx, leads::Derived};
use leadwright_tests::TestApp;

use crate::{Case, seeded};

struct Fill {
    leads: Vec<(Lead, Derived, &'static str)>,
    interactions: Vec<Interaction>,
}

#[async_trait::async_trait]
impl Command for Fill {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        for (owner, name) in OWNERS.into_iter().zip(["a", "b", "c"]) {
            let (email, name) = (format!("owner-{name}@example.com"), name.to_owned());
            let (role, active, version) = (Role::Rep, true, 1);
            let user = User { id: owner, version, email, name, role, active, created_at: now(), updated_at: now() };
            tx.users().insert(&user, "").await?;
        }
        for (id, name) in TEAMS.into_iter().zip(["One", "Two"]) {
            let team = Team { id, version: 1, name: name.to_owned(), kind: TeamKind::Direct, members: vec![] };
            tx.teams().insert(&team).await?;
        }
        let sources = tx.sources().all().await?;
        let source = |code: &str| sources.iter().find(|source| source.code == code).unwrap().id;
        let with_source = |(lead, derived, code): &(Lead, Derived, &'static str)| {
            let id: LeadSourceId = source(code);
            (Lead { source_id: id, ..lead.clone() }, derived.clone())
        };
        let leads: Vec<(Lead, Derived)> = self.leads.iter().map(with_source).collect();
        tx.leads().insert_all(&leads).await?;
        tx.interactions().insert_all(&self.interactions).await?;
        Ok(())
    }
}

async fn write(app: &TestApp, fill: Fill) -> Reader {
    let call = app.app.call(Scope::system(app.organization), None);
    app.app.db.write(call.clone(), fill).await.unwrap();
    app.app.db.read(&call)
}

/// Writes the leads with their interactions; answers a reader that sees them.
pub async fn fill(app: &TestApp, cases: &[Case]) -> Reader {
    let lead = |case: &Case| {
        // External ids are unique, and those of random leads are not.
        let mut lead = case.sample.lead.clone();
        lead.profile.external_ids.clear();
        (lead, Derived { facts: case.facts.clone(), ..Derived::default() }, case.sample.source_code)
    };
    let interactions = cases.iter().flat_map(|case| case.sample.interactions.iter().cloned()).collect();
    write(app, Fill { leads: cases.iter().map(lead).collect(), interactions }).await
}

/// Ten leads that looked at very many pages each.
pub async fn many_interactions(app: &TestApp) {
    let mut roll = seeded(3);
    let leads: Vec<Lead> = (0..10)
        .map(|_| {
            let mut lead = sample(&mut roll).lead;
            lead.profile.external_ids.clear();
            (lead.archived_at, lead.merged_into) = (None, None);
            lead
        })
        .collect();
    let view = |lead: &Lead| Interaction {
        id: Id::from_uuid(uuid::Uuid::now_v7()),
        lead_id: lead.id,
        kind: InteractionKind::PageViewed,
        occurred_at: now(),
        url: None,
        title: Some("x".repeat(4_000)),
        item: None,
        message_id: None,
        campaign: None,
        visitor_id: None,
        duration_seconds: None,
        machine: false,
        data: serde_json::Map::new(),
    };
    let interactions = leads.iter().flat_map(|lead| (0..1_000).map(move |_| view(lead))).collect();
    let leads = leads.into_iter().map(|lead| (lead, Derived::default(), "website")).collect();
    write(app, Fill { leads, interactions }).await;
}
