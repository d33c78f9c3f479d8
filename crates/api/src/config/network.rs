//! Networks of addresses, for the proxies that are believed.

use std::net::IpAddr;

use super::Setting;

/// An address, or a network in CIDR notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u8,
}

impl Network {
    fn holds(&self, address: IpAddr) -> bool {
        let (ours, theirs, width) = match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => (u128::from(ours.to_bits()), u128::from(theirs.to_bits()), 32),
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => (ours.to_bits(), theirs.to_bits(), 128),
            _ => return false,
        };
        let free = width - u32::from(self.prefix);
        (ours ^ theirs).checked_shr(free).unwrap_or(0) == 0
    }
}

/// Whether one of these networks holds the address.
pub fn within(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.holds(address))
}

impl Setting for Network {
    fn read(text: &str) -> Result<Self, String> {
        let wrong = || "addresses or networks such as `10.0.0.0/8, ::1`".to_owned();
        let (address, prefix) = text.split_once('/').map_or((text, None), |(address, prefix)| (address, Some(prefix)));
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let widest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => widest,
            Some(prefix) => prefix.parse().ok().filter(|prefix| *prefix <= widest).ok_or_else(wrong)?,
        };
        Ok(Self { address, prefix })
    }

    fn show(&self) -> String {
        format!("{}/{}", self.address, self.prefix)
    }
}
