//! The pictures of the guide and of the README: what they show is made here, and a picture that
//! shows what is no longer so fails. `cargo xtask pictures` makes them anew.

use crate::macros::{Macro, Words};
use crate::model::Model;
use crate::model::connection::Connection;
use crate::msg::{Hit, Msg, Reach};
use crate::own_command::{OwnCommand, Shows};
use crate::testing::picture::picture;
use crate::testing::{TEEMU, customer, desk, id, now, press, row, rows, thread, typed};
use crate::update::update;
use frontdesk_inbox::{Command, Guard, IntentId, OutState, Queued, Thread};
use frontdesk_protocol::id::EventSeq;
use std::path::PathBuf;

fn tell(model: &mut Model, msg: Msg) {
    update(model, now(), msg);
}

/// A desk on which it is known who writes, and from where else.
fn full(width: u16, height: u16) -> Model {
    let mut model = desk(width, height);
    let mut known = thread();
    known.customer = Some(serde_json::from_value(customer()).unwrap());
    let mut mail = row(40, 180);
    mail.conversation.subject = Some("Duplicate charge".to_owned());
    let mut slack = row(41, 2_880);
    slack.conversation.source = "slack".parse().unwrap();
    slack.conversation.status = "closed".parse().unwrap();
    slack.conversation.subject = Some("#ext-orbit".to_owned());
    known.others = vec![mail, slack];
    known.row.tags = model
        .directory
        .tags
        .iter()
        .take(2)
        .map(|it| it.id)
        .collect();
    tell(&mut model, Msg::Thread(Box::new(known)));
    model
}

fn reading() -> Model {
    let mut model = full(120, 30);
    model.presence.take(crate::model::presence::Presence {
        online: vec![TEEMU],
        viewing: vec![(id(4), TEEMU)],
    });
    model
}

fn answering(width: u16, height: u16) -> Model {
    let mut model = full(width, height);
    press(&mut model, "r");
    let words = "Hi Priya,\n\nthe second charge was ours by mistake. It is on its way back to you.";
    tell(&mut model, Msg::Paste(words.to_owned()));
    model
}

fn drafts() -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "enter");
    model
}

fn searching() -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "g /");
    typed(&mut model, "refund status:open");
    let found = rows().into_iter().filter(|row| {
        let subject = row.conversation.subject.as_deref();
        subject.is_some_and(|it| it.contains("Refund"))
    });
    let hits = found.map(|row| Hit { row, message: None }).collect();
    let generation = model.searches;
    let reach = Reach::Whole;
    tell(
        &mut model,
        Msg::Found {
            generation,
            hits,
            reach,
        },
    );
    model
}

fn many() -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "x x x g g");
    model
}

fn offline() -> Model {
    let mut model = desk(80, 24);
    model.connection = Connection::Offline {
        since: now().plus_seconds(-200),
        why: "The line is cut.".to_owned(),
        again_at: now().plus_seconds(20),
    };
    model.outbox = vec![
        waiting(5, "Which file was it? I shall look at the export."),
        waiting(6, "It is changed on the invoice too."),
    ];
    press(&mut model, "g o");
    model
}

fn waiting(number: i64, body: &str) -> Queued {
    Queued {
        id: IntentId::random(),
        conversation_id: id(number),
        command: Command::Reply {
            body: body.to_owned(),
            guard: Guard::Seen(EventSeq(1)),
        },
        files: Vec::new(),
        made_at: now(),
        hold_until: None,
        state: OutState::Waiting,
    }
}

fn customers() -> Model {
    let mut model = full(160, 34);
    let short = |number: i64| Thread {
        row: rows()
            .into_iter()
            .find(|row| row.id() == id(number))
            .unwrap(),
        messages: vec![crate::testing::message(
            number,
            10,
            "customer",
            9,
            "Can you confirm the VAT number on it?",
        )],
        draft: None,
        ..thread()
    };
    tell(&mut model, Msg::Thread(Box::new(short(3))));
    press(&mut model, "| j j |");
    model
}

