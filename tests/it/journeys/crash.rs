//! The program dies at the worst moment. Nothing that was done is lost, and nothing happens twice.

use super::{Customer, Server, answer, note, open, rounds};
use crate::bed::Bed;
use crate::window::{Window, wait_until};
use serde_json::Value;

const CUSTOMERS: usize = 10;

/// What the server tells of [`work_on`], each thing once and in this order.
const HISTORY: [&str; 6] = [
    // Read, answered, and by the answer taken.
    "conversation.updated",
    "message.created",
    "conversation.updated",
    // The note.
    "message.created",
    // Priority, and done.
    "conversation.updated",
    "conversation.updated",
];

/// Does five things in a conversation, all by keyboard.
fn work_on(window: &mut Window, customer: &Customer) {
    answer(window, customer, &format!("First, {}", customer.name));
    window.send_text();
    note(window, &format!("Second, {}", customer.name));
    window.send("i");
    window.wait_for("1 conversation assigned");
    window.send("p");
    window.wait_for("1 conversation marked priority");
    window.send("e");
    window.wait_for("1 conversation done");
}

#[test]
fn fifty_things_done_offline_survive_a_kill_and_happen_once_and_in_order() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let names = (0..CUSTOMERS).map(|n| format!("Customer {n:02}"));
    let customers: Vec<Customer> = names.map(|name| server.customer(&name)).collect();
    let before = server.get("/api/v1/events?after=0&limit=500")["newest"].clone();
    let mut window = open(bed.home.path());
    window.wait_for("Customer 09");
    bed.line().down();
    window.wait_for("offline");
    for customer in &customers {
        work_on(&mut window, customer);
    }
    // And each conversation was read.
    window.wait_for("60 queued");
    window.kill();

    let window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("60 queued");
    assert_eq!(server.written(&customers[0]), Vec::<String>::new());
    bed.line().resume();

    let me = server.desk.user_id;
    for customer in &customers {
        let name = &customer.name;
        server.wait_written(
            customer,
            &[&format!("First, {name}"), &format!("Second, {name}")],
        );
        let status = || server.conversation(customer)["status"].clone();
        wait_until(|| format!("{name} to be closed"), || status() == "closed");
        let after = server.conversation(customer);
        assert_eq!(after["assignee_id"], me);
        assert_eq!(after["priority"], "priority");
        assert_eq!(history(&server, customer, &before), HISTORY);
    }
    window.leave();
}

/// What the server's own numbered events tell of a conversation since then.
fn history(server: &Server<'_>, customer: &Customer, after: &Value) -> Vec<String> {
    let page = server.get(&format!("/api/v1/events?after={after}&limit=500"));
    let events = page["data"].as_array().unwrap().iter();
    events
        .filter(|it| it["conversation_id"] == customer.conversation.as_str())
        .map(|it| it["kind"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn killed_between_the_words_and_the_answer_they_go_out_once() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    for round in 0..rounds(1) {
        killed_between(&bed, &server, &format!("Carla Calm {round:03}"));
    }
}

fn killed_between(bed: &Bed, server: &Server<'_>, name: &str) {
    let carla = server.customer(name);
    let mut window = open(bed.home.path());
    answer(&mut window, &carla, "Once and no more");
    // That it was read has to be through: the words wait behind it.
    let is_read = || server.conversation(&carla)["read"] == true;
    wait_until(|| "it to be read".to_owned(), is_read);
    window.wait_gone("↑");
    window.send("\x13");
    window.wait_for("Sending");
    bed.line().half();
    window.send("\x13");
    // The server has it. Only the program does not know.
    server.wait_written(&carla, &["Once and no more"]);
    window.kill();
    bed.line().resume();

    let mut window = open(bed.home.path());
    window.wait_gone("queued");
    window.find(name);
    wait_until(
        || format!("nothing to wait:\n{}", window.screen()),
        || !window.screen().contains("on its way") && !window.screen().contains("sending"),
    );
    window.wait_for("Once and no more");
    window.leave();
    assert_eq!(server.written(&carla), ["Once and no more"]);
}

#[test]
fn a_text_that_is_being_written_survives_a_kill() {
    let bed = Bed::signed_in();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let mut window = open(bed.home.path());
    answer(&mut window, &carla, "Half of a thought");
    window.wait_for("saved");
    window.kill();
    let mut window = open(bed.home.path());
    window.find("Carla Calm");
    window.send("r");
    window.wait_for("Half of a thought");
    window.keep_text();
    window.leave();
    assert_eq!(server.written(&carla), Vec::<String>::new());
}
