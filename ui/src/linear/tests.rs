use super::Linear;
use crate::effect::Effect;
use crate::model::Model;
use crate::msg::{Arrival, Level, Msg};
use crate::testing::{desk, id, message, now, thread};
use crate::update::update;
use frontdesk_inbox::{Command, Queued, Thread};
use frontdesk_protocol::kind::Status;

struct Bed {
    model: Model,
    linear: Linear,
    effects: Vec<Effect>,
}

impl Bed {
    fn new() -> Self {
        let mut model = desk(100, 40);
        let linear = Linear::begin(&mut model);
        Self {
            model,
            linear,
            effects: Vec::new(),
        }
    }

    /// Types a line and gives what is told.
    fn say(&mut self, line: &str) -> String {
        let heard = self.linear.hear(&mut self.model, now(), line);
        self.effects.extend(heard.effects);
        let told = self.linear.tell(&self.model);
        [heard.lines, told].concat().join("\n")
    }

    fn happens(&mut self, msg: Msg) -> String {
        self.effects.extend(update(&mut self.model, now(), msg));
        self.linear.tell(&self.model).join("\n")
    }

    fn done(&self) -> Vec<Command> {
        let queued = self.effects.iter().filter_map(|it| match it {
            Effect::Enqueue(queued) => Some(queued.clone()),
            _ => None,
        });
        let queued: Vec<Queued> = queued.flatten().collect();
        let done = queued.into_iter().map(|it| it.command);
        done.filter(|it| !matches!(it, Command::Read)).collect()
    }
}

#[test]
fn a_morning_is_told_in_lines_that_follow_each_other() {
    let mut bed = Bed::new();
    let mut told = vec![bed.linear.tell(&bed.model).join("\n")];
    for line in [
        "1",
        "reply",
        "Hello Priya,",
        "..and soon.",
        ".send",
        "snooze",
        "tomorrow 9",
    ] {
        told.push(format!("< {line}"));
        told.push(bed.say(line));
    }
    insta::assert_snapshot!(told.join("\n"));
    let done = bed.done();
    let [Command::Reply { body, .. }, Command::Snooze(_)] = &done[..] else {
        panic!("{done:?}");
    };
    assert_eq!(body, "Hello Priya,\n.and soon.");
}

#[test]
fn what_is_asked_for_can_follow_at_once() {
    let mut bed = Bed::new();
    bed.linear.tell(&bed.model);
    bed.say("tag billing");
    bed.say("assign teemu");
    bed.say("done");
    let done = bed.done();
    assert!(
        matches!(
            done[..],
            [Command::Tag(_), Command::Assign(Some(_)), Command::Close]
        ),
        "{done:?}"
    );
    let told = bed.say("snooze sometime");
    assert!(told.contains("I do not understand “sometime”."), "{told}");
    assert_eq!(bed.say("cancel"), "");
    assert!(bed.say("undo").contains("Undone: 1 conversation done"));
}

#[test]
fn several_are_selected_by_their_numbers() {
    let mut bed = Bed::new();
    bed.linear.tell(&bed.model);
    assert_eq!(bed.say("select 4 7"), "2 selected.");
    bed.say("done");
    let closed = bed.effects.iter().any(|it| match it {
        Effect::Enqueue(queued) => queued
            .iter()
            .map(|it| it.conversation_id)
            .eq([id(4), id(7)]),
        _ => false,
    });
    assert!(closed, "{:?}", bed.effects);
    assert!(bed.say("select 99").contains("There is no \"99\""));
}

#[test]
fn what_comes_into_the_open_conversation_is_told_once() {
    let mut bed = Bed::new();
    bed.linear.tell(&bed.model);
    bed.say("1");
    let mut with_more = thread();
    with_more
        .messages
        .push(message(1, 5, "customer", 0, "Are you there?"));
    let more = Msg::Thread(Box::new(Thread {
        ..with_more.clone()
    }));
    let told = bed.happens(more.clone());
    assert_eq!(told, "Priya Raman, 14:32:\n  Are you there?");
    assert_eq!(bed.happens(more), "");
    let elsewhere = Arrival {
        conversation_id: id(3),
        from: "Da\u{202e}na".to_owned(),
        words: "One \u{1b}[31mmore".to_owned(),
        is_mine: true,
    };
    let told = Linear::arrived(&bed.model, &elsewhere).unwrap();
    assert_eq!(told, "News from Da‹RLO›na: One ␛[31mmore");
}

#[test]
fn a_question_wants_a_yes_or_a_no() {
    let mut bed = Bed::new();
    bed.linear.tell(&bed.model);
    bed.say("1");
    bed.say("reply");
    bed.say("The file is attached.");
    let told = bed.say(".send");
    assert!(told.contains("and no file goes with it."), "{told}");
    assert!(told.ends_with("Send this? y: send, n: no."), "{told}");
    assert_eq!(bed.say("maybe"), "Please answer y or n.");
    bed.say("n");
    assert!(bed.done().is_empty() && bed.model.composer.is_some());
    bed.say(".send");
    bed.say("y");
    assert_eq!(bed.done().len(), 1);
}

#[test]
fn what_cannot_be_done_and_what_is_unknown_is_said() {
    let mut bed = Bed::new();
    bed.linear.tell(&bed.model);
    assert!(bed.say("dance").contains("I do not know \"dance\""));
    assert!(bed.say("reopen").contains("already open"));
    assert_eq!(bed.say("77"), "There is no 77 in the list.");
    let told = bed.happens(Msg::Told(Level::Bad, "Assign \u{7}failed.".to_owned()));
    assert_eq!(told, "Assign ␇failed.");
    assert!(bed.say("help").contains("done: done (close), next"));
    let row = bed.model.list.find(id(1)).unwrap();
    assert_eq!(row.conversation.status, Status::Open);
}

#[test]
fn every_word_of_help_is_understood() {
    for line in super::hear::help() {
        let words = line.split(':').next().unwrap_or_default();
        if words.contains(' ') || matches!(words, "again" | "where" | "quit" | "list, more") {
            continue;
        }
        let mut bed = Bed::new();
        bed.linear.tell(&bed.model);
        let told = bed.say(words);
        assert!(!told.contains("I do not know"), "{words}: {told}");
    }
}
