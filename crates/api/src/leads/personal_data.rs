use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use leadwright_app::{
    Configuration,
    privacy::{self, PersonalData, RejectedRow},
};
use leadwright_domain::{events::Event, ids::LeadId, ids::kind::Lead, scoring::Adjustment, time::Instant};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{LeadView, interactions::InteractionView, merges::MergeView, moved, parts::TouchView, timeline::EventView};
use crate::{
    block_list::BlockEntryView,
    duplicates::PairView,
    http::{Answer, Can, PathId, Result, can::PrivacyRead},
    submissions::SubmissionView,
    suggestions::SuggestionView,
};

/// Something that happened to one of the person's leads.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalEvent {
    /// To which.
    lead_id: Uuid,
    #[serde(flatten)]
    event: EventView,
}

/// A row of a file that could not be taken.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalRow {
    /// The import.
    import_id: Uuid,
    /// The line of the file.
    line: i64,
    /// What it says.
    #[schema(value_type = Vec<Value>)]
    cells: Value,
}

/// Points that somebody gave by hand, with what they noted.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalAdjustment {
    /// How many.
    points: i64,
    /// Why, in words.
    note: Option<String>,
    /// When.
    given_at: DateTime<Utc>,
}

/// All that is known of a person.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonalData)]
pub struct PersonalDataView {
    /// When it was taken out.
    exported_at: DateTime<Utc>,
    /// The lead, whole: with consents, BANT, tags, custom fields and ids in other systems.
    lead: LeadView,
    /// The leads that were merged into it, as they were then.
    merged: Vec<LeadView>,
    /// Every touch of all of them that is kept, oldest first.
    touches: Vec<TouchView>,
    /// Points that were given by hand.
    score_adjustments: Vec<PersonalAdjustment>,
    /// Everything that happened to them, oldest first, with values before and after: changes, moves, assignments, notes.
    events: Vec<PersonalEvent>,
    /// What the person did, oldest first.
    interactions: Vec<InteractionView>,
    /// How the leads became one.
    merges: Vec<MergeView>,
    /// Values that were brought and not written, also those that somebody decided on.
    suggestions: Vec<SuggestionView>,
    /// Pairs with other leads that may be the same person.
    duplicates: Vec<PairView>,
    /// What was posted, as it came, also what made no lead.
    submissions: Vec<SubmissionView>,
    /// Rows with the person that imports rejected.
    rejected_rows: Vec<PersonalRow>,
    /// Entries of the block list with the e-mail address. An erasure leaves them: take them off the list yourself.
    block_list: Vec<BlockEntryView>,
}

impl PersonalDataView {
    fn of(known: PersonalData, now: Instant, config: &Configuration) -> Self {
        let all = || std::iter::once(&known.lead).chain(&known.merged);
        let event = |(lead, event): (LeadId, Event)| PersonalEvent {
            lead_id: lead.uuid(),
            event: EventView::of(event, config),
        };
        let row = |row: RejectedRow| PersonalRow { import_id: row.import.uuid(), line: row.line, cells: row.cells };
        let adjustment = |given: &Adjustment| PersonalAdjustment {
            points: given.points,
            note: given.note.clone(),
            given_at: given.given_at,
        };
        Self {
            exported_at: now,
            touches: all().flat_map(|lead| lead.profile.touches()).map(TouchView::from).collect(),
            score_adjustments: all().flat_map(|lead| &lead.adjustments).map(adjustment).collect(),
            lead: LeadView::of(&known.lead, config),
            merged: known.merged.iter().map(|lead| LeadView::of(lead, config)).collect(),
            events: known.events.into_iter().map(event).collect(),
            interactions: known.interactions.into_iter().map(Into::into).collect(),
            merges: known.merges.iter().map(|merge| MergeView::of(merge, now, config)).collect(),
            suggestions: known.suggestions.iter().map(|one| SuggestionView::of(one, config)).collect(),
            duplicates: known.duplicates.iter().map(|pair| PairView::bare(pair, config)).collect(),
            submissions: known.submissions.into_iter().map(Into::into).collect(),
            rejected_rows: known.rejected_rows.into_iter().map(row).collect(),
            block_list: known.block_list.into_iter().map(Into::into).collect(),
        }
    }
}

/// Read all that is known of a person
///
/// One document with everything, to be handed to the person (GDPR, articles 15 and 20): the lead and those that were merged
/// into it, what they did and posted, what happened to them, where an import rejected them. Browsers save it as a file.
#[utoipa::path(
    tag = "Privacy", operation_id = "getPersonalData", security(("bearer" = ["privacy:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses(
        (status = 200, description = "All that is known", body = PersonalDataView,
            headers(("Content-Disposition" = String, description = "The name of the file"))),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/personal-data")]
pub async fn get_personal_data(can: Can<PrivacyRead>, id: PathId<Lead>, request: HttpRequest) -> Result {
    let reader = can.read();
    if let Some(answer) = moved::elsewhere(&reader, id.0, &request).await? {
        return Ok(answer);
    }
    let config = can.ask.app.configuration(&can.call()).await?;
    let known = privacy::personal_data(&reader, id.0).await?;
    let answer = Answer::ok(&PersonalDataView::of(known, reader.now(), &config));
    let file = format!("attachment; filename=\"personal-data-{}.json\"", id.0);
    Ok(answer.header("Content-Disposition", file).header("Cache-Control", "no-store"))
}
