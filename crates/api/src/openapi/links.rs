//! Links: with what an answer gave, what can be done next. Clients find their way by them, and tests that make requests up
//! reach operations whose ids nobody can guess.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// An operation, as links see it.
struct Target {
    id: String,
    path: String,
    deletes: bool,
}

/// Links that the paths do not tell: from an operation, on a status, to another; its parameters or its body.
const TOLD: &[(&str, &str, &str, Told)] = &[
    ("createCaptureForm", "201", "captureLead", Told::Parameter("form_key", "$response.body#/key")),
    ("createCaptureForm", "201", "preflightCapture", Told::Parameter("form_key", "$response.body#/key")),
    ("captureLead", "202", "getSubmission", Told::Parameter("submission_id", "$response.body#/receipt_id")),
    (
        "createUser",
        "201",
        "login",
        Told::Body(&[("email", "$request.body#/email"), ("password", "$request.body#/password")]),
    ),
    ("login", "200", "refreshTokens", Told::Body(&[("refresh_token", "$response.body#/refresh_token")])),
    ("refreshTokens", "200", "logout", Told::Body(&[("refresh_token", "$response.body#/refresh_token")])),
    // The first is most often the one that asks.
    ("listSessions", "200", "revokeSession", Told::Parameter("session_id", "$response.body#/data/1/id")),
];

#[derive(Clone, Copy)]
enum Told {
    Parameter(&'static str, &'static str),
    Body(&'static [(&'static str, &'static str)]),
}

/// Adds links to the good answers of collections, and those that are told.
pub fn add(paths: &mut Value) {
    let targets = targets(paths);
    for (path, operations) in paths.as_object_mut().into_iter().flatten() {
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            let source = operation["operationId"].as_str().unwrap_or_default().to_owned();
            for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
                let mut links = from_collection(&targets, path, method, status);
                links.extend(told(&source, status));
                if !links.is_empty() {
                    response["links"] = json!(links);
                }
            }
        }
    }
}

fn targets(paths: &Value) -> Vec<Target> {
    let all = paths.as_object().into_iter().flatten();
    all.flat_map(|(path, operations)| {
        operations.as_object().into_iter().flatten().filter_map(|(method, operation)| {
            let id = operation["operationId"].as_str()?.to_owned();
            Some(Target { id, path: path.clone(), deletes: method == "delete" })
        })
    })
    .collect()
}

/// From what was made to all that can be done with it; from a list to the same with its first record, but for deleting it.
fn from_collection(targets: &[Target], path: &str, method: &str, status: &str) -> BTreeMap<String, Value> {
    let (id, may_delete) = match (method, status) {
        ("post", "200" | "201" | "202") => ("$response.body#/id", true),
        ("get", "200") => ("$response.body#/data/0/id", false),
        _ => return BTreeMap::new(),
    };
    let below = format!("{path}/{{");
    targets
        .iter()
        .filter(|target| may_delete || !target.deletes)
        .filter_map(|target| {
            let (name, rest) = target.path.strip_prefix(&below)?.split_once('}')?;
            let link = json!({"operationId": target.id, "parameters": {name: id}});
            (!rest.contains('{')).then(|| (target.id.clone(), link))
        })
        .collect()
}

fn told(source: &str, status: &str) -> impl Iterator<Item = (String, Value)> {
    TOLD.iter().filter(move |(from, on, ..)| (*from, *on) == (source, status)).map(|(.., to, what)| {
        let link = match what {
            Told::Parameter(name, value) => json!({"operationId": to, "parameters": {*name: value}}),
            Told::Body(members) => {
                let body: BTreeMap<&str, &str> = members.iter().copied().collect();
                json!({"operationId": to, "requestBody": body})
            }
        };
        ((*to).to_owned(), link)
    })
}
