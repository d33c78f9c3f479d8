use leadwright_domain::{
    fault::{Problem, Refusal},
    leads::{CustomFieldDef, CustomFieldKind, MOST_FIELDS},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::{Value, json};

use super::{FIELD, rules};
use crate::setting;

/// Adds a custom field.
#[derive(Clone, Debug)]
pub struct CreateField {
    /// The word for programs.
    pub key: String,
    /// The name for people.
    pub label: String,
    /// What it holds.
    pub kind: CustomFieldKind,
    /// Whether a new lead must have it.
    pub required: bool,
    /// The value of a new lead that brings none.
    pub default: Option<Value>,
    /// The options of a select.
    pub options: Vec<String>,
    /// Whether leads can be filtered and sorted by it.
    pub indexed: bool,
}

#[async_trait::async_trait]
impl Command for CreateField {
    type Out = CustomFieldDef;

    async fn run(&self, tx: &Tx) -> Result<CustomFieldDef, CommandError> {
        setting::begin(tx).await?;
        let others = tx.custom_fields().all().await?;
        if others.len() >= MOST_FIELDS {
            let detail = format!("An organization has at most {MOST_FIELDS} custom fields; reuse one.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let def = CustomFieldDef {
            id: tx.new_id(),
            version: 1,
            key: self.key.clone(),
            label: self.label.clone(),
            kind: self.kind,
            required: self.required,
            default: self.default.clone(),
            options: self.options.clone(),
            indexed: self.indexed,
            active: true,
        };
        let organization = tx.organization().get().await?;
        let def = def.checked(&others, &rules(&organization)).map_err(Refusal::invalid)?;
        let unique = [("custom_fields_key", "custom_fields.field_key", "key")];
        tx.custom_fields().insert(&def).await.map_err(|error| FIELD.taken(error, &unique))?;
        FIELD.tell(tx, def.id.uuid(), json!({"change": "created", "key": def.key}));
        Ok(def)
    }
}
