//! A demonstration: an organization that has been at work for four months, with people, settings, leads and all that
//! happened to them. It is invented, and the same each time; only its dates move with the day of the start.
//!
//! Nothing is written past the doors: leads come in through [`crate::intake`], and everything after that is done by the
//! commands of [`crate::leads`], as of the moment at which it is said to have happened. All of it is one transaction:
//! whoever breaks it off has nothing, and the next start begins anew.

mod arrival;
mod chance;
mod companies;
mod conduct;
mod farewell;
pub mod known;
mod names;
mod newcomers;
mod office;
mod people;
mod perform;
mod places;
mod plot;
mod spam;
mod story;
mod twins;
mod words;

use std::sync::Arc;

use leadwright_domain::{
    access::{Scope, User},
    organization::Organization,
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Tx};

use self::{perform::Performer, story::story};
use crate::{
    App, Secrets,
    access::{CreateOrganization, NewOrganization},
};

/// How many leads a demonstration has, beside those whose ids are [`known`].
pub const LEADS: usize = 620;

/// Founds an organization with its admin, its colleagues, who have the admin's password, and so many leads with their
/// history.
///
/// # Errors
/// An address is taken, the admin's address or password won't do, or the database failed; nothing is there then.
pub async fn found(app: &App, new: NewOrganization, leads: usize) -> Result<(Organization, User), CommandError> {
    let mut founding = CreateOrganization::prepare(app, new).await?;
    founding.organization = office::organization(founding.organization);
    let call = app.call(Scope::system(founding.organization.id), None);
    let demonstrate = Demonstrate { founding, leads, now: call.now, secrets: Arc::clone(&app.secrets) };
    app.db.write(call, demonstrate).await
}

struct Demonstrate {
    founding: CreateOrganization,
    leads: usize,
    now: Instant,
    secrets: Arc<Secrets>,
}

#[async_trait::async_trait]
impl Command for Demonstrate {
    type Out = (Organization, User);

    async fn run(&self, tx: &Tx) -> Result<(Organization, User), CommandError> {
        let began = story::days_before(self.now, story::DAYS);
        let (office, admin) = office::open(tx, &self.founding, &self.secrets, began).await?;
        let steps = story(self.now, self.leads);
        let mut performer = Performer::new(tx, &office, self.leads + known::LEADS.len());
        let (mut done, mut told) = (0, 0);
        for together in steps.chunk_by(|one, next| one.is_of_a_file() && next.is_of_a_file() && one.at == next.at) {
            match together {
                [step] => performer.perform(step).await?,
                rows => performer.let_in(rows).await?,
            }
            done += together.len();
            let percent = done * 100 / steps.len();
            if percent >= told + 10 {
                told = percent;
                tracing::info!(percent, "making the demonstration");
            }
        }
        newcomers::arrive(&mut performer, self.leads, self.now).await?;
        newcomers::leave_open(tx, &office, &admin, self.now).await?;
        twins::meet(tx, &office, self.now).await?;
        spam::hold_back(tx, &office, self.now).await?;
        farewell::erase(tx, &office, &admin, &self.secrets, self.now).await?;
        Ok((self.founding.organization.clone(), admin))
    }
}
