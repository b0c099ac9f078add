//! The policy as a table, its borders in particular.

use super::judge;
use crate::config::Networks;
use proptest::prelude::*;
use std::net::{IpAddr, Ipv4Addr};

fn allowed(text: &str) -> bool {
    judge(text.parse().unwrap(), &Networks::default()).is_ok()
}

const OPEN: &[&str] = &[
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "168.63.129.15",
    "168.63.129.17",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.0",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2001:200::1",
    "2606:4700:4700::1111",
    "2a00:1450:4001:81b::200e",
    "3ffe::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
];

const CLOSED: &[&str] = &[
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.0.1",
    "169.254.169.254",
    "169.254.170.2",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    // IPv4 in IPv6: the old form, the mapped one, the two gateways, and two tunnels.
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:10.1.2.3",
    "::ffff:0:127.0.0.1",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::8.8.8.8",
    "2002:7f00:1::",
    "2002:808:808::1",
    "2001:0:4136:e378::1",
    "2001:1ff::1",
    "2001:db8::1",
    "3fff:fff::1",
    "100::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fdff:ffff::1",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff02::1",
    "4000::1",
];

#[test]
fn the_public_internet_is_open_and_nothing_else() {
    for text in OPEN {
        assert!(allowed(text), "{text} is public");
    }
    for text in CLOSED {
        assert!(!allowed(text), "{text} is not public");
    }
}

#[test]
fn a_refusal_names_the_kind() {
    let refused = judge("169.254.169.254".parse().unwrap(), &Networks::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "169.254.169.254 is link-local, as metadata services are"
    );
}

#[test]
fn an_allowed_network_is_open_and_its_neighbours_are_not() {
    let own = Networks::of(&["10.1.0.0/16", "::1", "fd00::/64"]).unwrap();
    for (text, open) in [
        ("10.1.2.3", true),
        ("::ffff:10.1.2.3", true),
        ("64:ff9b::10.1.2.3", true),
        ("10.2.0.0", false),
        ("::1", true),
        ("127.0.0.1", false),
        ("fd00::5", true),
        ("fd00:0:0:1::5", false),
    ] {
        let address: IpAddr = text.parse().unwrap();
        assert_eq!(judge(address, &own).is_ok(), open, "{text}");
    }
}

proptest! {
    /// Whatever an IPv4 address is, its forms in IPv6 are the same.
    #[test]
    fn no_form_of_an_address_is_more_open_than_the_address(bits: u32) {
        let plain = Ipv4Addr::from(bits);
        let open = judge(IpAddr::V4(plain), &Networks::default()).is_ok();
        let mapped = IpAddr::V6(plain.to_ipv6_mapped());
        let [a, b, c, d] = plain.octets();
        let gateway: IpAddr = format!("64:ff9b::{a}.{b}.{c}.{d}").parse().unwrap();
        let old: IpAddr = format!("::{a}.{b}.{c}.{d}").parse().unwrap();
        prop_assert_eq!(judge(mapped, &Networks::default()).is_ok(), open);
        prop_assert_eq!(judge(gateway, &Networks::default()).is_ok(), open);
        prop_assert!(judge(old, &Networks::default()).is_err());
    }
}
