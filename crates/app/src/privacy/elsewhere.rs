//! What records of others hold of a person, and taking it out of them.

use std::collections::{BTreeMap, BTreeSet};

use leadwright_domain::{
    ids::{LeadId, MergeId, SuggestionId},
    privacy::{ErasureCounts, OwnValues, Stay, add_rests},
};
use leadwright_persistence::{
    CommandError, DbError, Tx,
    erasures::{Erasures, HeldPart, HeldView},
};
use serde_json::Value;
use uuid::Uuid;

use super::person::{Finder, Person};
use crate::views;

/// Records of others as they are without the person.
#[derive(Debug, Default)]
pub(super) struct Elsewhere {
    /// What events of leads say without them that they were part of for a while.
    events: BTreeMap<Uuid, Option<Value>>,
    /// Merges of others with these leads, which can't be taken back without them.
    merges: BTreeSet<MergeId>,
    suggestions: BTreeSet<SuggestionId>,
    parts: Vec<HeldPart>,
    views: Vec<HeldView>,
}

impl Elsewhere {
    /// Looks for them, also in leads that the person was part of; `hold` holds what is found until the transaction ends.
    pub(super) async fn look(finder: Finder<'_>, person: &Person, stays: &[Stay], hold: bool) -> Result<Self, DbError> {
        let erasures = finder.erasures;
        let mut found = Self { parts: parts(erasures, person, hold).await?, ..Self::default() };
        found.look_into(finder, person, stays, hold).await?;
        let texts: Vec<&str> = person.traces.needles().collect();
        if !texts.is_empty() {
            let suggested = erasures.suggested_with(&texts).await?;
            let theirs = suggested.into_iter().filter(|one| person.traces.are_in_json(&one.value));
            found.suggestions.extend(theirs.map(|one| one.id));
        }
        for mut view in erasures.views(hold).await? {
            let id = view.id.uuid().simple().to_string();
            if let Some(says) = person.traces.taken_out_of_view(&view.says, &format!("View {}", &id[20..])) {
                view.says = says;
                found.views.push(view);
            }
        }
        Ok(found)
    }

    /// What is left of the times in which the person was part of other leads.
    async fn look_into(
        &mut self,
        finder: Finder<'_>,
        person: &Person,
        stays: &[Stay],
        hold: bool,
    ) -> Result<(), DbError> {
        if stays.is_empty() {
            return Ok(());
        }
        let erasures = finder.erasures;
        let mut theirs = OwnValues::default();
        person.leads.iter().for_each(|lead| theirs.add(lead));
        erasures.changes_of(&person.ids()).await?.iter().for_each(|event| theirs.add_changes(event));
        let ids: BTreeSet<LeadId> = stays.iter().map(|stay| stay.master).collect();
        let ids = Vec::from_iter(ids);
        let mut masters: BTreeMap<LeadId, OwnValues> = BTreeMap::new();
        for lead in finder.leads.get_all(&ids).await? {
            masters.entry(lead.id).or_default().add(&lead);
        }
        let in_masters = erasures.stays_in(&ids).await?;
        for stay in stays {
            let since = stay.since(&in_masters);
            let events = erasures.events_during(&Stay { from: since, ..*stay }, hold).await?;
            let of_master = masters.entry(stay.master).or_default();
            add_rests(&mut self.events, stay.taken_out_of(&events, since, &theirs, of_master));
            self.merges.extend(erasures.merges_during(stay).await?);
            self.suggestions.extend(erasures.suggested_during(stay).await?);
        }
        Ok(())
    }

    /// Whether there is nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.events.is_empty()
            && self.merges.is_empty()
            && self.suggestions.is_empty()
            && self.parts.is_empty()
            && self.views.is_empty()
    }

    /// How much it is.
    pub(super) fn counted(&self, counts: &mut ErasureCounts) {
        counts.events += self.events.len() as u64;
        counts.merges += self.merges.len() as u64;
    }

    /// Takes the person out.
    pub(super) async fn erase(self, tx: &Tx, counts: &mut ErasureCounts) -> Result<(), CommandError> {
        let erasures = tx.erasures();
        for (event, rest) in self.events {
            counts.events += erasures.rewrite_event(event, rest).await?;
        }
        counts.merges += erasures.forget_merges(&Vec::from_iter(self.merges)).await?;
        tx.suggestions().forget(&Vec::from_iter(self.suggestions)).await?;
        for part in &self.parts {
            erasures.rewrite_part(part).await?;
        }
        for view in &self.views {
            erasures.rewrite_view(view).await?;
            views::tell_changed(tx, view.id, view.shared);
        }
        Ok(())
    }
}

/// What is kept of bulk actions with the person's leads, without these.
pub(super) async fn parts(erasures: Erasures<'_>, person: &Person, hold: bool) -> Result<Vec<HeldPart>, DbError> {
    let ids = person.ids();
    let theirs: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
    let mut parts: BTreeMap<Uuid, Option<Value>> = BTreeMap::new();
    for lead in ids {
        let found = erasures.parts_with(lead, hold).await?;
        parts.extend(found.into_iter().map(|part| (part.id, part.before)));
    }
    let without = |(id, before): (Uuid, Option<Value>)| {
        let Some(Value::Array(mut kept)) = before else { return None };
        let all = kept.len();
        kept.retain(|one| one["lead"].as_str().is_none_or(|lead| !theirs.contains(lead)));
        let before = (!kept.is_empty()).then(|| Value::Array(kept.clone()));
        (kept.len() < all).then_some(HeldPart { id, before })
    };
    Ok(parts.into_iter().filter_map(without).collect())
}
