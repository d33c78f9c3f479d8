use actix_web::{HttpRequest, HttpResponse, get};
use leadwright_app::exports::ExportLeads;
use leadwright_domain::{exports::ExportFormat, fault::At};
use serde_json::{Map, Value, json};

use super::{
    exporting::{self, accepted, chosen},
    filters::LeadFilters,
    order, selection,
};
use crate::{
    http::{ApiError, Can, Params, can::LeadsRead},
    views,
};

/// Export leads
///
/// The leads that you may see and that pass the filters, all of one moment, as a file that an import takes back without
/// loss. The filters are those of `GET /leads`.
///
/// CSV and lines of JSON are sent while they are written; a connection that breaks off in the middle means that the file is
/// not whole. Cells that a spreadsheet would run stand behind an apostrophe, which an import takes off. Every export is an
/// event of the organization.
#[utoipa::path(
    tag = "Leads", operation_id = "exportLeads", security(("bearer" = ["leads:read"])),
    params(
        LeadFilters,
        ("sort" = Option<String>, Query, description = "`-created_at` (the default), `created_at`, `-score`, `score`, or an indexed custom field: `custom.<key>`, `-custom.<key>`", pattern = "^-?(created_at|score|custom\\.[a-z][a-z0-9_]*)$", max_length = 68),
        ("format" = Option<String>, Query, description = "How the file is written: `csv`, `xlsx` or `ndjson`; else as `Accept` says, and else `csv`", pattern = "^(csv|xlsx|ndjson)$", example = "csv"),
        ("columns" = Option<String>, Query, description = "Only these columns, in this order, after the id: fields such as `email`, `custom.<key>`, `external_ids.<system>`; the file without it has all", max_length = 2000, example = "contact_name,email,score")
    ),
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
#[get("/leads/export")]
pub async fn export_leads(
    can: Can<LeadsRead>,
    mut params: Params,
    request: HttpRequest,
) -> Result<HttpResponse, ApiError> {
    let config = can.ask.app.configuration(&can.call()).await?;
    let view = views::in_parameter(&can, &config, &mut params).await?;
    let selection = view.narrow(selection::read(&mut params, &can.caller, &config, view.archived));
    let sort = order::in_parameter(&mut params, &view, &config);
    let format = params.choice("format", ExportFormat::WORDS, ExportFormat::ALL);
    let names: Vec<String> =
        params.text("columns").unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect();
    let names: Vec<String> = names.into_iter().filter(|name| !name.is_empty()).collect();
    let columns = chosen(&names, &config).map_err(|unknown| {
        for (_, detail, meant) in unknown {
            params.fault_suggesting("columns", "unknown_column", &detail, meant.as_deref());
        }
    });
    params.finish()?;
    let export = ExportLeads {
        selection,
        sort,
        columns: columns.unwrap_or_default(),
        format: format.or_else(|| accepted(&request)).unwrap_or(ExportFormat::Csv),
        format_at: At::Parameter("format".to_owned()),
        columns_at: At::Parameter("columns".to_owned()),
        asked: asked(&request),
    };
    exporting::answer(&can, config, export).await
}

/// The filters as they were sent, for the log; of words that were searched for only that there were some.
fn asked(request: &HttpRequest) -> Value {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(request.query_string()).unwrap_or_default();
    let filters = pairs.into_iter().filter(|(name, _)| !matches!(name.as_str(), "columns" | "format" | "sort"));
    let told = |(name, value): (String, String)| match name.as_str() {
        "q" => (name, json!(true)),
        _ => (name, json!(value)),
    };
    Value::Object(filters.map(told).collect::<Map<String, Value>>())
}
