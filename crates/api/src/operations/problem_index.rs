use std::fmt::Write as _;

use actix_web::{HttpRequest, HttpResponse, get};

use super::problems::{PAGES, answer};

/// List the kinds of problems
///
/// A page with every `type` that a problem can have, for people.
#[utoipa::path(
    tag = "Operations", operation_id = "listProblems", security(()),
    responses((status = 200, description = "The list", content((String = "text/html"), (String = "text/markdown"))))
)]
#[get("/problems")]
pub async fn list_problems(request: HttpRequest) -> HttpResponse {
    let mut page =
        "# Problems\n\nEvery error is a problem (RFC 9457). Its `type` is the address of one of these pages.\n\n"
            .to_owned();
    for (slug, text) in PAGES {
        let title = text.lines().next().unwrap_or(slug).trim_start_matches("# ");
        // Writing to a text does not fail.
        let _ = writeln!(page, "- [`{slug}`](/problems/{slug}) {title}");
    }
    answer(&request, &page)
}
