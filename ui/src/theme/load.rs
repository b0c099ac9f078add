//! Reads theme files. A mistake in one is a warning with its place, never the end: the role
//! falls back to the theme it inherits from.

use super::Role;
use ratatui::style::{Color, Modifier, Style};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use toml::Spanned;

/// What one theme file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemeFile {
    /// The theme that answers for the roles this one leaves out.
    pub inherits: Option<String>,
    pub(super) roles: HashMap<Role, Style>,
}

/// Something in a theme that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    line: Option<usize>,
    text: String,
}

impl Warning {
    pub(super) fn missing(role: Role) -> Self {
        Self {
            line: None,
            text: format!("no theme in the chain has the role {}", role.name()),
        }
    }

    /// A theme that was named and does not exist.
    #[must_use]
    pub fn unknown_theme(name: &str) -> Self {
        Self {
            line: None,
            text: format!("there is no theme named {name:?}"),
        }
    }

    /// Themes that inherit from each other.
    #[must_use]
    pub fn circle(name: &str) -> Self {
        Self {
            line: None,
            text: format!("the theme {name:?} inherits from itself"),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    inherits: Option<String>,
    #[serde(default)]
    palette: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    roles: BTreeMap<Spanned<String>, Look>,
}

/// A colour alone, or a whole style.
#[derive(Deserialize)]
#[serde(untagged)]
enum Look {
    Colour(String),
    Style(Whole),
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Whole {
    fg: Option<String>,
    bg: Option<String>,
    bold: bool,
    dim: bool,
    underline: bool,
    reverse: bool,
}

/// Reads the text of a theme file.
#[must_use]
pub fn parse(text: &str) -> (ThemeFile, Vec<Warning>) {
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().map(|span| line_of(text, span.start));
            let warning = Warning {
                line,
                text: error.message().to_owned(),
            };
            return (ThemeFile::default(), vec![warning]);
        }
    };
    let mut warnings = Vec::new();
    let mut palette = HashMap::new();
    for (name, value) in &file.palette {
        match read_colour(value.get_ref()) {
            Some(colour) => {
                palette.insert(name.as_str(), colour);
            }
            None => warnings.push(Warning {
                line: Some(line_of(text, value.span().start)),
                text: format!("{:?} is not a colour", value.get_ref()),
            }),
        }
    }
    let mut roles = HashMap::new();
    for (name, look) in &file.roles {
        let line = Some(line_of(text, name.span().start));
        let style = style_of(look, &palette);
        match (Role::from_name(name.get_ref()), style) {
            (Some(role), Ok(style)) => {
                roles.insert(role, style);
            }
            (None, _) => warnings.push(Warning {
                line,
                text: format!("there is no role named {:?}", name.get_ref()),
            }),
            (_, Err(bad)) => warnings.push(Warning {
                line,
                text: format!("{bad:?} is not a colour"),
            }),
        }
    }
    (
        ThemeFile {
            inherits: file.inherits,
            roles,
        },
        warnings,
    )
}

fn style_of(look: &Look, palette: &HashMap<&str, Color>) -> Result<Style, String> {
    let colour = |name: &Option<String>| match name {
        None => Ok(None),
        Some(name) => palette
            .get(name.as_str())
            .copied()
            .or_else(|| read_colour(name))
            .map(Some)
            .ok_or_else(|| name.clone()),
    };
    let whole = match look {
        Look::Colour(name) => {
            return Ok(Style {
                fg: colour(&Some(name.clone()))?,
                ..Style::default()
            });
        }
        Look::Style(whole) => whole,
    };
    let mut style = Style {
        fg: colour(&whole.fg)?,
        bg: colour(&whole.bg)?,
        ..Style::default()
    };
    let modifiers = [
        (whole.bold, Modifier::BOLD),
        (whole.dim, Modifier::DIM),
        (whole.underline, Modifier::UNDERLINED),
        (whole.reverse, Modifier::REVERSED),
    ];
    for (wanted, modifier) in modifiers {
        if wanted {
            style = style.add_modifier(modifier);
        }
    }
    Ok(style)
}

/// `default`, one of the sixteen by name, a number of the table of 256, or `#rrggbb`.
fn read_colour(text: &str) -> Option<Color> {
    let named = match text {
        "default" => Color::Reset,
        "black" => Color::Black,
        "red" => Color::Red,
        "green" => Color::Green,
        "yellow" => Color::Yellow,
        "blue" => Color::Blue,
        "magenta" => Color::Magenta,
        "cyan" => Color::Cyan,
        "white" => Color::Gray,
        "bright-black" => Color::DarkGray,
        "bright-red" => Color::LightRed,
        "bright-green" => Color::LightGreen,
        "bright-yellow" => Color::LightYellow,
        "bright-blue" => Color::LightBlue,
        "bright-magenta" => Color::LightMagenta,
        "bright-cyan" => Color::LightCyan,
        "bright-white" => Color::White,
        _ => return read_number(text),
    };
    Some(named)
}

fn read_number(text: &str) -> Option<Color> {
    let Some(hex) = text.strip_prefix('#') else {
        return text.parse().ok().map(Color::Indexed);
    };
    if hex.len() != 6 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let number = u32::from_str_radix(hex, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some(Color::Rgb(red, green, blue))
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text
        .bytes()
        .take(offset)
        .filter(|byte| *byte == b'\n')
        .count()
}
