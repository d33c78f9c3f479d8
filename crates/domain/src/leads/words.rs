//! Words of people and of other systems for the closed enumerations (spec IMP-8).

use super::{Priority, Relationship, Seniority, Stage, Status, parts::Channel, status_words};
use crate::text::fold_label;

/// Looks a word up: the enumeration's own first, then the given synonyms; then without the marks around it.
fn understood<T: Copy>(written: &str, parse: fn(&str) -> Option<T>, synonyms: &[(T, &[&str])]) -> Option<T> {
    let known = |word: &str| {
        let synonym = || synonyms.iter().find(|(_, words)| words.contains(&word)).map(|(value, _)| *value);
        parse(&word.replace(' ', "_")).or_else(synonym)
    };
    known(&fold_label(written)).or_else(|| known(&status_words::plain(written)))
}

/// The words of other systems for each status.
const STATUSES: &[(Status, &[&str])] = &[
    (
        Status::New,
        &[
            "open",
            "open not contacted",
            "not contacted",
            "new lead",
            "uncontacted",
            "untouched",
            "fresh",
            "open notcontacted",
            "assigned",
        ],
    ),
    (
        Status::Contacted,
        &[
            "working",
            "working contacted",
            "in progress",
            "in process",
            "replied",
            "open contacted",
            "attempted",
            "attempted to contact",
            "connected",
            "contact in future",
            "engaged",
            "open deal",
            "in contact",
        ],
    ),
    (
        Status::Qualified,
        &[
            "opportunity",
            "quotation",
            "sql",
            "sales qualified",
            "pre qualified",
            "prequalified",
            "hot",
            "proposal sent",
            "proposal",
            "negotiation",
        ],
    ),
    (Status::Nurture, &["nurturing", "recycled", "bad timing", "on hold", "later", "re engagement", "reengagement"]),
    (
        Status::Unqualified,
        &[
            "dead",
            "closed lost",
            "closed disqualified",
            "lost quotation",
            "closed not converted",
            "lost",
            "disqualified",
            "junk",
            "junk lead",
            "lost lead",
            "not qualified",
            "rejected",
            "invalid",
            "not interested",
        ],
    ),
    (Status::Converted, &["closed", "closed won", "closed converted", "won", "customer", "client", "closed win"]),
];

/// A status in the words of any system: open is new, working is contacted, closed is converted, dead is unqualified.
pub fn status(written: &str) -> Option<Status> {
    understood(written, Status::parse, STATUSES).or_else(|| status_words::status(written))
}

/// What somebody refuses of whom a status says that they don't want to hear from us.
pub fn refused(status: &str) -> Option<&'static [Channel]> {
    status_words::refused(status)
}

/// The channels that a cell of restrictions names: `email;call`, `Do Not Call, Do Not Email`. `None` where it names none, or
/// something else, too.
pub fn refused_channels(written: &str) -> Option<Vec<Channel>> {
    let parts = written.split([',', ';', '|', '\n']).map(status_words::plain).filter(|part| !part.is_empty());
    parts.map(|part| channel_refused(&part)).collect::<Option<Vec<_>>>().filter(|channels| !channels.is_empty())
}

/// What is refused by one word, folded and without marks.
fn channel_refused(word: &str) -> Option<Channel> {
    let word = word.replace("e mail", "email");
    Some(match word.strip_prefix("do not ").or_else(|| word.strip_prefix("no ")).unwrap_or(&word) {
        "email" | "emails" | "mail" => Channel::Email,
        "call" | "calls" | "phone" | "phone call" | "phone calls" => Channel::Phone,
        "sms" | "text" | "texts" | "text message" | "text messages" | "message" | "messages" => Channel::Sms,
        _ => return None,
    })
}

