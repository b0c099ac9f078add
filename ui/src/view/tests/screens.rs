//! Whole screens: words, and a letter for the role of each cell, in lower case where the row is
//! selected.

use super::{around_thread, list_alone};
use crate::glyph::Glyphs;
use crate::model::connection::Connection;
use crate::msg::Msg;
use crate::testing::{desk, press, roles, screen, thread};
use crate::update::update;
use frontdesk_protocol::kind::Source;

#[test]
fn the_inbox_stands_in_columns() {
    for (width, height) in [(40, 10), (60, 15), (80, 24), (120, 35), (160, 45)] {
        let model = list_alone(width, height);
        insta::assert_snapshot!(format!("list_{width}x{height}"), screen(&model));
        insta::assert_snapshot!(format!("list_{width}x{height}_roles"), roles(&model));
    }
}

#[test]
fn ascii_signs_stand_where_the_others_do() {
    for (width, height) in [(40, 10), (80, 24), (160, 45)] {
        let mut model = list_alone(width, height);
        model.glyphs = Glyphs::Ascii;
        insta::assert_snapshot!(format!("list_{width}x{height}_ascii"), screen(&model));
    }
}

#[test]
fn panes_stand_beside_each_other_where_there_is_room() {
    for (width, height) in [(120, 35), (160, 45)] {
        let (words, roles) = around_thread(&desk(width, height));
        insta::assert_snapshot!(format!("beside_{width}x{height}"), words);
        insta::assert_snapshot!(format!("beside_{width}x{height}_roles"), roles);
    }
    let mut model = desk(160, 45);
    model.glyphs = Glyphs::Ascii;
    insta::assert_snapshot!("beside_160x45_ascii", around_thread(&model).0);
    insta::assert_snapshot!("beside_300x100", around_thread(&desk(300, 100)).0);
}

#[test]
fn the_preview_stands_below_where_there_is_not() {
    let (words, roles) = around_thread(&desk(80, 24));
    insta::assert_snapshot!("below_80x24", words);
    insta::assert_snapshot!("below_80x24_roles", roles);
    let mut model = desk(80, 24);
    model.glyphs = Glyphs::Ascii;
    insta::assert_snapshot!("below_80x24_ascii", around_thread(&model).0);
}

#[test]
fn a_thread_that_has_the_screen_says_the_way_back() {
    for (width, height) in [(40, 10), (60, 15), (80, 24)] {
        let mut model = desk(width, height);
        press(&mut model, "enter");
        insta::assert_snapshot!(format!("thread_{width}x{height}"), around_thread(&model).0);
    }
}

#[test]
fn selected_rows_have_a_sign_and_a_bar_of_keys() {
    let mut model = list_alone(80, 24);
    press(&mut model, "x x j j v j j");
    insta::assert_snapshot!("selecting_80x24", screen(&model));
    insta::assert_snapshot!("selecting_80x24_roles", roles(&model));
}

#[test]
fn an_empty_view_points_onward() {
    let mut model = list_alone(80, 24);
    model.list.rows.clear();
    model.list.selected = None;
    model.list.view = frontdesk_inbox::View::Mine;
    insta::assert_snapshot!("empty_80x24", screen(&model));
    model.list.is_loading = true;
    model.connection = Connection::Filling { done: 12_400 };
    insta::assert_snapshot!("filling_80x24", screen(&model));
}

#[test]
fn a_window_that_is_too_small_says_so() {
    for (width, height) in [(39, 10), (40, 9), (34, 8), (12, 2), (1, 1)] {
        let model = desk(width, height);
        insta::assert_snapshot!(format!("small_{width}x{height}"), screen(&model));
    }
}

#[test]
fn a_window_that_shrank_before_the_news_of_it_is_drawn_all_the_same() {
    let model = desk(160, 45);
    for (width, height) in [(1, 1), (39, 9), (80, 24), (300, 100)] {
        let backend = ratatui::backend::TestBackend::new(width, height);
        let mut terminal = ratatui::Terminal::new(backend).unwrap();
        let theme = crate::theme::Theme::plain();
        terminal
            .draw(|frame| crate::view::view(&model, &theme, frame))
            .unwrap();
    }
}

#[test]
fn what_came_by_another_way_than_the_others_says_so() {
    let mut model = desk(80, 24);
    let mut known = thread();
    known.messages[3].source = Source::Email;
    let now = model.now;
    update(&mut model, now, Msg::Thread(Box::new(known)));
    press(&mut model, "enter");
    assert!(screen(&model).contains("Priya Raman · @ email"));
    model.glyphs = Glyphs::Ascii;
    assert!(screen(&model).contains("Priya Raman - @ email"));
}
