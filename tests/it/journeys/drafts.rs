//! Drafts as agents meet them: word by word, many in one sitting, and overtaken by the customer.

use super::model::{Model, drafts_on_request, reject_all};
use super::{Server, open};
use crate::bed::Bed;
use crate::window::{Window, wait_until};
use frontdesk_testkit::Answers;
use serde_json::json;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// A reply that comes in pieces, each when it is let through.
fn paced(pieces: &[&str]) -> (Answers, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let pieces = pieces.iter().map(|it| (*it).to_owned()).collect();
    (Answers::Paced(pieces, Arc::clone(&gate)), gate)
}

fn asks_for_a_draft(window: &mut Window, name: &str) {
    window.find(name);
    window.send("\r");
    window.wait_for("r reply");
    window.send("dd");
    window.wait_for("A draft is being written");
}

#[test]
fn a_draft_comes_word_by_word_and_is_edited_meanwhile() {
    let (answer, gate) = paced(&["Your stove ships", " on Monday [0].", " It is paid [0]."]);
    let model = Model::quiet();
    let bed = Bed::with_model(&model.server.url);
    let server = Server::of(&bed);
    drafts_on_request(&server);
    model.server.becomes([answer]);
    let carla = server.customer("Carla Calm");
    let mut window = open(bed.home.path());
    asks_for_a_draft(&mut window, "Carla Calm");
    gate.add_permits(1);
    window.wait_for("┊ Your stove ships");
    window.send("de");
    window.wait_for("You are editing it below");
    window.wait_for("^s send");
    window.send(" (Maya)");
    gate.add_permits(2);
    window.wait_for("Your stove ships on Monday. It is paid. (Maya)");
    window.wait_gone("what comes is added there");
    window.send_text();
    server.wait_written(&carla, &["Your stove ships on Monday. It is paid. (Maya)"]);
    let path = format!("/api/v1/drafts?conversation_id={}", carla.conversation);
    wait_until(
        || server.get(&path).to_string(),
        || server.get(&path)["data"][0]["state"] == "approved",
    );
    window.leave();
}

#[test]
fn a_customer_who_writes_meanwhile_gets_no_answer_to_what_was_before() {
    let (first, gate) = paced(&["It ships on", " Monday [0]."]);
    let second = Answers::Streams("It is cancelled [0].".to_owned());
    let model = Model::quiet();
    let bed = Bed::with_model(&model.server.url);
    let server = Server::of(&bed);
    drafts_on_request(&server);
    model.server.becomes([first, second]);
    let carla = server.customer("Carla Calm");
    let mut window = open(bed.home.path());
    asks_for_a_draft(&mut window, "Carla Calm");
    gate.add_permits(1);
    window.wait_for("┊ It ships on");
    server.writes(&carla, "Please cancel it instead.");
    window.wait_for("Please cancel it instead.");
    // What was begun is given up, and the other is written in its place.
    gate.add_permits(1);
    window.wait_for("┊ It is cancelled.");
    window.wait_for("approve & send");
    window.send("A");
    window.wait_for("Sending in");
    window.send("\x13");
    server.wait_written(&carla, &["It is cancelled."]);
    window.leave();
}

/// Whom the draft on the screen answers.
fn answered_in(screen: &str) -> Option<String> {
    let (_, after) = screen.split_once("┊ An answer for ")?;
    let (name, _) = after.split_once('.')?;
    Some(name.to_owned())
}

#[test]
fn thirty_drafts_are_triaged_by_keyboard() {
    const DRAFTS: usize = 30;
    let bed = Bed::signed_in();
    let server = Server::of(&bed);
    drafts_on_request(&server);
    reject_all(&server);
    let customers: Vec<_> = (0..DRAFTS)
        .map(|n| server.customer(&format!("Customer {n:02}")))
        .collect();
    for customer in &customers {
        let body = format!("An answer for {}.", customer.name);
        let draft = json!({ "conversation_id": customer.conversation, "body": body });
        server.post("/api/v1/drafts", json!({ "draft": draft }), 201);
    }
    let mut window = open(bed.home.path());
    window.wait_for(&format!("Drafts {DRAFTS}"));
    window.send("dA");
    let mut approved = 0;
    for n in 0..DRAFTS {
        // Whichever comes is decided; the one that was before is gone from the screen.
        window.wait("the next draft", |screen| {
            let is_offered = screen.contains("pass over") && screen.contains("A approve & send");
            is_offered && answered_in(screen).is_some()
        });
        let name = answered_in(&window.screen()).unwrap();
        if n % 3 == 2 {
            window.send("dx");
            window.wait_for("Reject the draft");
            window.send("\r");
        } else {
            window.send("A");
            approved += 1;
        }
        window.wait_gone(&format!("┊ An answer for {name}."));
    }
    window.wait_for(" drafts decided.");
    let screen = window.screen();
    assert!(screen.contains("30 drafts decided."), "{screen}");
    let answered = || {
        let open = server.get("/api/v1/drafts?state=approved");
        open["data"].as_array().unwrap().len()
    };
    wait_until(
        || format!("{approved} approved, found {}", answered()),
        || answered() == approved,
    );
    let rejected = || {
        let rejected = server.get("/api/v1/drafts?state=rejected");
        let reasons = rejected["data"].as_array().unwrap().iter();
        reasons.filter(|it| it["reason"] == "wrong facts").count()
    };
    wait_until(
        || format!("{} rejected, found {}", DRAFTS - approved, rejected()),
        || rejected() == DRAFTS - approved,
    );
    window.leave();
}
