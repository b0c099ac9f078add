//! Cells as the shortest text that draws them. A page of the list is mostly a few colours that
//! take turns on one ground, so only what differs from the cell before is said.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;

/// Everything as the terminal began.
const PLAIN: &str = "\x1b[0m";

/// What is switched on, and by which number.
const ON: [(Modifier, u8); 9] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::RAPID_BLINK, 6),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// What a number switches off: bold and dim go together, and so do the two ways to blink.
const OFF: [(Modifier, u8); 7] = [
    (Modifier::BOLD.union(Modifier::DIM), 22),
    (Modifier::ITALIC, 23),
    (Modifier::UNDERLINED, 24),
    (Modifier::SLOW_BLINK.union(Modifier::RAPID_BLINK), 25),
    (Modifier::REVERSED, 27),
    (Modifier::HIDDEN, 28),
    (Modifier::CROSSED_OUT, 29),
];

/// A space shows its foreground by these alone.
const SEEN_ON_A_SPACE: Modifier = Modifier::UNDERLINED
    .union(Modifier::REVERSED)
    .union(Modifier::CROSSED_OUT);

/// The text that draws these cells, and leaves the terminal plain.
pub(super) fn paint<'a>(cells: impl Iterator<Item = (u16, u16, &'a Cell)>) -> String {
    let mut brush = Brush::default();
    for (x, y, cell) in cells {
        brush.go(x, y);
        brush.dip(cell);
        brush.text.push_str(cell.symbol());
    }
    if !brush.text.is_empty() {
        brush.text.push_str(PLAIN);
    }
    brush.text
}

