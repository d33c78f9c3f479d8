use actix_web::{HttpRequest, get};
use leadwright_app::leads::get;
use leadwright_domain::{ids::kind::Lead, leads::Profile, precedence};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{moved, tagged};
use crate::{
    http::{Answer, Can, PathId, Result, can::LeadsRead},
    suggestions::WrittenView,
};

/// Who wrote what a lead holds.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Provenance)]
pub struct ProvenanceView {
    /// The lead.
    lead_id: Uuid,
    /// Each field that holds something or that somebody emptied. Lists, notes, consent, touches and ids in other systems are
    /// united, and belong to nobody alone.
    fields: Vec<FieldProvenance>,
}

/// Who wrote a field.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProvenance {
    /// The field; custom ones as `custom.<key>`.
    #[schema(example = "contact_name")]
    field: String,
    /// Whether it was emptied.
    emptied: bool,
    /// By whom; `null` where nobody knows any more.
    from: Option<WrittenView>,
}

fn fields(profile: &Profile) -> Vec<FieldProvenance> {
    let known = precedence::of_profile(&[profile]).into_iter();
    let known = known.filter(|field| !precedence::value(profile, field).is_null());
    let emptied = profile.written.fields.keys().filter(|field| precedence::value(profile, field).is_null()).cloned();
    let of = |field: String| FieldProvenance {
        emptied: precedence::value(profile, &field).is_null(),
        from: profile.written.of(&field).map(Into::into),
        field,
    };
    known.chain(emptied).map(of).collect()
}

/// Read who wrote what a lead holds
///
/// Field by field: what kind of writer, when, and with which submission or import. It decides who may overwrite it, see
/// `precedence` of the organization.
#[utoipa::path(
    tag = "Suggestions", operation_id = "getLeadProvenance", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses(
        (status = 200, description = "Who wrote what", body = ProvenanceView),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/provenance")]
pub async fn get_lead_provenance(can: Can<LeadsRead>, id: PathId<Lead>, request: HttpRequest) -> Result {
    let reader = can.read();
    if let Some(answer) = moved::elsewhere(&reader, id.0, &request).await? {
        return Ok(answer);
    }
    let lead = get(&reader, id.0).await?;
    Ok(tagged(Answer::ok(&ProvenanceView { lead_id: lead.id.uuid(), fields: fields(&lead.profile) }), &lead))
}