/// A stage in the words of any system.
pub fn stage(written: &str) -> Option<Stage> {
    understood(
        written,
        Stage::parse,
        &[
            (Stage::None, &["subscriber", "lead", "raw", "suspect"]),
            (Stage::MarketingQualified, &["mql", "marketing qualified lead"]),
            (Stage::SalesAccepted, &["sal", "sales accepted lead", "accepted"]),
            (Stage::SalesRejected, &["rejected", "sales rejected lead"]),
            (Stage::SalesQualified, &["sql", "sales qualified lead"]),
            (Stage::SalesDisqualified, &["disqualified"]),
        ],
    )
}

/// A priority in the words of any system.
pub fn priority(written: &str) -> Option<Priority> {
    understood(
        written,
        Priority::parse,
        &[
            (Priority::Low, &["minor", "lowest", "p4", "4"]),
            (Priority::Medium, &["normal", "standard", "default", "moderate", "med", "p3", "3"]),
            (Priority::High, &["important", "major", "p2", "2"]),
            (Priority::Critical, &["urgent", "highest", "blocker", "immediate", "very high", "p1", "1"]),
        ],
    )
}

/// A seniority in the words of any system.
pub fn seniority(written: &str) -> Option<Seniority> {
    understood(
        written,
        Seniority::parse,
        &[
            (Seniority::CLevel, &["c suite", "cxo", "clevel", "executive", "owner", "founder", "partner"]),
            (Seniority::Vp, &["vice president", "svp", "evp"]),
            (Seniority::Director, &["head"]),
            (Seniority::Manager, &["lead", "team lead"]),
            (Seniority::Staff, &["individual contributor", "employee", "senior", "entry", "entry level", "junior"]),
            (Seniority::Intern, &["trainee", "student", "training"]),
        ],
    )
}

/// A relationship in the words of any system.
pub fn relationship(written: &str) -> Option<Relationship> {
    understood(
        written,
        Relationship::parse,
        &[
            (Relationship::Prospect, &["lead", "contact", "potential", "potential customer"]),
            (Relationship::Customer, &["client", "existing customer", "buyer"]),
            (Relationship::Reseller, &["dealer", "distributor", "var"]),
            (Relationship::Partner, &["affiliate", "alliance"]),
        ],
    )
}

/// What columns of other systems say of consent: `Some(Some(false))` where it is refused, `Some(None)` where nothing was
/// said, `None` where the word is none of theirs.
pub fn consent(written: &str) -> Option<Option<bool>> {
    Some(match fold_label(written).trim_end_matches('.') {
        "granted" | "allow" | "allowed" | "send" | "subscribed" | "opted in" | "optedin" | "opt in" | "confirmed"
        | "consented" | "active" | "double opt in" | "single opt in" | "confirmed opt in" | "explicit" | "abonne"
        | "abonnee" | "abonniert" | "suscrito" | "suscrita" => Some(true),
        "withdrawn" | "revoked" | "refused" | "denied" | "declined" | "do not allow" | "not allowed"
        | "do not send" | "do not contact" | "do not call" | "do not email" | "do not e mail" | "do not mail"
        | "opted out" | "optedout" | "opt out" | "optout" | "unsubscribed" | "unsubscribe" | "unsub" | "unsubbed"
        | "blocked" | "blacklisted" | "suppressed" | "cleaned" | "bounced" | "hard bounce" | "removed"
        | "hard bounced" | "complained" | "complaint" | "reported as spam" | "spam" | "marked as spam"
        | "confirmed opt out" | "soft opt out" | "cancelled" | "canceled" | "cancelado" | "cancelada"
        | "dado de baja" | "dada de baja" | "descadastrado" | "disiscritto" | "uitgeschreven" | "desabonnee"
        | "desinscrite" | "abgemeldet" | "desabonne" | "desinscrit" => Some(false),
        "unknown" | "none" | "no consent" | "never subscribed" | "not subscribed" | "non subscribed"
        | "nonsubscribed" | "not opted in" | "soft opt in" | "not opted out" | "not unsubscribed" | "pending"
        | "unconfirmed" | "not set" | "not specified" | "transactional" | "transactional only" | "archived"
        | "soft bounced" | "-" | "--" | "n/a" => None,
        _ => return None,
    })
}

