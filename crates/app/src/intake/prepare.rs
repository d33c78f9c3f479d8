//! The first two steps, before any transaction: normalize and validate.

use leadwright_domain::{
    duplicates::IdentityKeys,
    fault::{Fault, nearest},
    ids::{TeamId, UserId},
    leads::{
        CommandFields, Demand, InputRules, Mode, Occasion, Parsed, Priority, Profile, RawLead, missing,
        parts::Bant,
    },
    sources::LeadSource,
};
use serde_json::Value;

use crate::Configuration;

/// The door through which a lead comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// The API and people: strict.
    Api,
    /// A form: lenient, less is demanded.
    Form,
}

/// What fills gaps of a new lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    /// The code of the source.
    pub source: Option<String>,
    /// The priority.
    pub priority: Option<Priority>,
    /// The company.
    pub company_name: Option<String>,
    /// Product interests to add.
    pub product_interests: Vec<String>,
    /// Tags to add.
    pub tags: Vec<String>,
}

/// A lead that is fit to come in.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What is known of the person, without defaults: a known lead takes over only what was said.
    pub profile: Profile,
    /// What a new lead gets where nothing was said.
    pub defaults: Defaults,
    /// Where it comes from.
    pub source: LeadSource,
    /// Who is to own it, where the caller says so.
    pub owner: Option<UserId>,
    /// The team it is to belong to.
    pub team: Option<TeamId>,
    /// Budget, authority, need and timeline, where given.
    pub bant: Option<Bant>,
    /// By what it is recognized.
    pub keys: IdentityKeys,
    /// What was understood but not quite right.
    pub warnings: Vec<Fault>,
}

/// Why a lead is not fit to come in.
#[derive(Clone, Debug, PartialEq)]
pub struct Unfit {
    /// Everything that is wrong.
    pub faults: Vec<Fault>,
    /// What was understood but not quite right.
    pub warnings: Vec<Fault>,
}

/// Normalizes and validates what a channel brings.
///
/// # Errors
/// All that is wrong with it.
pub fn prepare(raw: &RawLead, channel: Channel, defaults: Defaults, config: &Configuration) -> Result<Prepared, Unfit> {
    let rules = rules(config, channel, Occasion::Create);
    let mut parsed = leadwright_domain::leads::parse(raw, &rules);
    let demand = match channel {
        Channel::Api => Demand::Api,
        Channel::Form => Demand::Capture,
    };
    let mut faults = missing(&parsed, demand, &config.custom_fields);
    let source = source(&parsed.command, channel, &defaults, config, &mut parsed.warnings);
    if let Err(fault) = &source {
        faults.push(fault.clone());
    }
    let owner = owner(&parsed.command, config).map_err(|fault| faults.push(fault)).ok().flatten();
    let team = team(&parsed.command, config).map_err(|fault| faults.push(fault)).ok().flatten();
    let bant = match &parsed.command.bant {
        Some(given) => leadwright_domain::leads::merge_bant(&Bant::default(), given, "#/bant", &rules)
            .map_err(|found| faults.extend(found))
            .ok(),
        None => None,
    };
    only_here(&parsed, channel, &mut faults);
    faults.splice(0..0, std::mem::take(&mut parsed.faults));
    match source {
        Ok(source) if faults.is_empty() => {
            let keys = IdentityKeys::of(&parsed.profile);
            let Parsed { profile, warnings, .. } = parsed;
            Ok(Prepared { profile, defaults, source, owner, team, bant, keys, warnings })
        }
        _ => Err(Unfit { faults, warnings: parsed.warnings }),
    }
}

/// How input is read, given the organization's settings.
pub fn rules(config: &Configuration, channel: Channel, occasion: Occasion) -> InputRules<'_> {
    InputRules {
        mode: if channel == Channel::Api { Mode::Strict } else { Mode::Lenient },
        occasion,
        default_region: &config.organization.default_region,
        base_currency: &config.organization.base_currency,
        custom: &config.custom_fields,
    }
}

