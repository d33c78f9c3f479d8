//! Whether a post may be spam. Asked before any transaction, and of everybody alike.

use std::net::IpAddr;

use leadwright_domain::{
    capture::{CaptureForm, Suspicion},
    leads::RawLead,
    time::Instant,
};

use super::{captcha, token};
use crate::{App, Configuration};

/// Every reason to take a post for spam. The CAPTCHA is asked only where nothing else speaks against the post: a verdict
/// costs, and each can be had once.
pub(super) async fn suspicions(
    app: &App,
    config: &Configuration,
    form: &CaptureForm,
    posted: &RawLead,
    address: Option<IpAddr>,
    now: Instant,
) -> Vec<Suspicion> {
    let protection = &form.settings.protection;
    let mut found: Vec<Suspicion> = protection.caught(posted).into_iter().collect();
    if protection.min_fill_seconds > 0 {
        found.extend(protection.hasty(token::read(&app.secrets, form.id, posted), now));
    }
    found.extend(config.block_list.finds(posted, address));
    if let Some(captcha) = protection.captcha.as_ref().filter(|_| found.is_empty()) {
        let organization = config.organization.id;
        found.extend(captcha::unsolved(app, organization, captcha, posted, address).await);
    }
    found
}
