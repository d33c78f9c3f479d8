//! How much a text looks like a language that is written in Latin letters: what tells its encodings apart.

/// Letters beyond ASCII of the languages of the West.
pub(super) const WEST: &[&str] = &[
    "àâæçéèêëîïôœùûüÿ",
    "äöüß",
    "áéíóúüñ",
    "áàâãçéêíóôõúü",
    "àèéìíòóùú",
    "áèéëïóöü",
    "æøåéö",
    "åäöéü",
    "áðéíóúýþæö",
    "åäöšž",
    "äõöüšž",
    "çéàèòíúïü",
    "áàâéèêíîïóôúûŵŷ",
];
/// Those of Central Europe: of Polish, Czech, Slovak, Hungarian, Romanian, Croatian and Slovene, German and Albanian.
pub(super) const CENTRE: &[&str] =
    &["ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "äöüß", "ëç"];
/// Those of Turkish.
pub(super) const TURKISH: &[&str] = &["çğıöşüâîû"];
/// Those of Lithuanian, Latvian, Estonian, and of Polish.
pub(super) const BALTIC: &[&str] = &["ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž", "ąćęłńóśźż"];

/// What a text counts whose letters are those of several languages, beside one of a single language.
const OF_SEVERAL: f64 = 0.85;
/// What a sign counts that stands where signs do, beside a letter of the language.
const SIGN: f64 = 0.9;

/// How likely a text is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likely {
    /// Of its characters beyond ASCII, the share that belongs there; what can't be there counts against it. At most 1.
    pub(super) share: f64,
    /// Of its letters beyond ASCII, the share that stands beside another one: small where letters are Latin.
    pub(super) crowded: f64,
}

/// Looks at the characters beyond ASCII. `alphabets` has the small letters of each language that may be meant.
pub(super) fn likely(text: &str, alphabets: &[&str]) -> Likely {
    let (mut found, mut letters, mut crowded) = (Found::of(alphabets), 0.0, 0.0);
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied().unwrap_or(' ');
        if !c.is_ascii() {
            found.count(before, c, after);
            let is_letter = |c: char| !c.is_ascii() && c.is_alphabetic();
            letters += f64::from(u8::from(is_letter(c)));
            crowded += f64::from(u8::from(is_letter(c) && (is_letter(before) || is_letter(after))));
        }
        before = c;
    }
    Likely { share: found.share(), crowded: if letters > 0.0 { crowded / letters } else { 0.0 } }
}

/// What was counted.
struct Found<'a> {
    alphabets: &'a [&'a str],
    /// The letters of each alphabet.
    of_each: Vec<f64>,
    /// Letters of any of them.
    of_any: f64,
    signs: f64,
    wrong: f64,
    all: f64,
}

impl<'a> Found<'a> {
    fn of(alphabets: &'a [&'a str]) -> Self {
        Self { alphabets, of_each: vec![0.0; alphabets.len()], of_any: 0.0, signs: 0.0, wrong: 0.0, all: 0.0 }
    }

    fn count(&mut self, before: char, c: char, after: char) {
        self.all += 1.0;
        if !c.is_alphabetic() || matches!(c, 'ª' | 'º' | 'ƒ' | 'µ' | 'π' | 'Ω') {
            let is_there = belongs(c, before.is_alphabetic() && after.is_alphabetic());
            *(if is_there { &mut self.signs } else { &mut self.wrong }) += 1.0;
            return;
        }
        let small_first = c.is_lowercase() && !before.is_alphabetic() && after.is_uppercase();
        if small_first || c.is_uppercase() && before.is_lowercase() {
            self.wrong += 1.0;
            return;
        }
        let small = if c == 'İ' { 'ı' } else { c.to_lowercase().next().unwrap_or(c) };
        let mut any = false;
        for (count, alphabet) in self.of_each.iter_mut().zip(self.alphabets) {
            if alphabet.contains(small) {
                *count += 1.0;
                any = true;
            }
        }
        self.of_any += f64::from(u8::from(any));
    }

    fn share(&self) -> f64 {
        let letters = self.of_each.iter().copied().fold(self.of_any * OF_SEVERAL, f64::max);
        if self.all > 0.0 { (letters + self.signs * SIGN - self.wrong) / self.all } else { 1.0 }
    }
}

/// Whether a sign may stand there; `inside` a word only few do.
const fn belongs(c: char, inside: bool) -> bool {
    match c {
        '’' | '‘' | '´' | '·' => true,
        '“' | '”' | '„' | '‚' | '«' | '»' | '‹' | '›' | '–' | '—' | '…' | '•' | '°' | 'º' | 'ª' | '²' | '³' | '€'
        | '£' | '®' | '©' | '™' | '§' | '½' | '¼' | '¡' | '¿' | '×' | '±' | '\u{a0}' => !inside,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_one_language_are_the_likeliest() {
        let polish = likely("Paweł Wiśniewski, Łódź", CENTRE);
        assert!(polish.share > 0.99 && polish.crowded < 0.5, "{polish:?}");
        assert!(likely("Pawe³ Winiewski, £ódŸ", WEST).share < 0.6);
        assert!(likely("JosŽ Mu–oz", WEST).share < 0.0);
        let several = likely("José Müller, Søren", WEST);
        assert!((several.share - OF_SEVERAL).abs() < 0.01, "{several:?}");
        assert!(likely("Иван", WEST).crowded > 0.99);
        assert!(likely("plain", WEST).share > 0.99);
    }
}
