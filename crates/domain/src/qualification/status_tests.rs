#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::{
    StatusReason, SuggestedAction,
    transition::{Policy, Refusal, Transition, Way, decide, may_override},
};
use crate::{
    access::Role,
    leads::{
        Lead, Status,
        parts::{Bant, BantPart, BantState},
    },
    sample,
};
use Status::{Contacted, Converted, New, Nurture, Qualified, Unqualified};

fn lead_at(status: Status) -> Lead {
    Lead { status, ..sample::lead() }
}

fn confirmed() -> Bant {
    let mut bant = Bant::default();
    bant.budget.state = BantState::Met;
    bant.authority.state = BantState::Met;
    bant.need.state = BantState::Met;
    bant.timeline.state = BantState::Met;
    bant
}

fn all_four() -> Policy {
    Policy { required_bant: BantPart::ALL.to_vec() }
}

fn noon() -> crate::time::Instant {
    sample::at("2026-03-02T12:00:00Z")
}

/// Which moves a person may make, with BANT confirmed and a reason given. Rows: from; columns: to.
const BY_HAND: [(Status, [u8; 6]); 6] = [
    //              new contacted qualified nurture unqualified converted
    (New, [0, 1, 0, 1, 1, 0]),
    (Contacted, [0, 0, 1, 1, 1, 0]),
    (Qualified, [0, 1, 0, 1, 1, 0]),
    (Nurture, [0, 1, 1, 0, 1, 0]),
    (Unqualified, [1, 1, 0, 1, 0, 0]),
    (Converted, [0, 0, 0, 0, 0, 0]),
];

#[test]
fn the_whole_matrix_by_every_way() {
    for (from, row) in BY_HAND {
        for (to, by_hand) in Status::ALL.iter().zip(row) {
            let lead = Lead { bant: confirmed(), ..lead_at(from) };
            for way in Way::ALL {
                let wish = Transition { way: *way, ..Transition::to(*to).because(StatusReason::Other) };
                let may = match way {
                    Way::ByHand | Way::ByOverride => by_hand == 1,
                    Way::ByConversion => by_hand == 1 || (from, *to) == (Qualified, Converted),
                    Way::ByImport | Way::ByUndo => true,
                };
                let decided = decide(&lead, &wish, &all_four(), noon());
                assert_eq!(decided.is_ok(), may, "{from} to {to} {way}: {decided:?}");
            }
        }
    }
}

#[test]
fn an_illegal_move_names_the_legal_ones() {
    let refused = decide(&lead_at(New), &Transition::to(Qualified), &all_four(), noon()).unwrap_err();
    assert_eq!(refused, Refusal::Illegal { from: New, to: Qualified, legal: &[Contacted, Nurture, Unqualified] });
    assert_eq!(
        refused.to_string(),
        "a lead that is new cannot become qualified; it can become contacted, nurture, unqualified"
    );
    let refused = decide(&lead_at(Converted), &Transition::to(New), &all_four(), noon()).unwrap_err();
    assert_eq!(refused.to_string(), "a lead that is converted cannot become new; it can become nothing else");
}

#[test]
fn converted_comes_only_by_conversion() {
    let lead = lead_at(Qualified);
    let refused = decide(&lead, &Transition::to(Converted), &all_four(), noon()).unwrap_err();
    assert_eq!(refused, Refusal::OnlyByConversion { legal: Qualified.moves() });
    let wish = Transition { way: Way::ByConversion, ..Transition::to(Converted) };
    let mut converted = lead.clone();
    decide(&lead, &wish, &all_four(), noon()).unwrap().apply(&mut converted);
    assert_eq!((converted.status, converted.converted_at), (Converted, Some(noon())));
}

#[test]
fn qualified_names_what_is_not_confirmed() {
    let mut lead = lead_at(Contacted);
    lead.bant = confirmed();
    lead.bant.need.state = BantState::NotMet;
    lead.bant.budget.state = BantState::Unknown;
    let wish = Transition::to(Qualified);
    let refused = decide(&lead, &wish, &all_four(), noon()).unwrap_err();
    assert_eq!(refused, Refusal::BantIncomplete { missing: vec![BantPart::Budget, BantPart::Need] });

    let only_authority = Policy { required_bant: vec![BantPart::Authority] };
    assert!(decide(&lead, &wish, &only_authority, noon()).is_ok());
    let nothing = Policy { required_bant: vec![] };
    assert!(decide(&lead_at(Contacted), &wish, &nothing, noon()).is_ok());
}

