use std::time::Duration;

use actix_web::{
    HttpRequest,
    http::header,
    post,
    web::{Data, Payload},
};
use futures_util::StreamExt;
use leadwright_app::{
    import_mappings,
    imports::{self, BeginImport, Upload, encoding_called},
};
use leadwright_domain::{
    access::Permission,
    fault::Fault,
    ids::ImportId,
    imports::{Encoding, ImportPolicy},
};
use leadwright_persistence::CommandError;
use utoipa::ToSchema;

use super::{ImportView, accepted, options};
use crate::http::{ApiError, Can, Params, Result, can::ImportsWrite, middleware::Edge};

const MEDIA_TYPES: [&str; 19] = [
    "text/csv",
    "text/tab-separated-values",
    "text/plain",
    "text/x-csv",
    "application/csv",
    "application/x-csv",
    "application/x-ndjson",
    "application/ndjson",
    "application/jsonl",
    "application/json",
    "application/vnd.ms-excel",
    "application/vnd.ms-excel.sheet.macroenabled.12",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/gzip",
    "application/x-gzip",
    "application/octet-stream",
    "binary/octet-stream",
    "",
];

/// A file of leads: a row of column names, then a row for each lead.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, example = "name,email,company\nJules Moe,jules.moe@example.com,Acme Works\n")]
#[expect(dead_code, reason = "the shape of a body, for the document")]
pub struct ImportFile(Vec<u8>);

/// Import a file of leads
///
/// The file is the body, of any size: CSV in any of its forms, lines of JSON, a workbook (`.xlsx`, `.ods` or `.xls`), or gzip of one; how it
/// is written is found out and shown. It is kept before the answer, and a job takes its rows in. The first row names the
/// columns, which are understood as people and other systems name them. With `mode=review` (the default) the job stops
/// after validation and waits for `confirm`; with `mode=auto` it goes straight through. A row that can't be taken never
/// fails the others: `GET /imports/{id}/rejected.csv` has them with the reasons; mended, they are sent with `like=<id>`. Rows may name owners and teams if you may
/// give leads to others (`leads:assign`).
#[utoipa::path(
    tag = "Imports", operation_id = "createImport", security(("bearer" = ["imports:write"])),
    params(
        ("mode" = Option<super::ImportModeWord>, Query, description = "`review` (the default) or `auto`"),
        ("duplicates" = Option<String>, Query, description = "What to do with somebody who is a lead already: `skip` (the default), `update`, `fill_blanks`, `create` or `fail`", pattern = "^(skip|update|fill_blanks|create|fail)$"),
        ("unknown_source" = Option<String>, Query, description = "What to do with a source that is not in the catalogue: `create` it (the default), take the `default`, or `fail` the row", pattern = "^(create|default|fail)$"),
        ("unknown_owner" = Option<String>, Query, description = "What to do with an owner whom nobody knows: as if there were none (`default`), or `fail` the row", pattern = "^(default|fail)$"),
        ("default_source" = Option<String>, Query, description = "The source of rows that name none: its code (`third_party`)", max_length = 100),
        ("default_priority" = Option<String>, Query, description = "The priority of rows that name none (`medium`)", pattern = "^(low|medium|high|critical)$"),
        ("default_company" = Option<String>, Query, description = "The company of rows that name none (`Unknown`)", max_length = 200),
        ("erased" = Option<String>, Query, description = "What to do with somebody who was erased: `refuse` the row (the default), or `allow` them to come back as somebody new", pattern = "^(refuse|allow)$"),
        ("writes_as" = Option<options::WritesAsWord>, Query, description = "As whom the file writes, which decides whose values `duplicates=update` overwrites: another system (`sync`, the default), whoever imports it (`person`), or a source of bought data (`enrichment`)"),
        ("route" = Option<bool>, Query, description = "Whether routing gives owners to leads that have none (`true`)"),
        ("mapping_id" = Option<uuid::Uuid>, Query, description = "A saved mapping: what columns and values stand for"),
        ("mapping" = Option<String>, Query, description = "The same as JSON, such as `{\"columns\": {\"Mail\": \"email\"}}`; a longer one is given with `PATCH` after a review, or saved", max_length = 2000),
        ("like" = Option<uuid::Uuid>, Query, description = "An earlier import whose mapping and policies hold for what this one leaves open: for its rejected rows, mended"),
        ("format" = Option<super::ImportFormatWord>, Query, description = "`csv` (also with tabs or other marks), `ndjson` (also a list of objects) or `xlsx` (any workbook); detected otherwise"),
        ("delimiter" = Option<String>, Query, description = "What separates cells: `comma`, `semicolon`, `tab`, `pipe`, `colon`, `caret` or `tilde`; detected otherwise", pattern = "^(comma|semicolon|tab|pipe|colon|caret|tilde)$"),
        ("quote" = Option<String>, Query, description = "What encloses cells: `double`, `single` or `none`; detected otherwise", pattern = "^(double|single|none)$"),
        ("encoding" = Option<String>, Query, description = "How bytes stand for text: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `windows-1250`, `windows-1251`, `windows-1253`, `windows-1254`, `windows-1255`, `windows-1256`, `windows-1257`, `windows-1258`, `iso-8859-2`, `iso-8859-5`, `iso-8859-7`, `koi8-u`, `ibm866`, `windows-874`, `iso-8859-15`, `macintosh`, `ibm850`, `ibm437`, `ibm852`, `shift_jis`, `euc-jp`, `iso-2022-jp`, `gb18030`, `big5` or `euc-kr`; otherwise it is detected, and where that leaves a doubt the `charset` of the content type decides", pattern = "^(utf-8|utf-16le|utf-16be|windows-1252|windows-1250|windows-1251|windows-1253|windows-1254|windows-1255|windows-1256|windows-1257|windows-1258|iso-8859-2|iso-8859-5|iso-8859-7|koi8-u|ibm866|windows-874|iso-8859-15|macintosh|ibm850|ibm437|ibm852|shift_jis|euc-jp|iso-2022-jp|gb18030|big5|euc-kr)$"),
        ("sheet" = Option<String>, Query, description = "The sheet of a workbook, by name or number from 1; the first that people see and that is not empty otherwise", max_length = 100),
        ("header_row" = Option<u16>, Query, description = "The row with the headings, from 1, blank ones not counted; `0` where there are none; found otherwise", minimum = 0, maximum = 1000),
    ),
    request_body(content(
        (ImportFile = "text/csv"), (ImportFile = "text/tab-separated-values"), (ImportFile = "application/octet-stream"),
    ), description = "The file; the types of JSON, workbooks and gzip are taken as well"),
    responses((status = 202, description = "The file is kept, and its job will begin", body = ImportView))
)]
#[post("/imports")]
pub async fn create_import(
    can: Can<ImportsWrite>,
    request: HttpRequest,
    mut params: Params,
    payload: Payload,
) -> Result {
    let charset = is_a_file(&request)?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let like = like(&can, &mut params).await?;
    let assigns = can.permissions.contains(&Permission::LeadsAssign);
    let mut options = options::read(params, &config, can.scope.actor, assigns, like)?;
    if let Some(id) = options.mapping_id {
        let saved = import_mappings::list(&can.read()).await?.into_iter().find(|saved| saved.id == id);
        let unknown =
            || Fault::in_parameter("mapping_id", "unknown_mapping", "There is no saved mapping with this id.");
        options.new.policy.mapping = saved.ok_or_else(|| ApiError::invalid(vec![unknown()]))?.mapping;
    }
    let edge = request.app_data::<Data<Edge>>().ok_or_else(ApiError::internal)?;
    options.known.charset = charset;
    let mut upload = Upload::begin(&can.ask.app, can.call(), options.known);
    if let Err(error) = receive(&mut upload, payload, edge.body_timeout).await {
        Upload::discard(&can.ask.app, can.call(), upload.id()).await?;
        return Err(error);
    }
    let id = upload.id();
    let (spooled, warnings) = match upload.finish().await {
        Ok(arrived) => arrived,
        Err(error) => {
            Upload::discard(&can.ask.app, can.call(), id).await?;
            return Err(error.into());
        }
    };
    let key = can.ask.key_of_digest(can.name(), spooled.digest);
    let begin = BeginImport { spooled, warnings, new: options.new };
    let answer = can.write_under(key, begin, move |import| accepted(&import, &config)).await;
    // A repeat, or a file that is refused: what was kept of it is not needed.
    if !matches!(&answer, Ok(answer) if !answer.is_replayed()) {
        Upload::discard(&can.ask.app, can.call(), id).await?;
    }
    can.ask.app.work.notify_one();
    answer
}

