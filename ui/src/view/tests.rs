//! What is on the screen, as words and as roles.

mod boxes;
mod every;
mod guide;
mod hostile;
mod parts;
mod screens;

use crate::model::Model;
use crate::model::settings::Shown;
use crate::testing::desk;
use crate::theme::Theme;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

/// A desk whose list has the screen to itself.
fn list_alone(width: u16, height: u16) -> Model {
    let mut model = desk(width, height);
    model.settings.preview = Shown::No;
    model
}

/// The cells of the screen.
pub(super) fn drawn(model: &Model) -> Buffer {
    let backend = TestBackend::new(model.size.width, model.size.height);
    let mut terminal = Terminal::new(backend).unwrap();
    let theme = Theme::of_letters();
    terminal
        .draw(|frame| crate::view::view(model, &theme, frame))
        .unwrap();
    terminal.backend().buffer().clone()
}

/// One row of the screen, without air at its end.
fn row(model: &Model, y: u16) -> String {
    let buffer = drawn(model);
    let cells = (0..buffer.area.width).map(|x| buffer[(x, y)].symbol());
    cells.collect::<String>().trim_end().to_owned()
}

/// The screen around the thread: the words, and a letter for the role of each cell.
fn around_thread(model: &Model) -> (String, String) {
    let thread = crate::view::layout::of(model).thread;
    let buffer = drawn(model);
    let (mut words, mut roles) = (String::new(), String::new());
    for y in 0..buffer.area.height {
        let cells = (0..buffer.area.width).filter(|x| !thread.contains((*x, y).into()));
        for cell in cells.map(|x| &buffer[(x, y)]) {
            words.push_str(cell.symbol());
            roles.push(letter(cell));
        }
        for text in [&mut words, &mut roles] {
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
    }
    (words, roles)
}

/// A role as a letter, by its place among all of them; in lower case where the row is selected.
fn letter(cell: &ratatui::buffer::Cell) -> char {
    use ratatui::style::Color;
    let letter = match cell.fg {
        Color::Indexed(place) => char::from(b'A' + place),
        _ => ' ',
    };
    if cell.bg == Color::Reset {
        letter
    } else {
        letter.to_ascii_lowercase()
    }
}

/// The row above the footer.
fn notice(model: &Model) -> String {
    row(model, model.size.height - 2)
}

fn footer(model: &Model) -> String {
    row(model, model.size.height - 1)
}
