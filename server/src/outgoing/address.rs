//! Which addresses the server may connect to on somebody's word. Pure: it resolves nothing and
//! connects to nothing.
//!
//! What is allowed is what is public on the internet. A name for everything else is kept, so that
//! an admin who sees a refusal knows what to change.

use crate::config::Networks;
use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// An address the server does not connect to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{address} is {kind}")]
pub struct Forbidden {
    pub address: IpAddr,
    /// What kind of address it is.
    pub kind: &'static str,
}

const fn v4(a: u8, b: u8, c: u8, d: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix)
}

const fn v6(first: u16, second: u16, third: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(first, second, third, 0, 0, 0, 0, 0), prefix)
}

/// What of IPv4 is not the public internet, after IANA's register of special purposes.
const CLOSED_V4: &[(Ipv4Net, &str)] = &[
    (v4(0, 0, 0, 0, 8), "no address of a host"),
    (v4(10, 0, 0, 0, 8), "in a private network"),
    (v4(100, 64, 0, 0, 10), "in a provider's own network"),
    (v4(127, 0, 0, 0, 8), "this machine itself"),
    (v4(168, 63, 129, 16, 32), "a cloud's metadata service"),
    (
        v4(169, 254, 0, 0, 16),
        "link-local, as metadata services are",
    ),
    (v4(172, 16, 0, 0, 12), "in a private network"),
    (v4(192, 0, 0, 0, 24), "reserved"),
    (v4(192, 0, 2, 0, 24), "for documentation only"),
    (v4(192, 88, 99, 0, 24), "a relay for IPv6"),
    (v4(192, 168, 0, 0, 16), "in a private network"),
    (v4(198, 18, 0, 0, 15), "for measurements only"),
    (v4(198, 51, 100, 0, 24), "for documentation only"),
    (v4(203, 0, 113, 0, 24), "for documentation only"),
    (v4(224, 0, 0, 0, 4), "a group of hosts"),
    (v4(240, 0, 0, 0, 4), "reserved"),
];

/// What is closed within the public part of IPv6.
const CLOSED_V6: &[(Ipv6Net, &str)] = &[
    (v6(0x2001, 0, 0, 23), "reserved, as tunnels are"),
    (v6(0x2001, 0xdb8, 0, 32), "for documentation only"),
    (v6(0x2002, 0, 0, 16), "a tunnel to an IPv4 address"),
    (v6(0x3fff, 0, 0, 20), "for documentation only"),
];

/// The part of IPv6 that is given out to the internet.
const PUBLIC_V6: Ipv6Net = v6(0x2000, 0, 0, 3);

/// The well-known prefix under which a gateway stands for an IPv4 address.
const GATEWAY: Ipv6Net = v6(0x64, 0xff9b, 0, 96);

/// What of IPv6 has a name of its own outside the public part.
const NAMED_V6: &[(Ipv6Net, &str)] = &[
    (v6(0x64, 0xff9b, 1, 48), "a local gateway to IPv4"),
    (v6(0xfc00, 0, 0, 7), "in a private network"),
    (v6(0xfe80, 0, 0, 10), "link-local"),
    (v6(0xff00, 0, 0, 8), "a group of hosts"),
];

/// Whether the server may connect to the address; the networks in `allowed` are open whatever
/// they are.
///
/// # Errors
/// What kind of address it is, when it may not.
pub fn judge(address: IpAddr, allowed: &Networks) -> Result<(), Forbidden> {
    let meant = meant(address);
    let is_open = |network: &IpNet| network.contains(&address) || network.contains(&meant);
    if allowed.iter().any(is_open) {
        return Ok(());
    }
    let kind = match meant {
        IpAddr::V4(address) => closed_v4(address),
        IpAddr::V6(address) => closed_v6(address),
    };
    kind.map_or(Ok(()), |kind| Err(Forbidden { address, kind }))
}

/// The address that is reached in the end: some IPv6 addresses only carry an IPv4 address.
fn meant(address: IpAddr) -> IpAddr {
    let IpAddr::V6(carrier) = address else {
        return address;
    };
    let carried = if GATEWAY.contains(&carrier) {
        let [.., a, b, c, d] = carrier.octets();
        Some(Ipv4Addr::new(a, b, c, d))
    } else {
        carrier.to_ipv4_mapped()
    };
    carried.map_or(address, IpAddr::V4)
}

fn closed_v4(address: Ipv4Addr) -> Option<&'static str> {
    let closed = CLOSED_V4.iter().find(|(net, _)| net.contains(&address));
    closed.map(|(_, kind)| *kind)
}

fn closed_v6(address: Ipv6Addr) -> Option<&'static str> {
    if address.is_loopback() {
        return Some("this machine itself");
    }
    let named = |list: &[(Ipv6Net, &'static str)]| {
        let found = list.iter().find(|(net, _)| net.contains(&address));
        found.map(|(_, kind)| *kind)
    };
    if PUBLIC_V6.contains(&address) {
        named(CLOSED_V6)
    } else {
        Some(named(NAMED_V6).unwrap_or("outside the public internet"))
    }
}

#[cfg(test)]
mod tests;
