use chrono_tz::Tz;
use leadwright_domain::{
    access::{Role, Scope, User},
    events::{EventKind, NewEvent},
    ids::Id,
    organization::{Organization, Settings},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{CreateUser, NewUser, Rights};
use crate::App;

/// An organization that is to be founded, with its first admin.
#[derive(Clone)]
pub struct NewOrganization {
    /// Its name.
    pub name: String,
    /// The zone of its days and hours.
    pub timezone: Tz,
    /// ISO 3166-1 alpha-2: where it is, and where phone numbers without a country code are from.
    pub country: String,
    /// ISO 4217.
    pub base_currency: String,
    /// The first admin's address.
    pub admin_email: String,
    /// The first admin's name.
    pub admin_name: String,
    /// The first admin's password.
    pub admin_password: String,
}

/// Founds an organization. Made by [`CreateOrganization::prepare`].
pub(crate) struct CreateOrganization {
    pub(crate) organization: Organization,
    pub(crate) admin: CreateUser,
}

impl CreateOrganization {
    /// Checks the wish and hashes the admin's password.
    pub(crate) async fn prepare(app: &App, new: NewOrganization) -> Result<Self, CommandError> {
        let (email, name, password) = (new.admin_email, new.admin_name, new.admin_password);
        let admin = NewUser { email, name, password, role: Role::Admin };
        let organization = Organization {
            id: Id::from_uuid(Uuid::now_v7()),
            name: new.name,
            config_rev: 1,
            timezone: new.timezone,
            default_region: new.country.clone(),
            base_currency: new.base_currency,
            locale: "en".to_owned(),
            country: Some(new.country),
            latitude: None,
            longitude: None,
            settings: Settings::default(),
        };
        let admin = CreateUser::prepare(app, admin, Rights::all()).await?;
        Ok(Self { organization, admin })
    }
}

#[async_trait::async_trait]
impl Command for CreateOrganization {
    type Out = (Organization, User);

    async fn run(&self, tx: &Tx) -> Result<(Organization, User), CommandError> {
        tx.create_organization(&self.organization).await?;
        let told = json!({"change": "founded"});
        tx.append(NewEvent::of(EventKind::ConfigChanged, "organization", self.organization.id.uuid(), told));
        let admin = self.admin.run(tx).await?;
        Ok((self.organization.clone(), admin))
    }
}

/// Founds an organization with its first admin and the starting catalogue.
///
/// # Errors
/// The admin's address is taken, address or password won't do, or the database failed.
pub async fn create_organization(app: &App, new: NewOrganization) -> Result<(Organization, User), CommandError> {
    let founding = CreateOrganization::prepare(app, new).await?;
    let call = app.call(Scope::system(founding.organization.id), None);
    app.db.write(call, founding).await
}
