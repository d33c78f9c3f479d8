//! E-mail addresses: read, lower-cased, compared.

use core::net::{Ipv4Addr, Ipv6Addr};
use std::borrow::Cow;

use email_address::{EmailAddress, Options};
use unicode_normalization::UnicodeNormalization;
use url::Host;

use super::{Complaint, clean::invisible};

/// The longest address that mail can be sent to (RFC 5321), in bytes.
const LONGEST: usize = 254;
/// The longest part before the `@`, in bytes.
const LONGEST_LOCAL: usize = 64;

/// Reads an address, also as `mailto:a@b.c` and `Name <a@b.c>`, and lower-cases it.
pub fn email(written: &str) -> Result<String, Complaint> {
    let address = normal(unwrapped(&seen(written)));
    match check(&address) {
        Ok(()) => Ok(address),
        Err(why) => Err(Complaint::new("invalid_email", why).suggesting(repaired(&address))),
    }
}

/// Whether a text is an address.
pub fn is_email(written: &str) -> bool {
    written.len() <= LONGEST * 2 && written.contains('@') && email(written).is_ok()
}

/// The domain of a normalized address, without the `@`.
pub fn domain_of(address: &str) -> Option<&str> {
    address.rsplit_once('@').map(|(_, domain)| domain).filter(|domain| !domain.is_empty())
}

/// The form under which addresses compare: the domain in ASCII, so that `bücher.de` is `xn--bcher-kva.de`.
pub fn email_key(address: &str) -> String {
    match address.rsplit_once('@') {
        Some((local, domain)) if !domain.is_ascii() => format!("{local}@{}", domain_key(domain)),
        _ => address.to_owned(),
    }
}

/// The form under which domains compare: in ASCII.
pub fn domain_key(domain: &str) -> Cow<'_, str> {
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) if !domain.is_ascii() => Cow::Owned(ascii),
        _ => Cow::Borrowed(domain),
    }
}

/// The part of a domain that somebody registered: `mail.example.co.uk` is of `example.co.uk`.
pub fn registrable_domain(domain: &str) -> Option<&str> {
    psl::domain_str(domain.trim_end_matches('.'))
}

/// What people see of an address that was copied from a chat or a mail. A soft hyphen shows nothing, either.
fn seen(written: &str) -> Cow<'_, str> {
    let is_unseen = |c: char| invisible(c) || c == '\u{ad}';
    if written.is_ascii() || !written.contains(is_unseen) {
        return Cow::Borrowed(written);
    }
    Cow::Owned(written.replace(is_unseen, ""))
}

/// Takes the address out of `mailto:` and `Name <…>`.
fn unwrapped(written: &str) -> &str {
    let mut text = written.trim();
    if let Some(inner) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')).map(|(_, inner)| inner) {
        text = inner.trim();
    }
    if text.get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("mailto:")) {
        text = text.get(7..).unwrap_or_default();
        text = text.split_once('?').map_or(text, |(address, _)| address).trim();
    }
    text
}

fn normal(address: &str) -> String {
    address.nfc().collect::<String>().to_lowercase().nfc().collect()
}

fn check(address: &str) -> Result<(), &'static str> {
    if address.is_empty() {
        return Err("Give an e-mail address such as jane@example.com");
    }
    if address.len() > LONGEST {
        return Err("An e-mail address has at most 254 characters");
    }
    let Some((local, domain)) = address.rsplit_once('@') else {
        return Err("An e-mail address has an @, as in jane@example.com");
    };
    if local.is_empty() || domain.is_empty() {
        return Err("An e-mail address has a name before the @ and a domain after it");
    }
    if local.len() > LONGEST_LOCAL {
        return Err("An e-mail address has at most 64 characters before the @");
    }
    if address.chars().any(|c| c.is_control() || (c.is_whitespace() && c != ' ')) {
        return Err("An e-mail address has no line breaks or control characters");
    }
    check_domain(domain)?;
    match EmailAddress::parse_with_options(address, Options::default().without_display_text()) {
        Ok(_) => Ok(()),
        Err(_) => Err("This is not an e-mail address; check the part before the @"),
    }
}

