//! Which sites may show the chat.

use super::key::{Key, key};
use super::value::{Raw, Setting, Wrong};

/// Sites, each as a scheme and a host; none means any site.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sites(Vec<String>);

/// How the chat widget is served.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Widget {
    pub sites: Sites,
}

pub(super) const KEYS: &[Key] = &[key!(
    "widget.sites",
    widget.sites,
    "The sites whose pages may show the chat, such as [\"https://shop.example.com\",\n\"https://*.example.org\"]. Empty means any site. In a variable, separate them with commas."
)];

const EXPECTED: &str = "sites such as [\"https://shop.example.com\", \"https://*.example.org\"]";

impl Sites {
    /// Reads sites; the first that is none is the error.
    ///
    /// # Errors
    /// The text that is no site.
    pub fn of<'a>(texts: &[&'a str]) -> Result<Self, &'a str> {
        let mut sites = Vec::new();
        for text in texts {
            let site = text.trim().trim_end_matches('/');
            if !is_site(site) {
                return Err(text);
            }
            sites.push(site.to_owned());
        }
        Ok(Self(sites))
    }

    /// The sites as the header has them that tells browsers; nothing where any site may.
    #[must_use]
    pub fn ancestors(&self) -> Option<String> {
        (!self.0.is_empty()).then(|| self.0.join(" "))
    }
}

/// A scheme, a host whose first label may be a star, and perhaps a port: what can stand in a header
/// without ending the list it is in.
fn is_site(text: &str) -> bool {
    let rest = text
        .strip_prefix("https://")
        .or(text.strip_prefix("http://"));
    let Some(rest) = rest else {
        return false;
    };
    let (host, port) = rest.split_once(':').unwrap_or((rest, "443"));
    let host = host.strip_prefix("*.").unwrap_or(host);
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    host.split('.').all(is_label) && port.parse::<u16>().is_ok()
}

impl Setting for Sites {
    fn take(raw: &Raw<'_>) -> Result<Self, Wrong> {
        let texts: Vec<&str> = match raw {
            Raw::List(texts) => texts.clone(),
            Raw::Text(text) => text.split(',').filter(|it| !it.trim().is_empty()).collect(),
            Raw::Whole(_) | Raw::Other(_) => return Err(raw.wrong(EXPECTED)),
        };
        Self::of(&texts).map_err(|text| Raw::Text(text).wrong(EXPECTED))
    }

    fn show(&self) -> String {
        toml::Value::from(self.0.clone()).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sites_come_as_a_list_or_with_commas() {
        let list = Raw::List(vec!["https://shop.example.com/", "http://localhost:8080"]);
        let list = Sites::take(&list).unwrap();
        let text = Raw::Text("https://shop.example.com, http://localhost:8080");
        assert_eq!(list, Sites::take(&text).unwrap());
        assert_eq!(
            list.ancestors().unwrap(),
            "https://shop.example.com http://localhost:8080"
        );
        assert!(Sites::take(&Raw::Text("https://*.example.org")).is_ok());
        assert_eq!(Sites::take(&Raw::Text("")).unwrap().ancestors(), None);
    }

    #[test]
    fn what_is_no_site_is_quoted() {
        for text in [
            "shop.example.com",
            "https://",
            "https://a b",
            "https://a.example/path",
            "https://a.example; script-src *",
            "*",
        ] {
            let wrong = Sites::take(&Raw::List(vec![text])).unwrap_err();
            assert_eq!(wrong.got, format!("{text:?}"));
        }
    }
}
