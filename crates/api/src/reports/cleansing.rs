use actix_web::get;
use leadwright_app::cleansing::{NEWEST, Quality, quality};
use leadwright_domain::cleansing::{Doubt, blank};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::{
    conditions::ConditionShape,
    http::{Answer, Can, Result, can::ReportsRead},
};

/// What is lacking or doubtful in the data of leads.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CleansingReport {
    /// How many leads were looked at, the newest.
    #[schema(example = 633, minimum = 0, maximum = 10000)]
    leads: i64,
    /// Whether these are all leads that the caller sees and that are not archived.
    complete: bool,
    /// How many of them lack which field.
    fields: Vec<FieldQuality>,
    /// What looks wrong.
    doubts: Vec<DoubtView>,
}

/// How many leads have a field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldQuality {
    /// The field.
    #[schema(example = "country")]
    field: &'static str,
    /// How many have it.
    #[schema(example = 600)]
    filled: i64,
    /// How many lack it.
    #[schema(example = 33)]
    blank: i64,
    /// The condition that finds those that lack it (`POST /leads/search`).
    #[schema(value_type = ConditionShape)]
    r#where: Value,
}

/// Something that looks wrong.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CleansingDoubt)]
pub struct DoubtView {
    /// A stable word.
    #[schema(example = "placeholder_email")]
    code: &'static str,
    /// The field that it is about.
    #[schema(example = "email")]
    field: &'static str,
    /// What it means.
    #[schema(example = "An address that somebody made up to get through a form.")]
    meaning: &'static str,
    /// In how many leads.
    #[schema(example = 4)]
    count: i64,
    /// The condition that finds them (`POST /leads/search`).
    #[schema(value_type = ConditionShape)]
    r#where: Value,
}

impl CleansingReport {
    fn of(quality: Quality) -> Self {
        let leads = quality.leads;
        let field = |(field, blanks): (&'static str, i64)| FieldQuality {
            field,
            filled: leads - blanks,
            blank: blanks,
            r#where: blank(field),
        };
        let doubt = |(doubt, count): (Doubt, i64)| DoubtView {
            code: doubt.code,
            field: doubt.field,
            meaning: doubt.meaning,
            count,
            r#where: doubt.condition,
        };
        Self {
            leads,
            complete: leads.unsigned_abs() < NEWEST,
            fields: quality.fields.into_iter().map(field).collect(),
            doubts: quality.doubts.into_iter().map(doubt).collect(),
        }
    }
}

/// Read what is lacking or doubtful in the data of leads
///
/// Of the 10,000 newest leads that the caller sees and that are not archived: which fields are blank, and what looks made up.
/// Each figure comes with the condition that finds the leads.
#[utoipa::path(
    tag = "Reports", operation_id = "getCleansingReport", security(("bearer" = ["reports:read"])),
    responses((status = 200, description = "The report", body = CleansingReport))
)]
#[get("/reports/cleansing")]
pub async fn get_cleansing_report(can: Can<ReportsRead>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(Answer::ok(&CleansingReport::of(quality(&can.read(), &config).await?)))
}
