//! A file to fill in (spec IMP-2).

use leadwright_domain::leads::{LEAD_FIELDS, field_for_header};
use leadwright_persistence::{CommandError, DbError};

use crate::Configuration;

/// Columns that are not fields of the profile.
const MORE: [&str; 8] =
    ["source", "owner", "team", "status", "stage", "created_at", "external_ids.crm", "do_not_email"];

/// The headings of a file of leads, with an example to replace.
///
/// # Errors
/// The row can't be written.
pub fn template_csv(config: &Configuration) -> Result<Vec<u8>, CommandError> {
    let failed = |error: String| DbError::Other(error);
    let columns = columns(config);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(|error| failed(error.to_string()))?;
    writer.write_record(columns.iter().map(|name| example(name))).map_err(|error| failed(error.to_string()))?;
    Ok(writer.into_inner().map_err(|error| failed(error.to_string()))?)
}

fn columns(config: &Configuration) -> Vec<String> {
    let plain = LEAD_FIELDS.iter().filter(|field| field.kind.is_one_cell()).map(|field| field.name.to_owned());
    let more = MORE.iter().filter(|name| field_for_header(name).is_some()).map(|name| (*name).to_owned());
    let custom = config.custom_fields.iter().filter(|def| def.active).map(|def| format!("custom.{}", def.key));
    plain.chain(more).chain(custom).collect()
}

fn example(column: &str) -> &'static str {
    match column {
        "contact_name" => "Jane Doe",
        "first_name" => "Jane",
        "last_name" => "Doe",
        "email" => "jane.doe@example.com",
        "phone" => "+12025550143",
        "company_name" => "Acme",
        "source" => "website",
        "status" => "new",
        "priority" => "medium",
        _ => "",
    }
}
