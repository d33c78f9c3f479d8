use std::sync::Arc;

use leadwright_domain::{duplicates::Policy, events::NewEvent, fault::Refusal, leads::RawLead, privacy::WhenErased};
use leadwright_persistence::{
    Call, CommandError,
    idempotency::{Answered, Key},
};

use crate::{
    App, Configuration,
    intake::{Channel, Incoming, Outcome, Render, prepare, preview},
};

/// A lead that a person or a program brings (spec CAP-6).
pub struct CreateLead {
    /// Who brings it.
    pub call: Call,
    /// What it says.
    pub raw: RawLead,
    /// What to do with somebody who is known.
    pub policy: Policy,
    /// What to do with somebody who was erased.
    pub erased: WhenErased,
    /// The key under which the answer is kept.
    pub key: Option<Key>,
    /// How the answer is put into words.
    pub render: Render,
}

/// What would happen, and the events that would tell of it.
pub type Previewed = (Outcome, Vec<NewEvent>);

impl CreateLead {
    /// Takes the lead in.
    ///
    /// # Errors
    /// It is not valid, or is known and the policy is to refuse; or the database failed.
    pub async fn run(self, app: &App) -> Result<Answered, CommandError> {
        let config = app.configuration(&self.call).await?;
        let item = self.incoming(&config)?;
        app.intake.take(item).await
    }

    /// Says what would happen, and keeps nothing.
    ///
    /// # Errors
    /// As [`Self::run`], for input that is not valid.
    pub async fn preview(self, app: &App) -> Result<Previewed, CommandError> {
        let config = app.configuration(&self.call).await?;
        let reader = app.db.read(&Call {
            scope: leadwright_domain::access::Scope::system(self.call.scope.organization),
            ..self.call.clone()
        });
        let item = self.incoming(&config)?;
        preview::preview(&reader, &config, &item).await
    }

    fn incoming(self, config: &Arc<Configuration>) -> Result<Incoming, Refusal> {
        let prepared = prepare(self.raw, Channel::Api, config).map_err(|unfit| Refusal::invalid(unfit.faults))?;
        Ok(Incoming {
            call: self.call,
            prepared: prepared.into(),
            policy: self.policy,
            submission: None,
            import: None,
            key: self.key,
            render: self.render,
            route: true,
            promise: true,
            erased: self.erased,
        })
    }
}
