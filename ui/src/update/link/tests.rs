use crate::effect::Effect;
use crate::model::Model;
use crate::model::layer::Layer;
use crate::msg::{Hit, Msg, Reach};
use crate::testing::{conversation, desk, id, press, row, screen, typed};
use crate::update::update;
use frontdesk_inbox::{Command, Queued};
use frontdesk_protocol::entity::{LinkedConversation, Related};
use frontdesk_protocol::id::ConversationId;

fn commands(effects: &[Effect]) -> Vec<(ConversationId, Command)> {
    let queued = effects.iter().filter_map(|effect| match effect {
        Effect::Enqueue(queued) => Some(queued),
        _ => None,
    });
    let queued = queued.flatten();
    queued
        .map(|it| (it.conversation_id, it.command.clone()))
        .collect()
}

fn related(numbers: &[i64]) -> Msg {
    let links = numbers.iter().map(|number| LinkedConversation {
        conversation: conversation(*number, 5),
        customer: format!("Customer {number}"),
    });
    let links = links.collect();
    let alike = Vec::new();
    Msg::Related(id(1), Box::new(Related { links, alike }))
}

fn linked(model: &Model) -> Vec<i64> {
    let links = model.related.links(id(1)).iter();
    links.map(|it| it.conversation.number).collect()
}

#[test]
fn a_link_is_chosen_from_the_list_and_shown_at_once() {
    let mut model = desk(160, 45);
    let now = model.now;
    update(&mut model, now, related(&[40]));
    assert!(screen(&model).contains("LINKED"));
    press(&mut model, "=");
    typed(&mut model, "#3");
    let generation = model.searches;
    let found = Msg::Found {
        generation,
        hits: vec![Hit {
            row: row(3, 9),
            message: None,
        }],
        reach: Reach::Whole,
    };
    update(&mut model, now, found);
    let effects = press(&mut model, "enter");
    assert_eq!(commands(&effects), [(id(1), Command::Link(id(3)))]);
    assert_eq!(linked(&model), [40, 3]);
    let effects = press(&mut model, "u");
    assert_eq!(commands(&effects), [(id(1), Command::Unlink(id(3)))]);
    assert_eq!(linked(&model), [40]);
}

#[test]
fn a_number_is_looked_for_as_a_number() {
    let mut model = desk(80, 24);
    press(&mut model, "=");
    let effects = typed(&mut model, "12");
    let asked = effects.iter().rev().find_map(|effect| match effect {
        Effect::Search { text, .. } => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(asked, Some("number:12"));
}

#[test]
fn those_that_are_selected_are_linked_with_the_one_under_the_cursor() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "x x x k k =");
    let done = commands(&effects);
    assert_eq!(
        done,
        [(id(1), Command::Link(id(2))), (id(3), Command::Link(id(2)))]
    );
    assert!(model.list.marked.is_empty());
}

#[test]
fn a_link_is_followed_and_taken_away() {
    let mut model = desk(160, 45);
    let now = model.now;
    press(&mut model, "g =");
    assert!(model.layers.is_empty(), "it is linked with none");
    update(&mut model, now, related(&[3, 40]));
    insta::assert_snapshot!("pane_160x45", pane(&model));
    press(&mut model, "g =");
    let Some(Layer::Picker(front)) = model.layers.last() else {
        panic!("there is a box");
    };
    assert_eq!(front.items.len(), 4);
    press(&mut model, "enter");
    assert_eq!(model.open, Some(id(3)));
    press(&mut model, "esc g g g =");
    let effects = press(&mut model, "down down enter");
    assert_eq!(commands(&effects), [(id(1), Command::Unlink(id(3)))]);
    assert_eq!(linked(&model), [40]);
}

/// The lines of the pane that tell of links.
fn pane(model: &Model) -> String {
    let all = screen(model);
    let lines = all.lines().map(|line| {
        let cells: Vec<char> = line.chars().collect();
        cells.iter().skip(126).collect::<String>()
    });
    let lines = lines.skip_while(|line| !line.contains("LINKED")).take(4);
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_was_settled_is_asked_for_again() {
    let mut model = desk(80, 24);
    let now = model.now;
    update(&mut model, now, related(&[40]));
    press(&mut model, "= enter");
    let waiting: Vec<Queued> = model.outbox.clone();
    assert_eq!(waiting.len(), 1);
    let told = update(&mut model, now, Msg::Outbox(waiting));
    assert!(told.is_empty());
    // What the server says meanwhile does not hide what is on its way.
    update(&mut model, now, related(&[40]));
    assert_eq!(linked(&model).len(), 2);
    let told = update(&mut model, now, Msg::Outbox(Vec::new()));
    assert_eq!(told, [Effect::LoadRelated(id(1))]);
    update(&mut model, now, related(&[40]));
    assert_eq!(linked(&model), [40], "it was refused");
}
