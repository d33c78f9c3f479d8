//! Whose request it is, as far as the network can tell.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use actix_web::{HttpRequest, web::Data};

use super::Edge;
use crate::config::{Network, within};

/// The address of the client behind a request that a handler answers.
pub fn of_client(request: &HttpRequest) -> Option<IpAddr> {
    let trusted = request.app_data::<Data<Edge>>().map_or(&[][..], |edge| &edge.trusted_proxies);
    of(request, trusted)
}

/// The client's address: the peer's, or the last one in `X-Forwarded-For` that no trusted proxy vouches for. Of IPv6
/// the network counts, because one client has all of its addresses.
pub fn of(request: &HttpRequest, trusted: &[Network]) -> Option<IpAddr> {
    let peer = request.peer_addr().map(|peer: SocketAddr| peer.ip().to_canonical())?;
    if !within(trusted, peer) {
        return Some(network(peer));
    }
    let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = forwarded.flat_map(|value| value.split(',')).map(str::trim).collect();
    let client = hops
        .iter()
        .rev()
        // An entry that is no address was made up; so may be all before it.
        .map_while(|hop| hop.parse().ok())
        .map(|hop: IpAddr| hop.to_canonical())
        .find(|hop| !within(trusted, *hop));
    Some(network(client.unwrap_or(peer)))
}

fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;
    use crate::config::Setting;

    fn seen(peer: &str, forwarded: &str) -> String {
        let trusted: Vec<Network> = Setting::read("10.0.0.0/8, 127.0.0.1").unwrap();
        let request = TestRequest::default()
            .peer_addr(format!("{peer}:1234").parse().unwrap())
            .insert_header(("x-forwarded-for", forwarded))
            .to_http_request();
        of(&request, &trusted).unwrap().to_string()
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1"), "203.0.113.9");
        assert_eq!(seen("10.1.2.3", "198.51.100.1"), "198.51.100.1");
        assert_eq!(seen("10.1.2.3", "1.1.1.1, 198.51.100.1, 10.9.9.9"), "198.51.100.1");
        assert_eq!(seen("10.1.2.3", "1.1.1.1, nonsense, 10.9.9.9"), "10.1.2.3");
        assert_eq!(seen("10.1.2.3", ""), "10.1.2.3");
        assert_eq!(seen("[2001:db8:1:2:3:4:5:6]", ""), "2001:db8:1:2::");
    }
}