/// Whether a word for consent says in a column of refusals, too, that nothing is refused; `confirmed` may be either.
pub fn is_no_refusal(written: &str) -> bool {
    !matches!(fold_label(written).trim_end_matches('.'), "active" | "confirmed" | "consented" | "explicit")
}

/// Whether a word tells if mail arrives at an address, which is no refusal and no consent.
pub fn is_of_delivery(written: &str) -> bool {
    matches!(
        fold_label(written).as_str(),
        "verified"
            | "unverified"
            | "valid"
            | "invalid"
            | "extrapolated"
            | "guessed"
            | "unavailable"
            | "catch all"
            | "accept all"
            | "risky"
            | "deliverable"
            | "undeliverable"
            | "delivered"
            | "undelivered"
            | "sent"
            | "failed"
            | "opened"
            | "clicked"
            | "update required"
            | "user managed"
    )
}

/// Whether somebody wrote no, in one of the words for it.
pub fn is_no(written: &str) -> bool {
    yes_or_no(written) == Some(false)
}

/// Yes or no, in the words of forms and files.
pub fn yes_or_no(written: &str) -> Option<bool> {
    match fold_label(written).as_str() {
        "true" | "yes" | "y" | "1" | "1.0" | "on" | "t" | "ja" | "oui" | "si" | "x" | "checked" | "granted"
        | "opt in" | "sim" | "wahr" | "vrai" | "verdadero" | "verdadeiro" | "vero" | "waar" | "tak" | "ano"
        | "evet" | "kylla" | "да" | "так" | "истина" | "はい" | "是" | "예" | "네" | "نعم" | "✓" | "✔" | "☑" => {
            Some(true)
        }
        "false" | "no" | "n" | "0" | "0.0" | "off" | "f" | "nein" | "non" | "unchecked" | "withdrawn" | "opt out"
        | "nao" | "falsch" | "faux" | "falso" | "onwaar" | "nee" | "nie" | "ne" | "nej" | "nei" | "hayir" | "hayır"
        | "ei" | "нет" | "ні" | "ложь" | "いいえ" | "否" | "아니요" | "아니오" | "لا" => {
            Some(false)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_other_systems_are_understood() {
        for (written, expected) in [
            ("New", Status::New),
            ("Open - Not Contacted", Status::New),
            ("Working", Status::Contacted),
            ("Closed", Status::Converted),
            ("DEAD", Status::Unqualified),
            ("unqualified", Status::Unqualified),
            ("Contacted ✅", Status::Contacted),
            ("Closed—won", Status::Converted),
            ("OPEN - NotContacted", Status::New),
            ("In Process", Status::Contacted),
            ("Lost Quotation", Status::Unqualified),
            ("Gewonnen", Status::Converted),
        ] {
            assert_eq!(status(written), Some(expected), "{written}");
        }
        assert_eq!(stage("MQL"), Some(Stage::MarketingQualified));
        assert_eq!((priority("Urgent"), priority("High 🔥")), (Some(Priority::Critical), Some(Priority::High)));
        assert_eq!(seniority("C-Level"), Some(Seniority::CLevel));
        assert_eq!(relationship("Client"), Some(Relationship::Customer));
        assert_eq!((yes_or_no("Yes"), yes_or_no("off"), yes_or_no("maybe")), (Some(true), Some(false), None));
        for (yes, no) in
            [("Sim", "Não"), ("tak", "nie"), ("да", "нет"), ("はい", "いいえ"), ("Evet", "Hayır"), ("VRAI", "FAUX")]
        {
            assert_eq!((yes_or_no(yes), yes_or_no(no)), (Some(true), Some(false)), "{yes} {no}");
        }
        assert_eq!(status("whatever"), None);
    }
}
