//! Sentences beside a box: `I agree to receive marketing emails`. Only one that names a channel and wanting it, and nothing
//! else, is a consent; one that names terms, privacy or a `not` stands for nothing.

use super::{Target, squashed};
use crate::{leads::parts::Channel, text::fold_label};

/// Words that say that something is wanted.
const WANTED: &[&str] = &[
    "accept",
    "agree",
    "consent",
    "like",
    "receive",
    "receiving",
    "signup",
    "subscribe",
    "want",
    "get",
    "keep",
    "optin",
    "abonnieren",
    "anmelden",
    "erhalten",
    "bekommen",
    "einverstanden",
    "stimme",
    "accepte",
    "recevoir",
    "abonner",
    "inscrire",
    "souhaite",
    "acepto",
    "recibir",
    "suscribirme",
    "suscribete",
    "suscribirse",
    "quiero",
    "deseo",
    "aceito",
    "receber",
    "quero",
    "inscrever",
    "assinar",
    "accetto",
    "ricevere",
    "iscriviti",
    "iscrivimi",
    "iscriversi",
    "ontvangen",
    "aanmelden",
    "inschrijven",
];
/// Words for the channels.
const CHANNELS: [(Channel, &[&str]); 3] = [
    (
        Channel::Email,
        &[
            "email",
            "emails",
            "newsletter",
            "newsletters",
            "mails",
            "mailing",
            "mailings",
            "correos",
            "boletin",
            "nieuwsbrief",
            "infolettre",
            "infomails",
            "werbemails",
        ],
    ),
    (Channel::Sms, &["sms", "texts", "mms"]),
    (
        Channel::Phone,
        &[
            "call",
            "calls",
            "mobile",
            "phone",
            "telephone",
            "anrufe",
            "telefonanrufe",
            "appels",
            "llamadas",
            "ligacoes",
            "chiamate",
        ],
    ),
];
/// By what somebody is called: a number is asked for with the same words.
const CALLED_BY: &[&str] = &["phone", "mobile", "call"];
/// What may come by any channel.
const MESSAGES: &[&str] = &["message", "messages"];
/// Words for what comes by e-mail where no channel is named.
const NEWS: &[&str] = &["news", "updates", "updated", "posted", "informed", "offers", "promotions"];
/// Words that say nothing more.
const OTHERS: &[&str] = &[
    "i",
    "i'd",
    "d",
    "id",
    "to",
    "would",
    "we",
    "us",
    "you",
    "your",
    "me",
    "my",
    "our",
    "from",
    "by",
    "via",
    "the",
    "a",
    "for",
    "on",
    "in",
    "of",
    "and",
    "yes",
    "please",
    "ok",
    "latest",
    "occasional",
    "monthly",
    "weekly",
    "regular",
    "marketing",
    "promotional",
    "commercial",
    "communications",
    "communication",
    "messages",
    "message",
    "about",
    "products",
    "services",
    "up",
    "sign",
    "opt",
    "date",
    "box",
    "check",
    "this",
    "with",
    "special",
    "future",
    "more",
    "do",
    "exclusive",
    "ja",
    "ich",
    "mochte",
    "bitte",
    "den",
    "unseren",
    "ihren",
    "zum",
    "fur",
    "per",
    "und",
    "zu",
    "gerne",
    "regelmassig",
    "oui",
    "je",
    "j",
    "s",
    "m",
    "d",
    "de",
    "des",
    "la",
    "le",
    "les",
    "a",
    "par",
    "nos",
    "vos",
    "votre",
    "notre",
    "si",
    "el",
    "los",
    "por",
    "al",
    "comunicaciones",
    "comerciales",
    "electronicos",
    "sim",
    "os",
    "o",
    "as",
    "uw",
    "wil",
    "ik",
    "graag",
    "onze",
    "il",
    "alla",
    "nostra",
    "di",
    "voor",
];

/// What a sentence of consent stands for.
pub(super) fn target(sentence: &str) -> Option<Target> {
    let folded =
        fold_label(sentence).replace("e mail", "email").replace("text messages", "sms").replace("text message", "sms");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_wanted = squashed(sentence).contains("signup") || words.iter().any(|word| WANTED.contains(word));
    let is_channel = |word: &&str| CHANNELS.iter().any(|(_, known)| known.contains(word)) || NEWS.contains(word);
    let is_plain = |word: &&str| WANTED.contains(word) || OTHERS.contains(word) || is_channel(word);
    if words.len() < 2 || !is_wanted || !words.iter().all(is_plain) || asks_for_an_address(&words) {
        return None;
    }
    if words.iter().enumerate().any(|(at, word)| CALLED_BY.contains(word) && !is_a_way(&words, at)) {
        return None;
    }
    let mut named = CHANNELS.iter().filter(|(_, known)| words.iter().any(|word| known.contains(word)));
    match (named.next(), named.next()) {
        // A tick for several channels can't be said in one.
        (Some(_), Some(_)) => None,
        (Some((channel, _)), None) => Some(Target::Consent(*channel, true)),
        (None, _) => {
            let is_news =
                words.iter().any(|word| NEWS.contains(word)) && !words.iter().any(|word| MESSAGES.contains(word));
            is_news.then_some(Target::Consent(Channel::Email, true))
        }
    }
}

/// Whether a word is how something comes: `by phone`, `on my mobile`.
fn is_a_way(words: &[&str], at: usize) -> bool {
    const BEFORE: &[&str] = &["by", "via", "per", "par", "por", "on", "and", "or"];
    let before = words[..at].iter().rev().find(|word| !matches!(**word, "my" | "the"));
    before.is_some_and(|word| BEFORE.contains(word))
}

/// Whether `email` is what is asked for, as in `signup_email`, and not how something comes.
fn asks_for_an_address(words: &[&str]) -> bool {
    const BEFORE: &[&str] = &["by", "via", "per", "par", "por", "receive", "receiving", "marketing", "promotional"];
    const BEHIND: &[&str] =
        &["newsletter", "newsletters", "updates", "news", "offers", "messages", "communications", "marketing"];
    let stands =
        |at: Option<usize>, known: &[&str]| at.and_then(|at| words.get(at)).is_some_and(|word| known.contains(word));
    let is_way = |at: usize| stands(at.checked_sub(1), BEFORE) || stands(Some(at + 1), BEHIND);
    words.iter().enumerate().any(|(at, word)| *word == "email" && !is_way(at))
}
