//! Somebody who calls nodes, in turn, and outlives them.

use std::{
    sync::{Arc, RwLock},
    time::Duration,
};

use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD};
use reqwest::{Method, header::HeaderMap};
use serde_json::{Value, json};

use crate::node::Node;

/// What was answered, to the last byte.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
    pub json: Value,
}

impl Answer {
    /// The answer, which has to have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// A header; empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A member as text.
    #[track_caller]
    pub fn text_of(&self, member: &str) -> String {
        self.json[member].as_str().unwrap_or_else(|| panic!("no text {member}: {}", self.text)).to_owned()
    }
}

/// A caller. Clones share the nodes that they call.
#[derive(Clone)]
pub struct Caller {
    http: reqwest::Client,
    nodes: Arc<RwLock<Vec<String>>>,
    token: String,
}

impl Caller {
    /// The admin, signed in.
    pub async fn admin(nodes: &[&Node]) -> Self {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(60)).build().unwrap();
        let mut caller = Self { http, nodes: Arc::default(), token: String::new() };
        caller.calls(nodes);
        caller.sign_in().await;
        caller
    }

    /// Signs in anew.
    pub async fn sign_in(&mut self) {
        let body = json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD});
        self.token = self.post("/api/v1/auth/login", body).await.expect(200).text_of("access_token");
    }

    /// Calls these nodes from now on.
    pub fn calls(&self, nodes: &[&Node]) {
        *self.nodes.write().unwrap() = nodes.iter().map(|node| node.base.clone()).collect();
    }

    /// Asks the node whose turn this number is.
    pub async fn ask(&self, number: usize, method: Method, path: &str, body: Option<Value>) -> reqwest::Result<Answer> {
        let base = {
            let nodes = self.nodes.read().unwrap();
            nodes[number % nodes.len()].clone()
        };
        let mut request = self.http.request(method, format!("{base}{path}"));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        read(request.send().await?).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.ask(0, Method::GET, path, None).await.unwrap()
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.ask(0, Method::POST, path, Some(body)).await.unwrap()
    }

    /// Sends a file to be imported.
    pub async fn import(&self, query: &str, file: String) -> String {
        let base = self.nodes.read().unwrap()[0].clone();
        let request = self.http.post(format!("{base}/api/v1/imports?{query}")).bearer_auth(&self.token);
        let sent = request.header("Content-Type", "text/csv").body(file).send().await.unwrap();
        read(sent).await.unwrap().expect(202).text_of("id")
    }

    /// A new capture form: the address that takes posts.
    pub async fn a_form(&self) -> String {
        let form = self.post("/api/v1/capture-forms", json!({"name": "Contact", "source": "website"})).await;
        format!("/api/v1/capture/{}", form.expect(201).text_of("key"))
    }

    /// Everything of a list, page by page.
    pub async fn all(&self, path: &str) -> Vec<Value> {
        let mut all = Vec::new();
        let mut cursor = String::new();
        loop {
            let page = self.get(&format!("{path}?limit=200{cursor}")).await.expect(200);
            all.extend(page.json["data"].as_array().unwrap().iter().cloned());
            match page.json["page"]["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return all,
            }
        }
    }
}

async fn read(response: reqwest::Response) -> reqwest::Result<Answer> {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let text = response.text().await?;
    let json = serde_json::from_str(&text).unwrap_or_default();
    Ok(Answer { status, headers, text, json })
}