#[test]
fn a_manager_overrides_with_a_reason_and_it_is_remembered() {
    let lead = lead_at(Contacted);
    let wish = Transition { way: Way::ByOverride, ..Transition::to(Qualified) };
    assert_eq!(decide(&lead, &wish, &all_four(), noon()), Err(Refusal::OverrideForbidden));
    let manager = Transition { may_override: may_override(Role::Manager), ..wish.clone() };
    assert_eq!(decide(&lead, &manager, &all_four(), noon()), Err(Refusal::OverrideUnexplained));
    let blank = Transition { note: Some("  ".into()), ..manager.clone() };
    assert_eq!(decide(&lead, &blank, &all_four(), noon()), Err(Refusal::OverrideUnexplained));
    let explained = Transition { note: Some("The CFO called me".into()), ..manager };
    let moved = decide(&lead, &explained, &all_four(), noon()).unwrap();
    assert_eq!(moved.overridden, BantPart::ALL);
    let rep = Transition { may_override: may_override(Role::Rep), ..explained };
    assert_eq!(decide(&lead, &rep, &all_four(), noon()), Err(Refusal::OverrideForbidden));
}

#[test]
fn an_override_does_not_make_an_illegal_move_legal() {
    let wish = Transition {
        way: Way::ByOverride,
        may_override: true,
        ..Transition::to(Qualified).because(StatusReason::Other)
    };
    assert!(matches!(decide(&lead_at(New), &wish, &all_four(), noon()), Err(Refusal::Illegal { .. })));
}

#[test]
fn setting_aside_demands_a_reason_of_the_catalogue() {
    for to in [Nurture, Unqualified] {
        let noted = Transition { note: Some("no money".into()), ..Transition::to(to) };
        assert_eq!(decide(&lead_at(New), &noted, &all_four(), noon()), Err(Refusal::ReasonRequired { to }));
        let wish = Transition::to(to).because(StatusReason::NoBudget);
        let mut lead = lead_at(New);
        decide(&lead, &wish, &all_four(), noon()).unwrap().apply(&mut lead);
        assert_eq!((lead.status, lead.status_reason.as_deref()), (to, Some("no_budget")));
    }
}

#[test]
fn a_move_tells_how_long_it_stood_and_clears_the_old_reason() {
    let mut lead = lead_at(Nurture);
    lead.status_reason = Some("bad_timing".into());
    let moved = decide(&lead, &Transition::to(Contacted), &all_four(), noon()).unwrap();
    assert_eq!(moved.spent_seconds, 86_400);
    moved.apply(&mut lead);
    assert_eq!((lead.status, lead.status_since, lead.status_reason), (Contacted, noon(), None));
}

#[test]
fn every_status_suggests_what_to_do() {
    let suggested: Vec<_> = Status::ALL.iter().map(|status| status.suggested_action()).collect();
    assert_eq!(suggested, SuggestedAction::ALL);
}

proptest! {
    /// Whatever people do, `converted` is reached from `qualified` alone and never left.
    #[test]
    fn nobody_slips_into_or_out_of_converted(wishes in prop::collection::vec((0..6usize, 0..3usize), 0..40)) {
        let mut lead = Lead { bant: confirmed(), ..lead_at(New) };
        for (to, way) in wishes {
            let way = [Way::ByHand, Way::ByOverride, Way::ByConversion][way];
            let wish = Transition { way, ..Transition::to(Status::ALL[to]).because(StatusReason::Other) };
            let before = lead.status;
            if let Ok(moved) = decide(&lead, &wish, &all_four(), noon()) {
                moved.apply(&mut lead);
                prop_assert_ne!(before, Converted);
                prop_assert!(lead.status != Converted || (before == Qualified && way == Way::ByConversion));
            }
        }
    }
}
