//! A team in turn: everybody gets as many leads as everybody else, whichever node takes them in.

use std::collections::BTreeMap;

use leadwright_tests::{ADMIN_PASSWORD, Backend};
use reqwest::Method;
use serde_json::json;

use crate::{
    caller::Caller,
    crowd::{crowd, somebody},
    run, size, tell,
};

const CLIENTS: usize = 16;
const REPS: usize = 7;

#[test]
fn two_processes_deal_out_evenly() {
    run(Backend::Postgres, |installation| async move {
        let leads = size("LEADWRIGHT_FAULTS_TURNS", 140);
        let nodes = [installation.node().await, installation.node().await];
        let admin = Caller::admin(&[&nodes[0], &nodes[1]]).await;
        let mut reps = Vec::new();
        for number in 0..REPS {
            let person = json!({"email": format!("rep{number}@example.com"), "name": format!("Rep {number}"),
                "role": "rep", "password": ADMIN_PASSWORD});
            reps.push(admin.post("/api/v1/users", person).await.expect(201).text_of("id"));
        }
        let team = admin.post("/api/v1/teams", json!({"name": "Inside sales", "member_ids": reps})).await;
        let assign = json!({"team_id": team.expect(201).text_of("id"), "strategy": "round_robin"});
        let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": assign});
        admin.post("/api/v1/routing-rules", rule).await.expect(201);
        let form = admin.a_form().await;
        let caller = admin.clone();
        let taken = crowd(CLIENTS, move |number| {
            let (caller, form) = (caller.clone(), form.clone());
            async move {
                let body = (number < leads).then(|| somebody(&format!("lead{number}")))?;
                Some(caller.ask(number, Method::POST, &form, Some(body)).await.unwrap().expect(202))
            }
        })
        .await;
        assert_eq!(taken.len(), leads);
        let mut owned: BTreeMap<String, usize> = reps.into_iter().map(|rep| (rep, 0)).collect();
        for lead in admin.all("/api/v1/leads").await {
            *owned.get_mut(lead["owner_id"].as_str().unwrap()).expect("a rep of the team") += 1;
        }
        assert!(owned.values().all(|count| *count == leads / REPS), "{owned:?}");
        tell(&format!("Postgres, 2 processes: {leads} leads in turn: {:?}", owned.values().collect::<Vec<_>>()));
    });
}
