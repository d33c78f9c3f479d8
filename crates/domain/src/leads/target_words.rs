//! The words in which people say what a column fills, and in which they are told.

use super::{CustomFieldDef, KEPT, Target, fields::field, parts::Channel};

/// Words for what is not a field of the profile.
const WORDS: &[(&str, Target)] = &[
    ("source", Target::Source),
    ("owner", Target::Owner),
    ("team", Target::Team),
    ("status", Target::Status),
    ("stage", Target::Stage),
    ("score_adjustment", Target::ScoreAdjustment),
    ("created_at", Target::CreatedAt),
    ("last_touch.utm_source", Target::Touch("utm_source")),
    ("last_touch.utm_medium", Target::Touch("utm_medium")),
    ("last_touch.utm_campaign", Target::Touch("utm_campaign")),
    ("last_touch.utm_term", Target::Touch("utm_term")),
    ("last_touch.utm_content", Target::Touch("utm_content")),
    ("last_touch.referrer", Target::Touch("referrer")),
    ("last_touch.landing_page", Target::Touch("landing_page")),
    ("last_touch.click_ids.gclid", Target::ClickId("gclid")),
    ("last_touch.click_ids.fbclid", Target::ClickId("fbclid")),
    ("last_touch.click_ids.msclkid", Target::ClickId("msclkid")),
    ("last_touch.click_ids.ttclid", Target::ClickId("ttclid")),
    ("last_touch.click_ids.li_fat_id", Target::ClickId("li_fat_id")),
    ("consent.email", Target::Consent(Channel::Email, true)),
    ("consent.sms", Target::Consent(Channel::Sms, true)),
    ("consent.phone", Target::Consent(Channel::Phone, true)),
    ("opt_out.email", Target::Consent(Channel::Email, false)),
    ("opt_out.sms", Target::Consent(Channel::Sms, false)),
    ("opt_out.phone", Target::Consent(Channel::Phone, false)),
    ("opt_out.all", Target::OptOut),
];

impl Target {
    /// The word for it.
    pub fn word(&self) -> String {
        match self {
            Self::Field(name) => (*name).to_owned(),
            Self::Custom(key) => format!("custom.{key}"),
            Self::ExternalId(system) => format!("external_ids.{system}"),
            Self::Kept(word) => (*word).to_owned(),
            other => {
                let known = WORDS.iter().find(|(_, target)| target == other);
                known.map(|(word, _)| (*word).to_owned()).unwrap_or_default()
            }
        }
    }

    /// What a word stands for; `None` where it stands for nothing.
    pub fn named(word: &str, custom: &[CustomFieldDef]) -> Option<Self> {
        if let Some((_, target)) = WORDS.iter().find(|(known, _)| *known == word) {
            return Some(target.clone());
        }
        if let Some(key) = word.strip_prefix("custom.") {
            return custom.iter().find(|def| def.active && def.key == key).map(|def| Self::Custom(def.key.clone()));
        }
        if let Some(system) = word.strip_prefix("external_ids.") {
            let system = system.trim().to_lowercase();
            return (!system.is_empty() && system.chars().count() <= 100).then_some(Self::ExternalId(system));
        }
        let kept = || KEPT.iter().find(|known| **known == word).map(|word| Self::Kept(word));
        field(word).map(|field| Self::Field(field.name)).or_else(kept)
    }

    /// All words, but for those of custom fields and ids in other systems.
    pub fn words() -> impl Iterator<Item = &'static str> {
        let others = WORDS.iter().map(|(word, _)| *word).chain(KEPT.iter().copied());
        super::LEAD_FIELDS.iter().map(|field| field.name).chain(others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_and_what_it_stands_for_belong_together() {
        for word in Target::words().chain(["external_ids.sap"]) {
            assert_eq!(Target::named(word, &[]).map(|target| target.word()).as_deref(), Some(word));
        }
        for word in ["", "custom.none", "external_ids.", "score", "bant.budget"] {
            assert_eq!(Target::named(word, &[]), None, "{word}");
        }
    }
}