/// The world may say who it is, not what becomes of it; and history comes by import only.
fn only_here(parsed: &Parsed, channel: Channel, faults: &mut Vec<Fault>) {
    let command = &parsed.command;
    let history = [
        ("created_at", command.created_at.is_some()),
        ("stage", command.stage.is_some()),
        ("status", command.status.is_some()),
        ("score_adjustment", command.score_adjustment.is_some()),
    ];
    if channel == Channel::Api {
        for (name, _) in history.into_iter().filter(|(_, given)| *given) {
            let detail = format!("A new lead has no `{name}` to give; bring history in by an import.");
            faults.push(Fault::in_field(name, "read_only", detail));
        }
    }
}

fn source(
    command: &CommandFields,
    channel: Channel,
    defaults: &Defaults,
    config: &Configuration,
    warnings: &mut Vec<Fault>,
) -> Result<LeadSource, Fault> {
    let named = |written: &str| config.sources.iter().find(|source| source.active && source.is_named(written));
    if let Some(written) = &command.source {
        if let Some(source) = named(written) {
            return Ok(source.clone());
        }
        let fault = unknown_source(written, config);
        if channel == Channel::Api || defaults.source.is_none() {
            return Err(fault);
        }
        warnings.push(fault);
    }
    let fallback = defaults.source.as_deref();
    // A source that was made inactive after the form named it still counts: the lead must not be lost.
    let known = fallback.and_then(|code| config.sources.iter().find(|source| source.code == code));
    known.cloned().ok_or_else(|| Fault::in_field("source", "required", "Send the code of a lead source, such as `website`."))
}

fn unknown_source(written: &str, config: &Configuration) -> Fault {
    let codes: Vec<&str> = config.sources.iter().filter(|source| source.active).map(|source| source.code.as_str()).collect();
    let fault = Fault::in_field("source", "unknown_source", format!("Choose one of the lead sources: {}.", codes.join(", ")));
    match nearest(written, codes.iter().copied()) {
        Some(meant) => fault.suggesting(meant),
        None => fault,
    }
}

fn owner(command: &CommandFields, config: &Configuration) -> Result<Option<UserId>, Fault> {
    let Some(id) = command.owner_id else { return Ok(None) };
    match config.users.iter().find(|user| user.id == id) {
        Some(user) if user.active => Ok(Some(id)),
        Some(_) => Err(Fault::in_field("owner_id", "inactive_user", "This user is not active; choose another owner.")),
        None => Err(Fault::in_field("owner_id", "unknown_user", "There is no such user in your organization.")),
    }
}

fn team(command: &CommandFields, config: &Configuration) -> Result<Option<TeamId>, Fault> {
    let Some(id) = command.team_id else { return Ok(None) };
    let known = config.teams.iter().any(|team| team.id == id);
    let unknown = || Fault::in_field("team_id", "unknown_team", "There is no such team in your organization.");
    if known { Ok(Some(id)) } else { Err(unknown()) }
}

impl Prepared {
    /// The profile of a new lead: what was said, and defaults where nothing was.
    pub fn new_profile(&self, config: &Configuration) -> Profile {
        let mut profile = self.profile.clone();
        let defaults = &self.defaults;
        profile.priority = profile.priority.or(defaults.priority).or(Some(Priority::Medium));
        if profile.company_name.is_none() {
            profile.company_name.clone_from(&defaults.company_name);
        }
        for (into, from) in [(&mut profile.product_interests, &defaults.product_interests), (&mut profile.tags, &defaults.tags)]
        {
            for label in from {
                if !into.contains(label) {
                    into.push(label.clone());
                }
            }
        }
        for field in config.custom_fields.iter().filter(|field| field.active) {
            if let Some(default) = field.default.as_ref().filter(|default| **default != Value::Null) {
                profile.custom.entry(field.key.clone()).or_insert_with(|| default.clone());
            }
        }
        profile
    }
}
