//! What a post tells besides its inputs: when it came, and from which page (spec CAP-8).

use url::{Url, form_urlencoded};

use super::{CaptureForm, inputs::says_nothing};
use crate::{
    leads::{
        Profile,
        parts::{ConsentState, Touch},
    },
    text::clean_line,
    time::Instant,
};

/// The parameters by which advertising networks know a click.
const CLICK_IDS: &[&str] = &["gclid", "gbraid", "wbraid", "fbclid", "msclkid", "ttclid", "li_fat_id"];

/// The visit behind a post.
#[derive(Clone, Copy, Debug)]
pub struct Visit<'a> {
    /// When the post came.
    pub at: Instant,
    /// The `Origin` header.
    pub origin: Option<&'a str>,
    /// The `Referer` header: the page of the form, where the browser tells it.
    pub referer: Option<&'a str>,
}

impl CaptureForm {
    /// Writes down when, through which form and to what somebody consented, and where the visit came from.
    pub fn note_visit(&self, profile: &mut Profile, visit: &Visit<'_>) {
        for consent in profile.consent.values_mut() {
            // Whatever a script sends along: the form knows better.
            consent.at = Some(visit.at);
            consent.form_id = Some(self.id);
            let shown = self.settings.consent_text.clone().filter(|_| consent.state == ConsentState::Granted);
            consent.how = Some(shown.unwrap_or_else(|| self.name.clone()));
        }
        let touch = self.touch(profile.last_touch.take(), visit);
        profile.first_touch.clone_from(&touch);
        profile.last_touch = touch;
    }

    /// The touch that a post tells of, completed from the page it was made on.
    fn touch(&self, told: Option<Touch>, visit: &Visit<'_>) -> Option<Touch> {
        let (own, linked) = match visit.referer.and_then(page) {
            Some(url) if self.is_own(&url, visit.origin) => (Some(url), None),
            other => (None, other),
        };
        let mut touch = match told {
            Some(touch) => touch,
            // That somebody stood on our own page is no touch, unless a campaign brought them there.
            None => Touch { referrer: linked.as_ref().map(|url| short(url.as_str(), 2_000)), ..Touch::default() },
        };
        let landing = touch.landing_page.as_deref().and_then(landing);
        fill(&mut touch, landing.as_ref());
        if touch.landing_page.is_none() {
            fill(&mut touch, own.as_ref());
            if touch != Touch::default() {
                touch.landing_page = own.map(|url| short(url.as_str(), 2_000));
            }
        }
        if touch == Touch::default() {
            return None;
        }
        touch.at = touch.at.or(Some(visit.at));
        Some(touch)
    }

    /// Whether a page belongs to the form's own sites: the origin of the post, or one that may post.
    fn is_own(&self, url: &Url, origin: Option<&str>) -> bool {
        let of_page = url.origin().ascii_serialization();
        let allowed = &self.settings.allowed_origins;
        origin.is_some_and(|origin| origin.eq_ignore_ascii_case(&of_page))
            || allowed.is_empty()
            || self.allows(&of_page)
    }
}

