#![allow(clippy::unwrap_used)]

use super::{
    StatusReason,
    stage::{Disposition, StageMove, StageMover, StageRefusal, decide},
};
use crate::{
    access::Role,
    leads::{Lead, Stage, Status},
    sample,
    time::Instant,
};
use Stage::{MarketingQualified, SalesAccepted, SalesDisqualified, SalesQualified, SalesRejected};

const MARKETER: StageMover = StageMover::Person(Role::Marketer);
const REP: StageMover = StageMover::Person(Role::Rep);

fn lead_at(stage: Stage) -> Lead {
    Lead { stage, status: Status::Contacted, ..sample::lead() }
}

fn wish(to: Stage, by: StageMover) -> StageMove {
    StageMove { to, reason: to.demands_reason().then_some(StatusReason::Other), note: None, disposition: None, by }
}

fn noon() -> Instant {
    sample::at("2026-03-02T12:00:00Z")
}

/// Who may make which move: `m` marketer, `r` rep, `p` program, `t` threshold. Rows: from; columns: to.
const WHO: [(Stage, [&str; 6]); 6] = [
    //                  none  marketing_qualified  accepted  rejected  sales_qualified  disqualified
    (Stage::None, ["", "mt", "", "", "", ""]),
    (MarketingQualified, ["", "", "mrp", "mrp", "", ""]),
    (SalesAccepted, ["", "", "", "", "mr", "mrp"]),
    (SalesRejected, ["", "mt", "", "", "", ""]),
    (SalesQualified, ["", "", "", "", "", "mrp"]),
    (SalesDisqualified, ["", "m", "", "", "", ""]),
];

#[test]
fn the_whole_matrix_for_everybody() {
    let movers = [('m', MARKETER), ('r', REP), ('p', StageMover::Program), ('t', StageMover::Threshold)];
    for (from, row) in WHO {
        for (to, who) in Stage::ALL.iter().zip(row) {
            for (letter, by) in movers {
                let decided = decide(&lead_at(from), &wish(*to, by), noon());
                assert_eq!(decided.is_ok(), who.contains(letter), "{from} to {to} by {letter}: {decided:?}");
            }
        }
    }
}

#[test]
fn the_machine_is_listed_for_menus() {
    assert_eq!(Stage::None.moves(), [MarketingQualified]);
    assert_eq!(MarketingQualified.moves(), [SalesAccepted, SalesRejected]);
    let refused = decide(&lead_at(Stage::None), &wish(SalesAccepted, REP), noon()).unwrap_err();
    let legal = Stage::None.moves();
    assert_eq!(refused, StageRefusal::Illegal { from: Stage::None, to: SalesAccepted, legal });
}

#[test]
fn a_rejected_lead_is_nurtured_unless_it_is_no_fit() {
    for (disposition, status) in [
        (None, Status::Nurture),
        (Some(Disposition::Nurture), Status::Nurture),
        (Some(Disposition::Unqualified), Status::Unqualified),
    ] {
        let mut lead = lead_at(MarketingQualified);
        let wish = StageMove { disposition, ..wish(SalesRejected, REP) };
        decide(&lead, &wish, noon()).unwrap().apply(&mut lead);
        assert_eq!((lead.stage, lead.status), (SalesRejected, status));
        assert_eq!(lead.status_reason.as_deref(), Some("other"));
    }
}

#[test]
fn giving_back_demands_a_reason() {
    for (from, to) in [(MarketingQualified, SalesRejected), (SalesAccepted, SalesDisqualified)] {
        let wish = StageMove { reason: None, ..wish(to, REP) };
        assert_eq!(decide(&lead_at(from), &wish, noon()), Err(StageRefusal::ReasonRequired { to }));
    }
}

#[test]
fn only_a_rejection_says_what_becomes_of_the_lead() {
    let wish = StageMove { disposition: Some(Disposition::Nurture), ..wish(SalesAccepted, REP) };
    let refused = decide(&lead_at(MarketingQualified), &wish, noon());
    assert_eq!(refused, Err(StageRefusal::DispositionUnexpected));
}

#[test]
fn a_disqualified_lead_becomes_unqualified_and_may_be_handed_over_again_by_a_person() {
    let mut lead = lead_at(SalesQualified);
    decide(&lead, &wish(SalesDisqualified, REP), noon()).unwrap().apply(&mut lead);
    assert_eq!((lead.stage, lead.status), (SalesDisqualified, Status::Unqualified));
    let again = decide(&lead, &wish(MarketingQualified, MARKETER), noon()).unwrap();
    assert_eq!(again.status, None, "the hand-off alone moves");
}

#[test]
fn confirming_does_not_move_the_status() {
    let moved = decide(&lead_at(SalesAccepted), &wish(SalesQualified, REP), noon()).unwrap();
    assert_eq!((moved.status, moved.spent_seconds), (None, 86_400));
}

#[test]
fn a_lead_that_already_stands_there_keeps_its_status() {
    let lead = Lead { status: Status::Nurture, ..lead_at(MarketingQualified) };
    assert_eq!(decide(&lead, &wish(SalesRejected, REP), noon()).unwrap().status, None);
}

#[test]
fn the_threshold_leaves_unqualified_and_converted_leads_alone() {
    for status in Status::ALL {
        let lead = Lead { status: *status, ..lead_at(Stage::None) };
        let decided = decide(&lead, &wish(MarketingQualified, StageMover::Threshold), noon());
        assert_eq!(decided.is_ok(), !matches!(status, Status::Unqualified | Status::Converted), "{status}");
    }
}

#[test]
fn a_converted_lead_is_not_disqualified_any_more() {
    let lead = Lead { status: Status::Converted, ..lead_at(SalesQualified) };
    let refused = decide(&lead, &wish(SalesDisqualified, REP), noon());
    assert_eq!(refused, Err(StageRefusal::StatusForbids { status: Status::Converted, to: SalesDisqualified }));
}
