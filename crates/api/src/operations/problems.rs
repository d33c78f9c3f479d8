//! The pages about problems, built in.

use actix_web::{HttpRequest, HttpResponse, http::header};
use pulldown_cmark::{Event, Options, Parser, html};

macro_rules! pages {
    ($($slug:literal)*) => {
        /// Slugs and pages, by slug.
        pub const PAGES: &[(&str, &str)] =
            &[$(($slug, include_str!(concat!("../../../../docs/problems/", $slug, ".md")))),*];
    };
}
pages! {
    "already-exists" "archived" "bad-request" "bant-incomplete" "body-too-large" "condition-too-costly"
    "duplicate-lead" "erased" "forbidden" "idempotency-in-progress" "idempotency-key-reused" "illegal-transition" "in-use"
    "internal-error" "invalid-cursor" "merged" "method-not-allowed" "not-acceptable" "not-found"
    "origin-not-allowed" "person-erased" "request-timeout" "sign-in-failed" "stale-version" "state-conflict" "token-reused"
    "too-many-attempts" "too-many-requests" "unauthorized" "unavailable" "unknown-route" "unreadable-body"
    "unsupported-media-type" "validation-failed"
}

/// The page about a problem.
pub fn page(slug: &str) -> Option<&'static str> {
    PAGES.binary_search_by_key(&slug, |(known, _)| known).ok().and_then(|at| PAGES.get(at)).map(|(_, text)| *text)
}

/// A page as the caller likes it: HTML for browsers, Markdown for everybody else.
pub fn answer(request: &HttpRequest, markdown: &str) -> HttpResponse {
    let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut response = HttpResponse::Ok();
    response.insert_header((header::VARY, "Accept")).insert_header((header::CACHE_CONTROL, "max-age=3600"));
    if !accept.contains("text/html") {
        return response.content_type("text/markdown; charset=utf-8").body(markdown.to_owned());
    }
    let title = markdown.lines().next().unwrap_or_default().trim_start_matches("# ");
    let mut page = String::from("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>");
    html::push_html(&mut page, [Event::Text(title.into())].into_iter());
    page.push_str("</title><body>");
    html::push_html(&mut page, Parser::new_ext(markdown, Options::ENABLE_TABLES));
    page.push_str("</body></html>\n");
    response.content_type("text/html; charset=utf-8").body(page)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::http::StatusCode;
    use leadwright_domain::fault::Problem;

    use super::*;
    use crate::http::ApiError;

    /// One problem of each kind that can be answered.
    fn kinds() -> Vec<&'static str> {
        let ours = [
            ApiError::unreadable(""),
            ApiError::unknown_route(),
            ApiError::wrong_method(""),
            ApiError::wrong_media_type(""),
            ApiError::not_acceptable(&[]),
            ApiError::of_status(StatusCode::BAD_REQUEST),
            ApiError::too_slow(),
            ApiError::origin_not_allowed(),
            ApiError::too_large(1),
            ApiError::too_many_requests(1),
            ApiError::internal(),
            ApiError::unavailable(),
        ];
        let mut slugs: Vec<_> = Problem::ALL.iter().map(|problem| problem.as_str()).collect();
        slugs.extend(ours.iter().map(|error| error.slug));
        slugs.sort_unstable();
        slugs.dedup();
        slugs
    }

    #[test]
    fn every_kind_of_problem_has_a_page_and_every_page_a_kind() {
        assert_eq!(PAGES.iter().map(|(slug, _)| *slug).collect::<Vec<_>>(), kinds());
    }

    #[test]
    fn pages_say_what_it_means_how_to_mend_it_and_show_it() {
        for (slug, text) in PAGES {
            assert_eq!(page(slug), Some(*text));
            for part in [
                "# ",
                "\n## What it means\n",
                "\n## How to mend it\n",
                "\n## Example\n",
                &format!("/problems/{slug}\""),
            ] {
                assert!(text.contains(part), "docs/problems/{slug}.md lacks {part:?}");
            }
        }
    }

    #[test]
    fn examples_have_the_status_and_title_of_their_kind() {
        for problem in Problem::ALL {
            let (status, title) = crate::http::problem::of_problem(*problem);
            let example = page(problem.as_str()).unwrap().split("```json").nth(1).unwrap().split("```").next().unwrap();
            let example: serde_json::Value = serde_json::from_str(example).unwrap();
            assert_eq!(example["status"], status.as_u16(), "{problem}");
            assert_eq!(example["title"], title, "{problem}");
            assert_eq!(example["code"], problem.as_str());
        }
    }
}
