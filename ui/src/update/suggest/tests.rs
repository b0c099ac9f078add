//! Suggestions on the screen.

use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::{Answer, Assist};
use crate::msg::Msg;
use crate::testing::{desk, directory, id, press, screen, suggestions};
use crate::update::update;
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::AiSuggestions;
use frontdesk_protocol::kind::Priority;
use serde_json::{Value, json};

/// What was suggested about the first conversation, which has the tag `billing` already.
fn suggested(model: &mut Model, said: Value) {
    let said: AiSuggestions = serde_json::from_value(said).unwrap();
    let now = model.now;
    let answer = Answer::Suggested(id(1), said);
    update(model, now, Msg::Answered(Box::new(answer)));
}

fn nothing(trouble: Option<&str>) -> Value {
    json!({
        "by": "built-in", "tags": [], "team": null, "priority": null, "sentiment": null,
        "trouble": trouble,
    })
}

fn done(effects: &[Effect]) -> Vec<Command> {
    let queued = effects.iter().flat_map(|it| match it {
        Effect::Enqueue(queued) => queued.clone(),
        _ => Vec::new(),
    });
    queued.map(|it| it.command).collect()
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn they_are_asked_for_and_stand_below_the_messages() {
    let mut model = desk(160, 45);
    let effects = press(&mut model, "d g");
    assert!(effects.contains(&Effect::Assist(Assist::Suggest(id(1)))));
    suggested(&mut model, suggestions());
    let shown = screen(&model);
    for words in [
        "Suggested by gpt",
        "tag vip 41%",
        "team Tier 2 64%",
        "sounds negative 90%",
    ] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    assert!(shown.contains("dy do it"), "{shown}");
}

#[test]
fn all_is_done_by_one_key_and_taken_back_by_another() {
    let mut model = desk(160, 45);
    suggested(&mut model, suggestions());
    let tags = directory().tags;
    let commands = done(&press(&mut model, "d y"));
    assert!(commands.contains(&Command::Tag(tags[2].id)), "{commands:?}");
    assert!(commands.contains(&Command::AssignTeam(Some(directory().teams[0].id))));
    assert!(said(&model).starts_with("1 conversation sorted: "));
    assert!(!screen(&model).contains("Suggested by"));
    let back = done(&press(&mut model, "u"));
    assert_eq!(back.len(), commands.len(), "{back:?}");
}

#[test]
fn a_part_is_done_and_the_rest_stays() {
    let mut model = desk(160, 45);
    suggested(&mut model, suggestions());
    let tags = directory().tags;
    press(&mut model, "d Y");
    let commands = done(&press(&mut model, "v i p enter"));
    assert_eq!(commands, [Command::Tag(tags[2].id)]);
    assert!(screen(&model).contains("Suggested by"));
    press(&mut model, "d z");
    assert!(!screen(&model).contains("Suggested by"));
    assert!(done(&press(&mut model, "d y")).is_empty());
    assert!(
        said(&model).contains("nothing is suggested here"),
        "{}",
        said(&model)
    );
}

#[test]
fn where_there_is_nothing_to_suggest_that_is_said() {
    let mut model = desk(80, 24);
    suggested(&mut model, nothing(None));
    assert!(said(&model).contains("too little is known"));
    suggested(&mut model, nothing(Some("The key is not taken.")));
    assert_eq!(said(&model), "Nothing is suggested: The key is not taken.");
}

#[test]
fn what_somebody_marked_is_not_made_less_important() {
    let mut model = desk(160, 45);
    assert_eq!(model.list.rows[0].conversation.priority, Priority::High);
    for word in ["urgent", "low"] {
        let mut said = nothing(None);
        said["priority"] = json!({ "name": word, "confidence": 0.8 });
        suggested(&mut model, said);
        assert!(done(&press(&mut model, "d y")).is_empty(), "{word}");
    }
}

#[test]
fn what_was_sorted_by_itself_is_taken_back_by_the_server() {
    let mut model = desk(80, 24);
    let effects = press(&mut model, "d u");
    assert!(effects.contains(&Effect::Assist(Assist::UndoSorting(id(1)))));
    press(&mut model, "x x");
    assert!(press(&mut model, "d u").is_empty());
    assert!(said(&model).contains("several are selected"));
}
