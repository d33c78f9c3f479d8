//! Who did something, by name.

use leadwright_app::Configuration;
use leadwright_domain::access::Actor;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// Who did something.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Actor)]
pub struct ActorView {
    /// `user`, `api_key`, `form` or `system`.
    #[schema(example = "user")]
    kind: &'static str,
    /// Which; `null` for the system itself.
    id: Option<Uuid>,
    /// The name of a user or a form, while it is known.
    #[schema(example = "Rita Rep")]
    name: Option<String>,
}

impl ActorView {
    /// Names whoever did something.
    pub fn of(actor: Actor, config: &Configuration) -> Self {
        let (kind, id, name) = match actor {
            Actor::User(id) => {
                let user = config.users.iter().find(|user| user.id == id);
                ("user", Some(id.uuid()), user.map(|user| user.name.clone()))
            }
            Actor::ApiKey(id) => ("api_key", Some(id.uuid()), None),
            Actor::Form(id) => {
                let form = config.forms.iter().find(|form| form.id == id);
                ("form", Some(id.uuid()), form.map(|form| form.name.clone()))
            }
            Actor::System => ("system", None, None),
        };
        Self { kind, id, name }
    }
}
