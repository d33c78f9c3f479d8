//! The first two steps, before any transaction: normalize and validate.

use leadwright_domain::{
    capture::{CaptureForm, FormDefaults, adapters::Adapter},
    cleansing::{Cleansed, Mended, cleansed},
    duplicates::IdentityKeys,
    fault::{At, Fault, nearest},
    ids::{TeamId, UserId},
    imports::ImportPolicy,
    leads::{
        CommandFields, Demand, InputRules, Kept, Mode, Occasion, Parsed, Priority, Profile, RawLead, Stage, Status,
        Target, custom_values::fill_defaults, merge_bant, missing, parts::Bant,
    },
    precedence::{Provenance, Writer, Written},
    sources::LeadSource,
    time::Instant,
};

use super::{Newcomer, Settler, imported};

use crate::Configuration;

/// The most names of inputs that are noted as not understood.
const MOST_UNREAD: usize = 100;

/// The fields in which somebody's name is told.
const NAMES: [&str; 3] = ["contact_name", "first_name", "last_name"];

/// The door through which a lead comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel<'a> {
    /// The API and people: strict.
    Api,
    /// A form: lenient, less is demanded.
    Form(&'a CaptureForm),
    /// A file: lenient, and it may bring a history.
    Import(&'a ImportPolicy),
}

impl Channel<'_> {
    const fn mode(self) -> Mode {
        match self {
            Self::Api => Mode::Strict,
            Self::Form(_) | Self::Import(_) => Mode::Lenient,
        }
    }

    /// As whom it writes; of the API those who bring it say.
    const fn writer(self) -> Option<Writer> {
        match self {
            Self::Api => None,
            Self::Form(_) => Some(Writer::Form),
            Self::Import(policy) => Some(policy.writes_as),
        }
    }

    /// What new leads get where nothing was said.
    fn defaults(self) -> FormDefaults {
        match self {
            Self::Api => FormDefaults::default(),
            Self::Form(form) => form.settings.defaults.clone(),
            Self::Import(policy) => imported::defaults(policy),
        }
    }

    const fn demand(self) -> Demand {
        match self {
            Self::Api => Demand::Api,
            Self::Form(_) => Demand::Capture,
            Self::Import(_) => Demand::Import,
        }
    }
}

/// A lead that is fit to come in.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// What is known of the person, without defaults: a known lead takes over only what was said.
    pub profile: Profile,
    /// What a new lead gets where nothing was said.
    pub defaults: FormDefaults,
    /// Where it comes from.
    pub source: LeadSource,
    /// Who is to own it, where the caller says so.
    pub owner: Option<UserId>,
    /// The team it is to belong to.
    pub team: Option<TeamId>,
    /// Budget, authority, need and timeline, where given.
    pub bant: Option<Bant>,
    /// What happened to it before it came here.
    pub history: History,
    /// What an export says of it besides.
    pub kept: Kept,
    /// By what it is recognized.
    pub keys: IdentityKeys,
    /// What was understood but not quite right.
    pub warnings: Vec<Fault>,
    /// The names of inputs that nothing is done with.
    pub unread: Vec<String>,
    /// Values that are not kept as they came.
    pub mended: Vec<Mended>,
    /// As whom it is written, where that does not follow from who brings it.
    pub writer: Option<Writer>,
    /// What becomes of somebody who is new, where that was worked out beforehand.
    pub newcomer: Option<Box<Newcomer>>,
}

/// What happened to a lead in another system; only files bring it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Where the work on it stands.
    pub status: Option<Status>,
    /// Where the hand-off stands.
    pub stage: Option<Stage>,
    /// When it came into being.
    pub created_at: Option<Instant>,
    /// Points that somebody gave it by hand.
    pub score_adjustment: Option<i64>,
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
pub fn prepare(raw: RawLead, channel: Channel<'_>, config: &Configuration) -> Result<Prepared, Unfit> {
    let rules = rules(config, channel.mode(), Occasion::Create);
    let parsed = match channel {
        Channel::Form(form) => {
            let (inputs, kept_aside) = form.settings.inputs(raw, &config.custom_fields);
            let is_name = |target: Option<&Target>| matches!(target, Some(Target::Field(name)) if NAMES.contains(name));
            let asks_for_name = inputs.iter().any(|input| is_name(input.target.as_ref()))
                || form.settings.required_fields.iter().any(|name| NAMES.contains(&name.as_str()))
                || form.settings.field_mapping.values().any(|field| NAMES.contains(&field.as_str()));
            let inputs =
                inputs.iter().map(|input| ((input.name.as_str(), input.target.as_ref(), &input.value), input.said));
            let mut parsed = leadwright_domain::leads::parse_as_said(inputs, &rules);
            parsed.warnings.extend(kept_aside);
            // A newsletter has no input for a name; a page that has one can ask for it again.
            if !asks_for_name {
                imported::name_the_nameless(&mut parsed);
            }
            parsed
        }
        Channel::Api | Channel::Import(_) => leadwright_domain::leads::parse(&raw, &rules),
    };
    complete(parsed, channel, config)
}

