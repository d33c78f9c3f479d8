//! Reasons, as the log and the score keep them, put into words.

use leadwright_domain::scoring::Why;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// Why: for programs and for people.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[schema(as = Reason)]
pub struct ReasonView {
    /// A stable word.
    #[schema(example = "met")]
    pub code: String,
    /// What goes with it.
    #[schema(value_type = Object)]
    pub params: Value,
    /// A sentence for people.
    #[schema(example = "The lead meets the condition.")]
    pub text: String,
}

impl ReasonView {
    /// The reason of something that serializes as `{code, params}`.
    pub fn of(reason: &impl Serialize, text: String) -> Self {
        let stored = serde_json::to_value(reason).unwrap_or_default();
        let code = stored["code"].as_str().unwrap_or_default().to_owned();
        let params = stored.get("params").cloned().unwrap_or_else(|| json!({}));
        Self { code, params, text }
    }
}

/// Why a line of a score has its points.
pub fn score_reason(why: &Why) -> ReasonView {
    let text = match why {
        Why::Met {} => "The lead meets the condition.".to_owned(),
        Why::Done { count, newest_at, fresh, faded } => {
            let times = if *count == 1 { "Once".to_owned() } else { format!("{count} times") };
            let newest = newest_at.format("%Y-%m-%d");
            let faded = match faded.to_string().as_str() {
                "0" => String::new(),
                faded => format!(" Of {fresh} points, {faded} have faded."),
            };
            format!("{times}, the newest on {newest}.{faded}")
        }
        Why::Outdone { by } => format!("“{by}” of the same group gives more."),
        Why::Limited { sum, least, most } => format!("The rules add up to {sum}; the component is {least} to {most}."),
        Why::Rounded { exact } => format!("{exact} is rounded to a whole number."),
        Why::Given { at, expires_at: None } => format!("Given by hand on {}.", at.format("%Y-%m-%d")),
        Why::Given { at, expires_at: Some(until) } => {
            format!("Given by hand on {}, until {}.", at.format("%Y-%m-%d"), until.format("%Y-%m-%d"))
        }
    };
    ReasonView::of(why, text)
}
