//! The first organization and its admin.

use chrono_tz::Tz;
use leadwright_app::{
    App,
    access::{self, NewOrganization},
    demo as demonstration,
};
use leadwright_domain::fault::Problem;
use leadwright_persistence::CommandError;

use super::admin::generated_password;
use crate::config::Settings;

/// The admin of a demonstration, unless the settings name another.
const DEMO_EMAIL: &str = "admin@demo.example";

/// What to tell whoever started a demonstration.
#[derive(Clone, Debug)]
pub enum Welcome {
    /// An admin was made; the password is shown this once, if it was made up.
    Made {
        /// The address to sign in with.
        email: String,
        /// The password, unless the settings gave it.
        password: Option<String>,
        /// Whether colleagues were made too, who sign in with the same password.
        demo: bool,
    },
    /// There was an organization already.
    Known,
}

/// Makes the first organization if there is none: for a demonstration, or when the settings name an admin.
pub async fn first_organization(app: &App, settings: &Settings, demo: bool) -> anyhow::Result<Welcome> {
    if !app.db.organizations().await?.is_empty() {
        return Ok(Welcome::Known);
    }
    let given = settings.auth.admin_email.clone().zip(settings.auth.admin_password.clone());
    let (email, password, made_up) = match given {
        Some((email, password)) => (email, password.reveal().to_owned(), false),
        None if demo => (DEMO_EMAIL.to_owned(), generated_password()?, true),
        None => {
            tracing::warn!(
                "there is no organization yet: set LEADWRIGHT_ADMIN_EMAIL and LEADWRIGHT_ADMIN_PASSWORD and start \
                 again, or run `leadwright admin create-organization`"
            );
            return Ok(Welcome::Known);
        }
    };
    let new = NewOrganization {
        name: settings.auth.organization.clone(),
        timezone: Tz::UTC,
        country: "US".to_owned(),
        base_currency: "USD".to_owned(),
        admin_email: email.clone(),
        admin_name: "Admin".to_owned(),
        admin_password: password.clone(),
    };
    let founded = if demo {
        demonstration::found(app, new, demonstration::LEADS).await
    } else {
        access::create_organization(app, new).await
    };
    match founded {
        Ok((organization, _)) => tracing::info!(organization = %organization.id, "made the first organization"),
        // Nodes that start together try it at the same time; one of them has made it.
        Err(CommandError::Refused(refusal)) if refusal.problem == Problem::AlreadyExists => return Ok(Welcome::Known),
        Err(error) => return Err(super::admin::explained(error)),
    }
    Ok(Welcome::Made { email, password: made_up.then_some(password), demo })
}

impl Welcome {
    /// Prints where everything is, and how to sign in.
    pub fn print(&self, base: &str) {
        println!("\n  API       {base}/api/v1\n  Docs      {base}/docs");
        match self {
            Self::Made { email, password: Some(password), .. } => {
                println!("  E-mail    {email}\n  Password  {password}   (shown only now)");
            }
            Self::Made { email, password: None, .. } => println!("  E-mail    {email}   (password as configured)"),
            Self::Known => println!(
                "  There is an organization already; sign in as before, or see `leadwright admin reset-password`."
            ),
        }
        if matches!(self, Self::Made { demo: true, .. }) {
            println!(
                "\n  Everybody else signs in with the same password: margot.ellery@demo.example (manager),\n  \
                 noor.castellane@ (marketer), tessa.quillby@ (rep), basil.thornquist@ (viewer); GET /users lists all."
            );
        }
        println!();
    }
}
