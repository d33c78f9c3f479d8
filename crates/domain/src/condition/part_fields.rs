//! The fields inside the structured parts of a lead, and the fields of interactions.

use super::{
    Field, FieldType, Of, Storage,
    lead_fields::{choice, fact},
};
use crate::{
    interactions::InteractionKind,
    leads::parts::{BantState, Channel, ConsentState},
};

/// Source, place, purchases, consent, touches, next action and BANT.
pub(super) fn of_parts() -> Vec<Field> {
    use FieldType::{Date, Instant, Label, Place, Text, Texts, Whole};
    let mut fields = vec![
        fact("source", "Source", Label, "The code of the source."),
        fact("status_reason", "Status reason", Label, "Why it is in nurture or unqualified."),
        fact("email_domain", "E-mail domain", Text, "What follows the @."),
        fact("location", "Location", Place, "Latitude and longitude together."),
        fact("purchases.product", "Purchased products", Texts, "What they bought."),
        fact("purchases.count", "Purchases", Whole, "How many purchases are known."),
        fact("purchases.last_date", "Last purchase", Date, "The newest day on which they bought."),
        fact("next_action.text", "Next action", Text, "What to do next."),
        fact("next_action.due_at", "Next action due", Instant, "By when."),
    ];
    for channel in Channel::ALL {
        let (name, label) = (format!("consent.{channel}"), format!("Consent to {channel}"));
        fields.push(fact(&name, &label, choice(ConsentState::WORDS), "Whether the person agreed to be reached."));
    }
    fields.extend(touch("first_touch", "First touch"));
    fields.extend(touch("last_touch", "Last touch"));
    fields.extend(bant());
    fields
}

fn touch(name: &str, label: &str) -> Vec<Field> {
    use FieldType::{Instant, Text, Texts};
    [
        ("utm_source", "source", Text, "`utm_source`."),
        ("utm_medium", "medium", Text, "`utm_medium`."),
        ("utm_campaign", "campaign", Text, "`utm_campaign`."),
        ("utm_term", "term", Text, "`utm_term`."),
        ("utm_content", "content", Text, "`utm_content`."),
        ("referrer", "referrer", Text, "The page that linked here."),
        ("landing_page", "landing page", Text, "The page they landed on."),
        ("click_ids", "click ids", Texts, "The networks whose click id is known: `gclid`, `fbclid`."),
        ("at", "time", Instant, "When."),
    ]
    .into_iter()
    .map(|(part, says, kind, description)| {
        fact(&format!("{name}.{part}"), &format!("{label} {says}"), kind, description)
    })
    .collect()
}

fn bant() -> Vec<Field> {
    use FieldType::{Boolean, Date, Money, Text, Whole};
    let state = || choice(BantState::WORDS);
    [
        ("budget.state", "Budget", state(), "Is there money?"),
        ("budget.level", "Budget level", Whole, "How ample, 1 to 5."),
        ("budget.allocated", "Budget allocated", Boolean, "Is it set aside?"),
        ("budget.range", "Budget amount", Money, "The amount; of a range, the least."),
        ("budget.controller", "Budget controller", Text, "Who controls it: `contact` for the person themselves."),
        ("authority.state", "Authority", state(), "Can they decide?"),
        ("authority.decision_maker", "Decision maker", Boolean, "Does the person decide?"),
        ("authority.others_involved", "Others involved", Text, "Others who take part."),
        ("authority.approval_process", "Approval process", Text, "How it is approved."),
        ("need.state", "Need", state(), "Do they need it?"),
        ("need.clear", "Need clear", Boolean, "Is it clear?"),
        ("need.urgency", "Urgency", Text, "How urgent."),
        ("need.impact", "Impact", Text, "What happens if it is not solved."),
        ("timeline.state", "Timeline", state(), "By when?"),
        ("timeline.date", "Timeline date", Date, "The wanted date."),
        ("timeline.deadlines", "Deadlines", Text, "Deadlines."),
        ("timeline.possible_delays", "Possible delays", Text, "What may delay it."),
        ("completeness", "BANT completeness", Whole, "How much is known, in per cent of the four parts."),
    ]
    .into_iter()
    .map(|(name, label, kind, description)| fact(&format!("bant.{name}"), label, kind, description))
    .collect()
}

/// What the `where` of an interaction test may ask.
pub(super) fn of_interactions() -> Vec<Field> {
    use FieldType::{Instant, Text, Whole};
    let field = |name: &str, label: &str, kind, storage, description: &str| Field {
        name: format!("interaction.{name}"),
        label: label.into(),
        description: description.into(),
        kind,
        storage,
        of: Of::Interaction,
    };
    let fact = |name: &str, label, description| field(name, label, Text, Storage::Facts(name.into()), description);
    let column =
        |name: &'static str, label, kind, description| field(name, label, kind, Storage::Column(name), description);
    vec![
        column("kind", "Kind", choice(InteractionKind::WORDS), "What the lead did."),
        column("occurred_at", "Time", Instant, "When."),
        column("duration_seconds", "Duration", Whole, "How many seconds it took."),
        fact("url", "Address", "The page, link or file."),
        fact("title", "Title", "Its title."),
        fact("item", "Item", "The content, event or form."),
        fact("message_id", "Message", "The message that was opened, clicked or answered."),
        fact("campaign", "Campaign", "The campaign it belongs to."),
        fact("visitor_id", "Visitor", "The visitor before and after becoming a lead."),
    ]
}
