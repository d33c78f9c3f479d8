//! Tracked behaviours of a lead (spec CAP-7): what it read, opened, downloaded, attended.

use chrono::{DateTime, TimeDelta};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    choices,
    fault::Fault,
    ids::{InteractionId, LeadId},
    leads::{
        Profile,
        parts::{Channel, Consent, ConsentState},
    },
    time::{Instant, truncated},
};

/// How far the clock of a sender may be ahead of ours: what is said to happen within it happens now.
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(1);

choices! {
    /// What the lead did.
    InteractionKind {
        /// Opened an e-mail of ours.
        EmailOpened = "email_opened",
        /// Clicked a link in an e-mail of ours.
        EmailClicked = "email_clicked",
        /// Answered an e-mail of ours.
        EmailReplied = "email_replied",
        /// Looked at a page.
        PageViewed = "page_viewed",
        /// Came to the site: views of one visitor less than 30 minutes apart.
        SiteVisited = "site_visited",
        /// Saw a form.
        FormViewed = "form_viewed",
        /// Filled in a form.
        FormSubmitted = "form_submitted",
        /// Took a white paper, e-book or study.
        ContentDownloaded = "content_downloaded",
        /// Watched a video.
        VideoWatched = "video_watched",
        /// Signed up for an event.
        EventRegistered = "event_registered",
        /// Came to an event.
        EventAttended = "event_attended",
        /// Clicked an advertisement.
        AdClicked = "ad_clicked",
        /// Chatted with us.
        Chat = "chat",
        /// Spoke with us on the phone.
        Call = "call",
        /// Took e-mail consent back.
        Unsubscribed = "unsubscribed",
        /// Anything else; `data` says what.
        Custom = "custom",
    }
}

/// One tracked behaviour of a lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// Which.
    pub id: InteractionId,
    /// Whose.
    pub lead_id: LeadId,
    /// What the lead did.
    pub kind: InteractionKind,
    /// When, by its own time.
    pub occurred_at: Instant,
    /// The page, link or file.
    #[serde(default)]
    pub url: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
    /// The item of the content catalogue, the event, the form.
    #[serde(default)]
    pub item: Option<String>,
    /// The message that was opened, clicked or answered.
    #[serde(default)]
    pub message_id: Option<String>,
    /// The campaign it belongs to.
    #[serde(default)]
    pub campaign: Option<String>,
    /// The visitor before and after becoming a lead.
    #[serde(default)]
    pub visitor_id: Option<String>,
    /// How long it took.
    #[serde(default)]
    pub duration_seconds: Option<i64>,
    /// Done by a machine, such as a mail scanner: stored, not scored.
    #[serde(default)]
    pub machine: bool,
    /// Anything else that is known.
    #[serde(default)]
    pub data: Map<String, Value>,
}

/// What somebody tells of a lead's behaviour, before it is recorded.
#[derive(Clone, Debug, PartialEq)]
pub struct NewInteraction {
    /// What the lead did.
    pub kind: InteractionKind,
    /// When, by its own time; now where nothing is said.
    pub occurred_at: Option<Instant>,
    /// The page, link or file.
    pub url: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The item of the content catalogue, the event, the form.
    pub item: Option<String>,
    /// The message that was opened, clicked or answered.
    pub message_id: Option<String>,
    /// The campaign it belongs to.
    pub campaign: Option<String>,
    /// The visitor.
    pub visitor_id: Option<String>,
    /// How long it took.
    pub duration_seconds: Option<i64>,
    /// Done by a machine.
    pub machine: bool,
    /// Anything else that is known.
    pub data: Map<String, Value>,
}

impl NewInteraction {
    /// A behaviour of which nothing else is known.
    pub fn of(kind: InteractionKind) -> Self {
        let (url, title, item, message_id, campaign, visitor_id) = (None, None, None, None, None, None);
        let (occurred_at, duration_seconds, machine, data) = (None, None, false, Map::new());
        Self { kind, occurred_at, url, title, item, message_id, campaign, visitor_id, duration_seconds, machine, data }
    }

