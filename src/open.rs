//! Opens addresses in the agent's browser. They come from customers, so only those that a
//! browser is for are opened, and never through a shell.

use std::process::Stdio;
use tokio::process::Command;

/// What opens things on this system.
const OPENER: &str = if cfg!(target_os = "macos") {
    "open"
} else {
    "xdg-open"
};

/// Why an address was not opened.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OpenError {
    #[error("only http, https and mailto addresses are opened")]
    Kind,
    #[error("there is no {OPENER} on this machine")]
    NoOpener,
}

/// Opens an address and does not wait for the browser.
pub(crate) fn open(address: &str) -> Result<(), OpenError> {
    if !is_openable(address) {
        return Err(OpenError::Kind);
    }
    Command::new(OPENER)
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map(drop)
        .map_err(|_| OpenError::NoOpener)
}

fn is_openable(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    let has_scheme = ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| lower.starts_with(scheme));
    has_scheme && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::is_openable;

    #[test]
    fn only_what_a_browser_is_for_is_opened() {
        for good in [
            "https://a.example/x",
            "HTTP://a.example",
            "mailto:a@b.example",
        ] {
            assert!(is_openable(good), "{good}");
        }
        for bad in [
            "file:///etc/passwd",
            "javascript:1",
            "-a",
            "https://a b",
            "",
            "x-man:1",
        ] {
            assert!(!is_openable(bad), "{bad}");
        }
    }
}
