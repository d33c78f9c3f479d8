#![allow(clippy::unwrap_used)]
use futures_util::{FutureExt, stream};
use multer::bytes::Bytes;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Fields, Unreadable, fields, without_files};

fn read(kind: &str, body: &[u8]) -> Result<Fields, Unreadable> {
    fields(kind, body).now_or_never().unwrap()
}

fn values(kind: &str, body: &[u8]) -> Value {
    Value::Object(read(kind, body).unwrap().values)
}

#[test]
fn forms_are_read_in_the_encoding_they_name_or_look_like() {
    let form = "application/x-www-form-urlencoded";
    assert_eq!(values(form, b"a=M%C3%BCller+%26+Co&b&a=2"), json!({"a": ["Müller & Co", "2"], "b": ""}));
    assert_eq!(values(form, b"a=M%FCller"), json!({"a": "Müller"}));
    let russian = json!({"a": "Привет"});
    assert_eq!(values("application/x-www-form-urlencoded; charset=windows-1251", b"a=%CF%F0%E8%E2%E5%F2"), russian);
    assert_eq!(values(form, b"_charset_=windows-1251&a=%CF%F0%E8%E2%E5%F2")["a"], russian["a"]);
    assert_eq!(values("application/json; charset=iso-8859-1", b"{\"a\":\"M\xfcller\"}"), json!({"a": "Müller"}));
    assert_eq!(values("text/plain;charset=UTF-8", b" {\"a\":1}"), json!({"a": 1}));
    assert_eq!(read("text/plain", b"a=1"), Err(Unreadable::MediaType));
    assert_eq!(values(form, b" {\"a\":\"x&y=1\"}\n"), json!({"a": "x&y=1"}));
    assert_eq!(values(form, b"{a}=1&b={}"), json!({"{a}": "1", "b": "{}"}));
    assert_eq!(values("application/json", b"{\"a\":1,\"x\":1e999}")["a"], json!(1));
    assert_eq!(values("application/json", b"[{\"a\":1}]"), json!({"a": 1}));
    assert!(matches!(read("application/json", b"[{\"a\":1},{\"a\":2}]"), Err(Unreadable::NoObject(_))));
    let inputs = br#"[{"name":"Full Name","value":"Elf"},{"name":"E-mail","value":"a@b.example"}]"#;
    assert_eq!(values("application/json", inputs)["fields"][1]["value"], "a@b.example");
}

const KIND: &str = "multipart/form-data; boundary=\"xyz\"";

fn a_form() -> Vec<u8> {
    let mut body = Vec::new();
    for (head, content) in [
        ("name=\"your-name\"", "Jane Doe"),
        ("name=\"topics[]\"", "crm"),
        ("name=\"topics[]\"", "billing"),
        ("name=\"cv\"; filename=\"cv \u{e9}.pdf\"\r\nContent-Type: application/pdf", "%PDF-1.7 and so on"),
        ("name=\"none\"; filename=\"\"\r\nContent-Type: application/octet-stream", ""),
    ] {
        body.extend(format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n{content}\r\n").into_bytes());
    }
    body.extend(b"--xyz--\r\n");
    body
}

#[test]
fn texts_become_fields_and_files_are_noted() {
    let form = read(KIND, &a_form()).unwrap();
    assert_eq!(Value::Object(form.values), json!({"your-name": "Jane Doe", "topics[]": ["crm", "billing"]}));
    let cv = json!({"input": "cv", "file_name": "cv é.pdf", "content_type": "application/pdf", "bytes": 18});
    assert_eq!(json!(form.files), json!([cv]));
}

#[test]
fn what_is_kept_without_files_reads_the_same() {
    let whole = a_form();
    let chunks = whole.chunks(7).map(|chunk| Ok::<_, std::convert::Infallible>(Bytes::copy_from_slice(chunk)));
    let chunks: Vec<_> = chunks.collect();
    let kept = without_files(KIND, stream::iter(chunks.clone()), 10_000).now_or_never().unwrap().unwrap();
    assert!(!String::from_utf8_lossy(&kept).contains("%PDF"));
    assert_eq!(read(KIND, &kept).unwrap(), read(KIND, &whole).unwrap());
    let too_large = without_files(KIND, stream::iter(chunks), 100).now_or_never().unwrap();
    assert_eq!(too_large, Err(Unreadable::TooLarge));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(kind in prop::sample::select(vec![
        "application/json", "application/x-www-form-urlencoded", KIND, "multipart/form-data", "text/plain",
        "application/json; charset=utf-16", "application/x-www-form-urlencoded; charset=shift_jis",
    ]), body in prop::collection::vec(any::<u8>(), 0..200), cut in 0_usize..400) {
        let _ = read(kind, &body);
        let whole = a_form();
        let _ = read(KIND, &whole[..cut.min(whole.len())]);
    }
}
