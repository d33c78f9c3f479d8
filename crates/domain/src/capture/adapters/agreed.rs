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
    "never",
    "no",
    "not",
    "cannot",
    "don",
    "dont",
    "won",
    "wont",
    "nicht",
    "nie",
    "niemals",
    "nein",
    "kein",
    "keine",
    "keinen",
    "keiner",
    "keinerlei",
    "nunca",
    "nao",
    "non",
    "pas",
    "jamais",
    "niet",
    "geen",
    "nee",
];
/// With these behind it, it says nothing against what stands before: `so that I do not miss it`, `no spam`, `not a condition of
/// purchase`.
#[rustfmt::skip]
const HARMLESS: &[&str] = &[
    "purchase", "to buy", "a condition", "a requirement", "bedingung fur", "voraussetzung fur", "mehr als", "ofter als",
    "haufiger als", "share", "shared", "sell", "sold", "weitergabe", "weitergeben", "weitergegeben", "verkauft",
    "verkaufen", "public",
    "spam", "miss", "missing", "verpassen", "missen", "manquer", "rater", "perder", "perderme", "than", "only", "nur",
];
/// How many words behind it they are.
const NEAR: usize = 6;
/// Behind these it is told why.
const WHY: &[&str] = &["because", "since", "weil", "denn", "wegen"];
/// What may stand behind it without a word about what else is refused: `Newsletter, nein danke`, `I do not want to get them`.
#[rustfmt::skip]
const WANTED: &[&str] = &[
    "want", "wanted", "wish", "like", "need", "receive", "get", "be", "sent", "to", "i", "me", "it", "them", "any", "more",
    "anymore", "please", "thank", "thanks", "you", "erhalten", "bekommen", "empfangen", "abonnieren", "haben", "werden",
    "wollen", "mochte", "will", "gewunscht", "erwunscht", "zugesandt", "zugesendet", "zugeschickt", "mehr", "ich", "mir",
    "mich", "bitte", "danke", "quiero", "recibir", "gracias", "veux", "souhaite", "recevoir", "merci", "wil", "ik",
    "ontvangen", "bedankt", "grazie", "obrigado", "obrigada", "interested", "interest", "interesse", "interessiert",
    "interesado", "interessato", "an", "in", "at", "all", "daran",
];
/// It is ended, or how to end it is told, with these, and with words that begin with one of [`REVOKES`].
const ENDS: &[&str] = &[
    "unsubscribe",
    "unsubscribed",
    "unsubscribing",
    "optout",
    "optouts",
    "opt",
    "opted",
    "opting",
    "revoke",
    "withdraw",
    "cancel",
    "stop",
    "remove",
    "refuse",
    "decline",
    "object",
    "abmelden",
    "abmeldung",
    "abbestellen",
    "baja",
    "desinscrire",
    "desabonner",
];
/// How German verbs and nouns for it begin.
const REVOKES: &[&str] = &["widersp", "widerruf"];
/// In front of it these say that somebody may end it some day, and does not end it now.
const PERMITS: &[&str] = &[
    "may", "can", "could", "able", "until", "till", "unless", "kann", "konnen", "darf", "durfen", "bis", "puedo",
    "puede", "podre", "hasta", "peux", "peut", "pouvez", "jusqu", "posso", "pode", "puo", "kan",
];
/// So do these, wherever they stand.
const ANY_TIME: &[&str] = &[
    "anytime",
    "whenever",
    "any time",
    "free to",
    "right to",
    "jederzeit",
    "cualquier momento",
    "tout moment",
    "qualquer momento",
    "qualsiasi momento",
    "altijd",
];
/// Behind the end they say that it can be ended: `Widerruf jederzeit möglich`.
const POSSIBLE: &[&str] = &["moglich", "possible", "posible", "possibile", "possivel", "mogelijk"];
/// What may stand behind it in `Werbung per E-Mail widerspreche ich hiermit`.
const BEHIND_ENDS: &[&str] = &["out", "ich", "hiermit", "wir", "me", "please", "bitte", "now"];
/// What joins ways. So does `/`, and a comma in a list.
const JOINS: &[&str] = &[",", "and", "or", "und", "oder", "y", "o", "et", "ou", "e", "en", "of"];
/// Numbers are kept beside addresses, whoever calls them; and at a hotline somebody is called.
const NOT_CALLS: &[&str] = &[
    "number", "numbers", "support", "hotline", "line", "lines", "system", "systems", "service", "services", "center",
    "centre", "desk",
];
/// `E-mails about phone systems` are no calls.
const TOPICS: &[&str] = &["about", "for", "on", "regarding", "uber", "zu", "sobre", "sur"];

