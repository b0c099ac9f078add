//! Colours for terminals that have fewer of them.

use ratatui::style::{Color, Style};

/// How many colours a terminal can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None at all: weight and underlining are left.
    None,
    /// The sixteen that the terminal's owner chose.
    Sixteen,
    /// The fixed table of 256.
    TwoHundredFiftySix,
    /// Any.
    True,
}

/// The style with the colours that `depth` allows.
pub(super) fn reduce(style: Style, depth: Depth) -> Style {
    Style {
        fg: style.fg.and_then(|colour| colour_at(colour, depth)),
        bg: style.bg.and_then(|colour| colour_at(colour, depth)),
        ..style
    }
}

/// Whether a terminal with so many colours can show what this ground is like. Among sixteen
/// there is no quiet tint, so that the nearest colour may be the one beside it, or hide words.
pub(super) fn can_tint(ground: Style, depth: Depth) -> bool {
    match ground.bg {
        Some(Color::Rgb(..) | Color::Indexed(_)) => depth >= Depth::TwoHundredFiftySix,
        Some(_) => depth >= Depth::Sixteen,
        None => !ground.add_modifier.is_empty(),
    }
}

fn colour_at(colour: Color, depth: Depth) -> Option<Color> {
    match (depth, colour) {
        (Depth::None, _) => None,
        (Depth::TwoHundredFiftySix, Color::Rgb(red, green, blue)) => {
            Some(Color::Indexed(nearest_index([red, green, blue])))
        }
        (Depth::Sixteen, Color::Rgb(red, green, blue)) => Some(nearest_named([red, green, blue])),
        (Depth::Sixteen, Color::Indexed(index)) => Some(nearest_named(rgb_of(index))),
        _ => Some(colour),
    }
}

/// The steps of the 6×6×6 cube in the table of 256.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The sixteen as most terminals show them.
const SIXTEEN: [(Color, [u8; 3]); 16] = [
    (Color::Black, [0, 0, 0]),
    (Color::Red, [205, 0, 0]),
    (Color::Green, [0, 205, 0]),
    (Color::Yellow, [205, 205, 0]),
    (Color::Blue, [0, 0, 238]),
    (Color::Magenta, [205, 0, 205]),
    (Color::Cyan, [0, 205, 205]),
    (Color::Gray, [229, 229, 229]),
    (Color::DarkGray, [127, 127, 127]),
    (Color::LightRed, [255, 0, 0]),
    (Color::LightGreen, [0, 255, 0]),
    (Color::LightYellow, [255, 255, 0]),
    (Color::LightBlue, [92, 92, 255]),
    (Color::LightMagenta, [255, 0, 255]),
    (Color::LightCyan, [0, 255, 255]),
    (Color::White, [255, 255, 255]),
];

fn nearest_index(rgb: [u8; 3]) -> u8 {
    // The first sixteen are the owner's and can be any colour.
    (16..=255)
        .min_by_key(|index| distance(rgb, rgb_of(*index)))
        .unwrap_or(255)
}

fn nearest_named(rgb: [u8; 3]) -> Color {
    SIXTEEN
        .iter()
        .min_by_key(|(_, shown)| distance(rgb, *shown))
        .map_or(Color::Reset, |(colour, _)| *colour)
}

fn rgb_of(index: u8) -> [u8; 3] {
    match index {
        0..=15 => SIXTEEN[usize::from(index)].1,
        16..=231 => {
            let cube = usize::from(index - 16);
            [STEPS[cube / 36], STEPS[cube / 6 % 6], STEPS[cube % 6]]
        }
        232..=255 => [8 + 10 * (index - 232); 3],
    }
}

fn distance(one: [u8; 3], other: [u8; 3]) -> u32 {
    one.iter()
        .zip(other)
        .map(|(one, other)| u32::from(one.abs_diff(other)).pow(2))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_colours_are_the_nearest_ones() {
        let at = |depth| colour_at(Color::Rgb(0xf4, 0x20, 0x20), depth);
        assert_eq!(at(Depth::True), Some(Color::Rgb(0xf4, 0x20, 0x20)));
        assert_eq!(at(Depth::TwoHundredFiftySix), Some(Color::Indexed(196)));
        assert_eq!(at(Depth::Sixteen), Some(Color::LightRed));
        assert_eq!(at(Depth::None), None);
        assert_eq!(
            colour_at(Color::Indexed(244), Depth::Sixteen),
            Some(Color::DarkGray)
        );
        assert_eq!(colour_at(Color::Blue, Depth::Sixteen), Some(Color::Blue));
    }
}
