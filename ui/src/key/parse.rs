//! Keys from configuration and tables: `j`, `g g`, `ctrl-w v`, `alt-enter`, `space`.

use super::{Code, Key};

/// The text is no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadChord {
    pub text: String,
}

/// Reads a sequence of keys, separated by spaces.
///
/// # Errors
/// When a part of it is no key, with that part.
pub fn parse_chord(text: &str) -> Result<Vec<Key>, BadChord> {
    let keys: Vec<Key> = text
        .split_whitespace()
        .map(parse_key)
        .collect::<Result<_, _>>()?;
    if keys.is_empty() {
        return Err(BadChord {
            text: text.to_owned(),
        });
    }
    Ok(keys)
}

fn parse_key(text: &str) -> Result<Key, BadChord> {
    let mut key = Key::plain(Code::Esc);
    let mut rest = text;
    loop {
        let (modifier, after) = match rest.split_once('-') {
            Some((modifier, after)) if !after.is_empty() => (modifier, after),
            _ => break,
        };
        match modifier.to_ascii_lowercase().as_str() {
            "ctrl" | "c" => key.ctrl = true,
            "alt" | "m" => key.alt = true,
            "shift" | "s" => key.shift = true,
            _ => break,
        }
        rest = after;
    }
    key.code = code(rest).ok_or_else(|| BadChord {
        text: text.to_owned(),
    })?;
    Ok(key)
}

fn code(text: &str) -> Option<Code> {
    let mut chars = text.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control()).then_some(Code::Char(c));
    }
    let lower = text.to_ascii_lowercase();
    if let Some(number) = lower.strip_prefix('f').and_then(|n| n.parse().ok()) {
        return (1..=12).contains(&number).then_some(Code::F(number));
    }
    Some(match lower.as_str() {
        "space" => Code::Char(' '),
        "enter" | "return" => Code::Enter,
        "esc" | "escape" => Code::Esc,
        "tab" => Code::Tab,
        "backspace" => Code::Backspace,
        "delete" | "del" => Code::Delete,
        "left" => Code::Left,
        "right" => Code::Right,
        "up" => Code::Up,
        "down" => Code::Down,
        "home" => Code::Home,
        "end" => Code::End,
        "pageup" | "pgup" => Code::PageUp,
        "pagedown" | "pgdn" => Code::PageDown,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_as_they_are_written() {
        let table = [
            ("j", vec![Key::char('j')]),
            ("g g", vec![Key::char('g'), Key::char('g')]),
            ("G", vec![Key::char('G')]),
            ("ctrl-w v", vec![Key::ctrl('w'), Key::char('v')]),
            ("space t", vec![Key::char(' '), Key::char('t')]),
            ("-", vec![Key::char('-')]),
            ("f1", vec![Key::plain(Code::F(1))]),
            (
                "alt-enter",
                vec![Key {
                    alt: true,
                    ..Key::plain(Code::Enter)
                }],
            ),
        ];
        for (text, keys) in table {
            assert_eq!(parse_chord(text), Ok(keys), "{text}");
        }
    }

    #[test]
    fn what_is_no_key_is_named() {
        for bad in ["", "hyper-x", "f13", "enterr"] {
            assert!(parse_chord(bad).is_err(), "{bad}");
        }
        assert_eq!(parse_chord("g nokey").unwrap_err().text, "nokey");
    }
}
