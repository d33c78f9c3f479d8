//! Headings of refusals, however they are called, and what is refused.

use super::{Target, squashed};
use crate::{leads::parts::Channel, text::fold_label};

const REFUSALS: &[&str] = &[
    "optout",
    "optedout",
    "unsubscrib",
    "donotcall",
    "donotphone",
    "donottext",
    "donotsms",
    "donotcontact",
    "donotallow",
    "donotemail",
    "donotfax",
    "donotmail",
    "donotbulkemail",
    "donotsend",
    "donotmarket",
    "nomarketing",
];
/// Columns that say how somebody stands with mailings, where they are not about one address of several: `Unsubscribed`
/// counts, and `Active` may mean only that the mailbox works.
const STANDINGS: &[&str] = &["emailstatus", "memberstatus", "emailmemberstatus"];
/// What is said about a refusal, and is none.
const ABOUT: &[&str] = &[
    "reason", "link", "url", "token", "count", "source", "campaign", "by", "method", "ip", "comment", "feedback",
    "page", "rate", "details",
];
/// Words for the channels, and what they begin or end like where words are written together.
const CHANNELS: [(Channel, &[&str], &[&str]); 3] = [
    (Channel::Email, &["email", "emails", "emailing", "newsletter", "newsletters"], &["email"]),
    (
        Channel::Phone,
        &[
            "call",
            "calls",
            "called",
            "calling",
            "coldcalls",
            "phone",
            "phonecall",
            "phonecalls",
            "phones",
            "telephone",
            "telemarketing",
            "voice",
            "voicemail",
            "voicemails",
        ],
        &["call", "phone", "voice"],
    ),
    (Channel::Sms, &["mms", "sms", "text", "texted", "texting", "texts", "whatsapp"], &["sms", "text", "whatsapp"]),
];

/// Words for what goes neither to an address nor to a number.
const ELSEWHERE: &[&str] = &["facebook", "instagram", "linkedin", "messenger", "push", "telegram", "viber", "wechat"];

/// `Opted out of email: Newsletter`, `Do not allow Bulk Emails`: a refusal must not be overlooked. One that names several
/// channels is one of all.
pub(super) fn opt_out(heading: &str) -> Option<Target> {
    let whole = squashed(heading);
    if STANDINGS.contains(&whole.as_str()) && !heading.contains(['.', '/', '[', ':']) {
        return Some(Target::Consent(Channel::Email, false));
    }
    if !REFUSALS.iter().any(|part| whole.contains(part)) {
        return None;
    }
    let spaced = fold_label(&between_cases(heading)).replace(|c: char| !c.is_alphanumeric(), " ");
    let spaced = format!(" {spaced}")
        .replace(" e mail", " email")
        .replace("whats app", "whatsapp")
        .replace("linked in", "linkedin");
    let words: Vec<&str> = spaced.split(' ').filter(|word| !word.is_empty()).collect();
    let is_joined = |word: &str| REFUSALS.iter().any(|part| word.contains(part));
    let is_about = |word: &&str| ABOUT.iter().any(|end| word == end || (is_joined(word) && word.ends_with(end)));
    if words.last().is_some_and(is_about) {
        return None;
    }
    let is_named = |known: &[&str], parts: &[&str]| {
        words
            .iter()
            .any(|word| known.contains(word) || (is_joined(word) && parts.iter().any(|part| word.contains(part))))
    };
    let mut named = CHANNELS.iter().filter(|(_, known, parts)| is_named(known, parts)).map(|(channel, ..)| *channel);
    match (named.next(), named.next()) {
        (Some(_), Some(_)) => return Some(Target::OptOut),
        (Some(channel), None) => return Some(Target::Consent(channel, false)),
        (None, _) => {}
    }
    if words.iter().any(|word| ELSEWHERE.contains(word)) {
        return None;
    }
    let says = |parts: &[&str]| parts.iter().any(|part| whole.contains(part));
    if says(&["fax", "postal", "directmail", "donotmail", "allowmail", "allowbulkmail"]) {
        return None;
    }
    let of_all = says(&["donotcontact", "donotallowcontact", "donotmarket"]);
    Some(if of_all { Target::OptOut } else { Target::Consent(Channel::Email, false) })
}

/// Where programs tell how somebody stands with mailings: `subscriptions.email.marketing.consent`.
pub(super) fn subscription(heading: &str) -> Option<Target> {
    let whole = squashed(heading);
    let channel = whole.strip_suffix("marketingconsent")?;
    [("subscriptionsemail", Channel::Email), ("subscriptionssms", Channel::Sms)]
        .into_iter()
        .find(|(end, _)| channel.ends_with(end))
        .map(|(_, channel)| Target::Consent(channel, true))
}

/// Whether a heading that stands for nothing else tells of who is deleted, archived or dead in the other system.
pub fn tells_gone(header: &str) -> bool {
    const GONE: [&str; 10] = [
        "archived",
        "deceased",
        "deceasedclosed",
        "deleted",
        "intrash",
        "isarchived",
        "isdeceased",
        "isdeleted",
        "isintrash",
        "trashed",
    ];
    let word = squashed(header);
    GONE.contains(&word.strip_prefix("contact").unwrap_or(&word))
}

/// `DoNotCall` as `Do Not Call`.
pub(super) fn between_cases(heading: &str) -> String {
    let mut spaced = String::with_capacity(heading.len() + 8);
    let mut after_small = false;
    for c in heading.chars() {
        if after_small && c.is_uppercase() {
            spaced.push(' ');
        }
        after_small = c.is_lowercase();
        spaced.push(c);
    }
    spaced
}
