//! The catalogue of lead sources (spec CAP-1).

use std::{
    collections::{BTreeSet, HashMap},
    ops::Deref,
};

use serde::{Deserialize, Serialize};

use crate::{choices, ids::LeadSourceId, text::fold};

choices! {
    /// Who made the first step.
    Direction {
        /// They came to us.
        Inbound = "inbound",
        /// We went to them.
        Outbound = "outbound",
    }
}

/// Where leads come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadSource {
    /// Which.
    pub id: LeadSourceId,
    /// Counts changes.
    pub version: i64,
    /// A stable word for programs: `email_campaign`.
    pub code: String,
    /// The name for people.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Who made the first step.
    pub direction: Direction,
    /// `web email social referral event phone advertising print partner in_person`, or free.
    pub medium: Option<String>,
    /// Other words for it, as other systems write them.
    pub aliases: Vec<String>,
    /// Inactive ones are kept on old leads and refused on new ones.
    pub active: bool,
}

/// A source of the starting catalogue.
#[derive(Clone, Copy, Debug)]
pub struct StartingSource {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it is.
    pub description: &'static str,
    /// Who made the first step.
    pub direction: Direction,
    /// Its medium.
    pub medium: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
}

use Direction::{Inbound, Outbound};

const fn source(
    code: &'static str,
    name: &'static str,
    description: &'static str,
    direction: Direction,
    medium: &'static str,
    aliases: &'static [&'static str],
) -> StartingSource {
    StartingSource { code, name, description, direction, medium, aliases }
}

/// The thirteen sources every organization starts with (spec CAP-1).
pub const STARTING_SOURCES: &[StartingSource] = &[
    source(
        "website",
        "Website",
        "A form, chat or page of our own site",
        Inbound,
        "web",
        &["web", "web form", "webform", "site", "landing page", "organic search", "direct traffic"],
    ),
    source(
        "email_campaign",
        "Email Campaign",
        "An e-mail that we sent to many",
        Outbound,
        "email",
        &["email", "e-mail", "e-mail campaign", "newsletter", "email marketing"],
    ),
    source(
        "social_media",
        "Social Media",
        "A post or profile on a social network",
        Inbound,
        "social",
        &["social", "facebook", "linkedin", "instagram", "twitter"],
    ),
    source(
        "referral",
        "Referral",
        "A customer or partner who named us",
        Inbound,
        "referral",
        &["referred", "customer referral", "employee referral", "external referral"],
    ),
    source(
        "trade_show",
        "Trade Show",
        "A fair or conference stand",
        Outbound,
        "event",
        &["tradeshow", "fair", "conference", "event", "expo"],
    ),
    source(
        "cold_call",
        "Cold Call",
        "A call nobody asked for",
        Outbound,
        "phone",
        &["cold calling", "outbound call", "telemarketing"],
    ),
    source(
        "advertisement",
        "Advertisement",
        "A paid notice, online or in print",
        Inbound,
        "advertising",
        &["advertising", "ad", "ads", "paid ads", "ppc", "google ads", "retargeting ads"],
    ),
    source(
        "direct_mail",
        "Direct Mail",
        "A letter or card by post",
        Outbound,
        "print",
        &["mail", "postal mail", "mailing"],
    ),
    source("webinar", "Webinar", "A talk held online", Inbound, "event", &["online event", "web seminar"]),
    source(
        "word_of_mouth",
        "Word of Mouth",
        "Somebody heard of us from somebody",
        Inbound,
        "referral",
        &["wom", "recommendation"],
    ),
    source(
        "content_download",
        "Content Download",
        "A white paper, e-book or study that was taken",
        Inbound,
        "web",
        &["download", "whitepaper", "white paper", "ebook"],
    ),
    source(
        "third_party",
        "Third Party",
        "A list or lead that was bought or passed on",
        Outbound,
        "partner",
        &["partner", "purchased list", "list", "vendor"],
    ),
    source(
        "walk_in",
        "Walk-in",
        "Somebody came through the door",
        Inbound,
        "in_person",
        &["walkin", "walk in", "in person"],
    ),
];

/// The sources of an organization, found by what people and other systems call them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    all: Vec<LeadSource>,
    by_key: HashMap<String, Vec<usize>>,
}

impl Sources {
    /// Those that a written word names, in the order of the catalogue: by code, name or alias, without regard to case,
    /// accents and `_-`.
    pub fn named(&self, written: &str) -> impl Iterator<Item = &LeadSource> {
        self.by_key.get(&key(written)).into_iter().flatten().filter_map(|place| self.all.get(*place))
    }
}

impl FromIterator<LeadSource> for Sources {
    fn from_iter<I: IntoIterator<Item = LeadSource>>(sources: I) -> Self {
        let all: Vec<LeadSource> = sources.into_iter().collect();
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, source) in all.iter().enumerate() {
            let names = [&source.code, &source.name].into_iter().chain(&source.aliases);
            for key in names.map(|name| key(name)).collect::<BTreeSet<String>>() {
                by_key.entry(key).or_default().push(place);
            }
        }
        Self { all, by_key }
    }
}

impl Deref for Sources {
    type Target = [LeadSource];

    fn deref(&self) -> &[LeadSource] {
        &self.all
    }
}

/// The form in which source names are compared.
pub fn key(written: &str) -> String {
    fold(&written.replace(['_', '-'], " "))
}

/// A stable code made from a name: `Trade Show!` becomes `trade_show`.
pub fn code_from_name(name: &str) -> String {
    let folded = key(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;

    fn a_source(number: u128, code: &str, name: &str, aliases: &[&str], active: bool) -> LeadSource {
        LeadSource {
            id: Id::from_uuid(uuid::Uuid::from_u128(number)),
            version: 1,
            code: code.to_owned(),
            name: name.to_owned(),
            description: None,
            direction: Inbound,
            medium: None,
            aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
            active,
        }
    }

    #[test]
    fn a_source_is_found_by_code_name_and_alias() {
        let sources: Sources = [
            a_source(1, "trade_show", "Trade Show", &["fair", "Messe München"], true),
            a_source(2, "fair", "Village fair", &[], false),
        ]
        .into_iter()
        .collect();
        let named = |written: &str| sources.named(written).map(|source| source.code.as_str()).collect::<Vec<_>>();
        for written in ["TRADE-SHOW", "trade show", "messe munchen", " Trade  Show "] {
            assert_eq!(named(written), ["trade_show"], "{written}");
        }
        assert_eq!(named("Fair"), ["trade_show", "fair"]);
        assert_eq!(named("radio"), Vec::<&str>::new());
        assert_eq!(sources.len(), 2);
    }
}
