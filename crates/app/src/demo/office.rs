//! Who works there, and what they have set.

use std::sync::Arc;

use leadwright_domain::{
    access::{Actor, LeadVisibility, Permission, Role, Scope, TeamKind, User},
    capture::{CaptureForm, FormDefaults, FormSettings},
    ids::{OrganizationId, TeamId, UserId},
    leads::{CustomFieldKind, Priority},
    organization::Organization,
    quantity::Decimal,
    sources::Direction,
    time::Instant,
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    known,
    words::{PLANS, TAGS},
};
use crate::{
    Configuration, Configurations, Secrets,
    access::{CreateApiKey, CreateOrganization, CreateTeam, Rights},
    capture_forms::{CreateForm, new_key},
    custom_fields::CreateField,
    routing_rules::CreateRule,
    sources::CreateSource,
    tags::CreateTag,
};

/// Somebody who works there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colleague(&'static str, &'static str);

impl Colleague {
    /// The address they sign in with.
    pub(super) fn email(self) -> String {
        format!("{}@demo.example", self.1)
    }
}

const MANAGERS: &[Colleague] =
    &[Colleague("Margot Ellery", "margot.ellery"), Colleague("Henrik Vossberg", "henrik.vossberg")];
const MARKETER: Colleague = Colleague("Noor Castellane", "noor.castellane");
const VIEWER: Colleague = Colleague("Basil Thornquist", "basil.thornquist");

/// Those who sell: the first four in America, the others in Europe, the last of them in her own territory.
pub(super) const REPS: &[Colleague] = &[
    Colleague("Tessa Quillby", "tessa.quillby"),
    Colleague("Marcus Oduya", "marcus.oduya"),
    Colleague("Priya Sundaresh", "priya.sundaresh"),
    Colleague("Diego Salvaterra", "diego.salvaterra"),
    Colleague("Colm Fennick", "colm.fennick"),
    Colleague("Elise Marchenoir", "elise.marchenoir"),
    Colleague("Hanna Brockmeyer", "hanna.brockmeyer"),
];

/// The business, ready for its first lead.
pub(super) struct Office {
    organization: OrganizationId,
    pub(super) managers: Vec<UserId>,
    pub(super) marketer: UserId,
    pub(super) reps: Vec<UserId>,
    pub(super) forms: Vec<CaptureForm>,
    pub(super) configuration: Arc<Configuration>,
    pub(super) configurations: Arc<Configurations>,
}

/// The organization with what it looks for.
pub(super) fn organization(founded: Organization) -> Organization {
    let mut settings = founded.settings;
    settings.profile_industries = ["Logistics", "Manufacturing", "Retail", "Wholesale"].map(String::from).to_vec();
    settings.profile_technologies = ["Odoo", "Kafka"].map(String::from).to_vec();
    settings.sla_minutes = 60;
    Organization { latitude: Decimal::from_f64(41.8781), longitude: Decimal::from_f64(-87.6298), settings, ..founded }
}

