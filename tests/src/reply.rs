//! What the server answered.

use std::ops::Index;

use reqwest::header::HeaderMap;
use serde_json::Value;

/// An answer, with what was asked for the message of a test that fails.
#[derive(Debug)]
pub struct Reply {
    /// The request: method and address.
    pub asked: String,
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub bytes: Vec<u8>,
    /// The body as text.
    pub text: String,
    /// The body as JSON; `Null` where it is none.
    pub json: Value,
}

impl Reply {
    pub(crate) async fn read(asked: String, response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let json = serde_json::from_str(&text).unwrap_or_default();
        Self { asked, status, headers, bytes, text, json }
    }

    /// The answer, which has to have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{} answered {}", self.asked, self.text);
        self
    }

    /// The problem, which has to have this status and the shape of a problem.
    #[track_caller]
    pub fn problem(self, status: u16) -> Value {
        let reply = self.expect(status);
        assert_eq!(reply.header("content-type"), "application/problem+json", "{}", reply.asked);
        assert_eq!(reply.json["status"], status, "{}", reply.text);
        for member in ["type", "title", "detail", "code"] {
            assert!(reply.json[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {}", reply.text);
        }
        assert_eq!(reply.json["type"], format!("/problems/{}", reply.json["code"].as_str().unwrap()));
        reply.json
    }

    /// A header; empty where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The `ETag`.
    #[track_caller]
    pub fn etag(&self) -> String {
        let tag = self.header("etag");
        assert!(tag.starts_with('"'), "{} has no ETag", self.asked);
        tag.to_owned()
    }

    /// A member as text: an id, a token.
    #[track_caller]
    pub fn text_of(&self, member: &str) -> String {
        let value = self.json[member].as_str();
        value.unwrap_or_else(|| panic!("{} has no text `{member}`: {}", self.asked, self.text)).to_owned()
    }

    /// The `id` of what was answered.
    #[track_caller]
    pub fn id(&self) -> String {
        self.text_of("id")
    }
}

impl<I: serde_json::value::Index> Index<I> for Reply {
    type Output = Value;
    fn index(&self, member: I) -> &Value {
        &self.json[member]
    }
}
