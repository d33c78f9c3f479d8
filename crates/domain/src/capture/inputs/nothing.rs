//! What pages, ads and programs write where they know nothing.

use serde_json::Value;

use crate::{leads::Target, text::fold};

/// What pages and ads write of where somebody came from where they do not know it, or where nobody filled in their macros.
pub(in crate::capture) fn says_nothing(written: &str) -> bool {
    let written = written.trim().to_lowercase();
    let framed = [("{", "}"), ("%%", "%%"), ("${", "}"), ("[", "]")];
    let is_macro = |(begin, end): (&str, &str)| {
        let inside = written.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
        inside.is_some_and(|inside| !inside.contains([' ', '"', ',']))
    };
    matches!(written.as_str(), "undefined" | "null" | "none" | "nan" | "(not set)") || framed.into_iter().any(is_macro)
}

/// What stands for a text that was not given: by systems that demand one, by pages that join texts and objects, by mails and
/// flows whose placeholders nobody filled in.
const PLACEHOLDERS: &[&str] = &[
    "undefined",
    "undefined undefined",
    "null null",
    "[not provided]",
    "(not provided)",
    "not provided",
    "[none]",
    "[unknown]",
];

/// How far a record has come or an account stands. Systems call that `state`, too, and nobody lives there.
const STANDINGS: &[&str] = &[
    "active",
    "archived",
    "bounced",
    "canceled",
    "cancelled",
    "closed",
    "complained",
    "complete",
    "completed",
    "confirmed",
    "declined",
    "deleted",
    "disabled",
    "draft",
    "enabled",
    "failed",
    "inactive",
    "invited",
    "new",
    "not_subscribed",
    "not subscribed",
    "open",
    "paid",
    "pending",
    "processed",
    "processing",
    "published",
    "redacted",
    "rejected",
    "subscribed",
    "submitted",
    "success",
    "unconfirmed",
    "unsubscribed",
];

/// Whether a value says nothing of what its input is for.
pub(in crate::capture) fn is_nothing_for(target: &Target, value: &Value) -> bool {
    match (target, value) {
        (Target::Touch(_) | Target::ClickId(_), Value::String(said)) => says_nothing(said),
        (Target::Field("region"), Value::String(said)) if STANDINGS.contains(&fold(said).as_str()) => true,
        // A number of points that somebody's interest was given.
        (Target::Field("product_interests"), Value::Number(points)) => points.as_f64() == Some(0.0),
        (Target::Field(name), Value::String(said)) if *name != "notes" => is_placeholder(said),
        _ => false,
    }
}

fn is_placeholder(said: &str) -> bool {
    let said = said.trim();
    let framed = [("{{", "}}"), ("${", "}"), ("%%", "%%"), ("*|", "|*"), ("[object ", "]")];
    let is_framed = |(begin, end): &(&str, &str)| said.len() > 4 && said.starts_with(begin) && said.ends_with(end);
    framed.iter().any(is_framed) || (said.len() < 20 && PLACEHOLDERS.contains(&said.to_lowercase().as_str()))
}
