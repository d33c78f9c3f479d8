//! How a lead leaves another that several were merged into: what the others bring stays.

use serde::{Deserialize, Serialize};

use super::{Choices, Standing, Undone, merge::unite_all, undo};
use crate::{
    ids::{LeadId, MergeId},
    time::Instant,
};

/// What is kept of a merge for as long as it can be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The lead that was merged into the other, as it stood.
    pub lead: Standing,
    /// When it had been archived.
    pub archived_at: Option<Instant>,
    /// The master as the merge left it; without the leads that left since.
    pub after: Standing,
    /// Of what that was made. Older merges don't have it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_of: Option<MadeOf>,
    /// The master as it would have been without this lead: what older merges have instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub without: Option<Standing>,
}

/// Of what a merge made the master, beside the leads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MadeOf {
    /// Which merges were one: the first of them.
    pub call: MergeId,
    /// The master before; without the leads that left since.
    pub before: Standing,
    /// Whose values won.
    pub choices: Choices,
    /// When the lead that was merged had changed last: the newest fills first.
    pub changed_at: Instant,
    /// When they were merged.
    pub at: Instant,
}

/// A merge that can be taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// Which.
    pub id: MergeId,
    /// The lead that was merged.
    pub lead: LeadId,
    /// What is kept of it.
    pub snapshot: Snapshot,
}

/// A lead has left another.
#[derive(Clone, Debug, PartialEq)]
pub struct Parted {
    /// The master without it.
    pub undone: Undone,
    /// What was kept of it.
    pub left: Past,
    /// What is to be kept of the other merges, where that is something else now.
    pub rest: Vec<Past>,
}

/// Decides what the master is without a lead, and what it would have been all along: each merge is made again of the leads that
/// stay, on top of what the merges before it come to now and of what changed between them. `merges` are all into this master
/// that can be taken back, the oldest first; without the one that is wanted there is no answer.
pub fn leave(now: &Standing, master: LeadId, merges: Vec<Past>, leaving: MergeId) -> Option<Parted> {
    let at = merges.iter().position(|merge| merge.id == leaving)?;
    let mut rest = merges;
    let left = rest.remove(at);
    let (mut was, mut is) = (left.snapshot.after.clone(), None);
    let mut changed = Vec::new();
    if let Some(made_of) = &left.snapshot.made_of {
        let together = take(&mut rest, made_of.call);
        let after = made_again(master, &together, made_of, &made_of.before);
        changed.extend(together.into_iter().map(|merge| rewritten(merge, &made_of.before, &after)));
        is = Some(after);
    }
    let mut is = is.or_else(|| left.snapshot.without.clone())?;
    // Whatever is no part of a merge that is known in full has been there before, and is not touched; nor is what comes after a
    // merge that comes to the same.
    let later = rest.into_iter().filter(|merge| merge.id > leaving);
    let mut later: Vec<Past> = later.collect();
    while was != is
        && let Some(made_of) = later.iter().find_map(|merge| merge.snapshot.made_of.clone())
    {
        let together = take(&mut later, made_of.call);
        let before = undo(&made_of.before, &was, &is).standing;
        let after = made_again(master, &together, &made_of, &before);
        if let Some(merge) = together.first() {
            was = merge.snapshot.after.clone();
        }
        changed.extend(together.into_iter().map(|merge| rewritten(merge, &before, &after)));
        is = after;
    }
    Some(Parted { undone: undo(now, &was, &is), left, rest: changed })
}

/// Takes the merges out that were made at once.
fn take(merges: &mut Vec<Past>, call: MergeId) -> Vec<Past> {
    let is_of_it = |merge: &mut Past| merge.snapshot.made_of.as_ref().is_some_and(|made_of| made_of.call == call);
    merges.extract_if(.., is_of_it).collect()
}

/// What leads that were merged at once make of a master that stood so.
fn made_again(master: LeadId, together: &[Past], made_of: &MadeOf, before: &Standing) -> Standing {
    if together.is_empty() {
        return before.clone();
    }
    let changed_at = |merge: &Past| merge.snapshot.made_of.as_ref().map(|made_of| made_of.changed_at);
    let mut newest_first: Vec<&Past> = together.iter().collect();
    newest_first.sort_by_key(|merge| std::cmp::Reverse((changed_at(merge), merge.lead)));
    let leads = newest_first.into_iter().map(|merge| (merge.lead, merge.snapshot.lead.clone()));
    unite_all((master, before), &leads.collect::<Vec<_>>(), &made_of.choices, made_of.at)
}

fn rewritten(mut merge: Past, before: &Standing, after: &Standing) -> Past {
    merge.snapshot.after.clone_from(after);
    if let Some(made_of) = &mut merge.snapshot.made_of {
        made_of.before.clone_from(before);
    }
    merge
}
