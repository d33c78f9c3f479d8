mod apart;
mod archive;
mod assign;
mod assignments;
mod batch;
mod bulk;
mod claim;
mod cleansing;
mod create;
mod dry_run;
mod duplicates;
mod export;
mod export_search;
mod exported;
mod external_ids;
mod facets;
mod get;
mod get_bant;
mod history;
mod idempotency;
mod interactions;
mod list;
mod merge;
mod merges;
pub mod nasty;
mod personal_data;
mod plans;
mod provenance;
mod record_interactions;
mod restore;
mod round_robin;
mod route;
mod routing;
mod score;
mod search;
mod sorted;
mod stage_transition;
mod suggestions;
mod timeline;
mod touches;
mod transition;
mod unmerge;
mod update;
mod update_bant;
mod update_parts;
mod visibility;

use leadwright_domain::{
    access::Scope,
    condition::{
        arbitrary::{custom_fields, organization, sample},
        facts,
    },
    ids::{Id, LeadSourceId},
    leads::{Lead, Profile, Status, search_terms},
};
use leadwright_persistence::{Command, CommandError, Tx, leads::Derived};
use leadwright_tests::{Client, Reply, TestApp};
use serde_json::{Value, json};

/// A lead by name, at a company of its own.
pub(crate) fn a_lead(name: &str) -> Value {
    let local = name.to_lowercase().replace(' ', ".");
    json!({
        "contact_name": name, "company_name": format!("{name} Inc."), "email": format!("{local}@example.com"),
        "source": "website", "priority": "medium"
    })
}

async fn create(client: &Client, name: &str) -> Reply {
    client.post("/leads", a_lead(name)).await.expect(201)
}

fn names(page: &Reply) -> Vec<&str> {
    page["data"].as_array().unwrap().iter().map(|lead| lead["contact_name"].as_str().unwrap()).collect()
}

/// Leads as they are, past the pipeline.
struct Insert(Vec<Lead>);

#[async_trait::async_trait]
impl Command for Insert {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let source: LeadSourceId = tx.sources().all().await?.iter().find(|one| one.code == "website").unwrap().id;
        let derived = |lead: &Lead| Derived {
            facts: facts(lead, "website", &organization(), &custom_fields()),
            terms: search_terms::terms(&lead.profile),
            ..Derived::default()
        };
        let leads: Vec<_> =
            self.0.iter().map(|lead| (Lead { source_id: source, ..lead.clone() }, derived(lead))).collect();
        tx.leads().insert_all(&leads).await?;
        Ok(())
    }
}

async fn insert(app: &TestApp, leads: Vec<Lead>) {
    let call = app.app.call(Scope::system(app.organization), None);
    app.app.db.write(call, Insert(leads)).await.unwrap();
}

/// A plain lead that everybody sees, number so and so.
fn plain(number: u64) -> Lead {
    let mut state = number;
    let mut lead = sample(&mut || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    })
    .lead;
    lead.id = Id::from_uuid(uuid::Uuid::now_v7());
    (lead.owner_id, lead.team_id, lead.archived_at, lead.merged_into) = (None, None, None, None);
    lead.status = Status::New;
    lead.profile = Profile { contact_name: Some(format!("Lead {number:05}")), ..Profile::default() };
    lead
}

/// A lead that fits, of somebody called so.
pub(crate) fn jane(name: &str) -> Value {
    json!({
        "contact_name": format!("Jane {name}"), "email": format!("{name}@example.com"), "company_name": "Acme",
        "source": "website", "priority": "medium",
    })
}

/// The same lead with further or other members.
pub(crate) fn jane_with(name: &str, more: Value) -> Value {
    let mut lead = jane(name);
    lead.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    lead
}

/// Pointers and codes of a problem, sorted.
fn faults(problem: &Value) -> Vec<(&str, &str)> {
    let errors = problem["errors"].as_array().unwrap().iter();
    let mut faults: Vec<_> =
        errors.map(|error| (error["pointer"].as_str().unwrap_or(""), error["code"].as_str().unwrap())).collect();
    faults.sort_unstable();
    faults
}

/// A new lead that this person works on.
async fn create_own(client: &Client, name: &str) -> Reply {
    let mut lead = a_lead(name);
    lead["owner_id"] = json!(client.user);
    client.post("/leads", lead).await.expect(201)
}

/// A new team of these people, by the admin.
async fn a_team(admin: &Client, name: &str, members: &[&Client]) -> String {
    let members: Vec<_> = members.iter().map(|member| member.user).collect();
    admin.post("/teams", json!({"name": name, "member_ids": members})).await.expect(201).id()
}

/// Everything that `qualified` demands.
fn all_met() -> Value {
    let met = json!({"state": "met"});
    json!({"budget": met, "authority": met, "need": met, "timeline": met})
}
