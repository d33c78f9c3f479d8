//! What rows of files need besides: policies answer what a row leaves open (spec IMP-4, IMP-7).

use leadwright_domain::{
    capture::FormDefaults,
    fault::{At, Fault},
    ids::{TeamId, UserId},
    imports::{ImportPolicy, UnknownOwner, UnknownSource, is_of_nobody, name_from_address},
    leads::{CommandFields, FieldValue, Kept, Parsed},
    people::UserBrief,
    sources::LeadSource,
    text::fold,
};

use super::prepare::{Channel, History, known_source};
use crate::Configuration;

/// The codes of the warnings that a name was made from an address, or from the company.
pub(super) const MADE_UP: [&str; 2] = ["made_from_email", "made_from_company"];

/// Somebody of whom only an address is known gets a name from it; a company that can be called, or written to at an
/// address that is nobody's in particular, its own.
pub(super) fn name_the_nameless(parsed: &mut Parsed) {
    let profile = &mut parsed.profile;
    if profile.contact_name.is_some() {
        return;
    }
    let email = profile.email.as_deref();
    let is_personal = email.is_some_and(|email| !is_of_nobody(email));
    let company = profile.company_name.clone().filter(|_| !is_personal && (email.is_some() || profile.phone.is_some()));
    // The name is in no detail: whoever erases the person need not look for it there.
    let (name, code, detail) = match (company, email.and_then(name_from_address)) {
        (Some(company), _) => (company, MADE_UP[1], "There is no name; the company's stands for it."),
        (None, Some(name)) => (name, MADE_UP[0], "There is no name; one is made from the e-mail address."),
        (None, None) => return,
    };
    profile.put("contact_name", FieldValue::Text(name));
    // A company has no first and last name.
    if code == MADE_UP[0] {
        profile.derive(&["contact_name"].into());
    }
    parsed.warnings.push(Fault::in_field("contact_name", code, detail));
}

/// What new leads get where their row says nothing.
pub(super) fn defaults(policy: &ImportPolicy) -> FormDefaults {
    FormDefaults {
        priority: Some(policy.default_priority),
        company_name: Some(policy.default_company.clone()),
        ..FormDefaults::default()
    }
}

/// The source that a row names, inactive ones included: history is not rewritten.
pub(super) fn source(
    command: &CommandFields,
    policy: &ImportPolicy,
    config: &Configuration,
    warnings: &mut Vec<Fault>,
) -> Result<LeadSource, Fault> {
    if let Some(written) = &command.source {
        if let Some(known) = config.sources.named(written).next() {
            return Ok(known.clone());
        }
        let Err(fault) = known_source(written, config) else { return Err(lost()) };
        match policy.unknown_source {
            UnknownSource::Default => warnings.push(fault),
            // What was to be created was created before; a name that can't be a source's is left.
            UnknownSource::Create | UnknownSource::Fail => return Err(fault),
        }
    }
    config.sources.iter().find(|source| source.id == policy.default_source).cloned().ok_or_else(lost)
}

fn lost() -> Fault {
    Fault::in_field("source", "required", "Name a lead source; the import's default source is gone.")
}

/// The person whom a row names as owner, by e-mail address, name or id.
pub(super) fn owner(
    command: &CommandFields,
    policy: &ImportPolicy,
    config: &Configuration,
    warnings: &mut Vec<Fault>,
) -> Result<Option<UserId>, Fault> {
    let Some(written) = &command.owner else { return Ok(None) };
    if !policy.assigns {
        warnings.push(may_not_assign("owner"));
        return Ok(None);
    }
    let active = || config.users.iter().filter(|user| user.active);
    let by_address = |user: &&UserBrief| user.email.eq_ignore_ascii_case(written.trim());
    let by_name = || {
        let folded = fold(written);
        active().find(|user| fold(&user.name) == folded || user.id.to_string() == *written)
    };
    if let Some(user) = active().find(by_address).or_else(by_name) {
        return Ok(Some(user.id));
    }
    let fault = Fault::in_field("owner", "unknown_user", "There is no active user with this e-mail address or name.");
    match policy.unknown_owner {
        UnknownOwner::Fail => Err(fault),
        UnknownOwner::Default => {
            warnings.push(fault);
            Ok(None)
        }
    }
}

fn may_not_assign(field: &str) -> Fault {
    Fault::in_field(field, "may_not_assign", "Giving leads to others needs `leads:assign`; this was passed over.")
}

/// The team that a row names.
pub(super) fn team(
    command: &CommandFields,
    policy: &ImportPolicy,
    config: &Configuration,
    warnings: &mut Vec<Fault>,
) -> Option<TeamId> {
    let written = command.team.as_ref()?;
    if !policy.assigns {
        warnings.push(may_not_assign("team"));
        return None;
    }
    let known = config.teams.iter().find(|team| fold(&team.name) == fold(written)).map(|team| team.id);
    if known.is_none() {
        warnings.push(Fault::in_field("team", "unknown_team", "There is no team of this name."));
    }
    known
}

/// Keeps in the notes where a row came from if that is a page, such as each its own in a scraped list: no catalogue of
/// sources is made of these.
pub(super) fn note_page(parsed: &mut Parsed, policy: &ImportPolicy, config: &Configuration) {
    let is_new_page = |written: &String| is_page(written) && config.sources.named(written).next().is_none();
    if policy.unknown_source == UnknownSource::Fail || !parsed.command.source.as_ref().is_some_and(is_new_page) {
        return;
    }
    let page = parsed.command.source.take();
    parsed.append_to_notes(page.map(|page| format!("Source: {page}")));
}

/// Whether what is written for a source is the address of a page.
pub fn is_page(source: &str) -> bool {
    source.contains("://")
}

/// Keeps in the notes who had the lead elsewhere and is nobody here.
pub(super) fn note_strangers(parsed: &mut Parsed, warnings: &[Fault]) {
    let is_new = |field: &str| warnings.iter().any(|fault| fault.at == At::Pointer(format!("#/{field}")));
    let told = [("owner", "Owner", &parsed.command.owner), ("team", "Team", &parsed.command.team)];
    let told = told.into_iter().filter(|(field, ..)| is_new(field));
    let lines: Vec<String> =
        told.filter_map(|(_, label, written)| Some(format!("{label}: {}", written.as_deref()?))).collect();
    if !lines.is_empty() {
        parsed.append_to_notes(lines);
    }
}

/// What an export says of the lead besides; nobody but a file may say it.
pub(super) fn kept(parsed: &mut Parsed, channel: Channel<'_>) -> Kept {
    let mut kept = std::mem::take(&mut parsed.command.kept);
    if !matches!(channel, Channel::Import(_)) {
        return Kept::default();
    }
    if kept.is_to_the_letter() {
        let named = ["company_name", "contact_name"].into_iter().filter(|name| parsed.cleared.contains(name));
        kept.blank.extend(named.map(ToOwned::to_owned));
        let custom = parsed.cleared_members.iter().filter(|(field, _)| *field == "custom");
        kept.blank.extend(custom.map(|(_, key)| format!("custom.{key}")));
    }
    kept
}

/// What happened to the lead elsewhere.
pub(super) fn history(command: &CommandFields) -> History {
    let CommandFields { status, stage, created_at, score_adjustment, .. } = command;
    History { status: *status, stage: *stage, created_at: *created_at, score_adjustment: *score_adjustment }
}