fn check_domain(domain: &str) -> Result<(), &'static str> {
    if let Some(literal) = domain.strip_prefix('[') {
        return literal
            .strip_suffix(']')
            .is_some_and(is_address)
            .then_some(())
            .ok_or("In brackets after the @ stands an IP address, as in jane@[192.0.2.1]");
    }
    let Some((_, top)) = domain.rsplit_once('.') else {
        return Err("The domain after the @ has a dot, as in jane@example.com");
    };
    let fits = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_ascii_alphanumeric() || !c.is_ascii())
    };
    if !domain.split('.').all(fits) || top.bytes().all(|b| b.is_ascii_digit()) {
        return Err("The domain after the @ is not one; check its dots and letters");
    }
    match Host::parse(domain) {
        Ok(Host::Domain(ascii)) if ascii.len() <= 253 && ascii.split('.').all(|label| label.len() <= 63) => Ok(()),
        _ => Err("The domain after the @ is not one; check its length and letters"),
    }
}

fn is_address(literal: &str) -> bool {
    match literal.strip_prefix("ipv6:") {
        Some(address) => address.parse::<Ipv6Addr>().is_ok(),
        None => literal.parse::<Ipv4Addr>().is_ok(),
    }
}

/// The address that was probably meant: without spaces, without the punctuation of the sentence around it.
fn repaired(address: &str) -> Option<String> {
    let likely: String = address
        .replace("(at)", "@")
        .replace("[at]", "@")
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    let likely = likely.trim_matches(|c: char| matches!(c, '.' | ';' | ':' | '<' | '>' | '"' | '\'' | '(' | ')'));
    (likely != address && check(likely).is_ok()).then(|| likely.to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_taken_as_people_write_them() {
        for (written, address) in [
            ("Jane.Doe@Example.COM ", "jane.doe@example.com"),
            ("mailto:jane@example.com?subject=Hi", "jane@example.com"),
            ("Jane Doe <Jane@Example.com>", "jane@example.com"),
            ("o'neil+crm@sub.example.co.uk", "o'neil+crm@sub.example.co.uk"),
            ("jörg@bücher.de", "jörg@bücher.de"),
            ("用户@例え.jp", "用户@例え.jp"),
            ("test@[192.0.2.1]", "test@[192.0.2.1]"),
            ("test@[IPv6:2001:db8::1]", "test@[ipv6:2001:db8::1]"),
            ("\"quoted\"@example.org", "\"quoted\"@example.org"),
            ("\u{200e}bob@b.example\u{200f}", "bob@b.example"),
            ("cy\u{200b}@d.ex\u{ad}ample", "cy@d.example"),
            ("\u{feff}<\u{202a}bob@b.example\u{202c}>", "bob@b.example"),
        ] {
            assert_eq!(email(written).unwrap(), address, "{written}");
        }
    }

    #[test]
    fn what_no_mail_reaches_is_refused() {
        let long = format!("{}@example.com", "a".repeat(65));
        let longer = format!("a@{}.com", "b.".repeat(130));
        for written in [
            "",
            "@",
            "jane",
            "jane@",
            "@example.com",
            "jane@localhost",
            ".jane@example.com",
            "a..b@example.com",
            "a@b..com",
            "a@-b.com",
            "a@b-.com",
            "a@b.123",
            "a@1.2.3.4",
            "a@[1.2.3]",
            "a@[ipv6:1]",
            "a b@example.com",
            "a@b/c.com",
            "a@b_c.com",
            "a\0@example.com",
            "a@b@c.com",
            "\"a@example.com",
            &long,
            &longer,
        ] {
            assert_eq!(email(written).unwrap_err().code, "invalid_email", "{written}");
        }
    }

    #[test]
    fn plain_slips_are_mended() {
        for written in ["jane @ example.com", "jane@example,com", "jane@example.com.", "jane(at)example.com"] {
            assert_eq!(email(written).unwrap_err().suggestion, Some("jane@example.com".into()), "{written}");
        }
    }

    #[test]
    fn domains_compare_in_ascii() {
        assert_eq!(email_key("a@bücher.de"), "a@xn--bcher-kva.de");
        assert_eq!(email_key("a@xn--bcher-kva.de"), "a@xn--bcher-kva.de");
        assert_eq!(registrable_domain("mail.example.co.uk"), Some("example.co.uk"));
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(written in "[ -~àÉßİǅ例]{0,12}@[a-zA-Z0-9.\\-üÉßİ]{0,20}") {
            if let Ok(address) = email(&written) {
                prop_assert_eq!(email(&address), Ok(address.clone()));
                prop_assert_eq!(email_key(&email_key(&address)), email_key(&address));
            }
        }

        #[test]
        fn nothing_panics(written in "(?s).{0,80}") {
            let _ = email(&written);
        }
    }
}
