//! Boxes that say by their own words that they were ticked: many builders of forms post the label of a box.

use serde_json::Value;

use super::Input;
use crate::{capture::adapters::agreed::may_be_ended, leads::Target, text::fold_label};

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
    "cannot",
    "don",
    "dont",
    "except",
    "geen",
    "jamais",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinerlei",
    "lehne",
    "ma",
    "mais",
    "mas",
    "nada",
    "nao",
    "ne",
    "nee",
    "nein",
    "never",
    "nicht",
    "nichts",
    "nie",
    "niemals",
    "niet",
    "niets",
    "no",
    "non",
    "not",
    "nunca",
    "nur",
    "only",
    "pas",
    "pero",
    "rather",
    "rien",
    "sans",
    "sin",
    "solo",
    "unless",
    "without",
];

/// Words that end or refuse something.
const ENDS: &[&str] =
    &["haal", "opt", "out", "raus", "retirar", "retire", "retireme", "retirer", "retirez", "retiro", "stop"];
/// How others begin.
const ENDING: &[&str] = &[
    "abbestell",
    "ablehn",
    "abmeld",
    "afmeld",
    "annul",
    "austrag",
    "baja",
    "borr",
    "cancel",
    "declin",
    "dejar",
    "delet",
    "desabon",
    "descadastr",
    "desinscr",
    "desuscri",
    "disiscr",
    "elimin",
    "enlev",
    "kundig",
    "losch",
    "object",
    "oppon",
    "oppos",
    "quitam",
    "quitar",
    "rechac",
    "rechaz",
    "refus",
    "reject",
    "remov",
    "revoc",
    "revok",
    "rifiut",
    "rimuov",
    "streich",
    "supprim",
    "togli",
    "uitschr",
    "unlist",
    "unsubscrib",
    "verwijder",
    "verzicht",
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
    let begins = |with: &str| said.strip_prefix(with).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    AGREEING.iter().any(|with| begins(with) && !is_if(with)) && !written.split(['.', '!', '?', ';', '\n']).any(turns)
}

/// Whether a word of a sentence turns it around. That somebody may end it at any time does not.
fn turns(sentence: &str) -> bool {
    let said = words(sentence);
    let words: Vec<&str> = said.split(' ').collect();
    (0..words.len()).any(|at| {
        let word = words[at];
        let ends = ENDS.contains(&word) || ENDING.iter().any(|end| word.starts_with(end));
        TURNING.contains(&word) || is_split_off(&words, at) || (ends && !may_be_ended(&words, at))
    })
}

/// What is split off from verbs that end something: `Ich melde mich ab`, `take me off the list`; but neither `ab sofort` nor
/// `10% off`.
fn is_split_off(words: &[&str], at: usize) -> bool {
    let next = words.get(at + 1).copied();
    let before = at.checked_sub(1).map_or("", |before| words[before]);
    match words[at] {
        "ab" => !matches!(next, Some("dem" | "heute" | "jetzt" | "morgen" | "sofort")),
        "aus" => matches!(next, None | Some("bitte" | "danke" | "und")),
        "off" => before != "percent" && !before.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    }
}

/// A text in its words alone.
fn words(said: &str) -> String {
    let folded = fold_label(said);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}
