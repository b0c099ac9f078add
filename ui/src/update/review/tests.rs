use crate::effect::Effect;
use crate::model::Model;
use crate::msg::{Msg, Page};
use crate::testing::{desk, id, now, press, rows, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::{Command, DraftMark, Row, Thread, View};

/// The draft of a conversation, with a thread of its own.
fn with_draft(number: i64) -> Thread {
    let row = rows().into_iter().find(|row| row.id() == id(number));
    let mut it = thread();
    it.row = row.unwrap();
    for message in &mut it.messages {
        message.conversation_id = id(number);
    }
    if let Some(draft) = &mut it.draft {
        draft.conversation_id = id(number);
    }
    it
}

fn drafts() -> Vec<Row> {
    let all = rows().into_iter();
    all.filter(|row| row.draft == DraftMark::Ready).collect()
}

/// A desk in the sitting, with the drafts that wait.
fn sitting() -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "d A");
    let page = Page {
        generation: model.list.generation,
        view: View::Drafts,
        rows: drafts(),
        has_before: false,
        has_after: false,
    };
    update(&mut model, now(), Msg::Page(page));
    for row in drafts() {
        let number = row.conversation.number;
        update(&mut model, now(), Msg::Thread(Box::new(with_draft(number))));
    }
    model
}

fn decisions(effects: &[Effect]) -> usize {
    let queued = effects.iter().filter_map(|it| match it {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    let is_decision = |it: &&frontdesk_inbox::Queued| {
        matches!(
            it.command,
            Command::ApproveDraft { .. } | Command::RejectDraft { .. }
        )
    };
    queued.flatten().filter(is_decision).count()
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |it| &it.text)
}

#[test]
fn one_draft_comes_after_the_other() {
    let mut model = sitting();
    assert_eq!(model.open, Some(id(1)));
    insta::assert_snapshot!("review_80x24", screen(&model));
    assert_eq!(decisions(&press(&mut model, "A")), 1);
    assert_eq!(model.open, Some(id(2)), "the next one comes by itself");
    press(&mut model, "d x");
    assert_eq!(decisions(&press(&mut model, "enter")), 1);
    assert_eq!(model.open, Some(id(3)));
    press(&mut model, "d n");
    assert_eq!(model.open, Some(id(5)), "it was passed over");
    press(&mut model, "d e");
    typed(&mut model, "Also: ");
    assert_eq!(decisions(&press(&mut model, "ctrl-s y")), 1);
    assert_eq!(model.open, Some(id(9)));
    press(&mut model, "A");
    assert_eq!(model.open, None);
    assert_eq!(said(&model), "4 drafts decided, 1 passed over.");
}

#[test]
fn what_is_taken_back_waits_again() {
    let mut model = sitting();
    press(&mut model, "A");
    press(&mut model, "u");
    press(&mut model, "d n d n d n d n");
    assert_eq!(model.open, Some(id(1)));
}

#[test]
fn leaving_ends_it() {
    let mut model = sitting();
    press(&mut model, "esc");
    assert!(model.review.is_none() && model.open.is_none());
    assert_eq!(said(&model), "0 drafts decided.");
    press(&mut model, "j");
    assert_eq!(model.open, None);
}

#[test]
fn a_sitting_over_a_selection_stays_within_it() {
    let mut model = desk(80, 24);
    // The first and the third have drafts that wait, the fourth has none.
    press(&mut model, "x j x x d A");
    let page = Page {
        generation: model.list.generation,
        view: View::Drafts,
        rows: drafts(),
        has_before: false,
        has_after: false,
    };
    update(&mut model, now(), Msg::Page(page));
    for row in drafts() {
        let number = row.conversation.number;
        update(&mut model, now(), Msg::Thread(Box::new(with_draft(number))));
    }
    assert_eq!(model.open, Some(id(1)));
    assert!(screen(&model).contains("0 of 3 selected"));
    press(&mut model, "A");
    assert_eq!(model.open, Some(id(3)));
    press(&mut model, "d n");
    assert_eq!(model.review, None);
    assert_eq!(said(&model), "1 draft decided, 1 passed over.");
}
