//! What leads do before anybody speaks with them, and after.

use chrono::TimeDelta;
use leadwright_domain::{
    interactions::{InteractionKind, NewInteraction},
    time::Instant,
};
use serde_json::json;

use super::chance::Chance;

const SITE: &str = "https://www.demo.example";

const PAGES: &[(&str, &str)] = &[
    ("/product/forecasting", "Demand forecasting"),
    ("/product/routes", "Route planning"),
    ("/customers", "Customers"),
    ("/customers/harrowdene", "How Harrowdene halved its empty miles"),
    ("/blog/peak-season", "Seven lessons of a peak season"),
    ("/integrations", "Integrations"),
    ("/security", "Security"),
];

const CONTENT: &[&str] =
    &["Forecasting without spreadsheets", "The buyer's guide to route planning", "Benchmark: on-time delivery"];

const CAMPAIGNS: &[&str] = &["spring-launch", "peak-season", "newsletter", "winback"];

/// A reason to come by.
#[derive(Clone, Copy, Debug)]
enum Sitting {
    Visit,
    Pricing,
    Mail,
    Content,
    Event,
    Chat,
    Call,
    Trial,
    Careers,
}

/// What somebody does at one sitting that ends at a moment; the keener they are (0 to 3), the more of it matters.
pub(super) fn sitting(chance: &mut Chance, keen: i64, at: Instant) -> Vec<NewInteraction> {
    use Sitting::{Call, Careers, Chat, Content, Event, Mail, Pricing, Trial, Visit};
    let keenly = |weight: i64| weight * keen;
    let kinds = [
        (Visit, 14),
        (Mail, 16),
        (Pricing, keenly(6)),
        (Content, 5 + keenly(2)),
        (Event, 1 + keenly(2)),
        (Chat, 2 + keen),
        (Call, keenly(2)),
        (Trial, keenly(1)),
        (Careers, 1),
    ];
    let mut done = match *chance.weighed(&kinds) {
        Visit => visit(chance, 3),
        Pricing => pricing(chance),
        Mail => mail(chance, keen),
        Content => content(chance),
        Event => event(chance),
        Chat => vec![talked(InteractionKind::Chat, "Asked how long a rollout takes", chance.between(120, 900))],
        Call => vec![talked(
            InteractionKind::Call,
            "Walked through the current planning process",
            chance.between(300, 2_400),
        )],
        Trial => vec![trial(chance)],
        Careers => vec![page("/careers", "Careers", chance)],
    };
    let mut when = at;
    for one in done.iter_mut().rev() {
        one.occurred_at = Some(when);
        when -= TimeDelta::seconds(chance.between(20, 240));
    }
    done
}

/// Somebody wants no more mail.
pub(super) fn unsubscribed() -> Vec<NewInteraction> {
    let campaign = Some("newsletter".to_owned());
    vec![NewInteraction { campaign, ..NewInteraction::of(InteractionKind::Unsubscribed) }]
}

fn page(path: &str, title: &str, chance: &mut Chance) -> NewInteraction {
    NewInteraction {
        url: Some(format!("{SITE}{path}")),
        title: Some(title.to_owned()),
        duration_seconds: Some(chance.between(8, 260)),
        ..NewInteraction::of(InteractionKind::PageViewed)
    }
}

fn visit(chance: &mut Chance, most: i64) -> Vec<NewInteraction> {
    let entry = NewInteraction { url: Some(format!("{SITE}/")), ..NewInteraction::of(InteractionKind::SiteVisited) };
    let pages = (0..chance.between(1, most)).map(|_| {
        let (path, title) = *chance.pick(PAGES);
        page(path, title, chance)
    });
    std::iter::once(entry).chain(pages).collect()
}

fn pricing(chance: &mut Chance) -> Vec<NewInteraction> {
    let mut done = visit(chance, 2);
    done.push(page("/pricing", "Pricing", chance));
    done
}

fn mail(chance: &mut Chance, keen: i64) -> Vec<NewInteraction> {
    let campaign = *chance.pick(CAMPAIGNS);
    let message = Some(format!("{campaign}-{}", chance.between(1, 9)));
    let kinds = [InteractionKind::EmailOpened, InteractionKind::EmailClicked, InteractionKind::EmailReplied];
    let far = chance.between(1, 1 + keen.min(2));
    let of = |kind| NewInteraction {
        message_id: message.clone(),
        campaign: Some(campaign.to_owned()),
        ..NewInteraction::of(kind)
    };
    let machine = chance.percent(6);
    let taken = usize::try_from(far).unwrap_or(1);
    kinds.into_iter().take(taken).map(|kind| NewInteraction { machine, ..of(kind) }).collect()
}

fn content(chance: &mut Chance) -> Vec<NewInteraction> {
    let item = Some((*chance.pick(CONTENT)).to_owned());
    let of =
        |kind| NewInteraction { item: item.clone(), url: Some(format!("{SITE}/library")), ..NewInteraction::of(kind) };
    let mut done = vec![
        of(InteractionKind::FormViewed),
        of(InteractionKind::FormSubmitted),
        of(InteractionKind::ContentDownloaded),
    ];
    if chance.percent(25) {
        let campaign = Some("search-route-planning".to_owned());
        done.insert(0, NewInteraction { campaign, ..NewInteraction::of(InteractionKind::AdClicked) });
    }
    done
}

fn event(chance: &mut Chance) -> Vec<NewInteraction> {
    let item = Some((*chance.pick(&["Planning live", "Supply Days Chicago", "Warehouse evening Hamburg"])).to_owned());
    let of = |kind| NewInteraction { item: item.clone(), ..NewInteraction::of(kind) };
    let mut done = vec![of(InteractionKind::EventRegistered)];
    if chance.percent(65) {
        done.push(of(InteractionKind::EventAttended));
    } else {
        done.push(NewInteraction {
            duration_seconds: Some(chance.between(200, 2_700)),
            ..of(InteractionKind::VideoWatched)
        });
    }
    done
}

fn talked(kind: InteractionKind, title: &str, seconds: i64) -> NewInteraction {
    NewInteraction { title: Some(title.to_owned()), duration_seconds: Some(seconds), ..NewInteraction::of(kind) }
}

fn trial(chance: &mut Chance) -> NewInteraction {
    let data = [("what".to_owned(), json!("trial_started")), ("seats".to_owned(), json!(chance.between(2, 40)))];
    NewInteraction { data: data.into_iter().collect(), ..NewInteraction::of(InteractionKind::Custom) }
}
