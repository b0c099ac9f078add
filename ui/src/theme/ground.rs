//! Whether a terminal's own ground is dark or light, as terminals and their environment say it.

/// What the terminal's ground is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    Dark,
    Light,
}

/// The theme that follows the terminal's ground.
pub const MATCHING: &str = "match";

impl Ground {
    /// The full theme for it.
    #[must_use]
    pub const fn theme(self) -> &'static str {
        match self {
            Self::Dark => "ink",
            Self::Light => "paper",
        }
    }

    /// What `COLORFGBG` says: `15;0`, or with something in between. The last number is the ground.
    #[must_use]
    pub fn of_variable(text: &str) -> Option<Self> {
        let (_, ground) = text.rsplit_once(';')?;
        match ground.trim().parse::<u8>().ok()? {
            0..=6 | 8 => Some(Self::Dark),
            7 | 9..=15 => Some(Self::Light),
            _ => None,
        }
    }

    /// What a terminal answers when it is asked for its ground: `11;rgb:1515/1717/1c1c`, each part
    /// with one to four digits.
    #[must_use]
    pub fn of_answer(text: &str) -> Option<Self> {
        let colour = text.strip_prefix("11;")?;
        let parts = colour
            .strip_prefix("rgb:")
            .or_else(|| colour.strip_prefix("rgba:"))?;
        let mut parts = parts.split('/').map(part);
        let [red, green, blue] = [parts.next()??, parts.next()??, parts.next()??];
        // How bright the eye finds it.
        let brightness = 0.299 * red + 0.587 * green + 0.114 * blue;
        Some(if brightness < 0.5 {
            Self::Dark
        } else {
            Self::Light
        })
    }
}

/// A part of a colour, from 0 to 1.
fn part(digits: &str) -> Option<f64> {
    let most = match digits.len() {
        1 => 0xf,
        2 => 0xff,
        3 => 0xfff,
        4 => 0xffff,
        _ => return None,
    };
    let value = u16::from_str_radix(digits, 16).ok()?;
    Some(f64::from(value) / f64::from(most))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_say_it_in_many_ways() {
        let table = [
            ("11;rgb:1515/1717/1c1c", Some(Ground::Dark)),
            ("11;rgb:fb/fa/f7", Some(Ground::Light)),
            ("11;rgba:ffff/ffff/ffff/8000", Some(Ground::Light)),
            ("11;rgb:0/0/8", Some(Ground::Dark)),
            ("11;rgb:00000/0/0", None),
            ("11;rgb:zz/0/0", None),
            ("11;rgb:00/00", None),
            ("10;rgb:00/00/00", None),
            ("", None),
        ];
        for (text, expected) in table {
            assert_eq!(Ground::of_answer(text), expected, "{text}");
        }
    }

    #[test]
    fn a_variable_says_it_by_number() {
        let table = [
            ("15;0", Some(Ground::Dark)),
            ("0;default;15", Some(Ground::Light)),
            ("12;8", Some(Ground::Dark)),
            ("default;default", None),
            ("7", None),
        ];
        for (text, expected) in table {
            assert_eq!(Ground::of_variable(text), expected, "{text}");
        }
    }
}
