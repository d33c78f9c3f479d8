//! `multipart/form-data`: texts become fields, files are noted and left out.

use std::{convert::Infallible, fmt::Write};

use futures_util::{Stream, stream};
use multer::{Field, Multipart, bytes::Bytes};

use super::{Fields, FileNote, MOST_INPUTS, Unreadable, add, charset, parameter};

/// The longest name of a file that is noted.
const LONGEST_NAME: usize = 255;

/// What is wrong with a multipart body.
fn malformed(error: &multer::Error) -> Unreadable {
    Unreadable::Body(format!("The body is not a form of several parts: {error}."))
}

fn boundary(content_type: &str) -> Result<String, Unreadable> {
    parameter(content_type, "boundary").ok_or_else(|| {
        Unreadable::Body("The Content-Type names no boundary; let the browser or library set the header.".to_owned())
    })
}

pub(super) async fn read(content_type: &str, body: &[u8]) -> Result<Fields, Unreadable> {
    let body = Bytes::copy_from_slice(body);
    let mut parts = Multipart::new(stream::once(async { Ok::<_, Infallible>(body) }), boundary(content_type)?);
    let (mut pairs, mut files) = (Vec::new(), Vec::new());
    while let Some(mut part) = parts.next_field().await.map_err(|error| malformed(&error))? {
        if pairs.len() + files.len() >= 2 * MOST_INPUTS {
            return Err(Unreadable::Body(format!("The form has more than {MOST_INPUTS} inputs.")));
        }
        let name = part.name().map(ToOwned::to_owned).unwrap_or_default();
        match noted(&part) {
            Some(mut note) => {
                let mut bytes = 0_u64;
                while let Some(chunk) = part.chunk().await.map_err(|error| malformed(&error))? {
                    bytes += chunk.len() as u64;
                }
                // What was left out when the post was recorded had its size written down.
                let told = part.headers().get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
                note.bytes = if bytes == 0 { told.unwrap_or(0) } else { bytes };
                // An empty file input says nothing.
                if !note.file_name.is_empty() || note.bytes > 0 {
                    files.push(note);
                }
            }
            None => {
                let own = part.content_type().map(ToString::to_string);
                let own = own.and_then(|kind| charset::known(&parameter(&kind, "charset")?));
                let value = part.bytes().await.map_err(|error| malformed(&error))?;
                let value = own.map_or_else(|| value.to_vec(), |own| charset::text(&value, Some(own)).into_bytes());
                pairs.push((name.into_bytes(), value));
            }
        }
    }
    let mut fields = Fields { files, ..Fields::default() };
    for (name, value) in charset::decoded(parameter(content_type, "charset").as_deref(), pairs) {
        add(&mut fields.values, name, value)?;
    }
    Ok(fields)
}

/// The note of a part that is a file.
fn noted(part: &Field<'_>) -> Option<FileNote> {
    let file_name = part.file_name()?;
    Some(FileNote {
        input: part.name().unwrap_or_default().replace('\0', ""),
        file_name: file_name.replace('\0', "").chars().take(LONGEST_NAME).collect(),
        content_type: part.content_type().map(ToString::to_string),
        bytes: 0,
    })
}

/// The same post without what is in its files, as it is kept: read while it arrives, so that files fill no memory.
///
/// # Errors
/// It is malformed, or holds more than `largest` bytes besides the files.
pub async fn without_files<E>(
    content_type: &str,
    body: impl Stream<Item = Result<Bytes, E>> + Send,
    largest: usize,
) -> Result<Vec<u8>, Unreadable>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let boundary = boundary(content_type)?;
    let mut parts = Multipart::new(body, boundary.clone());
    let mut kept = Vec::new();
    while let Some(mut part) = parts.next_field().await.map_err(|error| malformed(&error))? {
        let is_file = part.file_name().is_some();
        let mut head = format!("--{boundary}\r\n");
        let mut headers = Vec::new();
        for (name, value) in part.headers() {
            if !is_file || name != "content-length" {
                headers.push((name.to_string(), value.as_bytes().to_vec()));
            }
        }
        let (mut bytes, mut content) = (0_u64, Vec::new());
        while let Some(chunk) = part.chunk().await.map_err(|error| malformed(&error))? {
            bytes += chunk.len() as u64;
            if !is_file {
                content.extend_from_slice(&chunk);
            }
            if kept.len() + content.len() > largest {
                return Err(Unreadable::TooLarge);
            }
        }
        kept.append(&mut std::mem::take(&mut head).into_bytes());
        for (name, value) in headers {
            kept.extend_from_slice(name.as_bytes());
            kept.extend_from_slice(b": ");
            kept.extend_from_slice(&value);
            kept.extend_from_slice(b"\r\n");
        }
        if is_file {
            let _ = write!(head, "content-length: {bytes}\r\n");
            kept.extend_from_slice(head.as_bytes());
        }
        kept.extend_from_slice(b"\r\n");
        kept.extend_from_slice(&content);
        kept.extend_from_slice(b"\r\n");
        if kept.len() > largest {
            return Err(Unreadable::TooLarge);
        }
    }
    kept.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok(kept)
}
