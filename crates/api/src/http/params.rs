//! Query parameters and ids in paths.

use std::{
    collections::BTreeMap,
    future::{Ready, ready},
    str::FromStr,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use leadwright_domain::{
    fault::{Fault, nearest},
    ids::Id,
    time::{Instant, truncated},
};

use super::ApiError;

/// The longest parameter, as the document has it for those that name no limit of their own.
const LONGEST: usize = 2_000;

/// Query parameters, taken one by one; all faults are reported together by [`Params::finish`].
#[derive(Debug)]
pub struct Params {
    left: BTreeMap<String, String>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

impl FromRequest for Params {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::parse(request.query_string()))
    }
}

impl Params {
    fn parse(query: &str) -> Result<Self, ApiError> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query)
            .map_err(|_| ApiError::unreadable("The query string can't be read: encode it as UTF-8 percent escapes."))?;
        let mut params = Self { left: BTreeMap::new(), known: vec![], faults: vec![] };
        for (name, value) in pairs {
            if value.contains('\0') {
                params.fault(&name, "invalid", "Leave out the NUL character.");
            } else if value.chars().count() > LONGEST {
                params.fault(&name, "too_long", &format!("Send at most {LONGEST} characters."));
            } else if params.left.insert(name.clone(), value).is_some() {
                params.fault(&name, "repeated", "Send this parameter once; several values are separated by commas.");
            }
        }
        Ok(params)
    }

    /// The text of a parameter; empty counts as absent.
    pub fn text(&mut self, name: &'static str) -> Option<String> {
        self.given(name).filter(|value| !value.is_empty())
    }

    /// The text of a parameter that has to be something: empty is no number, no instant and no choice.
    fn given(&mut self, name: &'static str) -> Option<String> {
        self.known.push(name);
        self.left.remove(name)
    }

    /// A parameter of a type that reads itself from text; `expected` ends the sentence "Send …".
    pub fn parsed<T: FromStr>(&mut self, name: &'static str, expected: &str) -> Option<T> {
        let text = self.given(name)?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.fault(name, "wrong_type", &format!("Send {expected}."));
        }
        parsed
    }

    /// A whole number within bounds.
    pub fn number(&mut self, name: &'static str, least: i64, most: i64) -> Option<i64> {
        let number: i64 = self.parsed(name, &format!("a whole number from {least} to {most}"))?;
        if (least..=most).contains(&number) {
            return Some(number);
        }
        self.fault(name, "out_of_range", &format!("Send a whole number from {least} to {most}."));
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.parsed(name, "`true` or `false`")
    }

    /// An RFC 3339 instant.
    pub fn instant(&mut self, name: &'static str) -> Option<Instant> {
        let text = self.given(name)?;
        // A `+` that was not escaped arrives as a space.
        match chrono::DateTime::parse_from_rfc3339(&text.replace(' ', "+")) {
            Ok(at) => Some(truncated(at.to_utc())),
            Err(_) => {
                self.fault(name, "wrong_format", "Send an instant such as `2026-03-01T09:30:00Z`.");
                None
            }
        }
    }

    /// One of some words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, words: &[&'static str], values: &[T]) -> Option<T> {
        let text = self.given(name)?;
        self.choose(name, &text, words, values)
    }

    /// Some of some words, separated by commas.
    pub fn choices<T: Copy>(&mut self, name: &'static str, words: &[&'static str], values: &[T]) -> Vec<T> {
        let Some(text) = self.text(name) else { return vec![] };
        text.split(',').filter_map(|word| self.choose(name, word.trim(), words, values)).collect()
    }

    fn choose<T: Copy>(&mut self, name: &str, word: &str, words: &[&'static str], values: &[T]) -> Option<T> {
        if let Some(at) = words.iter().position(|known| *known == word) {
            return values.get(at).copied();
        }
        let mut fault = Fault::in_parameter(name, "invalid_choice", format!("Choose from: {}.", words.join(", ")));
        if let Some(meant) = nearest(word, words.iter().copied()) {
            fault = fault.suggesting(meant);
        }
        self.faults.push(fault);
        None
    }

    /// Notes a fault.
    pub fn add(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Notes a fault of a parameter.
    pub fn fault(&mut self, name: &str, code: &str, detail: &str) {
        self.faults.push(Fault::in_parameter(name, code, detail));
    }

    /// Notes a fault of a parameter with its repair, if that is plain.
    pub fn fault_suggesting(&mut self, name: &str, code: &str, detail: &str, repair: Option<&str>) {
        let fault = Fault::in_parameter(name, code, detail);
        self.faults.push(match repair {
            Some(repair) => fault.suggesting(repair),
            None => fault,
        });
    }

    /// Ends the reading: parameters that nobody took are unknown.
    ///
    /// # Errors
    /// All faults that were found.
    pub fn finish(mut self) -> Result<(), ApiError> {
        for name in self.left.keys() {
            let takes = if self.known.is_empty() { "none".to_owned() } else { self.known.join(", ") };
            let detail = format!("There is no parameter `{name}` here; it takes: {takes}.");
            let mut fault = Fault::in_parameter(name.as_str(), "unknown_parameter", detail);
            if let Some(meant) = nearest(name, self.known.iter().copied()) {
                fault = fault.suggesting(meant);
            }
            self.faults.push(fault);
        }
        if self.faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(self.faults)) }
    }
}

/// The id in a path. One that is no UUID names nothing, so it is not found rather than invalid.
#[derive(Debug)]
pub struct PathId<T>(pub Id<T>);

impl<T> FromRequest for PathId<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let id = request.match_info().iter().next().and_then(|(_, text)| text.parse().ok());
        ready(id.map(Self).ok_or_else(|| leadwright_domain::fault::Refusal::not_found("record").into()))
    }
}
