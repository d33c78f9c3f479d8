//! Tracked behaviours of a lead (spec CAP-7): what it read, opened, downloaded, attended.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    choices,
    ids::{InteractionId, LeadId},
    time::Instant,
};

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
        Unsubscribe = "unsubscribe",
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
