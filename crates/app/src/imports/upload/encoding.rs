//! Guessing how the bytes of a file stand for text.

use chardetng::EncodingDetector;
use leadwright_domain::imports::{Encoding, detect_encoding};
use leadwright_persistence::DbError;

use super::{
    super::rows::{decoded, encoding_called},
    Known,
    alphabets::{BALTIC, CENTRE, TURKISH, WEST, likely},
    spool::Spool,
};

/// The encodings of Latin letters, the likeliest first, with the alphabets that each is used for.
const LATIN: [(Encoding, &[&str]); 9] = [
    (Encoding::Windows1252, WEST),
    (Encoding::Windows1250, CENTRE),
    (Encoding::Iso88592, CENTRE),
    (Encoding::Windows1254, TURKISH),
    (Encoding::Windows1257, BALTIC),
    (Encoding::Iso885915, WEST),
    (Encoding::Macintosh, WEST),
    (Encoding::Ibm850, WEST),
    (Encoding::Ibm852, CENTRE),
];
/// How much likelier another encoding has to be than Windows-1252.
const CLEARLY: f64 = 0.04;
/// From which share of right letters on Latin letters are meant, where they do not stand in crowds.
const LATIN_LETTERS: f64 = 0.8;
/// Which share of letters beyond ASCII may stand beside another one in Latin text.
const CROWDED: f64 = 0.4;

/// The encoding of a file that has arrived: what the caller says, else what its bytes tell, else what its sender says
/// of it, else the likeliest.
///
/// # Errors
/// The runtime ends.
pub(super) async fn of(spool: &Spool, known: &Known) -> Result<Encoding, DbError> {
    let told = || detect_encoding(spool.beginning(), spool.is_utf8());
    let said = || known.charset.filter(|said| *said != Encoding::Utf8);
    if let Some(encoding) = known.encoding.or_else(told).or_else(said) {
        return Ok(encoding);
    }
    let mut telling = spool.telling().to_vec();
    if spool.is_mixed() {
        let others = telling.split_inclusive(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err());
        telling = others.flatten().copied().collect();
    }
    tokio::task::spawn_blocking(move || guess(&telling)).await.map_err(|error| DbError::Other(error.to_string()))
}

/// Whether it is one of Latin letters, a byte for each: lines of UTF-8 are told from it.
pub(super) fn is_latin(encoding: Encoding) -> bool {
    LATIN.iter().any(|(known, _)| *known == encoding)
}

/// The likeliest encoding of bytes that are not UTF-8.
///
/// Other scripts are told by how often their letters follow one another. Between the encodings of Latin letters that
/// fails where only a name here and there has an accent: there it is told by which letters a language has.
fn guess(bytes: &[u8]) -> Encoding {
    let rated = LATIN.map(|(encoding, alphabets)| (encoding, likely(&decoded(encoding, bytes), alphabets)));
    let mut best = rated[0];
    for one in rated {
        let lead = if best.0 == Encoding::Windows1252 { CLEARLY } else { f64::EPSILON };
        if one.1.share > best.1.share + lead {
            best = one;
        }
    }
    let is_latin = best.1.share > LATIN_LETTERS && best.1.crowded < CROWDED;
    if is_latin { best.0 } else { other_script(bytes).unwrap_or(best.0) }
}

fn other_script(bytes: &[u8]) -> Option<Encoding> {
    use Encoding as E;
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    encoding_called(detector.guess(None, false).name()).filter(|found| {
        let many_bytes = matches!(found, E::ShiftJis | E::EucJp | E::Iso2022Jp | E::Gb18030 | E::Big5 | E::EucKr);
        let cyrillic = matches!(found, E::Windows1251 | E::Koi8U | E::Iso88595 | E::Ibm866);
        many_bytes
            || cyrillic
            || matches!(found, E::Windows1253 | E::Iso88597 | E::Windows1255 | E::Windows1256 | E::Windows874)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What bytes are meant to say, and what they say in the encoding that is guessed.
    fn read(encoding: &str, text: &str) -> (String, Encoding) {
        let table = encoding_rs::Encoding::for_label(encoding.as_bytes()).unwrap();
        let (bytes, _, lost) = table.encode(text);
        assert!(!lost, "{encoding} can't say {text}");
        let guessed = guess(&bytes);
        (decoded(guessed, &bytes), guessed)
    }

    #[test]
    fn names_are_read_in_the_encoding_they_were_written_in() {
        for (encoding, text) in [
            ("windows-1252", "Name\nJosé García\nJürgen Weiß\nSøren Kjær\nSeán O’Neill\n“Best” – Ltd\n"),
            ("windows-1252", "Name\nJoão Gonçalves\nTõnu Kõiv\n"),
            ("windows-1250", "Name\nPaweł Wiśniewski\nŁukasz Zieliński\n"),
            ("iso-8859-2", "Name\nPaweł Wiśniewski\nŁukasz Zieliński\n"),
            ("windows-1250", "Name\nJiří Dvořák\nŠárka Kučerová\n"),
            ("iso-8859-2", "Name\nJiří Dvořák\nŠárka Kučerová\nTomáš\n"),
            ("windows-1250", "Name\nSzűcs Ágnes\nKőszegi Jenő\nNagy László\n"),
            ("windows-1254", "Ad\nAyşe Yılmaz\nİbrahim Kılıç\nÇağlar Öztürk\n"),
            ("windows-1257", "Vardas\nRūta Šimkutė\nGražina Jankauskienė\n"),
            ("iso-8859-15", "Nom\nL\u{153}uvre de Besançon\nPrix en €\n"),
            ("macintosh", "Name\nJosé García\nJürgen Weiß\nÅsa Lindström\n"),
            ("windows-1251", "Имя\nИван Петров\nМария Соколова\n"),
            ("koi8-u", "Имя\nИван Петров\nМария Соколова\n"),
            ("windows-1253", "Όνομα\nΓιώργος Παπαδόπουλος\n"),
            ("iso-8859-7", "Όνομα\nΆγγελος Παπαδόπουλος\nΓιώργος Χατζής\n"),
            ("shift_jis", "名前\n山田太郎\n佐藤花子\n"),
            ("gb18030", "姓名\n王小明\n李静\n"),
            ("euc-kr", "이름\n김민수\n이영희\n"),
        ] {
            let (found, guessed) = read(encoding, text);
            assert_eq!(found, text, "{encoding} taken for {guessed}");
        }
    }

    #[test]
    fn what_the_dos_wrote_is_read() {
        assert_eq!(guess(b"Name\nJ\x94rg M\x81ller\nJos\x82\n"), Encoding::Ibm850);
        assert_eq!(decoded(Encoding::Ibm850, b"J\x94rg M\x81ller"), "Jörg Müller");
        assert_eq!(decoded(Encoding::Ibm852, b"Pawe\x88"), "Paweł");
        assert_eq!(encoding_called("CP437"), Some(Encoding::Ibm437));
    }
}
