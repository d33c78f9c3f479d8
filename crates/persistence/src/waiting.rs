//! Commands of any type, waiting to be run: what runs them is compiled once.

use tokio::sync::oneshot;

use crate::{Call, Command, CommandError, DbError, Tx};

/// A command waiting for its turn.
#[async_trait::async_trait]
pub(crate) trait Waiting: Send {
    /// For whom.
    fn call(&self) -> Call;
    /// Whether its commit may reach the disk later ([`Command::LAGS`]).
    fn lags(&self) -> bool;
    /// Runs it, with the events that it tells; the answer waits for the commit.
    async fn attempt(&mut self, tx: &Tx) -> Result<(), CommandError>;
    /// Notes why it did not happen.
    fn refuse(&mut self, error: CommandError);
    /// Tells whoever asked.
    fn answer(self: Box<Self>);
}

/// A command with the place its answer goes to.
struct Queued<C: Command> {
    command: C,
    call: Call,
    outcome: Option<Result<C::Out, CommandError>>,
    reply: oneshot::Sender<Result<C::Out, CommandError>>,
}

/// Where the answer of a command will be found.
pub(crate) type Answer<C> = oneshot::Receiver<Result<<C as Command>::Out, CommandError>>;

/// A command ready to wait, and where its answer will be found.
pub(crate) fn queued<C: Command>(call: Call, command: C) -> (Box<dyn Waiting>, Answer<C>) {
    let (reply, answer) = oneshot::channel();
    (Box::new(Queued { command, call, outcome: None, reply }), answer)
}

#[async_trait::async_trait]
impl<C: Command> Waiting for Queued<C> {
    fn call(&self) -> Call {
        self.call.clone()
    }

    fn lags(&self) -> bool {
        C::LAGS
    }

    async fn attempt(&mut self, tx: &Tx) -> Result<(), CommandError> {
        let out = self.command.run(tx).await?;
        tx.flush().await?;
        self.outcome = Some(Ok(out));
        Ok(())
    }

    fn refuse(&mut self, error: CommandError) {
        self.outcome = Some(Err(error));
    }

    fn answer(self: Box<Self>) {
        let lost = || Err(DbError::Other("the command gave no answer".to_owned()).into());
        let outcome = self.outcome.unwrap_or_else(lost);
        // The caller may have gone; the command happened all the same.
        let _ = self.reply.send(outcome);
    }
}
