//! What is wrong with an input, in the shape in which a caller is told.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where in a request a fault lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A JSON pointer as a URI fragment into the body: `#/email`.
    Pointer(String),
    /// The name of a query or path parameter.
    Parameter(String),
    /// The name of a header.
    Header(String),
}

/// One fault of an input. All faults of a request are reported together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Where it lies.
    #[serde(flatten)]
    pub at: At,
    /// A stable word for programs, such as `invalid_email`.
    pub code: String,
    /// A sentence for people that says what to do.
    pub detail: String,
    /// The repair, where it is plain: the nearest value of an enumeration, a phone number in E.164.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suggestion: Option<Value>,
}

impl Fault {
    /// A fault in the body, at `path` below the root: `["address", "city"]` becomes `#/address/city`.
    pub fn at_pointer(pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Pointer(pointer.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// A fault in the top-level member `name` of the body.
    pub fn in_field(name: &str, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::at_pointer(format!("#/{}", escape_pointer(name)), code, detail)
    }

    /// A fault in a query or path parameter.
    pub fn in_parameter(name: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Parameter(name.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// A fault in a header.
    pub fn in_header(name: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Header(name.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// The same fault with its repair.
    #[must_use]
    pub fn suggesting(mut self, repair: impl Into<Value>) -> Self {
        self.suggestion = Some(repair.into());
        self
    }

    /// The same fault with its pointer moved below `prefix` (`#/leads/3`). Parameters and headers stay.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        if let At::Pointer(pointer) = &mut self.at {
            *pointer = format!("{prefix}{}", pointer.trim_start_matches('#'));
        }
        self
    }
}

/// Escapes one reference token of a JSON pointer (RFC 6901).
pub fn escape_pointer(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The value of `options` nearest to what was written, if any is near enough to be meant.
pub fn nearest<'a>(written: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.trim();
    // What is far longer than any option means none of them, and comparing it is costly.
    if written.len() > 200 {
        return None;
    }
    let written = written.to_lowercase();
    options
        .into_iter()
        .map(|option| (strsim::normalized_damerau_levenshtein(&written, option), option))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, option)| option)
}
