//! Permission in the handler's signature: `Can<LeadsWrite>` is proof that the caller may.

use std::{future::Future, marker::PhantomData, ops::Deref, pin::Pin};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload};
use leadwright_app::access::Rights;
use leadwright_domain::access::Permission;
use leadwright_persistence::{
    Call, Command, Reader,
    idempotency::{Guarded, Key, StoredAnswer},
};

use super::{Answer, ApiError, Ask, Caller, caller};

/// A permission as a type.
pub trait Permit: 'static {
    /// Which; `None` where being signed in is enough.
    const PERMISSION: Option<Permission>;
}

macro_rules! permits {
    ($($(#[$doc:meta])* $name:ident = $permission:expr;)*) => { $(
        $(#[$doc])*
        #[derive(Debug)]
        pub enum $name {}
        impl Permit for $name { const PERMISSION: Option<Permission> = $permission; }
    )* };
}
permits! {
    /// Anybody who is signed in.
    SignedIn = None;
    /// Read leads.
    LeadsRead = Some(Permission::LeadsRead);
    /// Create and change leads.
    LeadsWrite = Some(Permission::LeadsWrite);
    /// Give leads to others.
    LeadsAssign = Some(Permission::LeadsAssign);
    /// Import files.
    ImportsWrite = Some(Permission::ImportsWrite);
    /// Read reports.
    ReportsRead = Some(Permission::ReportsRead);
    /// Read the configuration.
    ConfigRead = Some(Permission::ConfigRead);
    /// Change the configuration.
    ConfigWrite = Some(Permission::ConfigWrite);
    /// Change routing.
    RoutingWrite = Some(Permission::RoutingWrite);
    /// Read submissions.
    SubmissionsRead = Some(Permission::SubmissionsRead);
    /// Read who is in the organization.
    UsersRead = Some(Permission::UsersRead);
    /// Manage users, teams and keys.
    UsersWrite = Some(Permission::UsersWrite);
    /// Change the organization's own settings.
    OrganizationWrite = Some(Permission::OrganizationWrite);
    /// Read the event log.
    EventsRead = Some(Permission::EventsRead);
    /// Take out what is known of a person.
    PrivacyRead = Some(Permission::PrivacyRead);
    /// Erase people.
    PrivacyWrite = Some(Permission::PrivacyWrite);
}

/// A caller who may do `P`, and their request.
#[derive(Debug)]
pub struct Can<P> {
    /// Who.
    pub caller: Caller,
    /// The request.
    pub ask: Ask,
    permit: PhantomData<fn() -> P>,
}

impl<P> Deref for Can<P> {
    type Target = Caller;
    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl<P: Permit> Can<P> {
    /// The call for use cases.
    pub fn call(&self) -> Call {
        self.ask.app.call(self.caller.scope.clone(), self.ask.request_id.clone())
    }

    /// A reader of what the caller sees.
    pub fn read(&self) -> Reader {
        self.ask.app.db.read(&self.call())
    }

    /// Runs a command.
    ///
    /// # Errors
    /// It was refused, or the database failed.
    pub async fn write<C: Command>(&self, command: C) -> Result<C::Out, ApiError> {
        let out = self.ask.app.db.write(self.call(), command).await?;
        self.noticed();
        Ok(out)
    }

    /// Runs a command once per `Idempotency-Key`; a repeat gets the first answer. `body` is the request's raw body.
    ///
    /// # Errors
    /// It was refused, the key belongs to another request or its first is still running, or the database failed.
    pub async fn write_once<C, R>(&self, body: &[u8], command: C, render: R) -> Result<Answer, ApiError>
    where
        C: Command,
        R: Fn(C::Out) -> Answer + Send + Sync + 'static,
    {
        self.write_under(self.ask.key(self.caller.name(), body), command, render).await
    }

    /// The same under a key that was made before, or under none.
    ///
    /// # Errors
    /// As [`Self::write_once`].
    pub async fn write_under<C, R>(&self, key: Option<Key>, command: C, render: R) -> Result<Answer, ApiError>
    where
        C: Command,
        R: Fn(C::Out) -> Answer + Send + Sync + 'static,
    {
        let render = move |out: C::Out| -> StoredAnswer { render(out).stored() };
        let answered = self.ask.app.db.write(self.call(), Guarded { command, key, render }).await?;
        self.noticed();
        Ok(answered.into())
    }

    /// Whoever may change what people and keys may do has perhaps just done so.
    fn noticed(&self) {
        if matches!(P::PERMISSION, None | Some(Permission::UsersWrite | Permission::OrganizationWrite)) {
            self.ask.app.access.forget(self.caller.scope.organization);
        }
    }

    /// What the caller may give to others.
    pub fn rights(&self) -> Rights {
        Rights::of(&self.caller.permissions)
    }
}

impl<P: Permit> FromRequest for Can<P> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let ask = Ask::from_request(request, payload);
        let request = request.clone();
        Box::pin(async move {
            let ask = ask.await?;
            let caller = caller::authenticate(&ask, &request).await?;
            if let Some(permission) = P::PERMISSION
                && !caller.permissions.contains(&permission)
            {
                return Err(ApiError::forbidden(format!("This needs the scope `{permission}`, which you don't have.")));
            }
            request.extensions_mut().insert(caller.clone());
            Ok(Self { caller, ask, permit: PhantomData })
        })
    }
}
