use actix_web::{HttpRequest, get};

use super::{
    filters::LeadFilters,
    listing::{self, Asked, CountWord, LeadListShape, MOST},
    order, selection,
    shape::Shape,
};
use crate::{
    http::{Can, Params, Result, can::LeadsRead},
    views,
};

/// List leads
///
/// The leads that you may see, newest first unless `sort` says otherwise. Filters are joined with and; several values of one
/// are separated by commas and mean any of them. Whatever these filters can't say, `POST /leads/search` can.
///
/// Pages are joined by `cursor`, which belongs to you, the filters and the order. A lead whose score changes while you page
/// by score may come twice or not at all.
///
/// An order by a custom field reads all leads that pass the filters; one that takes more than two seconds answers 422
/// `condition-too-costly`.
#[utoipa::path(
    tag = "Leads", operation_id = "listLeads", security(("bearer" = ["leads:read"])),
    params(
        LeadFilters,
        ("sort" = Option<String>, Query, description = "`-created_at` (the default), `created_at`, `-score`, `score`, or an indexed custom field: `custom.<key>`, `-custom.<key>`", pattern = "^-?(created_at|score|custom\\.[a-z][a-z0-9_]*)$", max_length = 68),
        ("limit" = Option<i64>, Query, description = "How many at most; 50 unless said", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before"),
        ("count" = Option<String>, Query, description = "`exact` or `estimate` (exact up to 10,000) adds `total`", pattern = "^(exact|estimate)$"),
        ("fields" = Option<String>, Query, description = "Only these members, and the id", example = "id,contact_name,score"),
        ("include" = Option<String>, Query, description = "Related records: `owner`, `source`", pattern = "^((owner|source)(,(owner|source))*)?$")
    ),
    responses((status = 200, description = "A page of leads", body = LeadListShape, headers(("Link" = String, description = "The next page, `rel=\"next\"`"))))
)]
#[get("/leads")]
pub async fn list_leads(can: Can<LeadsRead>, mut params: Params, request: HttpRequest) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let view = views::in_parameter(&can, &config, &mut params).await?;
    let asked = Asked {
        selection: view.narrow(selection::read(&mut params, &can.caller, &config, view.archived)),
        sort: order::in_parameter(&mut params, &view, &config),
        limit: params.number("limit", 1, MOST),
        count: params.choice("count", CountWord::WORDS, CountWord::ALL),
        cursor: params.text("cursor"),
        shape: Shape::read(&mut params).or_fields(&view.fields),
    };
    params.finish()?;
    listing::answer(&can, &config, asked, Some(&without_cursor(&request))).await
}

/// The address that was asked, without its cursor.
fn without_cursor(request: &HttpRequest) -> String {
    let kept: Vec<&str> = request.query_string().split('&').filter(|pair| !pair.starts_with("cursor=")).collect();
    let kept = kept.join("&");
    if kept.is_empty() { request.path().to_owned() } else { format!("{}?{kept}", request.path()) }
}