/// What has been written, and how the terminal stands after it.
#[derive(Debug, Default)]
struct Brush {
    text: String,
    last: Option<(u16, u16)>,
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Brush {
    /// Goes to a cell. Columns are absolute: terminals do not agree on how wide every sign is.
    fn go(&mut self, x: u16, y: u16) {
        let last = self.last.replace((x, y));
        let column = u32::from(x) + 1;
        match last {
            Some((before, row)) if row == y && before + 1 == x => {}
            Some((_, row)) if row == y => self.say(format_args!("\x1b[{column}G")),
            _ => self.say(format_args!("\x1b[{};{column}H", u32::from(y) + 1)),
        }
    }

    /// Takes the looks of a cell.
    fn dip(&mut self, cell: &Cell) {
        let mut codes = Codes::default();
        if cell.modifier != self.modifier {
            modifiers(self.modifier, cell.modifier, &mut codes);
            self.modifier = cell.modifier;
        }
        if cell.bg != self.bg {
            colour(cell.bg, Layer::Back, &mut codes);
            self.bg = cell.bg;
        }
        let seen = cell.symbol() != " " || cell.modifier.intersects(SEEN_ON_A_SPACE);
        if seen && cell.fg != self.fg {
            colour(cell.fg, Layer::Front, &mut codes);
            self.fg = cell.fg;
        }
        if !codes.0.is_empty() {
            self.say(format_args!("\x1b[{}m", codes.0));
        }
    }

    fn say(&mut self, words: std::fmt::Arguments<'_>) {
        // Writing into a String cannot fail.
        self.text.write_fmt(words).unwrap_or_default();
    }
}

/// Numbers with semicolons between them.
#[derive(Debug, Default)]
struct Codes(String);

impl Codes {
    fn add(&mut self, code: std::fmt::Arguments<'_>) {
        if !self.0.is_empty() {
            self.0.push(';');
        }
        self.0.write_fmt(code).unwrap_or_default();
    }
}

fn modifiers(from: Modifier, to: Modifier, codes: &mut Codes) {
    let mut stands = from;
    for (group, code) in OFF {
        if (from - to).intersects(group) {
            codes.add(format_args!("{code}"));
            stands -= group;
        }
    }
    for (modifier, code) in ON {
        if (to - stands).contains(modifier) {
            codes.add(format_args!("{code}"));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layer {
    Front,
    Back,
}

fn colour(colour: Color, layer: Layer, codes: &mut Codes) {
    let (chosen, own) = match layer {
        Layer::Front => (38, 39),
        Layer::Back => (48, 49),
    };
    match colour {
        Color::Reset => codes.add(format_args!("{own}")),
        Color::Rgb(r, g, b) => codes.add(format_args!("{chosen};2;{r};{g};{b}")),
        Color::Indexed(index) => codes.add(format_args!("{chosen};5;{index}")),
        named => codes.add(format_args!("{chosen};5;{}", index(named))),
    }
}

/// The place of a named colour in the terminal's table. By table, and not by the short numbers of
/// old, since with those some terminals draw bold text in another colour.
fn index(named: Color) -> u8 {
    match named {
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Black | Color::Reset | Color::Rgb(..) | Color::Indexed(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::backend::{Backend as _, CrosstermBackend};
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;
    use std::num::NonZero;

    const AREA: Rect = Rect::new(0, 0, 24, 4);

    fn size(cells: u16) -> NonZero<u16> {
        NonZero::new(cells).unwrap()
    }

    fn screen(frames: &[String]) -> vt100::Parser {
        let mut screen = vt100::Parser::new(size(AREA.height), size(AREA.width), 0);
        for frame in frames {
            screen.process(frame.as_bytes());
        }
        screen
    }

    /// The same cells by the library's own hand.
    fn by_crossterm(cells: &[(u16, u16, &Cell)]) -> String {
        let mut written = Vec::new();
        let mut backend = CrosstermBackend::new(&mut written);
        backend.draw(cells.iter().copied()).unwrap();
        String::from_utf8(written).unwrap()
    }

    /// How a cell looks; a space has no foreground unless something of it is drawn.
    fn looks(cell: &vt100::Cell) -> String {
        let seen = !cell.contents().trim().is_empty() || cell.underline() || cell.inverse();
        format!(
            "{:?} {:?} {:?} {}{}{}{}{}",
            cell.contents().trim(),
            cell.bgcolor(),
            seen.then(|| cell.fgcolor()),
            cell.bold(),
            cell.dim(),
            cell.italic(),
            cell.underline(),
            cell.inverse(),
        )
    }

    fn all_looks(screen: &vt100::Parser) -> Vec<String> {
        let places = (0..AREA.height).flat_map(|y| (0..AREA.width).map(move |x| (y, x)));
        places
            .map(|(y, x)| looks(screen.screen().cell(y, x).unwrap()))
            .collect()
    }

    fn colours() -> impl Strategy<Value = Color> {
        prop_oneof![
            Just(Color::Reset),
            Just(Color::Rgb(10, 20, 30)),
            Just(Color::Rgb(200, 100, 0)),
            Just(Color::Indexed(77)),
            Just(Color::LightBlue),
            Just(Color::Black),
        ]
    }

    fn styles() -> impl Strategy<Value = Style> {
        (colours(), colours(), 0_u16..128).prop_map(|(fg, bg, bits)| {
            let seen = Modifier::BOLD
                | Modifier::DIM
                | Modifier::ITALIC
                | Modifier::UNDERLINED
                | Modifier::REVERSED;
            let modifier = Modifier::from_bits_truncate(bits) & seen;
            Style::new().fg(fg).bg(bg).add_modifier(modifier)
        })
    }

    fn buffers() -> impl Strategy<Value = Buffer> {
        let texts = prop_oneof![
            Just("Refund"),
            Just("  "),
            Just("日本"),
            Just("e\u{301}"),
            Just("·")
        ];
        let words = (0..AREA.width - 8, 0..AREA.height, texts, styles());
        proptest::collection::vec(words, 0..24).prop_map(|words| {
            let mut buffer = Buffer::empty(AREA);
            for (x, y, text, style) in words {
                buffer.set_string(x, y, text, style);
            }
            buffer
        })
    }

    proptest! {
        #[test]
        fn it_draws_what_the_library_draws(first in buffers(), second in buffers()) {
            let before = Buffer::empty(AREA);
            let frames = [before.diff(&first), first.diff(&second)];
            let ours = frames.each_ref().map(|it| paint(it.iter().copied()));
            let theirs = frames.each_ref().map(|it| by_crossterm(it.as_slice()));
            prop_assert_eq!(all_looks(&screen(&ours)), all_looks(&screen(&theirs)));
            for (ours, theirs) in ours.iter().zip(&theirs) {
                prop_assert!(ours.len() <= theirs.len());
            }
        }
    }

    #[test]
    fn only_what_differs_is_said() {
        let style = Style::new().fg(Color::Rgb(1, 2, 3)).bg(Color::Rgb(4, 5, 6));
        let mut buffer = Buffer::empty(AREA);
        buffer.set_string(0, 0, "ab", style);
        buffer.set_string(2, 0, " c", style.fg(Color::Red));
        buffer.set_string(9, 0, "d", style.fg(Color::Red));
        let written = paint(Buffer::empty(AREA).diff(&buffer).into_iter());
        assert_eq!(
            written,
            "\x1b[1;1H\x1b[48;2;4;5;6;38;2;1;2;3mab \x1b[38;5;1mc\x1b[10Gd\x1b[0m"
        );
    }

    #[test]
    fn bold_stays_when_dim_goes() {
        let mut codes = Codes::default();
        modifiers(Modifier::BOLD | Modifier::DIM, Modifier::BOLD, &mut codes);
        assert_eq!(codes.0, "22;1");
    }

    #[test]
    fn nothing_is_written_for_nothing() {
        assert_eq!(paint(std::iter::empty()), "");
    }
}