fn page(written: &str) -> Option<Url> {
    Url::parse(written.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// A landing page as scripts tell it, often without its host: `/pricing?utm_source=…`.
fn landing(written: &str) -> Option<Url> {
    let somewhere = Url::parse("https://page.invalid/").ok()?;
    somewhere.join(written.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn short(text: &str, most: usize) -> String {
    clean_line(text).chars().take(most).collect()
}

/// Fills what a touch lacks from the query of a page.
fn fill(touch: &mut Touch, page: Option<&Url>) {
    let Some(page) = page else { return };
    // Pages that are one for the browser (`#/demo?utm_source=…`) have a query behind the mark of a place.
    let place = page.fragment().unwrap_or_default();
    let place = place.split_once('?').map_or(place, |(_, query)| query);
    for (name, value) in page.query_pairs().chain(form_urlencoded::parse(place.as_bytes())).take(200) {
        let (name, value) = (name.to_ascii_lowercase(), short(&value, 500));
        if value.is_empty() || says_nothing(&value) {
            continue;
        }
        let place = match name.as_str() {
            "utm_source" => &mut touch.utm_source,
            "utm_medium" => &mut touch.utm_medium,
            "utm_campaign" => &mut touch.utm_campaign,
            "utm_term" => &mut touch.utm_term,
            "utm_content" => &mut touch.utm_content,
            click if CLICK_IDS.contains(&click) => {
                touch.click_ids.entry(name).or_insert(value);
                continue;
            }
            _ => continue,
        };
        place.get_or_insert(value);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::{TimeZone, Utc};
    use serde_json::json;

    use super::*;
    use crate::{
        capture::FormSettings,
        leads::parts::{Channel, Consent},
        sample::id,
    };

    fn form(origins: &[&str]) -> CaptureForm {
        let allowed_origins = origins.iter().map(ToString::to_string).collect();
        let settings = FormSettings { allowed_origins, consent_text: Some("Yes.".into()), ..FormSettings::default() };
        let (name, public_key) = ("Contact".to_owned(), "f_x".to_owned());
        CaptureForm { id: id(1), version: 1, name, public_key, source_id: id(2), settings, active: true }
    }

    fn touch(told: Option<Touch>, origin: Option<&str>, referer: Option<&str>) -> Option<Touch> {
        let mut profile = Profile { last_touch: told, ..Profile::default() };
        let at = Utc.timestamp_nanos(1_000);
        form(&["https://www.example.com"]).note_visit(&mut profile, &Visit { at, origin, referer });
        assert_eq!(profile.first_touch, profile.last_touch);
        assert!(profile.last_touch.as_ref().is_none_or(|touch| touch.at == Some(at)));
        profile.last_touch
    }

    #[test]
    fn campaigns_are_read_from_the_page_and_what_was_told_wins() {
        let told = Touch {
            utm_source: Some("told".into()),
            landing_page: Some(
                "https://www.example.com/?UTM_Source=x&utm_medium=cpc&gbraid=G1&x=1&utm_term={keyword}&gclid=null"
                    .into(),
            ),
            ..Touch::default()
        };
        let known = touch(Some(told), None, Some("https://www.example.com/other?utm_term=y")).unwrap();
        assert_eq!((known.utm_source.as_deref(), known.utm_medium.as_deref()), (Some("told"), Some("cpc")));
        assert_eq!((json!(known.click_ids), known.utm_term), (json!({"gbraid": "G1"}), None));

        let page = "https://www.example.com/a?utm_campaign=spring&li_fat_id=L";
        let known = touch(None, Some("https://www.example.com"), Some(page)).unwrap();
        assert_eq!((known.utm_campaign.as_deref(), known.landing_page.as_deref()), (Some("spring"), Some(page)));
        assert_eq!(known.referrer, None);
    }

    #[test]
    fn landing_pages_without_a_host_or_with_a_query_behind_their_place_are_read() {
        for (landing, source, click) in [
            ("/pricing?utm_source=rel&gclid=G", Some("rel"), Some("G")),
            ("?utm_source=rel", Some("rel"), None),
            ("www.example.com/x?utm_source=rel&gclid=G", Some("rel"), Some("G")),
            ("https://www.example.com/#/demo?utm_source=hash&gclid=H", Some("hash"), Some("H")),
            ("https://www.example.com/?utm_source=query#utm_source=hash&gclid=H", Some("query"), Some("H")),
            ("Pricing", None, None),
            ("javascript:x?utm_source=y", None, None),
            ("mailto:a@b.example?utm_source=y", None, None),
        ] {
            let told = Touch { landing_page: Some(landing.into()), ..Touch::default() };
            let known = touch(Some(told), None, None).unwrap();
            assert_eq!(known.utm_source.as_deref(), source, "{landing}");
            assert_eq!(known.click_ids.get("gclid").map(String::as_str), click, "{landing}");
            assert_eq!(known.landing_page.as_deref(), Some(landing));
        }
    }

    #[test]
    fn standing_on_our_own_page_is_no_touch_but_coming_from_elsewhere_is() {
        assert_eq!(touch(None, Some("https://www.example.com"), Some("https://www.example.com/contact")), None);
        assert_eq!(touch(None, None, None), None);
        assert_eq!(touch(None, None, Some("nonsense")), None);
        let known = touch(None, None, Some("https://partner.test/list")).unwrap();
        assert_eq!((known.referrer.as_deref(), known.landing_page), (Some("https://partner.test/list"), None));
    }

    #[test]
    fn consent_is_written_down_as_it_was_given() {
        let forged = Consent { state: ConsentState::Granted, at: None, how: Some("by law".into()), form_id: None };
        let withdrawn = Consent { state: ConsentState::Withdrawn, ..forged.clone() };
        let consent = [(Channel::Email, forged), (Channel::Sms, withdrawn)].into();
        let mut profile = Profile { consent, ..Profile::default() };
        let at = Utc.timestamp_nanos(1_000);
        form(&[]).note_visit(&mut profile, &Visit { at, origin: None, referer: None });
        let shown: Vec<_> = profile.consent.values().map(|one| (one.how.as_deref(), one.at, one.form_id)).collect();
        assert_eq!(shown, [(Some("Yes."), Some(at), Some(id(1))), (Some("Contact"), Some(at), Some(id(1)))]);
    }
}
