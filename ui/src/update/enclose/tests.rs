//! Files are attached after a yes, seen before they go, and never lost on the way.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::layer::Layer;
use crate::model::uploads::Upload;
use crate::msg::{Msg, Pasted, PathEntry, WrittenKind};
use crate::testing::{desk, id, press, screen, typed};
use crate::update::update;
use frontdesk_inbox::{Enclosure, Queued};
use frontdesk_protocol::id::FileId;

fn file(name: &str, size: u64) -> Enclosure {
    Enclosure {
        id: FileId::random(),
        filename: name.to_owned(),
        content_type: "application/pdf".to_owned(),
        size,
    }
}

fn hear(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let now = model.now;
    update(model, now, msg)
}

fn arrives(model: &mut Model, file: &Enclosure) -> Vec<Effect> {
    let msg = Msg::Attached {
        conversation_id: id(1),
        kind: WrittenKind::Reply,
        file: Ok(file.clone()),
    };
    hear(model, msg)
}

/// A reply to the first conversation with this file.
fn with_file(file: &Enclosure) -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "r");
    arrives(&mut model, file);
    model
}

fn composer(model: &Model) -> &Composer {
    model.composer.as_ref().unwrap()
}

fn sent(effects: &[Effect]) -> Vec<Queued> {
    let queued = effects.iter().filter_map(|it| match it {
        Effect::Enqueue(queued) => Some(queued.clone()),
        _ => None,
    });
    queued.flatten().collect()
}

fn said(model: &Model) -> &str {
    &model.toasts.shown.as_ref().unwrap().text
}

#[test]
fn a_path_is_completed_and_its_file_attached() {
    let mut model = desk(80, 24);
    press(&mut model, "r ctrl-x a");
    let effects = typed(&mut model, "~/Do");
    let Some(Effect::ListPaths { generation, text }) = effects.last() else {
        panic!("{effects:?}");
    };
    assert_eq!(text, "~/Do");
    let entry = |path: &str, name: &str, size| PathEntry {
        path: path.to_owned(),
        name: name.to_owned(),
        size,
    };
    let entries = vec![entry("~/Documents/", "Documents", None)];
    let generation = *generation;
    hear(
        &mut model,
        Msg::Paths {
            generation,
            entries,
        },
    );
    let effects = press(&mut model, "tab");
    let Some(Effect::ListPaths { generation, text }) = effects.last() else {
        panic!("{effects:?}");
    };
    assert_eq!(text, "~/Documents/");
    let entries = vec![entry("~/Documents/a.pdf", "a.pdf", Some(2048))];
    let generation = *generation;
    hear(
        &mut model,
        Msg::Paths {
            generation,
            entries,
        },
    );
    assert!(screen(&model).contains("a.pdf"), "{}", screen(&model));
    let effects = press(&mut model, "enter");
    let paths = vec!["~/Documents/a.pdf".to_owned()];
    assert_eq!(
        effects,
        [Effect::Attach {
            conversation_id: id(1),
            kind: WrittenKind::Reply,
            paths
        }]
    );
    assert!(screen(&model).contains("copying a file"));
    press(&mut model, "ctrl-s");
    assert_eq!(
        said(&model),
        "A file is still being copied. Send again in a moment."
    );
}

#[test]
fn a_file_is_listed_kept_brought_and_goes_along() {
    let invoice = file("invoice.pdf", 120 * 1024);
    let mut model = desk(80, 24);
    press(&mut model, "r");
    let effects = arrives(&mut model, &invoice);
    assert!(
        matches!(&effects[..], [Effect::SaveText(text), Effect::Upload(up)]
        if text.files == [invoice.clone()] && *up == [invoice.clone()])
    );
    hear(&mut model, Msg::Upload(invoice.id, Upload::Gone(60 * 1024)));
    let shown = screen(&model);
    assert!(
        shown.contains("invoice.pdf  application/pdf, 120 KiB  50%"),
        "{shown}"
    );
    hear(&mut model, Msg::Upload(invoice.id, Upload::There));
    assert!(screen(&model).contains("uploaded"));
    let queued = sent(&press(&mut model, "ctrl-s"));
    assert_eq!(queued[0].files, [invoice], "a file can say it all");
    let shown = screen(&model);
    assert!(shown.contains("invoice.pdf"), "{shown}");
}

#[test]
fn a_promise_is_kept_by_any_file() {
    let mut model = with_file(&file("a.pdf", 1));
    hear(&mut model, Msg::Paste("It is attached.".to_owned()));
    assert_eq!(sent(&press(&mut model, "ctrl-s")).len(), 1);
}

