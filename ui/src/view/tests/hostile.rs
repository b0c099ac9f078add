//! Text from outside, at every size: nothing it holds may move a column or act on a terminal.

use super::drawn;
use crate::glyph::Glyphs;
use crate::model::Model;
use crate::model::settings::Density;
use crate::msg::Level;
use crate::testing::{self, desk};
use frontdesk_inbox::View;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

/// Letters, controls, escape sequences, marks, wide letters, joiners, selectors and overrides.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,12}",
        "[\\x00-\\x1f\\x7f-\\x{9f}]{0,4}",
        Just("\u{1b}]52;c;aGk=\u{7}".to_owned()),
        Just("\u{1b}[2J".to_owned()),
        "[\u{202a}-\u{202e}\u{2066}-\u{2069}\u{200b}-\u{200f}]{1,4}",
        "a[\u{300}-\u{30f}]{1,12}",
        Just("❤\u{fe0f}👨\u{200d}👩\u{200d}👧".to_owned()),
        "[日本語한글]{1,8}",
        Just("\u{3164}\u{ad}\u{e0041}".to_owned()),
    ];
    proptest::collection::vec(piece, 0..5).prop_map(|pieces| pieces.concat())
}

fn assert_harmless(buffer: &Buffer) -> Result<(), TestCaseError> {
    for cell in &buffer.content {
        let is_bad = |c: char| {
            c.is_control() || matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{202a}'..='\u{202e}')
        };
        prop_assert!(!cell.symbol().chars().any(is_bad), "{:?}", cell.symbol());
    }
    Ok(())
}

/// The parts of the list that hold no text from outside, as columns of the screen.
fn kept_columns(model: &Model) -> Vec<(Rect, [std::ops::Range<u16>; 2])> {
    let layout = crate::view::layout::of(model);
    let list = layout.list;
    let end = list.right();
    let compact = layout.row_height(model) == 1;
    let right = if compact && list.width < 47 { 3 } else { 9 };
    let rows = (list.y..list.bottom()).step_by(usize::from(layout.row_height(model)));
    rows.map(|y| {
        let row = Rect::new(list.x, y, list.width, 1);
        (
            row,
            [list.x..list.x + 5, end.saturating_sub(right.min(6))..end],
        )
    })
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn nothing_moves_and_nothing_acts(
        (customer, subject, words, other) in (hostile(), hostile(), hostile(), hostile()),
        (width, height) in (1_u16..=300, 1_u16..=100),
        ascii: bool,
        compact: bool,
        view in 0_usize..7,
    ) {
        let mut calm = desk(width, height);
        calm.list.view = View::ALL[view];
        if ascii {
            calm.glyphs = Glyphs::Ascii;
        }
        if compact {
            calm.settings.density = Density::Compact;
        }
        let mut model = calm.clone();
        for row in &mut model.list.rows {
            row.customer.clone_from(&customer);
            row.conversation.subject = Some(subject.clone());
            if let Some(last) = &mut row.last {
                last.text.clone_from(&words);
            }
        }
        let (before, after) = (drawn(&calm), drawn(&model));
        assert_harmless(&after)?;
        for (row, columns) in kept_columns(&calm) {
            for x in columns.into_iter().flatten() {
                prop_assert_eq!(&before[(x, row.y)], &after[(x, row.y)], "{} {}", x, row.y);
            }
        }
        model.list.narrowed = Some(other.clone());
        model.directory.company.clone_from(&other);
        model.toasts.say(Level::Bad, other, testing::now());
        assert_harmless(&drawn(&model))?;
        model.open = model.list.selected;
        model.pane = crate::model::Pane::Thread;
        assert_harmless(&drawn(&model))?;
    }
}
