//! A screen as a picture: SVG that shows the same everywhere, and whose lines say what changed.

use super::Model;
use crate::theme::{Depth, Role, Theme};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// A cell, in tenths of a pixel: whole numbers give the same text on every machine.
const WIDTH: u32 = 84;
const HEIGHT: u32 = 180;
/// From the top of a cell to the line that letters stand on.
const BASELINE: u32 = 133;
/// Around the screen.
const MARGIN: u32 = 100;

/// What the screen shows, in a theme that is part of the program.
pub(crate) fn picture(model: &Model, theme: &str, title: &str) -> String {
    let chain = crate::theme::tests::chain_of(theme);
    let (theme, _) = Theme::resolve(&chain, Depth::True);
    let backend = TestBackend::new(model.size.width, model.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    terminal
        .draw(|frame| crate::view::view(model, &theme, frame))
        .unwrap();
    svg(terminal.backend().buffer(), &theme, title)
}

fn svg(buffer: &Buffer, theme: &Theme, title: &str) -> String {
    let ground = hex(theme.style(Role::Background).bg.unwrap_or_default());
    let words = hex(theme.style(Role::Text).fg.unwrap_or_default());
    let width = pixels(WIDTH * u32::from(buffer.area.width) + 2 * MARGIN);
    let height = pixels(HEIGHT * u32::from(buffer.area.height) + 2 * MARGIN);
    let mut out = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" font-family="'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace" font-size="14">
<title>{}</title>
<rect width="{width}" height="{height}" rx="6" fill="{ground}"/>
"#,
        escaped(title)
    );
    for y in 0..buffer.area.height {
        row(&mut out, buffer, y, (&ground, &words));
    }
    out.push_str("</svg>\n");
    out
}

/// One row: first the grounds, then what stands on them.
fn row(out: &mut String, buffer: &Buffer, y: u16, (ground, words): (&str, &str)) {
    let cells: Vec<&Cell> = (0..buffer.area.width).map(|x| &buffer[(x, y)]).collect();
    let top = MARGIN + HEIGHT * u32::from(y);
    for (x, run) in runs(&cells, |a, b| a.bg == b.bg) {
        if run[0].bg == Color::Reset {
            continue;
        }
        let bg = hex(run[0].bg);
        if bg != ground {
            rect(out, (x, run.len()), (top, HEIGHT), &bg);
        }
    }
    for (x, run) in runs(&cells, joined) {
        let colour = match run[0].fg {
            Color::Reset => words.to_owned(),
            fg => hex(fg),
        };
        draw(out, (x, top), run, &colour);
    }
}

/// Whether two cells are drawn in one go: letters of one look, or one line.
fn joined(one: &Cell, other: &Cell) -> bool {
    let is_same = one.fg == other.fg && one.modifier == other.modifier;
    let is_rule = is_rule(one.symbol()) && one.symbol() == other.symbol();
    is_same && (is_rule || is_letter(one.symbol()) && is_letter(other.symbol()))
}

/// Letters, digits and points, which every font with cells of one width has in that width.
fn is_letter(symbol: &str) -> bool {
    symbol.chars().all(|it| it < '\u{2100}') && symbol.width() == 1
}

fn is_rule(symbol: &str) -> bool {
    matches!(symbol, "─" | "━" | "┄")
}

fn draw(out: &mut String, (x, top): (usize, u32), run: &[&Cell], colour: &str) {
    let middle = top + HEIGHT / 2;
    match run[0].symbol() {
        "─" | "┄" => rect(out, (x, run.len()), (middle - 5, 10), colour),
        "━" => rect(out, (x, run.len()), (middle - 10, 20), colour),
        "│" | "┊" => upright(out, (x, WIDTH / 2 - 5), top, 10, colour),
        "▏" => upright(out, (x, 0), top, 12, colour),
        "▌" => upright(out, (x, 0), top, WIDTH / 2, colour),
        corner @ ("╭" | "╮" | "╰" | "╯") => rounded(out, (x, top), corner, colour),
        _ => letters(out, (x, top), run, colour),
    }
}

