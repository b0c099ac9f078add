//! What a configuration may say about keys, and what it is told.

use super::*;
use crate::keymap::{Lookup, problem::Severity, spelled};
use proptest::prelude::*;

fn set(line: usize, context: &str, chord: &str, action: Option<&str>) -> Override {
    Override {
        context: context.to_owned(),
        chord: chord.to_owned(),
        action: action.map(str::to_owned),
        place: Place { line, column: 1 },
    }
}

fn build(overrides: &[Override]) -> (Keymap, Vec<KeyProblem>) {
    Keymap::build(Preset::Vim, overrides)
}

fn only(overrides: &[Override]) -> KeyProblem {
    let (_, mut problems) = build(overrides);
    assert_eq!(problems.len(), 1, "{problems:?}");
    problems.remove(0)
}

fn list(keymap: &Keymap, chord: &str) -> Lookup {
    let typed = parse_chord(chord).unwrap();
    keymap.lookup(&[Context::List, Context::Desk], &typed)
}

#[test]
fn only_what_is_named_changes() {
    let (keymap, problems) = build(&[set(1, "desk", "e", Some("snooze"))]);
    assert!(problems.is_empty());
    assert_eq!(list(&keymap, "e"), Lookup::Action(Action::Snooze));
    assert_eq!(list(&keymap, "j"), Lookup::Action(Action::Down));
    let keys = keymap.keys(&[Context::List, Context::Desk], Action::Snooze);
    assert_eq!(keys.as_deref(), Some("e"));
}

#[test]
fn keys_are_taken_away() {
    let (keymap, problems) = build(&[set(1, "desk", "ctrl-d", None)]);
    assert!(problems.is_empty());
    assert_eq!(list(&keymap, "ctrl-d"), Lookup::Unbound);
    let problem = only(&[set(1, "list", "ctrl-q", None)]);
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(problem.what, "\"ctrl-q\" is not bound in list");
}

#[test]
fn an_inner_place_may_have_its_own() {
    let (keymap, problems) = build(&[set(1, "list", "e", Some("snooze"))]);
    assert!(problems.is_empty());
    assert_eq!(list(&keymap, "e"), Lookup::Action(Action::Snooze));
    let in_thread = keymap.lookup(&[Context::Thread, Context::Desk], &[Key::char('e')]);
    assert_eq!(in_thread, Lookup::Action(Action::Done));
}

#[test]
fn a_key_that_begins_others_is_refused_with_both_places() {
    let problem = only(&[set(2, "desk", "z", Some("top"))]);
    let content = "[keys.desk]\n\"z\" = \"top\"\n";
    insta::assert_snapshot!(problem.report("~/.config/frontdesk/config.toml", content), @r#"
    error: "z" is bound on its own and starts "z a"
      ~/.config/frontdesk/config.toml:2:1
       2 | "z" = "top"
         | ^^^ here
      default keymap, desk: "z a" = fold-quotes   (unbind it with "z a" = false)
    "#);
}

#[test]
fn one_that_others_begin_with_is_refused_too() {
    let problem = only(&[set(4, "list", "e e", Some("reopen"))]);
    assert_eq!(
        problem.what,
        "\"e e\" starts with \"e\", which is bound on its own"
    );
    let (keymap, problems) = build(&[
        set(3, "desk", "e", None),
        set(4, "desk", "e e", Some("reopen")),
    ]);
    assert!(problems.is_empty());
    assert_eq!(list(&keymap, "e"), Lookup::Pending);
}

#[test]
fn two_lines_that_clash_are_both_shown() {
    let problem = only(&[
        set(2, "composer", "ctrl-t", Some("note")),
        set(3, "composer", "ctrl-t x", Some("reply")),
    ]);
    let content = "[keys.composer]\n\"ctrl-t\" = \"note\"\n\"ctrl-t x\" = \"reply\"\n";
    insta::assert_snapshot!(problem.report("config.toml", content), @r#"
    error: "ctrl-t x" starts with "ctrl-t", which is bound on its own
      config.toml:3:1
       3 | "ctrl-t x" = "reply"
         | ^^^^^^^^^^ here
      config.toml:2:1
       2 | "ctrl-t" = "note"
         | ^^^^^^^^ here
    "#);
}

#[test]
fn the_same_keys_spelled_differently_are_bound_twice() {
    let problem = only(&[
        set(2, "desk", "ctrl-t", Some("note")),
        set(9, "desk", "C-t", Some("reply")),
    ]);
    assert_eq!(
        problem.what,
        "\"ctrl-t\" is bound twice in desk; line 2 has it already"
    );
    assert_eq!(problem.place.line, 9);
}

#[test]
fn a_slip_of_the_pen_is_guessed() {
    let table = [
        (
            set(1, "desk", "X", Some("snoze")),
            "there is no action \"snoze\"; did you mean \"snooze\"?",
        ),
        (
            set(1, "lists", "X", Some("snooze")),
            "there is no place for keys \"lists\"; did you mean \"list\"?",
        ),
        (
            set(1, "desk", "X", Some("fly-away")),
            "there is no action \"fly-away\"",
        ),
        (
            set(1, "desk", "hyper-x", Some("done")),
            "\"hyper-x\" is no key; write \"g i\", \"ctrl-w v\" or \"alt-enter\"",
        ),
        (set(1, "desk", " ", Some("done")), "no key is named"),
    ];
    for (given, what) in table {
        assert_eq!(only(&[given]).what, what);
    }
}

#[test]
fn what_terminals_cannot_tell_apart_is_said() {
    let problem = only(&[set(1, "composer", "ctrl-i", Some("note"))]);
    assert_eq!(problem.severity, Severity::Warning);
    assert_eq!(
        problem.what,
        "ctrl-i cannot be told from Tab in most terminals"
    );
}

#[test]
fn every_default_is_spelled_as_it_is_read() {
    for binding in Keymap::default().bindings() {
        let text = spelled(&binding.chord);
        assert_eq!(parse_chord(&text).as_ref(), Ok(&binding.chord), "{text}");
    }
}

proptest! {
    #[test]
    fn whatever_is_configured_hides_nothing(
        given in proptest::collection::vec(("desk|list|thread|composer|x", "[a-z]( [a-z])?|ctrl-[a-z]", proptest::option::of("done|top|snooze|y")), 0..12)
    ) {
        let overrides: Vec<Override> = given
            .iter()
            .enumerate()
            .map(|(line, (context, chord, action))| set(line + 1, context, chord, action.as_deref()))
            .collect();
        let (keymap, problems) = build(&overrides);
        for one in keymap.bindings() {
            for other in keymap.bindings() {
                let hides = one != other && one.context == other.context && other.chord.starts_with(&one.chord);
                prop_assert!(!hides, "{one:?} {other:?}");
            }
        }
        for problem in problems {
            prop_assert!(!problem.report("config.toml", "").is_empty());
        }
    }
}