#[test]
fn what_the_channel_or_the_server_does_not_take_is_said_before() {
    let large = file("film.mov", 30 * 1024 * 1024);
    let mut model = desk(80, 24);
    press(&mut model, "j j r");
    let msg = Msg::Attached {
        conversation_id: id(3),
        kind: WrittenKind::Reply,
        file: Ok(large.clone()),
    };
    hear(&mut model, msg);
    assert!(
        screen(&model).contains("a mail takes 18 MiB"),
        "{}",
        screen(&model)
    );
    let why = "file is too large".to_owned();
    hear(&mut model, Msg::Upload(large.id, Upload::Refused(why)));
    assert_eq!(
        said(&model),
        "The server does not take film.mov: file is too large."
    );
    press(&mut model, "ctrl-s");
    let Some(Layer::Confirm(confirm)) = model.layers.last() else {
        panic!("it is asked");
    };
    assert_eq!(confirm.warnings.len(), 2, "{:?}", confirm.warnings);
}

#[test]
fn a_file_is_taken_off_by_a_key_and_of_several_it_is_asked_which() {
    let (first, second) = (file("a.pdf", 1), file("b.pdf", 2));
    let mut model = with_file(&first);
    arrives(&mut model, &second);
    press(&mut model, "ctrl-x o");
    assert!(screen(&model).contains("Take a file off"));
    press(&mut model, "enter");
    assert_eq!(composer(&model).files, std::slice::from_ref(&second));
    let effects = press(&mut model, "ctrl-x o");
    assert!(composer(&model).files.is_empty());
    assert!(matches!(&effects[..], [Effect::SaveText(text)] if text.files.is_empty()));
    press(&mut model, "ctrl-x o");
    assert!(
        said(&model).contains("no file goes along"),
        "{}",
        said(&model)
    );
}

#[test]
fn what_is_pasted_is_attached_only_after_a_yes() {
    let text = "/etc/passwd";
    for (keys, is_attached) in [("enter", true), ("down enter", false), ("esc", false)] {
        let mut model = desk(80, 24);
        press(&mut model, "r");
        let effects = hear(&mut model, Msg::Paste(text.to_owned()));
        assert!(matches!(&effects[..], [Effect::LookAtPaths { .. }]));
        assert!(composer(&model).text().is_empty());
        let pasted = |files: &[&str]| {
            Msg::Pasted(Pasted {
                conversation_id: id(1),
                kind: WrittenKind::Reply,
                text: text.to_owned(),
                files: files.iter().map(|&it| it.to_owned()).collect(),
            })
        };
        hear(&mut model, pasted(&[text]));
        assert!(screen(&model).contains("attach passwd"));
        let effects = press(&mut model, keys);
        let attaches = |it: &Effect| matches!(it, Effect::Attach { .. });
        assert_eq!(effects.iter().any(attaches), is_attached, "{keys}");
        let expected = if is_attached { "" } else { text };
        assert_eq!(composer(&model).text(), expected, "{keys}");
        // Where no file is, it is a text like any other.
        let before = composer(&model).text();
        hear(&mut model, pasted(&[]));
        assert_eq!(composer(&model).text(), format!("{before}{text}"));
    }
}

#[test]
fn files_come_back_with_the_words_they_went_with() {
    let invoice = file("invoice.pdf", 1);
    let mut model = with_file(&invoice);
    hear(&mut model, Msg::Paste("Here it is.".to_owned()));
    press(&mut model, "ctrl-s");
    assert!(model.composer.is_none());
    press(&mut model, "u");
    assert_eq!(composer(&model).files, std::slice::from_ref(&invoice));
    // A draft of an earlier run has its files too.
    let kept = composer(&model).typed();
    let mut model = desk(80, 24);
    press(&mut model, "enter");
    let effects = hear(&mut model, Msg::Text(kept));
    assert_eq!(composer(&model).files, std::slice::from_ref(&invoice));
    assert_eq!(effects, [Effect::Upload(vec![invoice])]);
}

#[test]
fn what_has_files_goes_at_once_and_not_later() {
    let mut model = with_file(&file("a.pdf", 1));
    press(&mut model, "ctrl-x l");
    assert!(model.layers.is_empty());
    assert!(said(&model).starts_with("A reply with files goes out at once."));
}

#[test]
fn a_name_cannot_act_and_many_files_leave_room_for_the_text() {
    let mut model = with_file(&file("\u{1b}]0;x\u{7}\u{202e}fdp.exe", 1));
    for n in 0..9 {
        arrives(
            &mut model,
            &file(&format!("photo {n} {}.jpg", "x".repeat(90)), 1),
        );
    }
    let shown = screen(&model);
    assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']));
    assert!(shown.contains("and 7 more"), "{shown}");
}

#[test]
fn a_file_that_comes_when_its_text_is_gone_is_not_attached_to_another() {
    let mut model = desk(80, 24);
    press(&mut model, "r esc");
    let effects = arrives(&mut model, &file("a.pdf", 1));
    assert!(effects.is_empty());
    assert_eq!(said(&model), "a.pdf was not attached: its text is gone.");
}
