//! `leadwright admin`: accounts, made and mended by whoever runs the server.

use std::{fmt::Write as _, io::Read};

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono_tz::Tz;
use clap::{Args, Subcommand};
use leadwright_app::{
    App,
    access::{self, NewOrganization, NewUser},
};
use leadwright_domain::{access::Role, fault::At, ids::OrganizationId};
use leadwright_persistence::CommandError;

use super::start;
use crate::config::Settings;

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Add a person to an organization
    CreateUser {
        /// The address they sign in with
        #[arg(long)]
        email: String,
        /// What colleagues call them
        #[arg(long)]
        name: String,
        /// admin, manager, marketer, rep or viewer
        #[arg(long, value_parser = role)]
        role: Role,
        /// The organization's id; needed when there are several
        #[arg(long)]
        organization: Option<OrganizationId>,
        #[command(flatten)]
        password: Password,
    },
    /// Set somebody's password and end their sessions
    ResetPassword {
        /// The address they sign in with
        #[arg(long)]
        email: String,
        #[command(flatten)]
        password: Password,
    },
    /// Found an organization with its first admin
    CreateOrganization {
        /// Its name
        #[arg(long)]
        name: String,
        /// The first admin's address
        #[arg(long)]
        email: String,
        /// Where it is: two letters (ISO 3166-1)
        #[arg(long, default_value = "US", value_parser = letters::<2>)]
        country: String,
        /// What it counts money in: three letters (ISO 4217)
        #[arg(long, default_value = "USD", value_parser = letters::<3>)]
        currency: String,
        /// The zone of its days and hours, such as Europe/Berlin
        #[arg(long, default_value = "UTC")]
        timezone: Tz,
        #[command(flatten)]
        password: Password,
    },
}

/// Passwords are not arguments: everybody on the machine could read those.
#[derive(Debug, Args)]
pub struct Password {
    /// Read the password from standard input, instead of making one up and printing it
    #[arg(long)]
    password_stdin: bool,
}

impl Password {
    /// The password, and what to print of it.
    fn take(&self) -> anyhow::Result<(String, Option<String>)> {
        if !self.password_stdin {
            let made_up = generated_password()?;
            return Ok((made_up.clone(), Some(made_up)));
        }
        let mut text = String::new();
        std::io::stdin().take(10_000).read_to_string(&mut text).context("the password can't be read")?;
        Ok((text.trim_end_matches(['\r', '\n']).to_owned(), None))
    }
}

/// Runs one of the commands.
pub async fn run(settings: &Settings, command: Verb) -> anyhow::Result<()> {
    let app = start::application(settings).await?;
    start::schema(&app.db, settings).await?;
    let made_up = match command {
        Verb::CreateUser { email, name, role, organization, password } => {
            let (password, made_up) = password.take()?;
            let organization = only(&app, organization).await?;
            let user = NewUser { email, name, role, password };
            let user = access::create_user(&app, organization, user).await.map_err(explained)?;
            println!("Made the user {} ({role}).", user.id);
            made_up
        }
        Verb::ResetPassword { email, password } => {
            let (password, made_up) = password.take()?;
            access::reset_password(&app, &email, password).await.map_err(explained)?;
            println!("Set the password; all sessions were ended.");
            made_up
        }
        Verb::CreateOrganization { name, email, country, currency, timezone, password } => {
            let (admin_password, made_up) = password.take()?;
            let new = NewOrganization {
                name,
                timezone,
                country,
                base_currency: currency,
                admin_email: email,
                admin_name: "Admin".to_owned(),
                admin_password,
            };
            let (organization, admin) = access::create_organization(&app, new).await.map_err(explained)?;
            println!("Made the organization {} with the admin {}.", organization.id, admin.id);
            made_up
        }
    };
    if let Some(password) = made_up {
        println!("Password: {password}   (shown only now)");
    }
    app.db.close().await;
    Ok(())
}

/// The organization that was named, or the only one there is.
async fn only(app: &App, named: Option<OrganizationId>) -> anyhow::Result<OrganizationId> {
    let all = app.db.organizations().await?;
    match (named, all.as_slice()) {
        (Some(named), all) if all.contains(&named) => Ok(named),
        (Some(named), _) => bail!("there is no organization {named}"),
        (None, [only]) => Ok(*only),
        (None, []) => bail!("there is no organization yet; run `leadwright admin create-organization` first"),
        (None, _) => bail!("there are several organizations; name one with --organization"),
    }
}

/// A refusal in words for the terminal, fault by fault.
pub fn explained(error: CommandError) -> anyhow::Error {
    let CommandError::Refused(refusal) = error else { return error.into() };
    let mut text = refusal.detail.clone();
    for fault in refusal.faults.iter().filter(|fault| fault.detail != refusal.detail) {
        let (At::Pointer(at) | At::Parameter(at) | At::Header(at)) = &fault.at;
        // Writing to a text does not fail.
        let _ = write!(text, "\n  {}: {}", at.trim_start_matches("#/"), fault.detail);
    }
    anyhow::Error::msg(text)
}

/// A password that nobody can guess: 120 bits.
pub fn generated_password() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 15];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| anyhow::anyhow!("the system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn role(text: &str) -> Result<Role, String> {
    Role::parse(text).ok_or_else(|| "choose admin, manager, marketer, rep or viewer".to_owned())
}

fn letters<const COUNT: usize>(text: &str) -> Result<String, String> {
    let fits = text.len() == COUNT && text.bytes().all(|byte| byte.is_ascii_alphabetic());
    if fits { Ok(text.to_ascii_uppercase()) } else { Err(format!("write {COUNT} letters")) }
}
