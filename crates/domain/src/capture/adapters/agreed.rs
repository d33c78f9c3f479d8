//! Which channels a text is for that somebody agreed to.

use crate::text::fold_label;

const MAILS: &[&str] = &["email", "emails", "mail", "mails", "newsletter", "newsletters"];
const TEXTS: &[&str] = &["sms", "mms", "whatsapp"];
const CALLS: &[&str] =
    &["phone", "call", "calls", "telephone", "telefon", "telefonisch", "anrufe", "llamadas", "appels"];
/// What is sent without a word about the way.
const SENT: &[&str] = &["marketing", "communications", "comunicaciones", "werbung", "offers", "updates", "news"];

/// What speaks against whatever is named with it.
const AGAINST: &[&str] = &[
    "never", "no", "not", "cannot", "don", "dont", "won", "wont", "nicht", "nie", "niemals", "kein", "keine", "keinen",
    "nunca", "nao", "non", "pas", "jamais", "niet", "geen",
];
/// How to end it is told with these.
const ENDS: &[&str] = &[
    "unsubscribe",
    "unsubscribed",
    "unsubscribing",
    "optout",
    "opt",
    "revoke",
    "withdraw",
    "cancel",
    "stop",
    "abmelden",
    "abmeldung",
    "abbestellen",
    "widerruf",
    "widerrufen",
    "widersprechen",
    "baja",
    "desinscrire",
    "desabonner",
];
/// What joins ways; commas and the like do, too.
const JOINS: &[&str] = &["and", "or", "und", "oder", "y", "o", "et", "ou", "e", "en", "of"];
/// `E-mails about phone systems` are no calls.
const TOPICS: &[&str] = &["about", "for", "on", "regarding", "uber", "zu", "sobre", "sur"];

/// The channels for which a type of subscription is, by its text: e-mail, where it names none and is not about privacy only.
///
/// Nobody agrees to be called by being told how to opt out, or that they never will be. So other ways than e-mail count
/// only in the first sentence that names any, where nothing in it speaks against them.
pub(super) fn channels(written: &str) -> Vec<&'static str> {
    let folded = fold_label(written).replace("e-mail", "email");
    let sentences = folded.split(['.', '!', '?', ';', '\n']).map(Sentence::of);
    let (mut mails, mut sent, mut refused) = (false, false, false);
    let mut first: Option<Sentence<'_>> = None;
    for sentence in sentences {
        mails |= sentence.promises(MAILS);
        sent |= sentence.promises(SENT);
        refused |= sentence.against.is_some() && sentence.is_about_a_way();
        let counts = sentence.end.is_none() && sentence.against.is_none();
        if first.is_none()
            && ((counts && sentence.is_about_a_way()) || sentence.promises(MAILS) || sentence.promises(SENT))
        {
            first = Some(sentence);
        }
    }
    let clear = first.as_ref().filter(|sentence| sentence.end.is_none() && sentence.against.is_none());
    let texts = clear.is_some_and(|sentence| sentence.joins(Sentence::is_text));
    let calls = clear.is_some_and(|sentence| sentence.joins(Sentence::is_call));
    let mut named: Vec<&'static str> = [(mails, "email"), (texts, "sms"), (calls, "phone")]
        .into_iter()
        .filter(|(says, _)| *says)
        .map(|(_, name)| name)
        .collect();
    let is_named = first.is_some_and(|sentence| !sentence.promises(SENT) && sentence.is_about_a_way());
    let is_silent = !refused && !is_named && !PRIVACY.iter().any(|about| folded.contains(about));
    if named.is_empty() && (sent || is_silent) {
        named.push("email");
    }
    named
}

/// A sentence of what was agreed to.
struct Sentence<'t> {
    words: Vec<&'t str>,
    /// Where something speaks against what follows.
    against: Option<usize>,
    /// Where it begins to say how to end it.
    end: Option<usize>,
}

impl<'t> Sentence<'t> {
    fn of(text: &'t str) -> Self {
        let mut words = Vec::new();
        for (at, part) in text.split([',', '/', '&', '+']).enumerate() {
            if at > 0 {
                words.push("and");
            }
            words.extend(part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()));
        }
        let place = |known: &[&str]| words.iter().position(|word| known.contains(word));
        let ends = |at: &usize| words[*at] != "opt" || words.get(at + 1) == Some(&"out");
        let end = (0..words.len()).filter(|at| ENDS.contains(&words[*at])).find(ends);
        Self { against: place(AGAINST), end, words }
    }

    /// Whether one of these words comes before whatever speaks against it.
    fn promises(&self, known: &[&str]) -> bool {
        let until = [self.against, self.end].into_iter().flatten().min().unwrap_or(self.words.len());
        self.words[..until].iter().any(|word| known.contains(word))
    }

    fn is_about_a_way(&self) -> bool {
        let has = |known: &[&str]| self.words.iter().any(|word| known.contains(word));
        has(MAILS) || has(SENT) || (0..self.words.len()).any(|at| self.is_text(at) || self.is_call(at))
    }

    fn next(&self, at: usize) -> &'t str {
        self.words.get(at + 1).copied().unwrap_or_default()
    }

    /// `Send me the text of the law by e-mail` is about no text message.
    fn is_text(&self, at: usize) -> bool {
        match self.words[at] {
            "text" | "texts" => matches!(self.next(at), "message" | "messages" | "alerts"),
            "by" | "via" => self.next(at) == "text",
            word => TEXTS.contains(&word),
        }
    }

    /// To call us is not to be called.
    fn is_call(&self, at: usize) -> bool {
        let next = self.next(at);
        let is_ours = next == "us" || next.starts_with(|c: char| c.is_ascii_digit());
        CALLS.contains(&self.words[at]) && !is_ours
    }

    /// Whether it names a way, beside e-mail only as one more: `by e-mail, phone and SMS`.
    fn joins(&self, is_way: impl Fn(&Self, usize) -> bool) -> bool {
        let mails: Vec<usize> = (0..self.words.len()).filter(|at| MAILS.contains(&self.words[*at])).collect();
        let is_more = |at: usize| {
            // Numbers are kept beside addresses, whoever calls them.
            if self.next(at).starts_with("number") {
                return false;
            }
            // The e-mail that is next to it, before it or behind it.
            let behind = mails.partition_point(|mail| *mail < at);
            let before = behind.checked_sub(1).map(|last| mails[last]);
            before.is_some_and(|mail| self.is_joined(mail, at))
                || mails.get(behind).is_some_and(|mail| self.is_joined(at, *mail))
        };
        (0..self.words.len()).any(|at| is_way(self, at) && (mails.is_empty() || is_more(at)))
    }

    fn is_joined(&self, from: usize, to: usize) -> bool {
        let between = &self.words[from + 1..to];
        // A long way between is a list of no ways.
        if between.len() > 12 || between.iter().any(|word| TOPICS.contains(word)) {
            return false;
        }
        let is_way = |word: &str| {
            MAILS.contains(&word)
                || TEXTS.contains(&word)
                || CALLS.contains(&word)
                || matches!(word, "text" | "texts" | "message" | "messages" | "alerts" | "by" | "via" | "per")
        };
        let others = between.iter().filter(|word| !JOINS.contains(word) && !is_way(word)).count();
        others <= 2 && between.iter().any(|word| JOINS.contains(word))
    }
}

/// What texts are about that are no consent to be written to.
const PRIVACY: &[&str] = &[
    "privacy",
    "privacidad",
    "privacidade",
    "datenschutz",
    "confidentialite",
    "terms",
    "conditions",
    "aviso legal",
    "terminos",
    "nutzungsbedingungen",
    "agb",
];
