//! Files of leads, as answers.

use std::sync::Arc;

use actix_web::{HttpRequest, HttpResponse, http::header, web::Bytes};
use futures_util::StreamExt;
use leadwright_app::{Configuration, exports::ExportLeads};
use leadwright_domain::exports::{Column, ExportFormat, choose};

use crate::http::{ApiError, Can, can::LeadsRead};

/// When to come back where too many exports are under way, in seconds.
const COME_BACK_IN: &str = "10";

/// A name that is no column's: its place, what is wrong, and what was meant.
pub(super) type Unknown = (usize, String, Option<String>);

/// The columns of these names; all without any.
pub(super) fn chosen(names: &[String], config: &Configuration) -> Result<Vec<Column>, Vec<Unknown>> {
    choose(names, &config.custom_fields).map_err(|unknown| {
        let told = |one: leadwright_domain::exports::Unknown| {
            let name: String = one.name.chars().take(100).collect();
            let detail = format!(
                "There is no column `{name}`; columns are the fields of a lead, `custom.<key>` and `external_ids.<system>`, \
                 as an export without `columns` has them."
            );
            (one.at, detail, one.suggestion)
        };
        unknown.into_iter().map(told).collect()
    })
}

/// The format that the caller likes to get.
pub(super) fn accepted(request: &HttpRequest) -> Option<ExportFormat> {
    let sent = request.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    let mut ranges = sent.flat_map(|value| value.split(',')).map(|part| part.split(';').next().unwrap_or_default());
    ranges.find_map(|range| {
        let range = range.trim().to_ascii_lowercase();
        let known = |format: &&ExportFormat| media_type(**format).split(';').next() == Some(range.as_str());
        ExportFormat::ALL
            .iter()
            .find(known)
            .copied()
            .or((range == "application/ndjson").then_some(ExportFormat::Ndjson))
    })
}

const fn media_type(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Csv => "text/csv; charset=utf-8",
        ExportFormat::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ExportFormat::Ndjson => "application/x-ndjson",
    }
}

/// Answers with the file.
pub(super) async fn answer(
    can: &Can<LeadsRead>,
    config: Arc<Configuration>,
    export: ExportLeads,
) -> Result<HttpResponse, ApiError> {
    let call = can.call();
    let (format, day) = (export.format, call.now.with_timezone(&config.organization.timezone).date_naive());
    let Some(pieces) = export.run(&can.ask.app, call, config).await? else {
        let detail = "As many exports are under way here as there may be; try again in a moment.";
        let mut busy = ApiError { detail: detail.to_owned(), ..ApiError::unavailable() };
        busy.headers = vec![("Retry-After", COME_BACK_IN.to_owned())];
        return Err(busy);
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(media_type(format))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"leads-{day}.{format}\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header(("X-Accel-Buffering", "no"));
    if format == ExportFormat::Xlsx {
        // It is packed already.
        response.insert_header((header::CONTENT_ENCODING, "identity"));
    }
    Ok(response.streaming(pieces.map(|piece| piece.map(Bytes::from))))
}
