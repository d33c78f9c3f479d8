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

/// How words begin that end or refuse something.
const ENDING: &[&str] = &[
    "abbestell",
    "ablehn",
    "abmeld",
    "baja",
    "cancel",
    "cannot",
    "declin",
    "dejar",
    "desabon",
    "desinscr",
    "desuscri",
    "object",
    "oppon",
    "oppos",
    "rechac",
    "rechaz",
    "refus",
    "reject",
    "remov",
    "retir",
    "revoc",
    "revok",
    "rifiut",
    "unless",
    "widerr",
    "widersp",
    "withdraw",
];

/// Turns the label of a box for one channel into a yes: the text of consent that the form shows, or a sentence that agrees.
pub(super) fn settle(inputs: &mut [Input], shown: Option<&str>) {
    let shown = shown.map(words);
    for input in inputs.iter_mut().filter(|input| matches!(input.target, Some(Target::Consent(_, true)))) {
        let said = match &input.value {
            Value::Array(list) if list.len() == 1 => &list[0],
            said => said,
        };
        let Some(written) = said.as_str() else { continue };
        let said = words(written);
        if said.contains(' ') && (shown.as_ref() == Some(&said) || agrees(written, &said)) {
            input.value = true.into();
        }
    }
}

fn agrees(written: &str, said: &str) -> bool {
    // Without an accent or a comma it is an `if`.
    let is_if = |with: &str| {
        let lower = written.trim_start().to_lowercase();
        with == "si" && !["sí", "sì", "si,"].iter().any(|yes| lower.starts_with(yes))
    };
    let turns = |word: &str| TURNING.contains(&word) || ENDING.iter().any(|end| word.starts_with(end));
    let begins = |with: &str| said.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    AGREEING.iter().any(|with| begins(with) && !is_if(with)) && !said.split(' ').any(turns)
}

/// A text in its words alone.
fn words(said: &str) -> String {
    let folded = fold_label(said);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
