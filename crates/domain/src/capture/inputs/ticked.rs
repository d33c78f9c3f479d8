//! Boxes that say by their own words that they were ticked: many builders of forms post the label of a box.

use serde_json::Value;

use super::Input;
use crate::{leads::Target, text::fold_label};

/// How sentences begin with which people agree.
const AGREEING: &[&str] = &[
    "yes",
    "i agree",
    "i accept",
    "i consent",
    "ja",
    "ich stimme",
    "ich willige",
    "oui",
    "j accepte",
    "si",
    "acepto",
    "autorizo",
    "sim",
    "aceito",
    "accetto",
    "acconsento",
    "ik ga akkoord",
];
/// What may turn such a sentence around, or leave something out of it.
const TURNING: &[&str] = &[
    "aber",
    "but",
    "don",
    "dont",
    "except",
    "geen",
    "kein",
    "keine",
    "keinen",
    "ma",
    "mais",
    "mas",
    "nao",
    "ne",
    "never",
    "nicht",
    "niet",
    "no",
    "non",
    "not",
    "nunca",
    "nur",
    "only",
    "opt",
    "out",
    "pas",
    "pero",
    "rather",
    "sans",
    "sin",
    "solo",
    "stop",
    "unsubscribe",
    "without",
];

/// Turns the label of a box for one channel into a yes: the text of consent that the form shows, or a sentence that agrees.
pub(super) fn settle(inputs: &mut [Input], shown: Option<&str>) {
    let shown = shown.map(words);
    for input in inputs.iter_mut().filter(|input| matches!(input.target, Some(Target::Consent(_, true)))) {
        let said = match &input.value {
            Value::Array(list) if list.len() == 1 => &list[0],
            said => said,
        };
        let Some(said) = said.as_str().map(words).filter(|said| said.contains(' ')) else { continue };
        if shown.as_ref() == Some(&said) || agrees(&said) {
            input.value = true.into();
        }
    }
}

fn agrees(said: &str) -> bool {
    let begins = |with: &&str| said.strip_prefix(*with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    AGREEING.iter().any(begins) && !said.split(' ').any(|word| TURNING.contains(&word))
}

/// A text in its words alone.
fn words(said: &str) -> String {
    let folded = fold_label(said);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
