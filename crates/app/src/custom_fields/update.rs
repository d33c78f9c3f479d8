use leadwright_domain::{fault::Refusal, ids::CustomFieldId, leads::CustomFieldDef};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::{Value, json};

use super::{FIELD, rules};
use crate::setting;

/// What to change; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct FieldChange {
    /// The name for people.
    pub label: Option<String>,
    /// Whether a new lead must have it.
    pub required: Option<bool>,
    /// The value of a new lead that brings none; `Some(None)` takes it away.
    pub default: Option<Option<Value>>,
    /// The options of a select.
    pub options: Option<Vec<String>>,
    /// Whether leads can be filtered and sorted by it.
    pub indexed: Option<bool>,
    /// Whether it is in use.
    pub active: Option<bool>,
}

/// Changes a custom field. Key and kind stay: the values on the leads were written under them.
#[derive(Clone, Debug)]
pub struct UpdateField {
    /// Which.
    pub id: CustomFieldId,
    /// What to change.
    pub change: FieldChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateField {
    type Out = CustomFieldDef;

    async fn run(&self, tx: &Tx) -> Result<CustomFieldDef, CommandError> {
        setting::begin(tx).await?;
        let others = tx.custom_fields().all().await?;
        let found = others.iter().find(|def| def.id == self.id).cloned();
        let mut def = FIELD.found(found, |def| def.version, self.expected)?;
        let change = self.change.clone();
        def.label = change.label.unwrap_or(def.label);
        def.required = change.required.unwrap_or(def.required);
        def.default = change.default.unwrap_or(def.default);
        def.options = change.options.unwrap_or(def.options);
        def.indexed = change.indexed.unwrap_or(def.indexed);
        def.active = change.active.unwrap_or(def.active);
        let organization = tx.organization().get().await?;
        let mut def = def.checked(&others, &rules(&organization)).map_err(Refusal::invalid)?;
        setting::written(tx.custom_fields().update(&def).await?, def.version)?;
        def.version += 1;
        FIELD.tell(tx, def.id.uuid(), json!({"change": "updated", "key": def.key}));
        Ok(def)
    }
}
