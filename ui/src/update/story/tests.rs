use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::msg::Msg;
use crate::testing::{desk, id, message, press, rows, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::{Row, Thread};

fn row(number: i64) -> Row {
    let mut row = rows()
        .into_iter()
        .find(|row| row.id() == id(number))
        .unwrap();
    row.customer = "Priya Raman".to_owned();
    row
}

/// A desk on which Priya has also written a text message and a mail.
fn desk_of_priya(width: u16, height: u16) -> Model {
    let mut model = desk(width, height);
    let first = Thread {
        others: vec![row(2), row(3)],
        ..thread()
    };
    update(
        &mut model,
        crate::testing::now(),
        Msg::Thread(Box::new(first)),
    );
    model
}

fn arrives(model: &mut Model, number: i64, seq: i64, text: &str) {
    let mut it = message(number, seq, "customer", 5, text);
    it.source = row(number).conversation.source;
    let part = Thread {
        row: row(number),
        messages: vec![it],
        draft: None,
        ..thread()
    };
    update(model, crate::testing::now(), Msg::Thread(Box::new(part)));
}

fn told(model: &Model) -> Vec<i64> {
    let story = model.story.as_ref().unwrap();
    story.thread.messages.iter().map(|it| it.seq.0).collect()
}

#[test]
fn everything_a_customer_wrote_stands_in_one_stream() {
    let mut model = desk_of_priya(80, 24);
    let effects = press(&mut model, "g h");
    for number in [2, 3] {
        let is_asked = effects.contains(&Effect::LoadThread(id(number)));
        assert!(is_asked || model.threads.wanted.contains(&id(number)));
    }
    arrives(&mut model, 2, 5, "Did my mail arrive?");
    arrives(&mut model, 3, 3, "The mail itself.");
    assert_eq!(told(&model), [1, 2, 3, 3, 4, 5]);
    insta::assert_snapshot!("story_80x24", screen(&model));
    press(&mut model, "g h");
    assert!(model.story.is_none());
    assert_eq!(model.open, Some(id(1)), "the conversation itself is open");
}

#[test]
fn the_stream_has_no_holes() {
    let mut model = desk_of_priya(80, 24);
    press(&mut model, "g h");
    let cut = Thread {
        row: row(2),
        messages: vec![message(2, 3, "customer", 5, "Further up there is more.")],
        has_older: true,
        ..thread()
    };
    update(
        &mut model,
        crate::testing::now(),
        Msg::Thread(Box::new(cut)),
    );
    assert_eq!(told(&model), [3, 3, 4], "what is older may be missing some");
    let effects = press(&mut model, "g g");
    let asked = effects.iter().any(|effect| {
        matches!(effect, Effect::LoadOlder { conversation_id, .. } if *conversation_id == id(2))
    });
    assert!(asked, "{effects:?}");
}

#[test]
fn an_answer_goes_by_the_channel_that_is_chosen() {
    let mut model = desk_of_priya(160, 45);
    press(&mut model, "g h");
    arrives(&mut model, 2, 5, "Did my mail arrive?");
    press(&mut model, "r");
    assert!(matches!(model.layers.last(), Some(Layer::Picker(_))));
    typed(&mut model, "sms");
    press(&mut model, "enter");
    let composer = model.composer.as_ref().unwrap();
    assert_eq!(composer.conversation_id, id(2));
    assert!(
        model.story.is_some(),
        "the story stays before the writer's eyes"
    );
    assert!(screen(&model).contains("Reply by + SMS to "));
}

#[test]
fn a_customer_with_one_conversation_has_no_more_to_tell() {
    let mut model = desk(80, 24);
    press(&mut model, "g h");
    assert!(model.story.is_none());
    let said = &model.toasts.shown.as_ref().unwrap().text;
    assert!(said.contains("no other conversation"), "{said}");
}

#[test]
fn leaving_the_customer_ends_the_story() {
    let mut model = desk_of_priya(80, 24);
    press(&mut model, "g h esc");
    assert!(model.story.is_none());
}

#[test]
fn a_story_has_the_screen_to_itself_also_where_conversations_are_held() {
    let mut model = desk_of_priya(160, 45);
    press(&mut model, "| j | ctrl-w h");
    assert!(screen(&model).contains("Side by side"));
    assert_eq!(model.open, Some(id(1)));
    press(&mut model, "g h");
    let told = screen(&model);
    assert!(!told.contains("Side by side"), "{told}");
    assert!(told.contains("3 conversations"), "{told}");
    press(&mut model, "g h");
    assert!(screen(&model).contains("Side by side"), "and gives it back");
}
