//! Asking other systems over HTTPS. The addresses come from settings of organizations, so nothing inside our own network
//! is ever reached by them: https and public addresses only, no redirects, short answers.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    time::Duration,
};

use serde_json::Value;
use url::{Host, Url};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes.
const LONGEST: usize = 1 << 20;

/// Who may be asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outbound {
    /// Whether http and addresses that are not public may be asked too.
    pub private: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It may pass: try again later.
    Passing(String),
    /// It will not pass by itself.
    Lasting(String),
}

impl Outbound {
    /// Asks for JSON, showing a token.
    ///
    /// # Errors
    /// The address may not be asked, does not answer, or answers something else.
    pub async fn get(
        self,
        address: &str,
        token: &str,
        headers: &[(&'static str, &'static str)],
    ) -> Result<Value, Trouble> {
        let url = Url::parse(address).map_err(|_| Trouble::Lasting("The address is none.".to_owned()))?;
        let mut request = self.client(&url).await?.get(url).bearer_auth(token);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let passing =
            |error: reqwest::Error| Trouble::Passing(format!("It can't be reached: {}.", error.without_url()));
        let mut response = request.send().await.map_err(passing)?;
        let status = response.status();
        if !status.is_success() {
            let said = format!("It answered {status}.");
            let later = status.is_server_error() || matches!(status.as_u16(), 408 | 425 | 429);
            return Err(if later { Trouble::Passing(said) } else { Trouble::Lasting(said) });
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(passing)? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST {
                return Err(Trouble::Lasting("Its answer is too long.".to_owned()));
            }
        }
        let text = String::from_utf8(body).map_err(|_| Trouble::Lasting("Its answer is no text.".to_owned()))?;
        leadwright_domain::capture::adapters::json_body(&text)
            .map_err(|_| Trouble::Lasting("Its answer is no JSON.".to_owned()))
    }

    /// A client that reaches the host at addresses that were looked at, and no other.
    async fn client(self, url: &Url) -> Result<reqwest::Client, Trouble> {
        let lasting = |why: &str| Trouble::Lasting(why.to_owned());
        if url.scheme() != "https" && !self.private {
            return Err(lasting("Only https addresses are asked."));
        }
        let port = url.port_or_known_default().unwrap_or(443);
        let mut client = reqwest::Client::builder()
            .timeout(PATIENCE)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("leadwright");
        let found: Vec<SocketAddr> = match url.host() {
            None => return Err(lasting("The address names no host.")),
            Some(Host::Ipv4(ip)) => vec![SocketAddr::new(ip.into(), port)],
            Some(Host::Ipv6(ip)) => vec![SocketAddr::new(ip.into(), port)],
            Some(Host::Domain(name)) => {
                let found = tokio::net::lookup_host((name, port)).await;
                let found: Vec<_> = found.map_err(|_| Trouble::Passing("Its host is not found.".to_owned()))?.collect();
                let allowed: Vec<_> = found.into_iter().filter(|at| self.private || is_public(at.ip())).collect();
                client = client.resolve_to_addrs(name, &allowed);
                allowed
            }
        };
        if found.is_empty() || !found.iter().all(|at| self.private || is_public(at.ip())) {
            return Err(lasting(
                "Its address is not public; an operator can allow that with outbound.private_addresses.",
            ));
        }
        client.build().map_err(|error| Trouble::Lasting(error.to_string()))
    }
}

/// Whether an address is one of the whole internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(mapped) => is_public_v4(mapped),
            None => is_public_v6(ip),
        },
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    let special = ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast()
        || first == 0
        || first >= 240
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 198 && (second == 18 || second == 19));
    !special
}

/// Global unicast is `2000::/3`; of that, what only carries or documents other addresses is left out.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let carries = first == 0x2002 || (first == 0x2001 && second < 0x0200) || (first == 0x2001 && second == 0x0db8);
    (first & 0xe000) == 0x2000 && !carries && first != 0x3fff
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_addresses_of_the_internet_are_public() {
        for public in ["93.184.215.14", "8.8.8.8", "2606:2800:21f::1", "::ffff:8.8.8.8"] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "198.18.0.1",
            "192.0.0.8",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:127.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    #[tokio::test]
    async fn nothing_of_ours_is_asked() {
        for address in [
            "http://93.184.215.14/",
            "https://127.0.0.1/",
            "https://localhost/x",
            "https://[::1]/",
            "https://2130706433/",
            "nonsense",
        ] {
            let trouble = Outbound::default().get(address, "t", &[]).await.unwrap_err();
            assert!(matches!(trouble, Trouble::Lasting(_)), "{address}: {trouble:?}");
        }
    }
}