/// Opens the office: people, teams, fields, labels, forms and rules.
pub(super) async fn open(
    tx: &Tx,
    founding: &CreateOrganization,
    secrets: &Arc<Secrets>,
    at: Instant,
) -> Result<(Office, User), CommandError> {
    let organization = founding.organization.id;
    let setter = Setter { tx, call: Call { scope: Scope::system(organization), now: at, request_id: None } };
    let (_, admin) = setter.run(founding).await?;
    let hire = async |colleague: &Colleague, role| {
        let command = founding.admin.colleague(&colleague.email(), colleague.0, role);
        setter.run(&command).await.map(|user: User| user.id)
    };
    let (mut managers, mut reps) = (Vec::new(), Vec::new());
    for manager in MANAGERS {
        managers.push(hire(manager, Role::Manager).await?);
    }
    let marketer = hire(&MARKETER, Role::Marketer).await?;
    let first = founding.admin.colleague(&REPS[0].email(), REPS[0].0, Role::Rep);
    reps.push(setter.make(known::REP, &first).await?.id);
    for rep in &REPS[1..] {
        reps.push(hire(rep, Role::Rep).await?);
    }
    setter.make(known::USER, &founding.admin.colleague(&VIEWER.email(), VIEWER.0, Role::Viewer)).await?;
    let americas = setter.team(known::TEAM, "Americas", TeamKind::Direct, &reps[..4], managers[0]).await?;
    let europe = setter.team(Uuid::now_v7(), "Europe", TeamKind::Office, &reps[4..], managers[1]).await?;
    setter.team(known::TEAM_TO_DELETE, "Trade shows of last year", TeamKind::Direct, &[], managers[1]).await?;
    setter.fields().await?;
    setter.tags().await?;
    setter.accesses().await?;
    let forms = setter.forms().await?;
    setter.rules(americas, europe, reps[6]).await?;
    let configuration = Configurations::new(Arc::clone(secrets)).for_tx(tx).await?;
    let configurations = Arc::new(Configurations::of(Arc::clone(&configuration)));
    Ok((Office { organization, managers, marketer, reps, forms, configuration, configurations }, admin))
}

impl Office {
    /// A call by somebody at a moment.
    pub(super) fn call(&self, actor: Actor, now: Instant) -> Call {
        let scope = Scope { organization: self.organization, actor, leads: LeadVisibility::All };
        Call { scope, now, request_id: None }
    }
}

/// Sets the office up.
struct Setter<'t> {
    tx: &'t Tx,
    call: Call,
}

