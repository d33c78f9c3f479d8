//! Signing in to the server that is measured.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::http::{Connection, Request};

/// The server that is measured, and who signs in to it.
#[derive(Clone, Debug, clap::Args)]
pub struct SignIn {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    pub url: String,
    /// Somebody who sees all leads and may import
    #[arg(long, default_value = "admin@demo.example")]
    pub email: String,
    /// Their password
    #[arg(long, allow_hyphen_values = true)]
    pub password: String,
}

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
    pub async fn sign_in(to: &SignIn) -> Result<Self> {
        let SignIn { url, email, password } = to;
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