/// Validates what was read already: of a file the headings are resolved once for all rows.
///
/// # Errors
/// All that is wrong with it.
pub fn complete(mut parsed: Parsed, channel: Channel<'_>, config: &Configuration) -> Result<Prepared, Unfit> {
    let rules = rules(config, channel.mode(), Occasion::Create);
    let kept = imported::kept(&mut parsed, channel);
    fill_in(&mut parsed, channel, &kept, config);
    let mut faults = std::mem::take(&mut parsed.faults);
    parsed.faults.clone_from(&faults);
    // What a lead lacks was not lost on the way; the lead itself is found by its id, or has to be somebody.
    if !kept.is_to_the_letter() {
        faults.extend(missing(&parsed, channel.demand(), &config.custom_fields));
    }
    if let Channel::Form(form) = channel {
        let known: Vec<At> = faults.iter().map(|fault| fault.at.clone()).collect();
        faults.extend(form.settings.missing(&parsed).into_iter().filter(|fault| !known.contains(&fault.at)));
    }
    let source = source(&parsed.command, channel, config, &mut parsed.warnings);
    let (owner, team) = holder(&mut parsed, channel, config, !kept.is_to_the_letter());
    faults.extend([source.as_ref().err(), owner.as_ref().err(), team.as_ref().err()].into_iter().flatten().cloned());
    let bant = parsed.command.bant.as_ref().map(|given| merge_bant(&Bant::default(), given, "#/bant", &rules));
    faults.extend(bant.as_ref().and_then(|read| read.as_ref().err()).into_iter().flatten().cloned());
    let history = match channel {
        Channel::Import(_) => imported::history(&parsed.command),
        Channel::Api | Channel::Form(_) => {
            history_comes_by_import(&parsed.command, &mut faults);
            History::default()
        }
    };
    let (Ok(source), Ok(owner), Ok(team), true) = (source, owner, team, faults.is_empty()) else {
        return Err(Unfit { faults: each_once(faults), warnings: parsed.warnings });
    };
    let keys = IdentityKeys::of(&parsed.profile);
    let defaults = channel.defaults();
    let Parsed { profile, warnings, unknown, mended, .. } = parsed;
    let unread = unknown.into_iter().map(|(name, _)| name).take(MOST_UNREAD).collect();
    let bant = bant.and_then(Result::ok);
    let (writer, newcomer) = (channel.writer(), None);
    Ok(Prepared {
        profile,
        defaults,
        source,
        owner,
        team,
        bant,
        history,
        kept,
        keys,
        warnings,
        unread,
        mended,
        writer,
        newcomer,
    })
}

/// What can be told of a lead that its row or post does not say as it should.
fn fill_in(parsed: &mut Parsed, channel: Channel<'_>, kept: &Kept, config: &Configuration) {
    let is_nameless = match channel {
        Channel::Import(policy) => {
            imported::note_page(parsed, policy, config);
            !kept.blank.contains("contact_name")
        }
        // Nobody is there to ask where another system sends what it has.
        Channel::Form(form) => form.settings.adapter.kind != Adapter::Form,
        Channel::Api => false,
    };
    if is_nameless {
        imported::name_the_nameless(parsed);
    }
}

/// How input is read, given the organization's settings.
pub fn rules(config: &Configuration, mode: Mode, occasion: Occasion) -> InputRules<'_> {
    InputRules {
        mode,
        occasion,
        default_region: &config.organization.default_region,
        country: None,
        base_currency: &config.organization.base_currency,
        custom: &config.custom_fields,
    }
}

/// How rows of files are read.
pub fn lenient_rules(config: &Configuration) -> InputRules<'_> {
    rules(config, Mode::Lenient, Occasion::Create)
}

