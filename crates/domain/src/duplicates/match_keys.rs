//! Keys by which leads that may be alike are found: each is indexed, so that looking costs the same however many there are.

use super::Traits;

/// The keys of one lead. Each is a number made of what it stands for: what is shared by chance is found, compared and
/// put aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MatchKeys {
    /// The company and the sound of the family name.
    pub employer: Option<i64>,
    /// The company and the sounds of first and last name, in whatever order.
    pub colleague: Option<i64>,
    /// The domain of the company and the sounds of first and last name, in whatever order.
    pub domain: Option<i64>,
    /// The mailbox and the sound of the family name, or the mailbox at the same provider.
    pub mailbox: Option<i64>,
    /// The end of the phone number and the sound of the family name.
    pub phone: Option<i64>,
}

impl MatchKeys {
    /// The keys of a lead with these traits.
    pub fn of(traits: &Traits) -> Self {
        let word = |word: &str| sound(word, 4);
        let family = traits.family().map(word);
        let called = traits.called.as_deref().map(word);
        let both = family.as_ref().zip(called.as_ref()).map(|(family, called)| {
            let (one, other) = if family <= called { (family, called) } else { (called, family) };
            format!("{one} {other}")
        });
        let company = traits.company.as_deref().map(|company| {
            let number: String = company.chars().filter(|c| c.is_numeric()).collect();
            format!("{}{number}", sound(&company.replace(|c: char| c == ' ' || c.is_numeric(), ""), 6))
        });
        let key = |kind: &str, one: &Option<String>, other: &Option<String>| {
            one.as_ref().zip(other.as_ref()).map(|(one, other)| number(&format!("{kind}|{one}|{other}")))
        };
        // A first name alone still tells somebody apart from others with the same mailbox or number.
        let someone = family.clone().or(called);
        Self {
            employer: key("employer", &company, &family),
            colleague: key("colleague", &company, &both),
            domain: key("domain", &traits.domain, &both),
            mailbox: key("mailbox", &traits.mailbox, &someone),
            phone: key("phone", &traits.tail().map(ToOwned::to_owned), &someone),
        }
    }

    /// The keys with the names of their kinds.
    pub const fn all(&self) -> [Option<i64>; 5] {
        [self.employer, self.colleague, self.domain, self.mailbox, self.phone]
    }
}

/// How a word sounds, roughly: its consonants by kind, so many at most. Words of other scripts begin alike instead.
fn sound(word: &str, most: usize) -> String {
    let word = word.replace("ph", "f").replace("ck", "k");
    let mut kinds = String::new();
    let mut before = None;
    for (at, letter) in word.chars().enumerate() {
        let kind = match letter {
            'b' | 'f' | 'p' | 'v' | 'w' => Some('1'),
            'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => Some('2'),
            'd' | 't' => Some('3'),
            'l' => Some('4'),
            'm' | 'n' => Some('5'),
            'r' => Some('6'),
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' if at == 0 => Some('0'),
            'a'..='z' => None,
            other => Some(other),
        };
        if kind.is_some() && kind != before {
            kinds.extend(kind);
        }
        before = kind;
        if kinds.chars().count() == most {
            break;
        }
    }
    kinds
}

/// A stable number (FNV-1a), the same on every node and in every release.
fn number(text: &str) -> i64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    i64::from_ne_bytes(text.bytes().fold(0xcbf2_9ce4_8422_2325, hash).to_ne_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sounds_alike_is_found() {
        for (one, other) in [("smith", "smyth"), ("meyer", "maier"), ("stephan", "stefan"), ("jansen", "janssen")] {
            assert_eq!(sound(one, 4), sound(other, 4), "{one} {other}");
        }
        assert_ne!(sound("smith", 4), sound("miller", 4));
        assert_ne!(sound("山田", 4), sound("佐藤", 4));
        assert_eq!(number("a"), number("a"));
    }
}
