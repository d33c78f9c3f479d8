//! Definitions of custom fields (spec LEAD-3).

mod create;
mod update;

pub use create::CreateField;
pub use update::{FieldChange, UpdateField};

use leadwright_domain::{
    ids::CustomFieldId,
    leads::{CustomFieldDef, InputRules, Mode, Occasion},
    organization::Organization,
};
use leadwright_persistence::{CommandError, DbError, Reader};

use crate::setting::Setting;

const FIELD: Setting = Setting { name: "custom field", subject: "custom_field" };

/// All definitions, retired ones included, in the order in which they were made.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<CustomFieldDef>, DbError> {
    reader.custom_fields().all().await
}

/// One definition.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: CustomFieldId) -> Result<CustomFieldDef, CommandError> {
    FIELD.found(reader.custom_fields().get(id).await?, |def| def.version, None)
}

/// How a default is read: as a program would write it.
fn rules(organization: &Organization) -> InputRules<'_> {
    InputRules {
        mode: Mode::Strict,
        occasion: Occasion::Create,
        default_region: &organization.default_region,
        country: None,
        base_currency: &organization.base_currency,
        custom: &[],
    }
}
