use std::sync::Arc;

use actix_web::post;
use leadwright_app::{
    intake::{Came, Outcome},
    leads::CreateLead as Create,
};
use leadwright_domain::{
    access::Permission,
    duplicates::Policy,
    fault::{Fault, Problem, Refusal},
    ids::UserId,
    privacy::WhenErased,
};

use super::{LeadView, input::CreateLead, location, preview::LeadPreview, suggested, tagged};
use crate::http::{Answer, Can, Params, Result, body::JsonObject, can::LeadsWrite};

/// What the API may do with somebody who is known.
const POLICIES: &[Policy] = &[Policy::Reject, Policy::Update, Policy::FillBlanks, Policy::Flag];
const POLICY_WORDS: &[&str] = &["reject", "update", "fill_blanks", "flag"];

/// Create a lead
///
/// The lead is normalized, compared with those there are, scored and given to somebody. A person who is a lead already
/// (same external id, e-mail or phone) answers 409 with `existing_id`, unless `duplicates` says what to do instead; a known
/// lead keeps its owner, team and source. What is not taken over, because a stronger writer wrote the field or only blanks
/// are filled, is kept as a suggestion; the header `Suggested` names such fields. Somebody who was erased answers 409, unless `erased=allow`. Without `owner_id` the routing rules decide, or it waits unassigned. With `dry_run=true` nothing is kept and the answer is what
/// would happen.
#[utoipa::path(
    tag = "Leads", operation_id = "createLead", security(("bearer" = ["leads:write"])),
    params(
        ("duplicates" = Option<String>, Query, description = "What to do with somebody who is a lead already: `reject` (the default), `update`, `fill_blanks` or `flag`", pattern = "^(reject|update|fill_blanks|flag)$"),
        ("erased" = Option<String>, Query, description = "What to do with somebody who was erased: `refuse` (the default) or `allow` them to come back as somebody new", pattern = "^(refuse|allow)$"),
        ("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing"),
    ),
    request_body = CreateLead,
    responses(
        (status = 201, description = "The new lead", body = LeadView),
        (status = 200, description = "The known lead with what was new (`duplicates`), or what would happen (`dry_run`)", body = inline(super::preview::LeadOrPreview)),
    )
)]
#[post("/leads")]
pub async fn create_lead(can: Can<LeadsWrite>, mut params: Params, body: JsonObject) -> Result {
    let policy = params.choice("duplicates", POLICY_WORDS, POLICIES).unwrap_or(Policy::Reject);
    let erased = params.choice("erased", WhenErased::WORDS, WhenErased::ALL).unwrap_or(WhenErased::Refuse);
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    may_give_to(&can, body.members.get("owner_id"))?;
    let create = Create {
        call: can.call(),
        raw: body.members,
        policy,
        erased,
        key: can.ask.key(can.name(), &body.raw),
        render: Arc::new(|outcome| words(outcome).stored()),
    };
    if dry_run {
        let (outcome, events) = create.preview(&can.ask.app).await?;
        return Ok(Answer::ok(&LeadPreview::of(outcome, &events)));
    }
    Ok(create.run(&can.ask.app).await?.into())
}

fn words(outcome: &Outcome) -> Answer {
    match &outcome.came {
        Came::Created { lead, .. } => {
            let view = LeadView::of(lead, &outcome.configuration);
            tagged(Answer::created(location(lead.id), &view), lead)
        }
        Came::Updated { lead, suggested: refused, .. } => {
            let view = LeadView::of(lead, &outcome.configuration);
            let answer = tagged(Answer::ok(&view), lead).header("Content-Location", location(lead.id));
            suggested(answer, &refused.iter().map(|one| one.field.clone()).collect::<Vec<_>>())
        }
        Came::Skipped { lead } => Answer::ok(&serde_json::json!({"id": lead})),
        // Refusals without a submission never get here; they are told as problems.
        Came::Refused(_) => Answer::no_content(),
    }
}

/// Leads are one's own to take; giving them to others takes more.
///
/// # Errors
/// The owner is somebody else, and the caller may not give leads to others.
pub(super) fn may_give_to(
    can: &Can<LeadsWrite>,
    owner: Option<&serde_json::Value>,
) -> std::result::Result<(), Refusal> {
    let Some(owner) = owner.and_then(serde_json::Value::as_str) else { return Ok(()) };
    let mine = owner.parse::<UserId>().ok().is_some_and(|owner| can.scope.user() == Some(owner));
    if mine || can.permissions.contains(&Permission::LeadsAssign) {
        return Ok(());
    }
    let fault =
        Fault::in_field("owner_id", "forbidden", "You may own it yourself; giving it to others needs `leads:assign`.");
    Err(Refusal { faults: vec![fault], ..Refusal::new(Problem::Forbidden, "You may not give leads to others.") })
}
