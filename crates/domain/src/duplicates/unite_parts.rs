//! How single parts of two records become one.

use crate::{
    leads::parts::{Channel, Consent, ConsentState, Consents},
    text::fold,
};

/// The most characters of notes.
const NOTES: usize = 10_000;

/// Appends notes that are not there yet; what does not fit is cut off the end.
pub(super) fn unite_notes(notes: &mut Option<String>, incoming: Option<&str>) {
    let Some(incoming) = incoming.map(str::trim).filter(|incoming| !incoming.is_empty()) else { return };
    let Some(known) = notes.as_mut().filter(|known| !known.is_empty()) else {
        *notes = Some(incoming.chars().take(NOTES).collect());
        return;
    };
    if known.contains(incoming) {
        return;
    }
    let room = NOTES.saturating_sub(known.chars().count() + 2);
    let fitting: String = incoming.chars().take(room).collect();
    let fitting = fitting.trim_end();
    if !fitting.is_empty() && !known.ends_with(&format!("\n\n{fitting}")) {
        known.push_str("\n\n");
        known.push_str(fitting);
    }
}

/// Adds labels that are not there yet.
pub(super) fn unite_labels(labels: &mut Vec<String>, incoming: &[String]) {
    for label in incoming {
        if !labels.iter().any(|known| fold(known) == fold(label)) {
            labels.push(label.clone());
        }
    }
}

/// The newer word counts. Consent that was withdrawn is granted again only by a word that is known to be later.
pub(super) fn newer_consent(consents: &mut Consents, channel: Channel, incoming: &Consent) {
    use ConsentState::{Granted, Unknown, Withdrawn};
    let Some(known) = consents.get(&channel) else {
        consents.insert(channel, incoming.clone());
        return;
    };
    let (earlier, later) = match (known.at, incoming.at) {
        (Some(known), Some(at)) => (at < known, at > known),
        (None, Some(_)) => (false, true),
        _ => (false, false),
    };
    let takes = match (known.state, incoming.state) {
        (_, Unknown) => false,
        (Withdrawn, Granted) => later,
        (Granted, Granted) | (Withdrawn, Withdrawn) => later,
        (Granted, Withdrawn) => !earlier,
        (Unknown, _) => true,
    };
    if takes {
        consents.insert(channel, incoming.clone());
    }
}
