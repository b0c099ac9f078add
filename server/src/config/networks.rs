//! Lists of networks: `["10.0.0.0/8", "::1"]` in a file, `10.0.0.0/8, ::1` in a variable.

use super::value::{Raw, Setting, Wrong};
use ipnet::IpNet;
use std::net::IpAddr;

/// Networks; a single address is a network of one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Networks(Vec<IpNet>);

const EXPECTED: &str = "networks such as [\"10.0.0.0/8\", \"fd00::/8\"]";

impl Networks {
    /// Reads networks; `None` when one of them is none.
    #[must_use]
    pub fn of(texts: &[&str]) -> Option<Self> {
        texts
            .iter()
            .map(|text| network(text))
            .collect::<Option<_>>()
            .map(Self)
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &IpNet> {
        self.0.iter()
    }

    /// Whether the address is in one of them.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|net| net.contains(&address))
    }
}

fn network(text: &str) -> Option<IpNet> {
    let text = text.trim();
    let single = || text.parse::<IpAddr>().ok().map(IpNet::from);
    text.parse().ok().or_else(single)
}

impl Setting for Networks {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let texts: Vec<&str> = match raw {
            Raw::List(texts) => texts.clone(),
            Raw::Text(text) => text.split(',').filter(|it| !it.trim().is_empty()).collect(),
            Raw::Whole(_) | Raw::Other(_) => return Err(raw.wrong(EXPECTED)),
        };
        let wrong = texts.iter().find(|text| network(text).is_none());
        match wrong {
            Some(text) => Err(Raw::Text(text).wrong(EXPECTED)),
            None => Self::of(&texts).ok_or_else(|| raw.wrong(EXPECTED)),
        }
    }

    fn show(&self) -> String {
        let texts = self.0.iter().map(ToString::to_string);
        toml::Value::from(texts.collect::<Vec<_>>()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_come_as_a_list_or_with_commas() {
        let list = Networks::take(&Raw::List(vec!["10.0.0.0/8", "::1"])).unwrap();
        let text = Networks::take(&Raw::Text("10.0.0.0/8, ::1")).unwrap();
        assert_eq!(list, text);
        assert_eq!(list.show(), r#"["10.0.0.0/8", "::1/128"]"#);
        assert!(list.contains("10.200.0.1".parse().unwrap()));
        assert!(!list.contains("11.0.0.1".parse().unwrap()));
        assert_eq!(Networks::take(&Raw::Text("")).unwrap(), Networks::default());
    }

    #[test]
    fn what_is_no_network_is_quoted() {
        let wrong = Networks::take(&Raw::List(vec!["10.0.0.0/8", "office"])).unwrap_err();
        assert_eq!(wrong.got, "\"office\"");
        assert!(Networks::take(&Raw::Text("10.0.0.0/33")).is_err());
    }
}
