use super::*;
use crate::keymap::{Keymap, Override, Place, Preset};
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, id, now, press, screen, typed};
use crate::update::update;

fn command(shows: Shows) -> OwnCommand {
    OwnCommand {
        name: "issue".to_owned(),
        about: Some("File it as an issue".to_owned()),
        run: vec!["file-issue".to_owned(), "--quiet".to_owned()],
        shows,
    }
}

fn desk_with(shows: Shows) -> Model {
    let mut model = desk(80, 24);
    model.commands = vec![command(shows)];
    model
}

fn printed(model: &mut Model, result: Result<&str, &str>) {
    let command = model.commands[0].clone();
    let printed = result.map(str::to_owned).map_err(str::to_owned);
    update(model, now(), Msg::Ran { command, printed });
}

fn said(model: &Model) -> &str {
    &model.toasts.shown.as_ref().unwrap().text
}

#[test]
fn a_command_is_chosen_and_gets_what_is_selected() {
    let mut model = desk_with(Shows::Toast);
    press(&mut model, "j x x");
    press(&mut model, "!");
    insta::assert_snapshot!("commands_80x24", screen(&model));
    let effects = press(&mut model, "enter");
    let on = vec![id(2), id(3)];
    let command = command(Shows::Toast);
    assert_eq!(effects, [Effect::RunCommand { command, on }]);
    printed(&mut model, Ok("\nIssue 12 is filed\nmore\n"));
    assert_eq!(said(&model), "Issue 12 is filed");
    printed(&mut model, Ok(" \n"));
    assert_eq!(said(&model), "issue is done.");
    printed(&mut model, Err("it ended with code 3: no such project"));
    assert_eq!(
        said(&model),
        "issue: it ended with code 3: no such project."
    );
}

#[test]
fn what_is_long_is_read_in_a_box_and_cannot_act() {
    let mut model = desk_with(Shows::Pager);
    let long = "word ".repeat(40);
    printed(
        &mut model,
        Ok(&format!("one\n{long}\n\u{1b}[2J\u{202e}two\n")),
    );
    insta::assert_snapshot!("printed_80x24", screen(&model));
    assert!(!screen(&model).contains(['\u{1b}', '\u{202e}']));
    typed(&mut model, "two");
    let Some(Layer::Picker(front)) = model.layers.last() else {
        panic!("{:?}", model.layers.last());
    };
    assert_eq!(front.fitting.len(), 1);
    press(&mut model, "esc");
    assert!(model.layers.is_empty());
}

#[test]
fn keys_palette_and_help_know_it() {
    let mut model = desk_with(Shows::Toast);
    let bound = Override {
        context: "desk".to_owned(),
        chord: "ctrl-t".to_owned(),
        action: Some("command issue".to_owned()),
        place: Place { line: 1, column: 1 },
    };
    let (keymap, problems) = Keymap::build(Preset::Vim, &[bound]);
    assert!(problems.is_empty());
    assert_eq!(keymap.commands().collect::<Vec<_>>(), ["issue"]);
    assert_eq!(keymap.macros().count(), 0);
    model.keymap = keymap;
    let effects = press(&mut model, "ctrl-t");
    assert!(matches!(effects[..], [Effect::RunCommand { .. }]));
    press(&mut model, ":");
    typed(&mut model, "run issue");
    assert!(screen(&model).contains("run issue"), "{}", screen(&model));
    let effects = press(&mut model, "enter");
    assert!(matches!(effects[..], [Effect::RunCommand { .. }]));
    press(&mut model, "?");
    typed(&mut model, "run issue");
    assert!(screen(&model).contains("run issue"), "{}", screen(&model));
}

#[test]
fn where_there_is_none_that_is_said() {
    let mut model = desk(80, 24);
    press(&mut model, "!");
    assert_eq!(
        said(&model),
        "Command of your own: your configuration has no commands yet."
    );
}
