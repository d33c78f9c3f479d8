//! What a form does against those who are no people (spec CAP-3).

use serde::{Deserialize, Serialize};

use super::FormSettings;
use crate::{
    choices,
    fault::Fault,
    text::{Complaint, clean_line},
};

/// The input that carries the signed token of a page, by which the time it took to fill a form in is known.
pub const TOKEN_INPUT: &str = "form_token";
/// The inputs that carry what a CAPTCHA's widget answered.
pub const CAPTCHA_INPUTS: [&str; 4] =
    ["cf-turnstile-response", "h-captcha-response", "g-recaptcha-response", "captcha_token"];
/// The input by which a browser names the encoding of a form.
pub const CHARSET_INPUT: &str = "_charset_";

/// The longest a form may demand to be filled in for, in seconds.
pub const LONGEST_FILL: u32 = 3_600;
/// The longest time within which equal posts are one, in seconds.
pub const LONGEST_WINDOW: u32 = 86_400;
/// The most posts a minute that can be set.
pub const MOST_A_MINUTE: u32 = 1_000_000;
/// The most host names of a CAPTCHA.
const MOST_HOSTS: usize = 20;

/// What a form does against spam. Nothing, unless it is set.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Protection {
    /// An input that people don't see: whoever fills it in is no person.
    pub honeypot_field: Option<String>,
    /// How long a person needs at least, in seconds; 0 asks for no token.
    pub min_fill_seconds: u32,
    /// How many posts a minute the form takes at most.
    pub max_per_minute: Option<u32>,
    /// How many of them from one address.
    pub max_per_address_per_minute: Option<u32>,
    /// The CAPTCHA whose verdict is asked for.
    pub captcha: Option<Captcha>,
}

choices! {
    /// Who tells people from programs.
    CaptchaProvider {
        /// Cloudflare Turnstile.
        Turnstile = "turnstile",
        /// hCaptcha.
        Hcaptcha = "hcaptcha",
        /// Google reCAPTCHA, version 2 or 3.
        Recaptcha = "recaptcha",
    }
}

/// The CAPTCHA of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Captcha {
    /// Who is asked.
    pub provider: CaptchaProvider,
    /// The secret shared with them, sealed.
    pub sealed_secret: String,
    /// The least score, in hundredths, of providers that give one.
    #[serde(default)]
    pub min_score: Option<u8>,
    /// The action that the widget was rendered for.
    #[serde(default)]
    pub action: Option<String>,
    /// The hosts on whose pages it may have been solved; any, without one.
    #[serde(default)]
    pub hostnames: Vec<String>,
}

impl Protection {
    /// Whether an input is read by the protection and says nothing of a person.
    pub fn reads(&self, input: &str) -> bool {
        self.honeypot_field.as_deref() == Some(input)
            || input == TOKEN_INPUT
            || input == CHARSET_INPUT
            || CAPTCHA_INPUTS.contains(&input)
    }

    /// The same, normalized; adds what is wrong.
    pub(super) fn checked(self, settings: &FormSettings, faults: &mut Vec<Fault>) -> Self {
        let honeypot_field = self.honeypot_field.map(|name| clean_line(&name)).filter(|name| !name.is_empty());
        if let Some(name) = &honeypot_field {
            if name.chars().count() > super::check::LONGEST_INPUT {
                let detail = format!("Give the name of an input, 1 to {} characters", super::check::LONGEST_INPUT);
                faults.push(Fault::in_field("honeypot_field", "wrong_length", detail));
            }
            if settings.field_mapping.contains_key(name) {
                let detail =
                    "This input is mapped to a field, so people fill it in; choose one of which they know nothing";
                faults.push(Fault::in_field("honeypot_field", "mapped", detail));
            }
        }
        at_most("min_fill_seconds", self.min_fill_seconds, LONGEST_FILL, faults);
        for (name, quota) in
            [("max_per_minute", self.max_per_minute), ("max_per_address_per_minute", self.max_per_address_per_minute)]
        {
            if let Some(quota) = quota {
                if quota == 0 {
                    let detail = "Give 1 or more; to take nothing, set `active` to false, and null for no limit";
                    faults.push(Fault::in_field(name, "out_of_range", detail));
                }
                at_most(name, quota, MOST_A_MINUTE, faults);
            }
        }
        let captcha = self.captcha.map(|captcha| captcha.checked(faults));
        Self { honeypot_field, captcha, ..self }
    }
}

pub(super) fn at_most(name: &str, number: u32, most: u32, faults: &mut Vec<Fault>) {
    if number > most {
        faults
            .push(Fault::in_field(name, "out_of_range", format!("Give a whole number up to {most}")).suggesting(most));
    }
}

impl Captcha {
    fn checked(self, faults: &mut Vec<Fault>) -> Self {
        if self.min_score.is_some_and(|score| score > 100) {
            faults.push(Fault::at_pointer("#/captcha/min_score", "out_of_range", "Give a score from 0 to 1"));
        }
        let action = self.action.map(|action| clean_line(&action)).filter(|action| !action.is_empty());
        if action.as_ref().is_some_and(|action| action.chars().count() > 100) {
            faults.push(Fault::at_pointer("#/captcha/action", "too_long", "Give at most 100 characters"));
        }
        if self.hostnames.len() > MOST_HOSTS {
            let detail = format!("Name at most {MOST_HOSTS} hosts");
            faults.push(Fault::at_pointer("#/captcha/hostnames", "too_many", detail));
        }
        let mut hostnames = Vec::new();
        for (at, written) in self.hostnames.iter().enumerate() {
            match host(written) {
                Ok(host) if hostnames.contains(&host) => {}
                Ok(host) => hostnames.push(host),
                Err(complaint) => faults.push(complaint.at(format!("#/captcha/hostnames/{at}"))),
            }
        }
        Self { action, hostnames, ..self }
    }
}

/// The name of a host as verifiers tell it.
fn host(written: &str) -> Result<String, Complaint> {
    let host = written.trim().to_ascii_lowercase();
    match url::Host::parse(&host) {
        Ok(known) if known.to_string() == host => Ok(host),
        Ok(known) => Ok(known.to_string()),
        Err(_) => Err(Complaint::new("invalid_host", "Give the name of a host, such as www.example.com")),
    }
}
