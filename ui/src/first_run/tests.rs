//! The steps, without a terminal.

use super::*;
use crate::key::parse_chord;
use crate::model::connection::Connection;
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, press, screen};
use crate::theme::Theme;
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const SIZES: [(u16, u16); 4] = [(40, 10), (80, 24), (160, 45), (300, 100)];

fn begin(named: Option<&str>) -> (FirstRun, Vec<Wish>) {
    FirstRun::begin(Before {
        usual: "http://127.0.0.1:4000".to_owned(),
        named: named.map(str::to_owned),
        look: Look {
            theme: "auto".to_owned(),
            glyphs: Glyphs::Unicode,
            keys: crate::keymap::Preset::Vim,
        },
        themes: ["auto", "ink", "paper"].map(str::to_owned).to_vec(),
    })
}

fn keys(run: &mut FirstRun, keys: &str) -> Vec<Wish> {
    let keys = parse_chord(keys).unwrap().into_iter();
    keys.flat_map(|key| update(run, Heard::Key(key))).collect()
}

fn types(run: &mut FirstRun, text: &str) {
    for c in text.chars() {
        assert_eq!(update(run, Heard::Key(Key::char(c))), []);
    }
}

fn server() -> Server {
    Server {
        origin: "https://desk.example.com".to_owned(),
        version: "0.1.0".to_owned(),
        took_ms: 41,
    }
}

fn problem(what: &str) -> Problem {
    Problem {
        what: what.to_owned(),
        todo: "Do this about it.".to_owned(),
    }
}

/// The first run at this step.
fn at(step: Step) -> FirstRun {
    let (mut run, _) = begin(None);
    if step > Step::Server {
        types(&mut run, "desk.example.com");
        keys(&mut run, "enter");
        update(&mut run, Heard::Server(Ok(server())));
    }
    if step > Step::SignIn {
        types(&mut run, "aino@example.com");
        keys(&mut run, "tab");
        types(&mut run, "hunter2");
        keys(&mut run, "enter");
        update(&mut run, Heard::SignedIn(Ok("aino@example.com".to_owned())));
    }
    if step > Step::Look {
        keys(&mut run, "enter");
        update(&mut run, Heard::Kept(Ok(())));
    }
    assert_eq!(run.step, step);
    run
}

fn drawn(run: &FirstRun, width: u16, height: u16) -> (String, Option<(u16, u16)>) {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
    let theme = Theme::plain();
    terminal.draw(|frame| view(run, &theme, frame)).unwrap();
    let at = terminal.get_cursor_position().unwrap();
    (terminal.backend().to_string(), Some((at.x, at.y)))
}

#[test]
fn each_step_is_checked_before_the_next() {
    let (mut run, wishes) = begin(None);
    assert_eq!(wishes, []);
    types(&mut run, "desk.example.com");
    let wish = Wish::Check("desk.example.com".to_owned());
    assert_eq!(keys(&mut run, "enter"), [wish]);
    assert_eq!(run.step, Step::Server);
    update(&mut run, Heard::Server(Ok(server())));
    assert_eq!(run.step, Step::SignIn);
    types(&mut run, "aino@example.com");
    assert_eq!(keys(&mut run, "enter"), []);
    types(&mut run, "hunter2");
    let wishes = keys(&mut run, "enter");
    match &wishes[..] {
        [
            Wish::SignIn {
                server, password, ..
            },
        ] => {
            assert_eq!(server, "https://desk.example.com");
            assert_eq!(password.expose(), "hunter2");
        }
        other => panic!("{other:?}"),
    }
    update(&mut run, Heard::SignedIn(Ok("aino@example.com".to_owned())));
    assert_eq!(run.step, Step::Look);
    let wishes = keys(&mut run, "right down right");
    assert!(matches!(wishes[..], [Wish::Show(_), Wish::Show(_)]));
    assert_eq!(run.look().theme, "ink");
    assert_eq!(run.look().glyphs, Glyphs::Ascii);
    assert_eq!(keys(&mut run, "enter"), [Wish::Keep(run.look().clone())]);
    update(&mut run, Heard::Kept(Ok(())));
    assert_eq!(run.step, Step::Sync);
}