impl Setter<'_> {
    async fn run<C: Command>(&self, command: &C) -> Result<C::Out, CommandError> {
        Box::pin(self.tx.within(self.call.clone(), command)).await
    }

    /// Makes a record whose id is known beforehand.
    async fn make<C: Command>(&self, id: Uuid, command: &C) -> Result<C::Out, CommandError> {
        Box::pin(self.tx.within_naming(self.call.clone(), command, [id])).await
    }

    async fn tags(&self) -> Result<(), CommandError> {
        let colors = ["#b5179e", "#4361ee", "#f77f00", "#2a9d8f", "#e63946", "#6c757d"];
        let unused = ("winter list", "#adb5bd");
        for (name, color) in TAGS.iter().copied().zip(colors).chain([unused]) {
            let tag = CreateTag { name: name.to_owned(), color: Some(color.to_owned()) };
            match name {
                "pilot" => self.make(known::TAG, &tag).await?,
                "winter list" => self.make(known::TAG_TO_DELETE, &tag).await?,
                _ => self.run(&tag).await?,
            };
        }
        Ok(())
    }

    /// A source that is its own, and the key of a program.
    async fn accesses(&self) -> Result<(), CommandError> {
        let source = CreateSource {
            code: Some("supply_days".to_owned()),
            name: "Supply Days".to_owned(),
            description: Some("The yearly fair in Chicago".to_owned()),
            direction: Direction::Outbound,
            medium: None,
            aliases: vec![],
        };
        self.make(known::SOURCE, &source).await?;
        let key = CreateApiKey {
            name: "Dashboard in the hall".to_owned(),
            scopes: vec![Permission::LeadsRead],
            expires_at: None,
            rights: Rights::all(),
            now: self.call.now,
        };
        self.make(known::API_KEY, &key).await?;
        Ok(())
    }

    async fn team(
        &self,
        id: Uuid,
        name: &str,
        kind: TeamKind,
        reps: &[UserId],
        manager: UserId,
    ) -> Result<TeamId, CommandError> {
        let members = reps.iter().copied().chain([manager]).collect();
        let team = CreateTeam { name: name.to_owned(), kind, members, managers: vec![manager] };
        Ok(self.make(id, &team).await?.id)
    }

    async fn fields(&self) -> Result<(), CommandError> {
        let field = |key: &str, label: &str, kind| CreateField {
            key: key.to_owned(),
            label: label.to_owned(),
            kind,
            required: false,
            default: None,
            options: vec![],
            indexed: true,
        };
        let options = PLANS.iter().map(|plan| (*plan).to_owned()).collect();
        let plan = CreateField { options, ..field("plan", "Plan", CustomFieldKind::SingleSelect) };
        self.make(known::FIELD, &plan).await?;
        self.run(&field("seats", "Seats", CustomFieldKind::Number)).await?;
        self.run(&field("renewal_date", "Renewal of their contract", CustomFieldKind::Date)).await?;
        self.run(&CreateField { indexed: false, ..field("pilot_wanted", "Wants a pilot", CustomFieldKind::Boolean) })
            .await?;
        Ok(())
    }

    async fn forms(&self) -> Result<Vec<CaptureForm>, CommandError> {
        let mut forms = Vec::new();
        for (name, source, priority, interest) in [
            ("Contact page", "website", Priority::High, None),
            ("Guide to forecasting", "content_download", Priority::Medium, Some("Demand forecasting")),
            ("Webinar: Planning live", "webinar", Priority::Medium, None),
            ("Draw of last year's fair", "trade_show", Priority::Low, None),
        ] {
            let settings = FormSettings {
                allowed_origins: vec!["https://www.demo.example".to_owned()],
                defaults: FormDefaults {
                    priority: Some(priority),
                    product_interests: interest.map(ToOwned::to_owned).into_iter().collect(),
                    ..FormDefaults::default()
                },
                consent_text: Some("I agree to be written to about planning software.".to_owned()),
                ..FormSettings::default()
            };
            let (id, key) = match forms.len() {
                0 => (known::FORM, known::FORM_KEY.to_owned()),
                3 => (known::FORM_TO_DEACTIVATE, fresh_key()?),
                _ => (Uuid::now_v7(), fresh_key()?),
            };
            let form = CreateForm { name: name.to_owned(), source: source.to_owned(), settings, key };
            forms.push(self.make(id, &form).await?.form);
        }
        Ok(forms)
    }

    async fn rules(&self, americas: TeamId, europe: TeamId, rep: UserId) -> Result<(), CommandError> {
        let within = |countries: &[&str]| json!({"field": "country", "op": "in", "value": countries});
        let turn = |team: TeamId| json!({"team_id": team, "strategy": "round_robin"});
        let large = json!({"field": "company_size", "op": "gte", "value": 500});
        let rules: [(&str, Value, Value); 6] = [
            ("Large companies wait for a manager", large, json!({"queue": "Key accounts"})),
            ("Germany, Austria and Switzerland are Hanna's", within(&["DE", "AT", "CH"]), json!({"user_id": rep})),
            ("Europe in turn", within(&["GB", "IE", "FR", "NL", "SE", "DK", "ES", "IT"]), turn(europe)),
            ("Americas in turn", within(&["US", "CA", "MX", "BR"]), turn(americas)),
            (
                "Everywhere else",
                json!({"field": "country", "op": "exists", "value": true}),
                json!({"queue": "Rest of the world"}),
            ),
            ("Whoever says no country", json!({"all": []}), turn(americas)),
        ];
        for (place, (name, when, assign)) in rules.into_iter().enumerate() {
            let rule = CreateRule { name: name.to_owned(), position: None, when, assign, active: true };
            self.make(if place == 0 { known::RULE } else { Uuid::now_v7() }, &rule).await?;
        }
        let (when, assign) = (within(&["JP"]), json!({"queue": "Rest of the world"}));
        let idle = CreateRule { name: "Trial in Japan".to_owned(), position: None, when, assign, active: false };
        self.make(known::RULE_TO_DELETE, &idle).await?;
        Ok(())
    }
}

fn fresh_key() -> Result<String, DbError> {
    new_key().map_err(|error| DbError::Other(error.to_string()))
}