fn macros() -> Model {
    let mut model = desk(80, 24);
    let words = "Hi {first|there}, your refund is on its way.\n{me}";
    model.macros = vec![Macro {
        name: "refund".to_owned(),
        words: Some(Words::ToCustomer(words.to_owned())),
        steps: ["tag refund", "assign me", "done"]
            .map(|it| it.parse().unwrap())
            .into(),
    }];
    press(&mut model, "m enter");
    model
}

fn scripts() -> Model {
    let mut model = desk(80, 24);
    let command = |name: &str, about: &str| OwnCommand {
        name: name.to_owned(),
        about: Some(about.to_owned()),
        run: vec![name.to_owned()],
        shows: Shows::Toast,
    };
    model.commands = vec![
        command("issue", "File it as an issue"),
        command("order", "Look the order up"),
    ];
    press(&mut model, "!");
    model
}

fn snoozing() -> Model {
    let mut model = desk(80, 24);
    press(&mut model, "s");
    typed(&mut model, "fri 14:00");
    model
}

/// Where a picture lies below `docs/images`, in which theme, and what it shows.
fn all() -> Vec<(&'static str, &'static str, Model, &'static str)> {
    let reply = answering(160, 40);
    let inbox = desk(80, 24);
    vec![
        (
            "inbox-paper-80x24",
            "paper",
            inbox,
            "The inbox on a small, light screen",
        ),
        ("reply-ink-160x40", "ink", reply, "A reply being written"),
        (
            "snooze-paper-80x24",
            "paper",
            snoozing(),
            "Snoozing in words",
        ),
        (
            "guide/reading",
            "ink",
            reading(),
            "The list, and the conversation beside it",
        ),
        (
            "guide/answering",
            "ink",
            answering(80, 24),
            "A reply is written below the conversation",
        ),
        (
            "guide/drafts",
            "ink",
            drafts(),
            "A draft stands below the conversation",
        ),
        ("guide/searching", "ink", searching(), "What a search finds"),
        (
            "guide/many",
            "ink",
            many(),
            "Three conversations are selected",
        ),
        (
            "guide/offline",
            "ink",
            offline(),
            "What waits for the connection",
        ),
        (
            "guide/customers",
            "ink",
            customers(),
            "Two customers side by side",
        ),
        ("guide/macros", "ink", macros(), "What a macro will do"),
        ("guide/scripts", "ink", scripts(), "Commands of your own"),
        (
            "guide/looks",
            "contrast-light",
            reading(),
            "The same in another theme",
        ),
    ]
}

fn docs() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs")
}

/// Whether they are to be made anew.
#[expect(
    clippy::disallowed_methods,
    reason = "a test is asked by its environment"
)]
fn is_asked_to_write() -> bool {
    std::env::var_os("FRONTDESK_PICTURES").is_some()
}

#[test]
fn pictures_are_fresh() {
    let images = docs().join("images");
    let mut stale = Vec::new();
    for (name, theme, model, title) in all() {
        let file = images.join(name).with_extension("svg");
        let made = picture(&model, theme, title);
        if is_asked_to_write() {
            std::fs::write(&file, &made).unwrap();
        }
        let written = std::fs::read_to_string(&file).unwrap_or_default();
        if written != made {
            stale.push(name);
        }
    }
    assert_eq!(stale, [""; 0], "make them anew: cargo xtask pictures");
}

#[test]
fn every_picture_is_in_its_page_and_every_page_has_one() {
    let guide = std::fs::read_dir(docs().join("guide")).unwrap();
    let pages: Vec<PathBuf> = guide.map(|entry| entry.unwrap().path()).collect();
    let pages = pages.iter().filter(|path| !path.ends_with("README.md"));
    let mut count = 0;
    for page in pages {
        let name = page.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(page).unwrap();
        assert!(
            text.contains(&format!("](../images/guide/{name}.svg)")),
            "{name}"
        );
        let is_made = all().iter().any(|it| it.0 == format!("guide/{name}"));
        assert!(is_made, "{name}");
        count += 1;
    }
    assert_eq!(count, 10);
    let readme = std::fs::read_to_string(docs().join("../README.md")).unwrap();
    for (name, ..) in all().iter().filter(|it| !it.0.starts_with("guide/")) {
        assert!(
            readme.contains(&format!("](docs/images/{name}.svg)")),
            "{name}"
        );
    }
}
