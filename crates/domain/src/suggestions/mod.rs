//! Values that a weaker writer brought, kept until somebody decides (spec DAT-3).

use serde_json::Value;

use crate::{
    access::Actor,
    choices,
    ids::{LeadId, SuggestionId},
    leads::Profile,
    precedence::{Refused, Written, alike, value},
    time::Instant,
};

#[cfg(test)]
mod tests;

/// The most that wait for one lead; the oldest go.
pub const MOST_OPEN: usize = 20;
/// The most decisions that are remembered of one lead; the oldest go.
pub const MOST_DECIDED: usize = 50;

choices! {
    /// Where a suggestion stands.
    SuggestionState {
        /// Somebody should look at it.
        Open = "open",
        /// Somebody took it over.
        Accepted = "accepted",
        /// Somebody did not want it; the same writer's same value does not come back.
        Dismissed = "dismissed",
    }
}

/// A value that was not written, because whoever wrote the field is stronger, or only blanks were to be filled.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// Which.
    pub id: SuggestionId,
    /// Counts changes.
    pub version: i64,
    /// Of which lead.
    pub lead_id: LeadId,
    /// The field; custom ones as `custom.<key>`.
    pub field: String,
    /// What it would hold; `null` for nothing.
    pub value: Value,
    /// Who brought it last, and when.
    pub from: Written,
    /// Where it stands.
    pub state: SuggestionState,
    /// Who decided.
    pub decided_by: Option<Actor>,
    /// When.
    pub decided_at: Option<Instant>,
    /// When it first came.
    pub created_at: Instant,
    /// When it last came, or was decided.
    pub updated_at: Instant,
}

impl Suggestion {
    /// The same, decided.
    #[must_use]
    pub fn decided(self, state: SuggestionState, by: Actor, at: Instant) -> Self {
        Self { version: self.version + 1, state, decided_by: Some(by), decided_at: Some(at), updated_at: at, ..self }
    }
}

/// What becomes of the suggestions of a lead.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filing {
    /// To be written, new or changed.
    pub keep: Vec<Suggestion>,
    /// To be forgotten.
    pub forget: Vec<SuggestionId>,
}

/// Files what was refused with what is known of a lead. What the lead holds by now is no suggestion any more; the same value of
/// the same writer is one suggestion, and none once it was dismissed.
pub fn file(
    lead: LeadId,
    profile: &Profile,
    known: &[Suggestion],
    refused: &[(Written, Refused)],
    now: Instant,
    mut new_id: impl FnMut() -> SuggestionId,
) -> Filing {
    let settled =
        |one: &Suggestion| one.state == SuggestionState::Open && alike(&value(profile, &one.field), &one.value);
    let (gone, mut all): (Vec<Suggestion>, Vec<Suggestion>) = known.iter().cloned().partition(settled);
    let mut keep: Vec<SuggestionId> = Vec::new();
    for (from, refused) in refused {
        if alike(&value(profile, &refused.field), &refused.value) {
            continue;
        }
        let same = |one: &&mut Suggestion| {
            one.field == refused.field && one.from.by == from.by && alike(&one.value, &refused.value)
        };
        match all.iter_mut().find(same) {
            Some(one) if one.state == SuggestionState::Dismissed => {}
            Some(one) => {
                (one.state, one.decided_by, one.decided_at) = (SuggestionState::Open, None, None);
                (one.from, one.updated_at, one.version) = (*from, now, one.version + 1);
                keep.push(one.id);
            }
            None => {
                let one = new(lead, *from, refused, now, new_id());
                keep.push(one.id);
                all.push(one);
            }
        }
    }
    let too_many = surplus(&all);
    let is_known = |id: &SuggestionId| known.iter().any(|one| one.id == *id);
    Filing {
        forget: gone.iter().map(|one| one.id).chain(too_many.iter().copied().filter(is_known)).collect(),
        keep: all.into_iter().filter(|one| keep.contains(&one.id) && !too_many.contains(&one.id)).collect(),
    }
}

fn new(lead: LeadId, from: Written, refused: &Refused, now: Instant, id: SuggestionId) -> Suggestion {
    Suggestion {
        id,
        version: 1,
        lead_id: lead,
        field: refused.field.clone(),
        value: refused.value.clone(),
        from,
        state: SuggestionState::Open,
        decided_by: None,
        decided_at: None,
        created_at: now,
        updated_at: now,
    }
}

/// Those that are too many, open and decided counted apart.
fn surplus(all: &[Suggestion]) -> Vec<SuggestionId> {
    let mut surplus = Vec::new();
    for (open, most) in [(true, MOST_OPEN), (false, MOST_DECIDED)] {
        let mut of: Vec<&Suggestion> = all.iter().filter(|one| (one.state == SuggestionState::Open) == open).collect();
        of.sort_by_key(|one| std::cmp::Reverse((one.updated_at, one.id)));
        surplus.extend(of.into_iter().skip(most).map(|one| one.id));
    }
    surplus
}
