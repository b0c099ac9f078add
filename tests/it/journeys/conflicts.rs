//! What was done offline meets what happened meanwhile.

use super::{Customer, Server, answer, note, open};
use crate::bed::{Bed, TOMAS};
use crate::window::{Window, wait_until};
use serde_json::{Value, json};

/// What happens on the server while the agent is offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meanwhile {
    Closed,
    Reassigned,
    Deleted,
}

/// What the agent does offline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Reply,
    Note,
    Take,
    Done,
}

const MEANWHILE: [Meanwhile; 3] = [Meanwhile::Closed, Meanwhile::Reassigned, Meanwhile::Deleted];
const DEEDS: [Deed; 4] = [Deed::Reply, Deed::Note, Deed::Take, Deed::Done];

/// A pair of both, with a customer of its own.
struct Pair {
    meanwhile: Meanwhile,
    deed: Deed,
    customer: Customer,
    words: String,
}

fn pairs(server: &Server<'_>) -> Vec<Pair> {
    let all = MEANWHILE
        .iter()
        .flat_map(|it| DEEDS.iter().map(move |deed| (*it, *deed)));
    let pair = |(meanwhile, deed)| {
        let name = format!("{meanwhile:?} {deed:?}");
        Pair {
            customer: server.customer(&name),
            words: format!("Words for {name}"),
            meanwhile,
            deed,
        }
    };
    all.map(pair).collect()
}

fn act(window: &mut Window, pair: &Pair) {
    match pair.deed {
        Deed::Reply => {
            answer(window, &pair.customer, &pair.words);
            window.send_text();
        }
        Deed::Note => {
            window.find(&pair.customer.name);
            note(window, &pair.words);
        }
        Deed::Take => {
            window.find(&pair.customer.name);
            window.send("i");
            window.wait_for("1 conversation assigned");
        }
        Deed::Done => {
            window.find(&pair.customer.name);
            window.send("e");
            window.wait_for("1 conversation done");
        }
    }
}

#[test]
fn what_happened_meanwhile_costs_no_word() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let tomas = bed.api(TOMAS).user_id;
    let pairs = pairs(&server);
    let mut window = open(bed.home.path());
    window.wait_for("Deleted Done");
    bed.line().down();
    window.wait_for("offline");
    for pair in &pairs {
        act(&mut window, pair);
    }
    for pair in &pairs {
        match pair.meanwhile {
            Meanwhile::Closed => server.changes(&pair.customer, &json!({ "status": "closed" })),
            Meanwhile::Reassigned => {
                server.changes(&pair.customer, &json!({ "assignee_id": tomas }));
            }
            Meanwhile::Deleted => server.deletes(&pair.customer),
        }
    }
    bed.line().resume();
    window.wait_for("● live");
    window.wait_gone("queued");
    for pair in pairs.iter().filter(|it| it.meanwhile != Meanwhile::Deleted) {
        let words = [pair.words.as_str()];
        let wait_for = |field: &str, value: Value| {
            wait_until(
                || format!("{field} to be {value} after {:?}", pair.meanwhile),
                || server.conversation(&pair.customer)[field] == value,
            );
        };
        match pair.deed {
            Deed::Reply | Deed::Note => server.wait_written(&pair.customer, &words),
            Deed::Take => wait_for("assignee_id", server.desk.user_id.into()),
            Deed::Done => wait_for("status", "closed".into()),
        }
    }
    // What has no place any more is kept, and can be read and taken up again.
    window.send("go");
    window.wait("both texts", |screen| {
        screen.contains("reply, Words for") && screen.contains("note, Words for")
    });
    window.send("reply\r");
    window.wait_for("revise the text");
    window.send("revise\r");
    window.wait_for("Words for Deleted Reply");
    window.keep_text();
    // The note has no place any more and still waits for a word of its writer.
    window.leave_with_something_unsent();
}

#[test]
fn who_may_no_longer_write_keeps_what_they_wrote() {
    let bed = Bed::behind_the_line_of(TOMAS);
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let mut window = open(bed.home.path());
    window.wait_for("Carla Calm");
    bed.line().down();
    window.wait_for("offline");
    answer(&mut window, &carla, "Words of a former agent");
    window.send_text();
    window.wait_for("waiting: offline");
    let tomas = bed.api(TOMAS).user_id;
    let path = format!("/api/users/{tomas}/role");
    let answered = bed.block_on(server.desk.put(&path, json!({ "role": "viewer" })));
    assert!(answered.status.is_success(), "{}", answered.body);
    bed.line().resume();
    window.wait_for("not sent");
    window.wait_for("Words of a former agent");
    window.leave_with_something_unsent();
    let messages = server.conversation(&carla)["messages"].clone();
    assert_eq!(messages.as_array().unwrap().len(), 1);
}
