//! Letters and marks as web pages write them: `&amp;`, `&#39;`, `&eacute;`.

use std::borrow::Cow;

/// The longest name of one.
const LONGEST: usize = 8;

const MARKS: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("hellip", '…'),
    ("euro", '€'),
    ("reg", '®'),
    ("copy", '©'),
    ("trade", '™'),
    ("middot", '·'),
    ("bull", '•'),
    ("OElig", 'Œ'),
    ("oelig", 'œ'),
    ("Scaron", 'Š'),
    ("scaron", 'š'),
];

/// The letters of Latin-1 from `À` to `ÿ`, in order.
const LETTERS: &str = "Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH \
     Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde \
     auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide \
     oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The text with every letter and mark written as such. What only looks like one stays.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    let mut found = false;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        // No name is longer, so that a text of nothing but marks is read in one go.
        let end = behind.bytes().take(LONGEST + 1).position(|byte| byte == b';');
        let meant = end.and_then(|end| Some((meant(&behind[..end])?, &behind[end + 1..])));
        if let Some((letter, behind)) = meant {
            out.push(letter);
            rest = behind;
            found = true;
        } else {
            out.push('&');
            rest = behind;
        }
    }
    if !found {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn meant(name: &str) -> Option<char> {
    let Some(number) = name.strip_prefix('#') else {
        let mark = MARKS.iter().find(|(mark, _)| *mark == name).map(|(_, meant)| *meant);
        let letter = || ('À'..='ÿ').zip(LETTERS.split(' ')).find(|(_, letter)| *letter == name).map(|(meant, _)| meant);
        return mark.or_else(letter);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32).filter(|letter| !letter.is_control())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn letters_and_marks_are_read() {
        for (written, meant) in [
            ("Ren&eacute;e D&#39;Arc", "Renée D'Arc"),
            ("Smith &amp; Co", "Smith & Co"),
            ("&Ouml;l &#x2013; &szlig;&yuml;&Agrave;", "Öl – ßÿÀ"),
            ("&amp;amp;", "&amp;"),
            ("AT&T; R&D &; & &#0; &#10; &nope; &#xD800;", "AT&T; R&D &; & &#0; &#10; &nope; &#xD800;"),
        ] {
            assert_eq!(unescaped(written), meant, "{written}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "(?s).{0,30}|[&#;x0-9a-z]{0,20}") {
            let _ = unescaped(&text);
        }
    }
}
