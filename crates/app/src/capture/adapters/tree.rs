use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use leadwright_domain::capture::adapters::json_body;
use serde_json::Value;

use crate::capture::{URLENCODED, Unreadable, fields};

/// Reads a body as a tree. Other systems are not particular about the media type: what begins like JSON is JSON.
///
/// # Errors
/// It is neither JSON nor an HTML form.
pub(super) async fn tree(content_type: &str, body: &[u8]) -> Result<Value, Unreadable> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if kind.starts_with("multipart/") {
        return Ok(Value::Object(fields(content_type, body).await?.values));
    }
    let text = text(content_type, body);
    let begun = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if begun.starts_with(['{', '[']) || kind.ends_with("json") {
        return json_body(&text).map_err(Unreadable::Body);
    }
    if kind == URLENCODED || kind.is_empty() || kind == "text/plain" {
        let kind = content_type
            .split_once(';')
            .map_or_else(|| URLENCODED.to_owned(), |(_, rest)| format!("{URLENCODED};{rest}"));
        return Ok(Value::Object(fields(&kind, body).await?.values));
    }
    Err(Unreadable::MediaType)
}

/// The text of a body: as its byte order mark or media type says, else UTF-8, or Windows-1252 where it is none.
fn text(content_type: &str, body: &[u8]) -> String {
    let said = content_type.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="));
    let said = said.and_then(|label| Encoding::for_label(label.trim_matches('"').as_bytes()));
    let (text, _, broken) = said.unwrap_or(UTF_8).decode(body);
    if broken { WINDOWS_1252.decode_without_bom_handling(body).0.into_owned() } else { text.into_owned() }
}
