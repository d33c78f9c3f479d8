#![allow(clippy::unwrap_used)]

use chrono_tz::{Tz, UTC};
use proptest::prelude::*;

use super::{
    counting::{Counting, Seen},
    testing::did,
};
use crate::{
    interactions::{Interaction, InteractionKind},
    sample::{at, id},
};
use InteractionKind::{ContentDownloaded, EmailClicked, EmailOpened, PageViewed, SiteVisited};

fn count(interactions: &[Interaction], kind: InteractionKind) -> usize {
    Counting::new(interactions, UTC).counted(kind, true, |_| true).count()
}

fn pricing_views(interactions: &[Interaction]) -> usize {
    let pricing = |view: &Seen<'_>| view.interaction.url.as_deref().is_some_and(|url| url.contains("/pricing"));
    Counting::new(interactions, UTC).counted(PageViewed, true, pricing).count()
}

fn open(time: &str, message: Option<&str>) -> Interaction {
    Interaction { message_id: message.map(Into::into), ..did(EmailOpened, time) }
}

fn view(time: &str, url: &str) -> Interaction {
    Interaction { url: Some(url.into()), ..did(PageViewed, time) }
}

fn download(time: &str, item: &str) -> Interaction {
    Interaction { item: Some(item.into()), ..did(ContentDownloaded, time) }
}

#[test]
fn a_message_is_opened_once_at_its_newest_open() {
    let opens = [
        open("2026-03-02T10:00:00Z", Some("a")),
        open("2026-03-04T10:00:00Z", Some("a")),
        open("2026-03-03T10:00:00Z", Some("b")),
    ];
    let counting = Counting::new(&opens, UTC);
    let times: Vec<_> = counting.counted(EmailOpened, false, |_| true).map(|open| open.occurred_at).collect();
    assert_eq!(times, [at("2026-03-04T10:00:00Z"), at("2026-03-03T10:00:00Z")]);
}

#[test]
fn opens_that_name_no_message_cannot_be_told_to_be_one() {
    assert_eq!(count(&[open("2026-03-02T10:00:00Z", None), open("2026-03-02T10:00:01Z", None)], EmailOpened), 2);
}

#[test]
fn a_click_implies_no_open_and_an_open_no_click() {
    let click = Interaction { message_id: Some("a".into()), ..did(EmailClicked, "2026-03-02T10:00:00Z") };
    assert_eq!(count(std::slice::from_ref(&click), EmailOpened), 0);
    assert_eq!(count(&[click, open("2026-03-02T10:00:00Z", Some("a"))], EmailClicked), 1);
}

#[test]
fn what_a_machine_did_does_not_count() {
    let scanned = Interaction { machine: true, ..open("2026-03-04T10:00:00Z", Some("a")) };
    assert_eq!(count(std::slice::from_ref(&scanned), EmailOpened), 0);
    let opens = [scanned, open("2026-03-02T10:00:00Z", Some("a"))];
    let counting = Counting::new(&opens, UTC);
    let newest = counting.counted(EmailOpened, false, |_| true).next().unwrap();
    assert_eq!(newest.occurred_at, at("2026-03-02T10:00:00Z"), "nor does it hide what a person did");
}

#[test]
fn views_less_than_thirty_minutes_apart_are_one_visit() {
    let views = ["2026-03-02T10:00:00Z", "2026-03-02T10:29:59Z", "2026-03-02T10:59:58Z", "2026-03-02T11:29:58Z"];
    let visits =
        |many: usize| count(&views[..many].iter().map(|time| view(time, "/")).collect::<Vec<_>>(), SiteVisited);
    assert_eq!((visits(1), visits(2), visits(3)), (1, 1, 1));
    assert_eq!(visits(4), 2, "thirty minutes later a new one begins");
}

#[test]
fn a_reported_visit_and_its_views_are_one_visit() {
    let visit = did(SiteVisited, "2026-03-02T10:00:00Z");
    assert_eq!(count(&[visit, view("2026-03-02T10:01:00Z", "/pricing")], SiteVisited), 1);
}

#[test]
fn two_visitors_make_two_visits() {
    let phone = Interaction { visitor_id: Some("phone".into()), ..view("2026-03-02T10:00:00Z", "/") };
    let desk = Interaction { visitor_id: Some("desk".into()), ..view("2026-03-02T10:01:00Z", "/") };
    assert_eq!(count(&[phone.clone(), desk], SiteVisited), 2);
    assert_eq!(count(&[phone.clone(), phone], SiteVisited), 1);
}

#[test]
fn pricing_is_viewed_once_a_visit() {
    let views = [
        view("2026-03-02T10:00:00Z", "/pricing"),
        view("2026-03-02T10:05:00Z", "/"),
        view("2026-03-02T10:10:00Z", "/pricing/enterprise"),
        view("2026-03-02T15:00:00Z", "/pricing"),
    ];
    assert_eq!(pricing_views(&views), 2);
    let all = Counting::new(&views, UTC).counted(PageViewed, false, |_| true).count();
    assert_eq!(all, 4, "views of any page are not reduced");
}

#[test]
fn an_item_is_downloaded_once_a_day_of_the_organization() {
    let downloads = [
        download("2026-03-02T06:30:00Z", "paper"),
        download("2026-03-02T07:30:00Z", "paper"),
        download("2026-03-02T07:31:00Z", "study"),
    ];
    assert_eq!(count(&downloads, ContentDownloaded), 2);
    let denver: Tz = chrono_tz::America::Denver;
    let in_denver = Counting::new(&downloads, denver).counted(ContentDownloaded, false, |_| true).count();
    assert_eq!(in_denver, 3, "midnight in Denver lies between them");
}

#[test]
fn the_same_interaction_given_twice_counts_once() {
    let attended = Interaction { id: id(7), ..did(InteractionKind::EventAttended, "2026-03-02T10:00:00Z") };
    assert_eq!(count(&[attended.clone(), attended], InteractionKind::EventAttended), 1);
}

proptest! {
    /// The order in which interactions were stored does not matter, and a machine changes nothing.
    #[test]
    fn counting_depends_on_what_was_done_alone(
        done in prop::collection::vec((0..5usize, 0..3_000u32, 0..3u8), 0..25), seed in any::<u64>(),
    ) {
        let kinds = [EmailOpened, EmailClicked, PageViewed, SiteVisited, ContentDownloaded];
        let interactions: Vec<_> = done.iter().enumerate().map(|(number, (kind, minute, which))| Interaction {
            id: id(number as u128),
            occurred_at: at("2026-03-02T00:00:00Z") + chrono::TimeDelta::minutes(i64::from(*minute)),
            message_id: Some(format!("m{which}")),
            item: Some(format!("i{which}")),
            visitor_id: Some(format!("v{which}")),
            ..did(kinds[*kind], "2026-03-02T00:00:00Z")
        }).collect();
        let mut shuffled = interactions.clone();
        shuffled.sort_by_key(|one| one.id.uuid().as_u128().wrapping_mul(u128::from(seed | 1)));
        shuffled.push(Interaction { id: id(999), machine: true, ..did(PageViewed, "2026-03-02T12:00:00Z") });
        for kind in kinds {
            let counting = (Counting::new(&interactions, UTC), Counting::new(&shuffled, UTC));
            let ids = |counting: &Counting<'_>| {
                counting.counted(kind, true, |_| true).map(|one| one.id).collect::<Vec<_>>()
            };
            prop_assert_eq!(ids(&counting.0), ids(&counting.1));
        }
    }
}
