//! Entity tags: `"<version>.<computed_rev>.<shape>"`. Reading compares all of it, writing only the version, so that a
//! score that moved by itself never fails somebody's edit.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use leadwright_domain::fault::Fault;

use super::ApiError;

/// The tag of a representation.
pub fn of(version: i64, computed_rev: i64, shape: &str) -> String {
    format!("\"{version}.{computed_rev}.{shape}\"")
}

/// What `If-Match` may say; the document and [`IfMatch`] agree on it.
pub const WANTED: &str = r#"^(\*|(W/)?"[0-9]{1,18}(\.[!#-+\--~]{0,160})?")$"#;
/// What `If-None-Match` may say; the document and [`check_known`] agree on it.
pub const KNOWN: &str = r#"^(\*|(W/)?"[!#-+\--~]{0,180}"( ?, ?(W/)?"[!#-+\--~]{0,180}"){0,9})$"#;
/// The longest text between the quotes of a tag.
const LONGEST: usize = 180;
/// The most tags of `If-None-Match`.
const MOST: usize = 10;

const AS_GIVEN: &str = "Send the ETag exactly as an answer gave it, quotes included, or `*`.";

/// Whether `If-None-Match` names this tag. Proxies weaken tags when they compress, so weak ones count.
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let Some(known) = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    known.split(',').map(opaque).any(|one| one == "*" || one == tag)
}

/// Whether `If-None-Match` can be read where it stands: a tag that lost its quotes on the way would never fit.
///
/// # Errors
/// It has something else than tags.
pub fn check_known(request: &HttpRequest) -> Result<(), ApiError> {
    let Some(value) = request.headers().get(header::IF_NONE_MATCH) else { return Ok(()) };
    let text = value.to_str().unwrap_or_default().trim();
    let is_tags = text == "*" || text.split(',').all(|one| inside(opaque(one)).is_some());
    if is_tags && text.split(',').count() <= MOST { Ok(()) } else { Err(invalid("If-None-Match")) }
}

/// A tag without the mark of a weak one.
fn opaque(tag: &str) -> &str {
    let tag = tag.trim();
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// What stands between the quotes of a tag.
fn inside(tag: &str) -> Option<&str> {
    let text = tag.strip_prefix('"')?.strip_suffix('"')?;
    let is_plain = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',');
    (text.len() <= LONGEST && text.bytes().all(is_plain)).then_some(text)
}

fn invalid(header: &str) -> ApiError {
    ApiError::invalid(vec![Fault::in_header(header, "invalid_etag", AS_GIVEN)])
}

/// The version that `If-Match` demands; `None` when the header is absent or `*`.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else { return ready(Ok(Self(None))) };
        ready(parse(value.to_str().unwrap_or_default()).ok_or_else(|| invalid("If-Match")))
    }
}

fn parse(value: &str) -> Option<IfMatch> {
    let value = value.trim();
    if value == "*" {
        return Some(IfMatch(None));
    }
    let (version, rest) = inside(opaque(value)).map(|tag| tag.split_once('.').unwrap_or((tag, "")))?;
    let is_number = (1..=18).contains(&version.len()) && version.bytes().all(|byte| byte.is_ascii_digit());
    (is_number && rest.len() <= 160).then(|| version.parse().ok()).flatten().map(|version| IfMatch(Some(version)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_version_is_read_from_a_tag_alone() {
        for (text, version) in [(r#""3.0.1""#, Some(3)), (r#"W/"12""#, Some(12)), ("*", None)] {
            assert_eq!(parse(text).unwrap().0, version, "{text}");
        }
        for text in ["", "3", "\"\"", "\"a\"", "\"-1\"", "\"+1.0\"", "W/W/\"1\"", "\"1\", \"2\"", "\"1.\u{e9}\""] {
            assert!(parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn what_is_known_are_tags() {
        let check =
            |text: &str| check_known(&TestRequest::default().insert_header(("If-None-Match", text)).to_http_request());
        for text in ["*", "\"1.0.a\"", "W/\"1\" , \"2\"", "\"\""] {
            assert!(check(text).is_ok(), "{text}");
        }
        for text in ["1", "\"1", "\"a b\"", "", "*, \"1\"", &["\"1\""; 11].join(",")] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
