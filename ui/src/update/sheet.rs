//! A text in front that is read: keys scroll it and close it.

use super::Effects;
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::layer::Layer;
use crate::model::sheet::Sheet;
use crate::msg::{Mouse, MouseWhat};
use crate::view::sheet as drawn;
use ratatui::layout::Rect;

/// How far the wheel goes.
const WHEEL: isize = 3;

/// Puts it in front.
pub(super) fn show(model: &mut Model, sheet: Sheet) -> Effects {
    model.layers.push(Layer::Sheet(Box::new(sheet)));
    Vec::new()
}

/// A key for the text in front.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let Some(Layer::Sheet(sheet)) = model.layers.last_mut() else {
        return Vec::new();
    };
    let page = drawn::page(sheet, screen).cast_signed();
    let by = match (key.ctrl, key.code) {
        (_, Code::Esc | Code::Enter) | (false, Code::Char('q')) | (true, Code::Char('g' | 'c')) => {
            model.layers.pop();
            return Vec::new();
        }
        (_, Code::Down) | (false, Code::Char('j')) | (true, Code::Char('n')) => 1,
        (_, Code::Up) | (false, Code::Char('k')) | (true, Code::Char('p')) => -1,
        (_, Code::PageDown) | (false, Code::Char(' ')) | (true, Code::Char('f')) => page,
        (_, Code::PageUp) | (true, Code::Char('b')) => -page,
        (true, Code::Char('d')) => page / 2,
        (true, Code::Char('u')) => -page / 2,
        (_, Code::Home) | (false, Code::Char('g')) => isize::MIN,
        (_, Code::End) | (false, Code::Char('G')) => isize::MAX,
        _ => 0,
    };
    scroll(sheet, by, screen);
    Vec::new()
}

/// The wheel scrolls it, a click closes it.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Effects {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    let Some(Layer::Sheet(sheet)) = model.layers.last_mut() else {
        return Vec::new();
    };
    match mouse.what {
        MouseWhat::WheelUp => scroll(sheet, -WHEEL, screen),
        MouseWhat::WheelDown => scroll(sheet, WHEEL, screen),
        MouseWhat::Click => drop(model.layers.pop()),
        MouseWhat::Drag | MouseWhat::LetGo => {}
    }
    Vec::new()
}

fn scroll(sheet: &mut Sheet, by: isize, screen: Rect) {
    let last = drawn::last_top(sheet, screen);
    sheet.top = sheet.top.min(last).saturating_add_signed(by).min(last);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{desk, press, screen};

    #[test]
    fn a_long_text_is_scrolled_and_closed() {
        let mut model = desk(80, 24);
        let all: Vec<String> = (1..=90).map(|n| format!("line {n}.")).collect();
        show(&mut model, Sheet::new("Read me").text(&all.join("\n")));
        assert!(screen(&model).contains("line 1."));
        press(&mut model, "G");
        assert!(screen(&model).contains("line 90."));
        press(&mut model, "k k");
        assert!(!screen(&model).contains("line 90."));
        press(&mut model, "g");
        assert!(screen(&model).contains("line 1."));
        assert!(screen(&model).contains("scroll"));
        press(&mut model, "q");
        assert!(model.layers.is_empty());
    }
}
