//! A row on its way from the file to a lead.

use std::sync::Arc;

use leadwright_domain::{fault::Fault, leads::Parsed};
use serde_json::Value;

use crate::{Configuration, intake::Prepared};

/// A row of a file, read: what it says, or what is wrong with its shape.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Which row it is, from 0, the headings not counted.
    pub(super) position: u64,
    /// The line on which it begins.
    pub(super) line: u64,
    /// Its cells as they came.
    pub(super) cells: Vec<Value>,
    /// What it says.
    pub(super) said: Said,
    /// The settings under which it was made ready, if it was.
    pub(super) under: Option<Arc<Configuration>>,
}

/// What a row says.
#[derive(Clone, Debug)]
pub(super) enum Said {
    /// Nothing, for what is wrong with its shape.
    Flawed(Vec<Fault>),
    /// This; whether a lead can be made of it is not known yet, or it can't.
    Read(Box<Parsed>),
    /// What comes of it, as far as that can be said before it is known who is known.
    Fit(Arc<Prepared>),
}