    /// The interaction that is recorded. Texts are trimmed; what is left empty is absent.
    ///
    /// # Errors
    /// It lies in the future, or before there were computers to record it.
    pub fn recorded(&self, id: InteractionId, lead_id: LeadId, now: Instant) -> Result<Interaction, Fault> {
        let text = |text: &Option<String>| {
            text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned)
        };
        let occurred_at = truncated(self.occurred_at.unwrap_or(now));
        if occurred_at > now + CLOCKS_DIFFER {
            let detail = "It can't have happened yet; send the time at which it did.";
            return Err(Fault::in_field("occurred_at", "in_the_future", detail));
        }
        if occurred_at < DateTime::UNIX_EPOCH {
            return Err(Fault::in_field("occurred_at", "out_of_range", "Send a time after 1970."));
        }
        Ok(Interaction {
            id,
            lead_id,
            kind: self.kind,
            occurred_at: occurred_at.min(now),
            url: text(&self.url),
            title: text(&self.title),
            item: text(&self.item),
            message_id: text(&self.message_id),
            campaign: text(&self.campaign),
            visitor_id: text(&self.visitor_id),
            duration_seconds: self.duration_seconds,
            machine: self.machine,
            data: self.data.clone(),
        })
    }
}

/// Takes back the consent to e-mail when the newest unsubscription is newer than what was last said of it. A machine
/// unsubscribes nobody. Says whether anything changed.
pub fn withdraw_consent(profile: &mut Profile, done: &[Interaction]) -> bool {
    let unsubscribed = done.iter().filter(|one| one.kind == InteractionKind::Unsubscribed && !one.machine);
    let Some(at) = unsubscribed.map(|one| one.occurred_at).max() else { return false };
    let known = profile.consent.get(&Channel::Email);
    let settled = known.is_some_and(|known| {
        known.state == ConsentState::Withdrawn
            || known.state == ConsentState::Granted && known.at.is_some_and(|given| given > at)
    });
    if !settled {
        let withdrawn = Consent {
            state: ConsentState::Withdrawn,
            at: Some(at),
            how: Some("unsubscribed".to_owned()),
            form_id: None,
        };
        profile.consent.insert(Channel::Email, withdrawn);
    }
    !settled
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::ids::Id;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    fn done(kind: InteractionKind, when: &str) -> Interaction {
        let told = NewInteraction { occurred_at: Some(at(when)), ..NewInteraction::of(kind) };
        told.recorded(Id::from_uuid(uuid::Uuid::nil()), Id::from_uuid(uuid::Uuid::nil()), at("2026-03-02T10:00:00Z"))
            .unwrap()
    }

    #[test]
    fn a_clock_that_is_a_little_ahead_is_forgiven_and_the_future_is_not() {
        assert_eq!(done(InteractionKind::Chat, "2026-03-02T10:00:30Z").occurred_at, at("2026-03-02T10:00:00Z"));
        let (id, lead) = (Id::from_uuid(uuid::Uuid::nil()), Id::from_uuid(uuid::Uuid::nil()));
        for (when, code) in [("2026-03-03T00:00:00Z", "in_the_future"), ("1969-12-31T23:59:59Z", "out_of_range")] {
            let told = NewInteraction { occurred_at: Some(at(when)), ..NewInteraction::of(InteractionKind::Chat) };
            assert_eq!(told.recorded(id, lead, at("2026-03-02T10:00:00Z")).unwrap_err().code, code);
        }
    }

    #[test]
    fn an_unsubscription_counts_unless_consent_was_given_later() {
        let unsubscribed = done(InteractionKind::Unsubscribed, "2026-03-01T10:00:00Z");
        let granted =
            |when: &str| Consent { state: ConsentState::Granted, at: Some(at(when)), how: None, form_id: None };
        let mut profile = Profile::default();
        assert!(withdraw_consent(&mut profile, std::slice::from_ref(&unsubscribed)));
        assert!(!withdraw_consent(&mut profile, std::slice::from_ref(&unsubscribed)), "said already");
        profile.consent.insert(Channel::Email, granted("2026-03-02T10:00:00Z"));
        assert!(!withdraw_consent(&mut profile, std::slice::from_ref(&unsubscribed)));
        profile.consent.insert(Channel::Email, granted("2026-02-02T10:00:00Z"));
        let scanner = Interaction { machine: true, ..unsubscribed.clone() };
        assert!(!withdraw_consent(&mut profile, &[scanner]));
        assert!(withdraw_consent(&mut profile, &[unsubscribed]));
    }
}
