//! Somebody who talks to the server.

use leadwright_app::App;
use leadwright_domain::ids::{OrganizationId, UserId};
use reqwest::Method;
use serde_json::Value;

use crate::Reply;

/// A caller with their credential and headers. Paths begin below `/api/v1`.
#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) http: reqwest::Client,
    pub(crate) base: String,
    pub(crate) headers: Vec<(String, String)>,
    /// The person behind it, if one signed in.
    pub user: Option<UserId>,
    /// Their organization.
    pub organization: OrganizationId,
    /// The application itself.
    pub app: App,
}

impl Client {
    /// The same caller with one more header on every request; one of the same name is replaced.
    #[must_use]
    pub fn with(&self, name: &str, value: impl Into<String>) -> Self {
        let mut client = self.clone();
        client.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        client.headers.push((name.to_owned(), value.into()));
        client
    }

    /// The same caller with another token.
    #[must_use]
    pub fn bearer(&self, token: &str) -> Self {
        self.with("Authorization", format!("Bearer {token}"))
    }

    /// The access token or key that is sent.
    pub fn token(&self) -> String {
        let sent = self.headers.iter().find(|(name, _)| name == "Authorization");
        sent.map(|(_, value)| value.trim_start_matches("Bearer ").to_owned()).unwrap_or_default()
    }

    /// The same caller, at the root instead of below `/api/v1`.
    #[must_use]
    pub fn at_root(&self) -> Self {
        let base = self.base.trim_end_matches("/api/v1").to_owned();
        Self { base, ..self.clone() }
    }

    /// GET.
    pub async fn get(&self, path: impl AsRef<str>) -> Reply {
        self.send(Method::GET, path.as_ref(), None).await
    }

    /// POST of JSON.
    pub async fn post(&self, path: impl AsRef<str>, body: Value) -> Reply {
        self.send_json(Method::POST, path.as_ref(), body).await
    }

    /// PATCH with JSON.
    pub async fn patch(&self, path: impl AsRef<str>, body: Value) -> Reply {
        self.send_json(Method::PATCH, path.as_ref(), body).await
    }

    /// PUT of JSON.
    pub async fn put(&self, path: impl AsRef<str>, body: Value) -> Reply {
        self.send_json(Method::PUT, path.as_ref(), body).await
    }

    /// DELETE.
    pub async fn delete(&self, path: impl AsRef<str>) -> Reply {
        self.send(Method::DELETE, path.as_ref(), None).await
    }

    /// POST of any bytes.
    pub async fn post_raw(&self, path: impl AsRef<str>, content_type: &str, body: impl Into<Vec<u8>>) -> Reply {
        self.with("Content-Type", content_type).send(Method::POST, path.as_ref(), Some(body.into())).await
    }

    /// Any request.
    pub async fn send(&self, method: Method, path: &str, body: Option<Vec<u8>>) -> Reply {
        let asked = format!("{method} {path}");
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        if let Some(body) = body {
            request = request.body(body);
        }
        Reply::read(asked, request.send().await.unwrap()).await
    }

    async fn send_json(&self, method: Method, path: &str, body: Value) -> Reply {
        let named = self.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Content-Type"));
        let client = if named { self.clone() } else { self.with("Content-Type", "application/json") };
        client.send(method, path, Some(body.to_string().into_bytes())).await
    }
}
