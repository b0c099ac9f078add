//! What the terminal can show, told from its size and the environment.

use crate::config::{Colour, GlyphChoice};
use crate::environment::Environment;
use frontdesk_ui::glyph::Glyphs;
use frontdesk_ui::theme::Depth;
use std::io::{self, IsTerminal as _};

/// Whether results go to a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// What a line has on a terminal that does not tell its size.
const USUAL_WIDTH: usize = 80;

/// How many cells a line has; nothing where there is no terminal.
pub(super) fn width() -> Option<usize> {
    let size = terminal_size::terminal_size_of(io::stdout());
    let told = size.map(|(width, _)| usize::from(width.0));
    told.or_else(|| is_terminal().then_some(USUAL_WIDTH))
}

/// How many colours are shown; nothing when no style is to be written at all.
pub(super) fn depth(colour: Colour, is_terminal: bool, environment: &Environment) -> Option<Depth> {
    let term = environment.get("TERM").unwrap_or("");
    match colour {
        Colour::Never => return None,
        Colour::Auto if !is_terminal || term == "dumb" => return None,
        Colour::Auto if environment.get("NO_COLOR").is_some() => return Some(Depth::None),
        Colour::Auto | Colour::Always => {}
    }
    let many = environment.get("COLORTERM").unwrap_or("");
    Some(match (many, term) {
        ("truecolor" | "24bit", _) => Depth::True,
        (_, term) if term.contains("256color") => Depth::TwoHundredFiftySix,
        _ => Depth::Sixteen,
    })
}

/// Which signs are drawn.
pub(super) fn glyphs(choice: GlyphChoice, environment: &Environment) -> Glyphs {
    match choice {
        GlyphChoice::Unicode => return Glyphs::Unicode,
        GlyphChoice::Ascii => return Glyphs::Ascii,
        GlyphChoice::Auto => {}
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| environment.get(name));
    let is_utf8 = locale.is_some_and(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    // The console of Linux itself has too few glyphs.
    if is_utf8 && environment.get("TERM") != Some("linux") {
        Glyphs::Unicode
    } else {
        Glyphs::Ascii
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_terminal_unless_told_otherwise() {
        use Colour::{Always, Auto, Never};
        type Case = (
            Colour,
            bool,
            &'static [(&'static str, &'static str)],
            Option<Depth>,
        );
        let table: &[Case] = &[
            (Auto, false, &[("TERM", "xterm-256color")], None),
            (Auto, true, &[("TERM", "dumb")], None),
            (Auto, true, &[("TERM", "xterm")], Some(Depth::Sixteen)),
            (
                Auto,
                true,
                &[("TERM", "xterm-256color")],
                Some(Depth::TwoHundredFiftySix),
            ),
            (Auto, true, &[("COLORTERM", "truecolor")], Some(Depth::True)),
            (
                Auto,
                true,
                &[("COLORTERM", "truecolor"), ("NO_COLOR", "1")],
                Some(Depth::None),
            ),
            (
                Auto,
                true,
                &[("TERM", "xterm"), ("NO_COLOR", "")],
                Some(Depth::Sixteen),
            ),
            (Always, false, &[("NO_COLOR", "1")], Some(Depth::Sixteen)),
            (Never, true, &[("COLORTERM", "truecolor")], None),
        ];
        for (colour, is_terminal, pairs, expected) in table {
            let found = depth(*colour, *is_terminal, &Environment::of(pairs));
            assert_eq!(found, *expected, "{colour:?} {is_terminal} {pairs:?}");
        }
    }

    #[test]
    fn signs_follow_the_locale() {
        let auto = |pairs: &[(&str, &str)]| glyphs(GlyphChoice::Auto, &Environment::of(pairs));
        assert_eq!(auto(&[("LANG", "de_DE.UTF-8")]), Glyphs::Unicode);
        assert_eq!(
            auto(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "C")]),
            Glyphs::Ascii
        );
        assert_eq!(
            auto(&[("LANG", "C.utf8"), ("TERM", "linux")]),
            Glyphs::Ascii
        );
        assert_eq!(auto(&[]), Glyphs::Ascii);
    }
}