#[test]
fn a_server_that_was_named_is_looked_at_right_away() {
    let (run, wishes) = begin(Some("https://desk.example.com"));
    assert_eq!(wishes, [Wish::Check("https://desk.example.com".to_owned())]);
    assert!(drawn(&run, 80, 24).0.contains("Looking there…"));
}

#[test]
fn an_empty_address_means_the_usual_one() {
    let (mut run, _) = begin(None);
    let wish = Wish::Check("http://127.0.0.1:4000".to_owned());
    assert_eq!(keys(&mut run, "enter"), [wish]);
}

#[test]
fn what_went_wrong_is_said_and_tried_again_in_place() {
    let mut run = at(Step::SignIn);
    types(&mut run, "aino@example.com");
    keys(&mut run, "tab");
    types(&mut run, "wrong");
    keys(&mut run, "enter");
    update(
        &mut run,
        Heard::SignedIn(Err(problem("They do not belong together."))),
    );
    let (screen, _) = drawn(&run, 80, 24);
    assert!(screen.contains("! They do not belong together."));
    assert!(screen.contains("Do this about it."));
    types(&mut run, "right");
    assert!(!drawn(&run, 80, 24).0.contains("together"));
    assert!(matches!(keys(&mut run, "enter")[..], [Wish::SignIn { .. }]));
}

#[test]
fn a_password_is_never_seen() {
    let mut run = at(Step::SignIn);
    types(&mut run, "aino@example.com");
    keys(&mut run, "tab");
    types(&mut run, "hunter2");
    assert!(!drawn(&run, 80, 24).0.contains("hunter2"));
    let wishes = keys(&mut run, "enter");
    assert!(!format!("{run:?} {wishes:?}").contains("hunter2"));
}

#[test]
fn an_answer_that_nobody_waits_for_is_let_go() {
    let (mut run, _) = begin(None);
    keys(&mut run, "enter esc");
    update(&mut run, Heard::Server(Ok(server())));
    assert_eq!(run.step, Step::Server);
}

#[test]
fn ctrl_c_leaves_at_every_step() {
    for step in [Step::Server, Step::SignIn, Step::Look] {
        assert_eq!(keys(&mut at(step), "ctrl-c"), [Wish::Leave], "{step:?}");
    }
}

#[test]
fn every_step_is_whole_at_every_size() {
    for (width, height) in SIZES {
        for step in [Step::Server, Step::SignIn, Step::Look] {
            let mut run = at(step);
            let (words, cursor) = drawn(&run, width, height);
            let name = format!("{}_{width}x{height}", step.number());
            insta::assert_snapshot!(name.clone(), words);
            let (x, y) = cursor.unwrap();
            assert!(x < width && y < height);
            run.looks.chosen.glyphs = Glyphs::Ascii;
            let (words, _) = drawn(&run, width, height);
            assert!(words.is_ascii(), "{words}");
            insta::assert_snapshot!(format!("{name}_ascii"), words);
        }
    }
}

#[test]
fn the_last_step_counts_and_goes_by_itself() {
    for (width, height) in SIZES {
        let mut model = desk(width, height);
        model.layers = vec![Layer::FirstSync(Box::new(at(Step::Sync)))];
        let now = model.now;
        let filling = Connection::Filling { done: 12_400 };
        crate::update(&mut model, now, Msg::Connection(filling));
        insta::assert_snapshot!(format!("4_{width}x{height}"), screen(&model));
        press(&mut model, "j");
        assert_eq!(model.layers.len(), 1);
        crate::update(&mut model, now, Msg::Connection(Connection::CatchingUp));
        assert!(model.layers.is_empty());
    }
}

proptest! {
    #[test]
    fn no_row_of_keys_breaks_it(
        codes in proptest::collection::vec(0_u8..16, 0..80),
        width in 1_u16..120,
        height in 1_u16..40,
    ) {
        let all = ["a", "é", "left", "right", "up", "down", "enter", "enter", "tab", "shift-tab", "esc", "backspace", "ctrl-u"];
        let (mut run, _) = begin(None);
        for code in codes {
            match code {
                13 => drop(update(&mut run, Heard::Server(Ok(server())))),
                14 => drop(update(&mut run, Heard::SignedIn(Ok("a@b.example".to_owned())))),
                15 => drop(update(&mut run, Heard::Server(Err(problem("No."))))),
                code => drop(keys(&mut run, all[usize::from(code)])),
            }
        }
        drop(drawn(&run, width, height));
    }
}
