//! Words written offline that have become stale are held and shown beside what came in, and the
//! agent decides.

use super::{Server, answer, open};
use crate::bed::Bed;
use crate::window::Window;

/// Chooses in the list of what is on its way.
fn decide(window: &mut Window, name: &str, choice: &str) {
    window.send("go");
    window.wait_for("On its way");
    window.send(name);
    window.wait_for(&format!("> {name}"));
    window.send("\r");
    window.wait_for("send anyway");
    window.send(choice);
    window.wait_for(&format!("> {choice}"));
    window.send("\r");
    window.wait_gone(&format!("> {choice}"));
}

#[test]
fn what_became_stale_offline_is_held_beside_the_news() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let names = ["Anna Anyway", "Rita Revise", "Dora Drop"];
    let customers = names.map(|name| server.customer(name));
    let [anna, rita, dora] = &customers;
    let mut window = open(bed.home.path());
    window.wait_for("Anna Anyway");
    bed.line().down();
    window.wait_for("offline");
    for customer in &customers {
        answer(
            &mut window,
            customer,
            &format!("Old words for {}", customer.name),
        );
        window.send_text();
        window.wait_for("waiting: offline");
        server.writes(customer, "It works now, thank you");
    }
    bed.line().resume();
    window.wait_for("● live");
    for customer in &customers {
        window.find(&customer.name);
        window.wait("both, and nothing sent", |screen| {
            screen.contains("held back: somebody wrote meanwhile")
                && screen.contains("It works now, thank you")
                && screen.contains("Old words for")
        });
        assert!(server.written(customer).is_empty());
    }

    decide(&mut window, "Anna", "send anyway");
    server.wait_written(anna, &["Old words for Anna Anyway"]);

    decide(&mut window, "Dora", "drop");
    window.find("Dora Drop");
    window.wait_gone("Old words for Dora Drop");

    decide(&mut window, "Rita", "revise");
    window.wait_for("Reply by");
    window.wait_for("Old words for Rita Revise");
    window.wait_for("It works now, thank you");
    window.send(", renewed");
    window.wait_for("Rita Revise, renewed");
    // It has been read now, and is asked about at most.
    window.send("\x13");
    window.wait("it to be on its way", |screen| {
        screen.contains("Sending") || screen.contains("Send this?")
    });
    if window.screen().contains("Send this?") {
        window.send("y");
        window.wait_for("Sending");
    }
    window.send("\x13");
    server.wait_written(rita, &["Old words for Rita Revise, renewed"]);
    window.leave();
    assert!(server.written(dora).is_empty());
}