/// A new lead has no history to give.
fn history_comes_by_import(command: &CommandFields, faults: &mut Vec<Fault>) {
    let given = [
        ("created_at", command.created_at.is_some()),
        ("stage", command.stage.is_some()),
        ("status", command.status.is_some()),
        ("score_adjustment", command.score_adjustment.is_some()),
    ];
    for (name, _) in given.into_iter().filter(|(_, given)| *given) {
        let detail = format!("A new lead has no `{name}` to give; leave it out.");
        faults.push(Fault::in_field(name, "read_only", detail));
    }
}

/// One fault per place: the first says what to do.
fn each_once(faults: Vec<Fault>) -> Vec<Fault> {
    let mut kept: Vec<Fault> = Vec::with_capacity(faults.len());
    for fault in faults {
        if !kept.iter().any(|known| known.at == fault.at) {
            kept.push(fault);
        }
    }
    kept
}

fn source(
    command: &CommandFields,
    channel: Channel<'_>,
    config: &Configuration,
    warnings: &mut Vec<Fault>,
) -> Result<LeadSource, Fault> {
    if let Channel::Import(policy) = channel {
        return imported::source(command, policy, config, warnings);
    }
    if let Some(written) = &command.source {
        match (known_source(written, config), channel) {
            (Ok(source), _) => return Ok(source.clone()),
            (Err(fault), Channel::Api | Channel::Import(_)) => return Err(fault),
            (Err(fault), Channel::Form(_)) => warnings.push(fault),
        }
    }
    let demanded = || Fault::in_field("source", "required", "Send the code of a lead source, such as `website`.");
    match channel {
        Channel::Api | Channel::Import(_) => Err(demanded()),
        // A source that was made inactive after the form named it still counts: the lead must not be lost.
        Channel::Form(form) => {
            config.sources.iter().find(|source| source.id == form.source_id).cloned().ok_or_else(demanded)
        }
    }
}

/// The active source that a word names.
///
/// # Errors
/// There is none; the fault names those there are.
pub fn known_source<'c>(written: &str, config: &'c Configuration) -> Result<&'c LeadSource, Fault> {
    if let Some(source) = config.sources.named(written).find(|source| source.active) {
        return Ok(source);
    }
    let active = config.sources.iter().filter(|source| source.active);
    let codes: Vec<&str> = active.map(|source| source.code.as_str()).collect();
    let fault =
        Fault::in_field("source", "unknown_source", format!("Choose one of the lead sources: {}.", codes.join(", ")));
    Err(match nearest(written, codes.iter().copied()) {
        Some(meant) => fault.suggesting(meant),
        None => fault,
    })
}

/// Whoever is to have it: owner and team. Whom a file names and nobody knows may be kept in the notes.
fn holder(
    parsed: &mut Parsed,
    channel: Channel<'_>,
    config: &Configuration,
    notes_strangers: bool,
) -> (Result<Option<UserId>, Fault>, Result<Option<TeamId>, Fault>) {
    let command = &parsed.command;
    match channel {
        Channel::Import(policy) => {
            let mut warnings = Vec::new();
            let owner = imported::owner(command, policy, config, &mut warnings);
            let team = imported::team(command, policy, config, &mut warnings);
            if notes_strangers {
                imported::note_strangers(parsed, &warnings);
            }
            parsed.warnings.extend(warnings);
            (owner, Ok(team))
        }
        Channel::Api | Channel::Form(_) => (owner(command, config), team(command, config)),
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
    /// Values that are not kept as they came, beside what is kept.
    pub fn cleansed(&self) -> Vec<Cleansed> {
        cleansed(&self.mended, &self.profile)
    }

    /// Whether the name was made from the e-mail address or the company.
    pub fn name_is_made_up(&self) -> bool {
        self.warnings.iter().any(|warning| imported::MADE_UP.contains(&&*warning.code))
    }

    /// Works out beforehand what becomes of somebody who is new.
    pub fn foresee(&mut self, config: &Configuration, settler: &Settler<'_>, written: Written, now: Instant) {
        let newcomer = Newcomer::foresee(self, self.new_profile(config, written), settler, now);
        self.newcomer = Some(Box::new(newcomer));
    }

    /// The profile of a new lead: what was said, and defaults where nothing was.
    pub fn new_profile(&self, config: &Configuration, written: Written) -> Profile {
        let mut profile = self.profile.clone();
        profile.written = Provenance::all_by(written);
        self.defaults.fill(&mut profile);
        profile.priority = profile.priority.or(Some(Priority::Medium));
        fill_defaults(&mut profile.custom, &config.custom_fields);
        self.kept.leave_blank(&mut profile);
        profile
    }
}
