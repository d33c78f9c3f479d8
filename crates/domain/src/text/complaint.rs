//! What is wrong with one value, before it is known where the value stood.

use serde_json::Value;

use crate::fault::Fault;

/// Why a value was refused, and the repair where it is plain.
#[derive(Clone, Debug, PartialEq)]
pub struct Complaint {
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for people that says what to do.
    pub detail: String,
    /// The repair.
    pub suggestion: Option<Value>,
}

impl Complaint {
    /// A complaint without a repair.
    pub fn new(code: &'static str, detail: impl Into<String>) -> Self {
        Self { code, detail: detail.into(), suggestion: None }
    }

    /// The same complaint with its repair, if there is one.
    #[must_use]
    pub fn suggesting(mut self, repair: Option<impl Into<Value>>) -> Self {
        self.suggestion = repair.map(Into::into);
        self
    }

    /// The complaint as a fault at a place of the body: `#/address/city`.
    pub fn at(self, pointer: impl Into<String>) -> Fault {
        let fault = Fault::at_pointer(pointer, self.code, self.detail);
        Fault { suggestion: self.suggestion, ..fault }
    }
}
