use actix_web::{HttpRequest, HttpResponse, post};
use leadwright_app::{exports::ExportLeads, leads::Selection};
use leadwright_domain::{
    exports::ExportFormat,
    fault::{At, Fault},
};
use leadwright_persistence::leads::Filter;
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    exporting::{self, accepted, chosen},
    order::{self, SortChoice},
    search::{ArchivedChoice, select},
};
use crate::{
    conditions::ConditionShape,
    http::{ApiError, Body, Can, can::LeadsRead, words::word_schema},
    views,
};

word_schema! {
    /// How an exported file is written.
    FormatChoice as "ExportFormat" = ExportFormat, "csv"
}

/// Which leads are wanted as a file, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExportLeadSearch {
    /// What must hold; every lead is meant without it.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// A saved view, whose leads are narrowed down by the rest. Its order is taken where none is named.
    view: Option<Uuid>,
    /// Words of name, company, e-mail or phone; each may be the beginning of one.
    #[schema(example = "jane example", max_length = 500)]
    q: Option<String>,
    /// As to archiving; archived leads are left out unless said.
    archived: Option<ArchivedChoice>,
    /// In which order; newest first unless said.
    sort: Option<SortChoice>,
    /// How the file is written; else as `Accept` says, and else CSV.
    format: Option<FormatChoice>,
    /// Only these columns, in this order, after the id; all unless said.
    #[serde(default)]
    #[schema(max_items = 500, example = json!(["contact_name", "email", "score"]))]
    columns: Vec<String>,
}

/// Export leads by a condition
///
/// As `GET /leads/export`, for the leads for which a condition holds. Nothing is changed, so the same call may be repeated
/// freely.
#[utoipa::path(
    tag = "Leads", operation_id = "exportLeadSearch", security(("bearer" = ["leads:read"])),
    request_body = ExportLeadSearch,
    responses((
        status = 200, description = "The file",
        headers(("Content-Disposition" = String, description = "A name for the file, such as `leads-2026-11-22.csv`")),
        content(
            (String = "text/csv"),
            (String = "application/x-ndjson"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        )
    ))
)]
#[post("/leads/export")]
pub async fn export_lead_search(
    can: Can<LeadsRead>,
    body: Body<ExportLeadSearch>,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let config = can.ask.app.configuration(&can.call()).await?;
    let wish = body.value;
    let asked = asked(&wish);
    let mut faults = Vec::new();
    let columns = chosen(&wish.columns, &config).unwrap_or_else(|unknown| {
        faults.extend(unknown.into_iter().map(|(at, detail, meant)| {
            let fault = Fault::at_pointer(format!("#/columns/{at}"), "unknown_column", detail);
            if let Some(meant) = meant { fault.suggesting(meant) } else { fault }
        }));
        Vec::new()
    });
    let view = views::in_body(&can, &config, wish.view, &mut faults).await?;
    let sort = order::in_body(wish.sort.as_ref(), &view, &config, &mut faults);
    let selection = select(wish.condition, wish.q, &config.catalogue, &mut faults);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let archived = wish.archived.map(|word| word.0).or(view.archived).into();
    let export = ExportLeads {
        selection: view.narrow(Selection { filter: Filter { archived, ..selection.filter }, ..selection }),
        sort,
        columns,
        format: wish.format.map(|word| word.0).or_else(|| accepted(&request)).unwrap_or(ExportFormat::Csv),
        format_at: At::Pointer("#/format".to_owned()),
        columns_at: At::Pointer("#/columns".to_owned()),
        asked,
    };
    exporting::answer(&can, config, export).await
}

/// What was asked, for the log: which fields were tested, but not for what.
fn asked(wish: &ExportLeadSearch) -> Value {
    let mut fields = Vec::new();
    if let Some(condition) = &wish.condition {
        tested(condition, &mut fields);
    }
    fields.sort_unstable();
    fields.dedup();
    let archived = wish.archived.as_ref().map(|word| word.0.as_str());
    json!({"where": fields, "view": wish.view, "q": wish.q.is_some(), "archived": archived})
}

fn tested<'a>(condition: &'a Value, fields: &mut Vec<&'a str>) {
    match condition {
        Value::Array(items) => items.iter().for_each(|item| tested(item, fields)),
        Value::Object(members) => {
            fields.extend(members.get("field").and_then(Value::as_str));
            members.iter().filter(|(name, _)| *name != "value").for_each(|(_, member)| tested(member, fields));
        }
        _ => {}
    }
}
