use actix_web::get;
use leadwright_app::Configuration;
use leadwright_domain::condition::{Field, Of, Op};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::{Can, Page, Params, Result, can::LeadsRead, page::PageInfo, words::word_schema};

word_schema! {
    /// How a field is compared.
    OperatorWord as "ConditionOperator" = Op, "contains"
}

/// A field that conditions can test.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ConditionField)]
pub struct ConditionFieldView {
    /// The name in conditions.
    #[schema(example = "bant.budget.state")]
    name: String,
    /// The name for people.
    #[schema(example = "Budget")]
    label: String,
    /// What it means.
    #[schema(example = "Is there money?")]
    description: String,
    /// What it holds: `text`, `label`, `country`, `choice`, `id`, `whole_number`, `decimal`, `money`, `boolean`, `date`,
    /// `datetime`, `text_list`, `label_list`, `choice_list`, `place`.
    #[schema(example = "choice")]
    r#type: &'static str,
    /// The operators that make sense for it.
    operators: Vec<OperatorWord>,
    /// The words that can be chosen, where they are a closed set.
    #[schema(example = json!(["unknown", "met", "not_met"]))]
    options: Option<Vec<String>>,
    /// Whose field it is: `lead`, or `interaction` for the `where` of an interaction test.
    #[schema(example = "lead")]
    of: &'static str,
}

impl From<&Field> for ConditionFieldView {
    fn from(field: &Field) -> Self {
        Self {
            name: field.name.clone(),
            label: field.label.clone(),
            description: field.description.clone(),
            r#type: field.kind.name(),
            operators: field.kind.operators().iter().copied().map(Into::into).collect(),
            options: field.kind.options().map(<[String]>::to_vec),
            of: match field.of {
                Of::Lead => "lead",
                Of::Interaction => "interaction",
            },
        }
    }
}

/// Everything that conditions can test.
#[derive(ToSchema)]
#[schema(as = ConditionFieldList)]
#[expect(dead_code, reason = "the shape of Page<ConditionFieldView> for the document")]
pub struct ConditionFieldListShape {
    data: Vec<ConditionFieldView>,
    page: PageInfo,
}

/// List what conditions can test
///
/// The typed catalogue from which a user interface builds a rule editor: the fields of leads and of interactions, custom fields
/// included. It always fits one page.
#[utoipa::path(
    tag = "Conditions", operation_id = "listConditionFields", security(("bearer" = ["leads:read"])),
    responses((status = 200, description = "The fields", body = ConditionFieldListShape))
)]
#[get("/conditions/fields")]
pub async fn list_condition_fields(can: Can<LeadsRead>, params: Params) -> Result {
    params.finish()?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let offered = config.catalogue.fields().iter().filter(|field| !is_retired(field, &config));
    let data: Vec<ConditionFieldView> = offered.map(|field| field.as_ref().into()).collect();
    Ok(Page::whole(data).answer(None))
}

/// Conditions that were written before still know a retired field; new ones are not offered it.
fn is_retired(field: &Field, config: &Configuration) -> bool {
    let key = field.name.strip_prefix("custom.");
    key.is_some_and(|key| config.custom_fields.iter().any(|def| def.key == key && !def.active))
}
