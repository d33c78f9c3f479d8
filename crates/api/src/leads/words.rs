//! The words of a lead, for the document.

use leadwright_domain::{
    interactions::InteractionKind,
    leads::{
        Priority, Rating, Relationship, Seniority, Stage, Status,
        parts::{BantState, ConsentState},
    },
    qualification::{Disposition, StatusReason, SuggestedAction},
    routing::AssignReason,
    scoring::{AdjustmentReason, Component, RecommendedAction},
};

use crate::http::words::word_schema;

word_schema! {
    /// Where the work on a lead stands.
    StatusWord as "Status" = Status, "contacted"
}
word_schema! {
    /// Where the hand-off from marketing to sales stands.
    StageWord as "Stage" = Stage, "marketing_qualified"
}
word_schema! {
    /// The band of the score: `cold` 0 to 30, `warm` 31 to 69, `hot` 70 to 100.
    RatingWord as "Rating" = Rating, "hot"
}
word_schema! {
    /// How urgent a lead is.
    PriorityWord as "Priority" = Priority, "high"
}
word_schema! {
    /// How senior a person is.
    SeniorityWord as "Seniority" = Seniority, "director"
}
word_schema! {
    /// What the person is to us.
    RelationshipWord as "Relationship" = Relationship, "prospect"
}
word_schema! {
    /// What is known of one part of budget, authority, need and timeline.
    BantStateWord as "BantState" = BantState, "met"
}
word_schema! {
    /// Whether a person agreed to be reached.
    ConsentStateWord as "ConsentState" = ConsentState, "granted"
}
word_schema! {
    /// What the status asks for next.
    SuggestedActionWord as "SuggestedAction" = SuggestedAction, "schedule_follow_up"
}
word_schema! {
    /// What the score asks for next.
    RecommendedActionWord as "RecommendedAction" = RecommendedAction, "immediate_follow_up"
}
word_schema! {
    /// What a lead did.
    InteractionKindWord as "InteractionKind" = InteractionKind, "page_viewed"
}
word_schema! {
    /// A part of the score.
    ComponentWord as "ScoreComponentName" = Component, "behavioral"
}
word_schema! {
    /// Why points were given by hand.
    AdjustmentReasonWord as "AdjustmentReason" = AdjustmentReason, "conversation_insight"
}
word_schema! {
    /// Why a lead is set aside.
    StatusReasonWord as "StatusReason" = StatusReason, "bad_timing"
}
word_schema! {
    /// What becomes of a lead that sales gives back.
    DispositionWord as "Disposition" = Disposition, "nurture"
}
word_schema! {
    /// Why a lead is given to somebody.
    AssignReasonWord as "AssignReason" = AssignReason, "special_expertise"
}
