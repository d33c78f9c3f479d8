//! Web addresses: http and https only.

use url::{Host, Url};

use super::{Complaint, email::registrable_domain};

/// The longest address that is kept.
const LONGEST: usize = 2_000;

/// Reads a web address; adds `https://` where no scheme was written and lower-cases the host.
pub fn url(written: &str) -> Result<String, Complaint> {
    let refuse = |why: &str| Err(Complaint::new("invalid_url", why));
    let text = written.trim();
    if text.chars().count() > LONGEST {
        return refuse("A web address has at most 2,000 characters");
    }
    if text.chars().any(|c| c.is_control() || c.is_whitespace()) {
        return refuse("A web address has no spaces");
    }
    let address = match text.split_once("://") {
        Some((scheme, _)) if ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            text.to_owned()
        }
        Some((scheme, _)) if !scheme.contains(['/', '?', '.']) => {
            return refuse("A web address starts with http:// or https://");
        }
        _ => format!("https://{}", text.trim_start_matches('/')),
    };
    let Ok(parsed) = Url::parse(&address) else {
        return refuse("This is not a web address; write it as https://example.com");
    };
    if !parsed.username().is_empty() || parsed.password().is_some() {
        return refuse("A web address has no user name or password in it");
    }
    let known = match parsed.host() {
        Some(Host::Domain(domain)) => domain.trim_matches('.').contains('.') && !domain.contains(".."),
        Some(Host::Ipv4(_)) => text.contains('.'),
        Some(Host::Ipv6(_)) => true,
        None => false,
    };
    if !known {
        return refuse("The host of a web address has a dot, as in https://example.com");
    }
    let mut normal = parsed.to_string();
    if normal.len() > LONGEST * 3 {
        return refuse("A web address has at most 2,000 characters");
    }
    // A slash that nobody wrote is not added.
    if parsed.path() == "/" && !text.ends_with('/') && parsed.query().is_none() && parsed.fragment().is_none() {
        normal.pop();
    }
    Ok(normal)
}

/// The registered domain of a web address: `https://www.example.co.uk/x` is of `example.co.uk`.
pub fn url_domain(address: &str) -> Option<String> {
    let parsed = Url::parse(address).ok()?;
    registrable_domain(parsed.host_str()?).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_are_completed() {
        for (written, address) in [
            ("example.com", "https://example.com"),
            ("HTTP://Example.COM/Path?q=1", "http://example.com/Path?q=1"),
            ("https://example.com/", "https://example.com/"),
            ("//example.com/a", "https://example.com/a"),
            ("example.com:8080/a", "https://example.com:8080/a"),
            ("bücher.de", "https://xn--bcher-kva.de"),
        ] {
            assert_eq!(url(written).as_deref(), Ok(address));
        }
        assert_eq!(url_domain("https://www.example.co.uk/x").as_deref(), Some("example.co.uk"));
    }

    #[test]
    fn what_is_not_the_web_is_refused() {
        for written in [
            "",
            "n/a",
            "javascript:alert(1)",
            "ftp://example.com",
            "https://",
            "a b.com",
            "jane@example.com",
            "7",
            "data:,x",
        ] {
            assert!(url(written).is_err(), "{written}");
        }
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(written in "(https?://)?[a-zA-Z0-9.\\-]{1,20}(/[ -~]{0,12})?") {
            if let Ok(address) = url(&written) {
                prop_assert_eq!(url(&address), Ok(address.clone()));
            }
        }

        #[test]
        fn nothing_panics(written in "(?s).{0,60}") {
            let _ = url(&written);
        }
    }
}