/// What the import does that is named as an example, if one is.
async fn like(can: &Can<ImportsWrite>, params: &mut Params) -> Result<Option<ImportPolicy>> {
    let Some(id) = params.parsed::<ImportId>("like", "the id of an import") else { return Ok(None) };
    match imports::get(&can.read(), id).await {
        Ok(import) => Ok(Some(import.policy)),
        Err(CommandError::Refused(_)) => {
            params.fault("like", "unknown_import", "There is no import with this id.");
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes the body in as it arrives. It may take as long as it takes, unless nothing comes for a while.
async fn receive(upload: &mut Upload, payload: Payload, patience: Duration) -> Result<()> {
    let mut payload = payload.into_inner();
    loop {
        let piece = tokio::time::timeout(patience, payload.next()).await.map_err(|_| ApiError::too_slow())?;
        let Some(piece) = piece else { return Ok(()) };
        let piece = piece.map_err(|_| ApiError::unreadable("The body ended early."))?;
        upload.push(&piece).await?;
    }
}

/// Whether the body may be a file, and the encoding that is said of it.
fn is_a_file(request: &HttpRequest) -> Result<Option<Encoding>> {
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    if text(header::CONTENT_ENCODING).is_some_and(|encoding| !matches!(encoding, "identity" | "gzip" | "x-gzip")) {
        return Err(ApiError::wrong_media_type("text/csv`, compressed with `gzip` or not"));
    }
    let kind = text(header::CONTENT_TYPE).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !MEDIA_TYPES.contains(&essence.as_str()) {
        return Err(ApiError::no_file());
    }
    let said = kind.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let mut charset = said.filter(|(name, _)| name.trim().eq_ignore_ascii_case("charset"));
    Ok(charset.find_map(|(_, name)| encoding_called(name.trim().trim_matches('"'))))
}
