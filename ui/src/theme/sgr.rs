//! A style as the numbers of one escape sequence, for output that is lines and not a screen.

use ratatui::style::{Color, Modifier, Style};

/// The numbers that switch the style on; empty when there is nothing to switch.
pub(super) fn codes(style: Style) -> String {
    let mut codes: Vec<String> = Vec::new();
    let modifiers = [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ];
    for (modifier, code) in modifiers {
        if style.add_modifier.contains(modifier) {
            codes.push(code.to_owned());
        }
    }
    codes.extend(style.fg.and_then(|colour| colour_code(colour, 30)));
    codes.extend(style.bg.and_then(|colour| colour_code(colour, 40)));
    codes.join(";")
}

/// `base` is 30 for the foreground and 40 for the background.
fn colour_code(colour: Color, base: u8) -> Option<String> {
    let normal = |n: u8| Some((base + n).to_string());
    let bright = |n: u8| Some((base + 60 + n).to_string());
    match colour {
        Color::Reset => None,
        Color::Black => normal(0),
        Color::Red => normal(1),
        Color::Green => normal(2),
        Color::Yellow => normal(3),
        Color::Blue => normal(4),
        Color::Magenta => normal(5),
        Color::Cyan => normal(6),
        Color::Gray => normal(7),
        Color::DarkGray => bright(0),
        Color::LightRed => bright(1),
        Color::LightGreen => bright(2),
        Color::LightYellow => bright(3),
        Color::LightBlue => bright(4),
        Color::LightMagenta => bright(5),
        Color::LightCyan => bright(6),
        Color::White => bright(7),
        Color::Indexed(index) => Some(format!("{};5;{index}", base + 8)),
        Color::Rgb(red, green, blue) => Some(format!("{};2;{red};{green};{blue}", base + 8)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_becomes_its_numbers() {
        assert_eq!(codes(Style::new()), "");
        assert_eq!(codes(Style::new().fg(Color::Reset)), "");
        assert_eq!(
            codes(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD)),
            "1;31"
        );
        assert_eq!(
            codes(Style::new().fg(Color::DarkGray).bg(Color::Rgb(1, 2, 3))),
            "90;48;2;1;2;3"
        );
        assert_eq!(codes(Style::new().fg(Color::Indexed(9))), "38;5;9");
    }
}
