use super::*;
use crate::msg::Msg;
use crate::testing::{customer, desk, id, now, press, screen, thread, typed};
use crate::update::update;
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::{TemplateApproval, TemplatePlace};

/// A reply is begun in a conversation by this way, whose window is open until then.
fn replying(source: &str, open_until: Option<&str>) -> Model {
    replying_on(desk(80, 24), source, open_until)
}

fn replying_on(mut model: Model, source: &str, open_until: Option<&str>) -> Model {
    press(&mut model, "enter");
    reached(&mut model, source, open_until);
    press(&mut model, "r");
    model
}

/// By which way the customer is reached comes from the server.
fn reached(model: &mut Model, source: &str, open_until: Option<&str>) {
    let mut it = thread();
    it.row.conversation.source = source.parse().unwrap();
    let mut known = customer();
    known["lines"] = serde_json::json!([{ "conversation_id": it.id(), "ours": "+1", "theirs": "+2",
        "stopped_at": null, "open_until": open_until }]);
    it.customer = Some(serde_json::from_value(known).unwrap());
    update(model, now(), Msg::Changed(vec![it.row.clone()]));
    update(model, now(), Msg::Thread(Box::new(it)));
}

const PAST: Option<&str> = Some("2020-11-25T14:31:00Z");

fn closed() -> Model {
    replying("whatsapp", PAST)
}

fn template(name: &str, approval: TemplateApproval) -> ReplyTemplate {
    let place = |name: &str, example: Option<&str>| TemplatePlace {
        name: name.to_owned(),
        example: example.map(str::to_owned),
    };
    ReplyTemplate {
        id: format!("HX-{name}"),
        name: name.to_owned(),
        language: Some("en".to_owned()),
        text: "Hello {{1}}, your order {{2}} is late. We write as soon as we know when it \
               arrives, {{1}}.\nYour team"
            .to_owned(),
        places: vec![place("1", Some("Ada")), place("2", None)],
        approval,
        why_not: None,
    }
}

/// One that cannot be sent, with what the server says of it.
fn barred(name: &str, approval: TemplateApproval, why: &str) -> ReplyTemplate {
    ReplyTemplate {
        why_not: Some(why.to_owned()),
        ..template(name, approval)
    }
}

fn listed(model: &mut Model) {
    let all = vec![
        template("thanks", TemplateApproval::Waiting),
        template("late \u{1b}[2J", TemplateApproval::Approved),
    ];
    update(model, now(), Msg::Templates(id(1), all));
}

fn said(model: &Model) -> &str {
    model.toasts.shown.as_ref().map_or("", |it| &it.text)
}

#[test]
fn a_template_is_filled_in_and_goes_out_without_a_question() {
    let mut model = closed();
    let words = "24 hours have passed since they wrote: only a template goes out. ^x t lists them.";
    assert_eq!(said(&model), words);
    typed(&mut model, "Sorry");
    let effects = press(&mut model, "ctrl-x t");
    assert!(effects.contains(&Effect::LoadTemplates(id(1))));
    listed(&mut model);
    insta::assert_snapshot!("templates_80x24", screen(&model));
    press(&mut model, "enter");
    // Nothing stands there yet, so it does not go on.
    press(&mut model, "enter");
    typed(&mut model, "Priya");
    insta::assert_snapshot!("a_place_80x24", screen(&model));
    press(&mut model, "enter");
    typed(&mut model, "{{1}} of 7");
    press(&mut model, "down enter up enter");
    let text = model.composer.as_ref().unwrap().text();
    let expected = "Hello Priya, your order {{1}} of 7 is late. We write as soon as we know when it \
                    arrives, Priya.\nYour team";
    assert_eq!(text, expected);
    let effects = press(&mut model, "ctrl-s");
    assert!(model.layers.is_empty(), "nothing is asked");
    let sent = effects.iter().any(|effect| match effect {
        Effect::Enqueue(queued) => queued
            .iter()
            .any(|it| matches!(&it.command, Command::Reply { body, .. } if body == expected)),
        _ => false,
    });
    assert!(sent, "{effects:?}");
}

#[test]
fn who_replied_before_the_line_was_known_is_told_when_it_is() {
    for (keys, told) in [("r", true), ("c", false), ("enter", false)] {
        let mut model = desk(80, 24);
        press(&mut model, keys);
        assert_eq!(said(&model), "");
        reached(&mut model, "whatsapp", PAST);
        assert_eq!(said(&model).contains("only a template"), told, "{keys}");
        // It is said once.
        model.toasts.shown = None;
        reached(&mut model, "whatsapp", PAST);
        assert_eq!(said(&model), "");
    }
}

#[test]
fn a_template_that_is_changed_afterwards_is_asked_about() {
    let mut model = closed();
    press(&mut model, "ctrl-x t");
    listed(&mut model);
    press(&mut model, "enter");
    typed(&mut model, "Priya");
    press(&mut model, "enter");
    typed(&mut model, "7");
    press(&mut model, "enter");
    typed(&mut model, " And more");
    press(&mut model, "ctrl-s");
    assert!(!model.layers.is_empty(), "it is asked about");
}

#[test]
fn what_is_not_approved_is_not_filled_in() {
    let mut model = closed();
    press(&mut model, "ctrl-x t");
    listed(&mut model);
    press(&mut model, "down enter");
    assert_eq!(said(&model), "It is not approved yet.");
}

#[test]
fn what_cannot_be_sent_says_why_before_it_is_chosen() {
    for (width, height) in [(80, 24), (160, 45), (40, 10)] {
        let mut model = replying_on(desk(width, height), "whatsapp", PAST);
        press(&mut model, "ctrl-x t");
        let reason = "it was rejected: the words promise a refund \u{1b}[2J";
        let all = vec![
            template("old server", TemplateApproval::Refused),
            barred(
                "thanks",
                TemplateApproval::Waiting,
                "it is not approved yet",
            ),
            template("late", TemplateApproval::Approved),
            barred("refund", TemplateApproval::Refused, reason),
            barred(
                "catalogue",
                TemplateApproval::Approved,
                "it has a picture or a file",
            ),
        ];
        update(&mut model, now(), Msg::Templates(id(1), all));
        insta::assert_snapshot!(format!("barred_{width}x{height}"), screen(&model));
        typed(&mut model, "refund");
        press(&mut model, "enter");
        assert_eq!(
            said(&model),
            "It was rejected: the words promise a refund \u{241b}[2J."
        );
    }
}

#[test]
fn where_there_are_none_it_is_said() {
    let mut model = closed();
    press(&mut model, "ctrl-x t");
    update(&mut model, now(), Msg::Templates(id(1), Vec::new()));
    assert!(model.layers.is_empty());
    assert!(said(&model).starts_with("There are no templates."));
    // An answer for a box that is closed by now opens nothing.
    listed(&mut model);
    assert!(model.layers.is_empty());
}

#[test]
fn other_channels_and_notes_have_none() {
    let mut model = replying("sms", None);
    assert_eq!(said(&model), "");
    press(&mut model, "ctrl-x t");
    assert_eq!(said(&model), "Template: only WhatsApp has them.");
    let mut model = replying("whatsapp", Some("2099-11-25T14:31:00Z"));
    assert_eq!(said(&model), "");
    press(&mut model, "ctrl-x n ctrl-x t");
    assert_eq!(said(&model), "Template: a note needs none.");
}
