//! Where the work on a lead stands (spec QUA-2).

use crate::{choices, leads::Status};

choices! {
    /// Why a lead is set aside.
    StatusReason {
        /// There is no money.
        NoBudget = "no_budget",
        /// They cannot decide.
        NoAuthority = "no_authority",
        /// They do not need it.
        NoNeed = "no_need",
        /// Not at this time.
        BadTiming = "bad_timing",
        /// They chose somebody else.
        Competitor = "competitor",
        /// They do not answer.
        NoResponse = "no_response",
        /// The record is wrong.
        BadData = "bad_data",
        /// Something else; the note says what.
        Other = "other",
    }
}

choices! {
    /// What a status asks for next.
    SuggestedAction {
        /// Reach out for the first time.
        InitialContact = "initial_contact",
        /// Agree on when to speak again.
        ScheduleFollowUp = "schedule_follow_up",
        /// Convert.
        CreateOpportunity = "create_opportunity",
        /// Stay in touch.
        RegularFollowUp = "regular_follow_up",
        /// Put it away.
        Archive = "archive",
        /// Account management takes over.
        HandOffToAccountManagement = "hand_off_to_account_management",
    }
}

impl Status {
    /// The legal moves from here, in the order in which a person is offered them.
    pub const fn moves(self) -> &'static [Self] {
        use Status::{Contacted, Converted, New, Nurture, Qualified, Unqualified};
        match self {
            New => &[Contacted, Nurture, Unqualified],
            Contacted => &[Qualified, Nurture, Unqualified],
            Qualified => &[Converted, Contacted, Nurture, Unqualified],
            Nurture => &[Contacted, Qualified, Unqualified],
            Unqualified => &[New, Contacted, Nurture],
            Converted => &[],
        }
    }

    /// Whether a move here must say why.
    pub const fn demands_reason(self) -> bool {
        matches!(self, Self::Nurture | Self::Unqualified)
    }

    /// What to do with a lead that stands here.
    pub const fn suggested_action(self) -> SuggestedAction {
        match self {
            Self::New => SuggestedAction::InitialContact,
            Self::Contacted => SuggestedAction::ScheduleFollowUp,
            Self::Qualified => SuggestedAction::CreateOpportunity,
            Self::Nurture => SuggestedAction::RegularFollowUp,
            Self::Unqualified => SuggestedAction::Archive,
            Self::Converted => SuggestedAction::HandOffToAccountManagement,
        }
    }
}