/// Something that is as wide as so many cells.
fn rect(out: &mut String, (x, count): (usize, usize), (top, height): (u32, u32), colour: &str) {
    let (left, width) = (pixels(left(x)), pixels(WIDTH * cells(count)));
    let (top, height) = (pixels(top), pixels(height));
    let _ = writeln!(
        out,
        r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colour}"/>"#
    );
}

/// Something that stands in one cell from its top to its end.
fn upright(out: &mut String, (x, indent): (usize, u32), top: u32, width: u32, colour: &str) {
    let (left, width) = (pixels(left(x) + indent), pixels(width));
    let (top, height) = (pixels(top), pixels(HEIGHT));
    let _ = writeln!(
        out,
        r#"<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{colour}"/>"#
    );
}

/// A corner of a box: from the middle of one edge of its cell to the middle of another.
fn rounded(out: &mut String, (x, top): (usize, u32), corner: &str, colour: &str) {
    let (x, y) = (left(x), top);
    let side = if matches!(corner, "╭" | "╰") {
        x + WIDTH
    } else {
        x
    };
    let end = if matches!(corner, "╭" | "╮") {
        y + HEIGHT
    } else {
        y
    };
    let (middle, centre) = (pixels(x + WIDTH / 2), pixels(y + HEIGHT / 2));
    let (side, end) = (pixels(side), pixels(end));
    let _ = writeln!(
        out,
        r#"<path d="M{side} {centre}Q{middle} {centre} {middle} {end}" fill="none" stroke="{colour}"/>"#
    );
}

/// Words that stand apart are drawn apart: not every viewer keeps the air between them.
fn letters(out: &mut String, (x, top): (usize, u32), run: &[&Cell], colour: &str) {
    let text: String = run.iter().map(|cell| cell.symbol()).collect();
    let baseline = pixels(top + BASELINE);
    let looks = looks(run[0]);
    let mut x = x;
    for words in text.split("  ") {
        let before = words.len() - words.trim_start().len();
        let shown = words.trim();
        if !shown.is_empty() {
            let (left, width) = (
                pixels(left(x + before)),
                pixels(WIDTH * cells(shown.width())),
            );
            let _ = writeln!(
                out,
                r#"<text x="{left}" y="{baseline}" textLength="{width}" lengthAdjust="spacingAndGlyphs" fill="{colour}"{looks}>{}</text>"#,
                escaped(shown)
            );
        }
        x += words.width() + 2;
    }
}

fn looks(cell: &Cell) -> String {
    let looks = [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::DIM, r#" opacity="0.7""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
    ];
    let looks = looks
        .into_iter()
        .filter(|(it, _)| cell.modifier.contains(*it));
    looks.map(|(_, look)| look).collect()
}

/// Neighbours that belong together, each with the column it begins in.
fn runs<'a, 'b>(
    cells: &'a [&'b Cell],
    belong: impl Fn(&Cell, &Cell) -> bool,
) -> Vec<(usize, &'a [&'b Cell])> {
    let mut all = Vec::new();
    let mut rest = 0;
    for run in cells.chunk_by(|one, other| belong(one, other)) {
        all.push((rest, run));
        rest += run.len();
    }
    all
}

fn left(x: usize) -> u32 {
    MARGIN + WIDTH * cells(x)
}

fn cells(count: usize) -> u32 {
    u32::try_from(count).unwrap()
}

/// Tenths of pixels, as SVG wants them.
fn pixels(tenths: u32) -> String {
    match tenths % 10 {
        0 => (tenths / 10).to_string(),
        part => format!("{}.{part}", tenths / 10),
    }
}

fn hex(colour: Color) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        other => panic!("a full theme has its own colours, and not {other}"),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
