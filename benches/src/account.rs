//! Signing in to the server that is measured.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::http::{Connection, Request};

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Account {
    /// The access token; good for 15 minutes.
    pub token: String,
    /// The id of the organization.
    pub organization: String,
}

impl Account {
    /// Signs in.
    ///
    /// # Errors
    /// The server is not there, or does not know the account.
    pub async fn sign_in(url: &str, email: &str, password: &str) -> Result<Self> {
        let mut connection = Connection::open(url).await?;
        let body = json!({"email": email, "password": password}).to_string();
        let answer = connection.ask(&Request::post("/api/v1/auth/login", body)).await?.json()?;
        let token = text(&answer["access_token"])?;
        let me = connection.ask(&Request::get("/api/v1/me", &token)).await?.json()?;
        Ok(Self { token, organization: text(&me["organization"]["id"])? })
    }
}

fn text(value: &Value) -> Result<String> {
    Ok(value.as_str().context("the answer lacks a member")?.to_owned())
}
