//! Notices on the agent's desktop, by the terminal: they work over ssh and need no service.

/// How a terminal is told to show a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The bell alone.
    Bell,
    /// OSC 9, which most terminals understand.
    Osc9,
    /// OSC 777, which has a title.
    Osc777,
    /// Nothing.
    Never,
}

impl Way {
    /// What suits this terminal best.
    #[must_use]
    pub fn of_terminal(program: Option<&str>, term: Option<&str>) -> Self {
        let term = term.unwrap_or("");
        match program {
            Some("iTerm.app" | "WezTerm" | "ghostty" | "WarpTerminal") => Self::Osc9,
            _ if term.contains("kitty") || term.contains("foot") || term.starts_with("rxvt") => {
                Self::Osc777
            }
            _ => Self::Bell,
        }
    }
}

/// The sequence that shows the notice. The texts are safe already; here they also lose what
/// would end the sequence early.
#[must_use]
pub fn sequence(way: Way, title: &str, body: &str) -> Option<String> {
    let tame = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_control() && *c != ';')
            .take(200)
            .collect()
    };
    let (title, body) = (tame(title), tame(body));
    Some(match way {
        Way::Never => return None,
        Way::Bell => "\x07".to_owned(),
        Way::Osc9 => format!("\x1b]9;{title}: {body}\x1b\\"),
        Way::Osc777 => format!("\x1b]777;notify;{title};{body}\x1b\\"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_notice_early() {
        let hostile = "a\x1b\\\x07;b\u{9c}c";
        for way in [Way::Osc9, Way::Osc777] {
            let sent = sequence(way, hostile, hostile).unwrap();
            let inner = &sent[1..sent.len() - 2];
            assert!(!inner.chars().any(char::is_control), "{sent:?}");
        }
        assert_eq!(sequence(Way::Never, "a", "b"), None);
    }
}
