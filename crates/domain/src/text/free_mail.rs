//! Mail providers whose domain says nothing about a company.

use super::email::registrable_domain;

/// Providers that are one domain.
const DOMAINS: &[&str] = &[
    "126.com",
    "139.com",
    "163.com",
    "aim.com",
    "alice.it",
    "aol.com",
    "arcor.de",
    "att.net",
    "bellsouth.net",
    "bigpond.com",
    "bluewin.ch",
    "bol.com.br",
    "bt.com",
    "btinternet.com",
    "charter.net",
    "comcast.net",
    "cox.net",
    "daum.net",
    "duck.com",
    "earthlink.net",
    "fastmail.com",
    "fastmail.fm",
    "foxmail.com",
    "free.fr",
    "freenet.de",
    "gmail.com",
    "googlemail.com",
    "hanmail.net",
    "hey.com",
    "hushmail.com",
    "icloud.com",
    "inbox.com",
    "inbox.lv",
    "interia.pl",
    "juno.com",
    "laposte.net",
    "libero.it",
    "list.ru",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "mailbox.org",
    "me.com",
    "naver.com",
    "neuf.fr",
    "o2.pl",
    "onet.pl",
    "optonline.net",
    "optusnet.com.au",
    "orange.fr",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.ch",
    "protonmail.com",
    "qq.com",
    "rambler.ru",
    "rediffmail.com",
    "rocketmail.com",
    "sbcglobal.net",
    "seznam.cz",
    "sfr.fr",
    "shaw.ca",
    "sina.com",
    "sky.com",
    "sympatico.ca",
    "t-online.de",
    "telia.com",
    "terra.com.br",
    "tuta.com",
    "tutanota.com",
    "tutanota.de",
    "uol.com.br",
    "verizon.net",
    "videotron.ca",
    "virgilio.it",
    "virginmedia.com",
    "wanadoo.fr",
    "web.de",
    "wp.pl",
    "yeah.net",
    "ymail.com",
    "zoho.com",
    "zohomail.com",
];

/// Providers with a domain in many countries.
const FAMILIES: &[&str] = &["gmx", "hotmail", "live", "msn", "outlook", "windowslive", "yahoo", "yandex"];

/// Whether anybody can have an address of this domain.
pub fn is_free_mail(domain: &str) -> bool {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    let Some(domain) = registrable_domain(&domain) else { return false };
    let Some((name, suffix)) = domain.split_once('.') else { return false };
    let top = suffix.rsplit('.').next().unwrap_or(suffix);
    DOMAINS.contains(&domain) || (FAMILIES.contains(&name) && (matches!(top, "com" | "net") || top.len() == 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_known_and_companies_are_not() {
        for domain in ["gmail.com", "GMAIL.com", "yahoo.co.uk", "hotmail.fr", "gmx.net", "mail.ru", "uol.com.br"] {
            assert!(is_free_mail(domain), "{domain}");
        }
        for domain in ["example.com", "outlook.agency", "yahoo-inc.com", "com", "", "gmail", "mygmail.com"] {
            assert!(!is_free_mail(domain), "{domain}");
        }
    }
}