/// The channels for which a type of subscription is, by its text: e-mail, where it names none and is not about privacy only.
///
/// Nobody agrees to be called by being told how to opt out, or that they never will be. So other ways than e-mail count
/// only in the first sentence that names any, where nothing in it speaks against them. Who opts out agrees to nothing.
pub(super) fn channels(written: &str) -> Vec<&'static str> {
    // A dash between words sets them apart, one within them joins them.
    let folded = fold_label(&written.replace(" - ", " \u{2013} "));
    let plain = without_remarks(&folded);
    let sentences = plain.split(ENDS_OF_SENTENCES).map(Sentence::of);
    let sentences = sentences.filter(|sentence| !sentence.words.is_empty()).enumerate();
    let (mut mails, mut sent, mut refused) = (false, false, false);
    let mut first: Option<Sentence<'_>> = None;
    for (at, sentence) in sentences {
        mails |= sentence.promises(MAILS);
        sent |= sentence.promises(SENT);
        refused |= sentence.against.is_some() && (at == 0 || sentence.is_about_a_way());
        // `Reply STOP to opt out` behind what was agreed to refuses nothing.
        refused |= sentence.is_ended() && (at == 0 || sentence.ends_a_way());
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

/// A text without the remarks in it that say nothing of ways: `(consent is not a condition of purchase)`.
fn without_remarks(text: &str) -> String {
    let parts = text.split_inclusive(|c| ENDS_OF_SENTENCES.contains(&c) || ENDS_OF_REMARKS.contains(&c));
    parts.filter(|part| !Sentence::of(part).is_remark()).collect()
}

const ENDS_OF_SENTENCES: [char; 5] = ['.', '!', '?', ';', '\n'];
const ENDS_OF_REMARKS: [char; 7] = ['(', ')', '[', ']', ',', '\u{2013}', '\u{2014}'];

/// Whether words say one or two others in a row.
fn says(words: &[&str], known: &str) -> bool {
    match known.split_once(' ') {
        Some((one, two)) => words.windows(2).any(|words| words == [one, two]),
        None => words.contains(&known),
    }
}

/// Whether the word of a sentence with which something is ended tells that it may be some day: `kann ich jederzeit widerrufen`.
pub(in crate::capture) fn may_be_ended(words: &[&str], end: usize) -> bool {
    let permits = |word: &&str| PERMITS.contains(word);
    let behind = &words[end + 1..];
    let is_possible = ["bar", "lich"].iter().any(|ending| words[end].ends_with(ending))
        || behind.iter().take(3).any(|word| POSSIBLE.contains(word));
    (is_possible || words[..end].iter().any(permits) || behind.first().is_some_and(permits))
        && ANY_TIME.iter().any(|known| says(words, known))
        && behind.first() != Some(&"me")
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
        for part in text.split_inclusive([',', '/', '&', '+']) {
            words.extend(part.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()));
            match part.chars().next_back() {
                Some(',') => words.push(","),
                Some('/' | '&' | '+') => words.push("and"),
                _ => {}
            }
        }
        let place = |known: &[&str]| words.iter().position(|word| known.contains(word));
        let against = place(AGAINST);
        let end = (0..words.len()).find(|at| is_end(&words, *at));
        let mut sentence = Self { against, end, words };
        if (sentence.is_ended() && sentence.ends_what_is_before()) || sentence.refuses_what_is_before() {
            sentence.against = Some(0);
        }
        sentence
    }

    /// Whether somebody ends it here, and is not told that they may.
    fn is_ended(&self) -> bool {
        let Some(end) = self.end else { return false };
        let is_said = |known: &&str| says(&self.words, known);
        let may = self.words[..end].iter().any(|word| PERMITS.contains(word)) || ANY_TIME.iter().any(is_said);
        !may || self.next(end) == "me"
    }

    /// `E-mail opt-out`, `Ich möchte mich vom Newsletter abmelden`: what is ended stands right before the end.
    fn ends_what_is_before(&self) -> bool {
        let Some(end) = self.end else { return false };
        let way = (0..end).rfind(|at| self.is_way(*at));
        let is_its = |way: usize| !self.words[way + 1..end].iter().any(|word| JOINS.contains(word));
        way.is_some_and(is_its) && self.words[end + 1..].iter().all(|word| BEHIND_ENDS.contains(word))
    }

    /// `E-Mail-Werbung möchte ich nicht erhalten`, `Werbung bitte nicht per E-Mail`: what is refused stands before the word
    /// against it. `Send me e-mails, no calls` and `e-mails but no calls` refuse what stands behind.
    fn refuses_what_is_before(&self) -> bool {
        self.against().any(|against| self.refuses_before(against))
    }

    fn refuses_before(&self, against: usize) -> bool {
        let Some(way) = (0..against).rfind(|at| self.is_way(*at)) else { return false };
        if self.is_harmless(against) {
            return false;
        }
        let clause = self.clause(against);
        let is_by = |word: &&str| matches!(*word, "per" | "by" | "via" | "por" | "par");
        let by = clause.iter().skip_while(|word| !is_by(word)).find(|word| !is_by(word) && **word != "e");
        // What is joined is refused as well, unless something else is.
        let is_joined = self.words[way + 1..against].iter().any(|word| JOINS.contains(word))
            && clause.iter().any(|word| !WANTED.contains(word));
        let is_last = || !(against + 1..self.words.len()).any(|at| self.is_way(at));
        by.is_some_and(|word| MAILS.contains(word)) || (!is_joined && is_last())
    }

    /// Where something speaks against anything.
    fn against(&self) -> impl Iterator<Item = usize> {
        (0..self.words.len()).filter(|at| AGAINST.contains(&self.words[*at]))
    }

    /// What stands behind a word against it, up to what is joined to that or says why.
    fn clause(&self, against: usize) -> &[&'t str] {
        let behind = &self.words[against + 1..];
        let is_end = |word: &&str| (JOINS.contains(word) && *word != "e") || WHY.contains(word);
        &behind[..behind.iter().position(is_end).unwrap_or(behind.len())]
    }

    fn is_harmless(&self, against: usize) -> bool {
        let clause = self.clause(against);
        let near = &clause[..clause.len().min(NEAR)];
        HARMLESS.iter().any(|known| says(near, known))
    }

    /// Whether it names no way, and what speaks against something in it speaks against none.
    fn is_remark(&self) -> bool {
        self.against.is_some()
            && self.end.is_none()
            && !self.is_about_a_way()
            && self.against().all(|against| self.is_harmless(against))
    }

    /// Whether what is ended stands behind the end.
    fn ends_a_way(&self) -> bool {
        self.end.is_some_and(|end| (end + 1..self.words.len()).any(|at| self.is_way(at)))
    }

    /// Whether one of these words comes before whatever speaks against it.
    fn promises(&self, known: &[&str]) -> bool {
        let until = [self.against, self.end].into_iter().flatten().min().unwrap_or(self.words.len());
        self.words[..until].iter().any(|word| known.contains(word))
    }

    fn is_about_a_way(&self) -> bool {
        (0..self.words.len()).any(|at| self.is_way(at))
    }

    fn is_way(&self, at: usize) -> bool {
        let word = self.words[at];
        MAILS.contains(&word) || SENT.contains(&word) || self.is_text(at) || self.is_call(at)
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
            if NOT_CALLS.contains(&self.next(at)) {
                return false;
            }
            // The e-mail that is next to it, before it or behind it.
            let behind = mails.partition_point(|mail| *mail < at);
            let before = behind.checked_sub(1).map(|last| mails[last]);
            before.is_some_and(|mail| self.is_joined(mail, at) && self.is_listed(at))
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
        let others = between.iter().filter(|word| !JOINS.contains(word) && !is_of_a_way(word)).count();
        others <= 2 && between.iter().any(|word| JOINS.contains(word))
    }

    /// Whether a comma before a way is that of a list: `by e-mail, phone and SMS`, but not `…, phone calls are recorded`.
    fn is_listed(&self, at: usize) -> bool {
        let join = self.words[..at].iter().rfind(|word| JOINS.contains(word));
        let behind = self.words[at + 1..].iter().find(|word| !is_of_a_way(word));
        join != Some(&",") || behind.is_none_or(|word| JOINS.contains(word))
    }
}

/// Whether somebody ends it with this word: to opt in is not to opt out.
fn is_end(words: &[&str], at: usize) -> bool {
    let word = words[at];
    let is_out = || words.get(at + 1) != Some(&"in") && words[at + 1..].iter().take(4).any(|word| *word == "out");
    REVOKES.iter().any(|front| word.starts_with(front))
        || (ENDS.contains(&word) && (!matches!(word, "opt" | "opted" | "opting") || is_out()))
}

/// Whether a word belongs to what ways are called.
fn is_of_a_way(word: &str) -> bool {
    MAILS.contains(&word)
        || TEXTS.contains(&word)
        || CALLS.contains(&word)
        || matches!(word, "text" | "texts" | "message" | "messages" | "alerts" | "by" | "via" | "per")
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
