use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    capture::{
        CaptureForm,
        adapters::{Adapter, Delivery, read},
    },
    fault::Fault,
    ids::Id,
    leads::RawLead,
    privacy::WhenErased,
};
use leadwright_persistence::{Call, CommandError};
use serde_json::Value;
use uuid::Uuid;

use super::tree::tree;
use crate::{
    App, Configuration,
    capture::{Unreadable, told},
    intake::{self, Incoming, preview as walk},
    leads::Previewed,
};

/// What a delivery would become.
pub struct Foreseen {
    /// The delivery as the other system told it.
    pub delivery: Delivery,
    /// The fields that the form would have brought.
    pub fields: RawLead,
    /// The names of those that fill nothing.
    pub unread: Vec<String>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
    /// What would happen to the lead, where it is one.
    pub lead: Option<Previewed>,
}

/// Says what a body would become at this form, whatever the form's adapter, and keeps nothing.
///
/// # Errors
/// It can't be read; or the database failed.
pub async fn preview(
    app: &App,
    call: &Call,
    form: &CaptureForm,
    content_type: &str,
    body: &[u8],
) -> Result<Result<Vec<Foreseen>, Unreadable>, CommandError> {
    let call = Call { scope: Scope::form(call.scope.organization, form.id), ..call.clone() };
    let config = app.configuration(&call).await?;
    let adapter = &form.settings.adapter;
    let read = match adapter.kind {
        Adapter::Form => match crate::capture::fields(content_type, body).await {
            Ok(fields) => {
                return Ok(Ok(vec![one(app, &call, &config, form, Delivery::default(), fields.values).await?]));
            }
            Err(unreadable) => Err(unreadable),
        },
        kind => match tree(content_type, body).await {
            Ok(tree) => read(kind, &tree, &adapter.mapping).map_err(Unreadable::NoObject),
            Err(unreadable) => Err(unreadable),
        },
    };
    let deliveries = match read {
        Ok(deliveries) => deliveries,
        Err(unreadable) => return Ok(Err(unreadable)),
    };
    let form = CaptureForm { settings: form.settings.of_adapter(), ..form.clone() };
    let mut foreseen = Vec::with_capacity(deliveries.len());
    for delivery in deliveries {
        let fields = delivery.fields(&form.settings, &config.custom_fields);
        foreseen.push(one(app, &call, &config, &form, delivery, fields).await?);
    }
    Ok(Ok(foreseen))
}

async fn one(
    app: &App,
    call: &Call,
    config: &Arc<Configuration>,
    form: &CaptureForm,
    delivery: Delivery,
    fields: RawLead,
) -> Result<Foreseen, CommandError> {
    let mut faults = delivery.faults.clone();
    let asks = matches!(delivery.meant, leadwright_domain::capture::adapters::Meant::Ask(_));
    if asks || !faults.is_empty() {
        return Ok(Foreseen { delivery, fields, unread: vec![], faults, lead: None });
    }
    let mut unread = Vec::new();
    let at = delivery.occurred_at.filter(|at| *at <= call.now).unwrap_or(call.now);
    let lead = match told::prepared(fields.clone(), form, config, &Value::Null, at) {
        Err(unfit) => {
            faults.extend(unfit.faults);
            None
        }
        Ok(prepared) => {
            let item = Incoming {
                call: call.clone(),
                prepared: prepared.into(),
                policy: form.settings.duplicate_policy,
                submission: None,
                import: None,
                key: None,
                render: Arc::new(|_| intake::receipt(Id::from_uuid(Uuid::nil()))),
                route: true,
                promise: true,
                erased: WhenErased::Allow,
            };
            unread = item.prepared.unread.clone();
            Some(walk::preview(&app.db.read(call), config, &item).await?)
        }
    };
    Ok(Foreseen { delivery, fields, unread, faults, lead })
}

impl Foreseen {
    /// What the other system says of where it comes from.
    pub fn origin(&self) -> Value {
        Value::Object(self.delivery.origin.clone())
    }
}
