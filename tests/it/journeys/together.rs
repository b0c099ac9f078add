//! Two agents and a customer on one desk.

use super::{Server, answer, open};
use crate::bed::{Bed, TOMAS};
use frontdesk_server::seed::PASSWORD;

#[test]
fn two_agents_and_a_customer_see_each_other_work() {
    let bed = Bed::signed_in();
    let tomas = bed.colleague(TOMAS, PASSWORD);
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let mut mine = open(bed.home.path());
    let mut his = open(tomas.home());

    mine.find("Carla Calm");
    mine.send("a");
    mine.wait_for("Assign 1 conversation");
    mine.send("tomas");
    mine.wait_for("> tomas");
    mine.send("\r");
    his.send("gm");
    his.wait("it to be his", |screen| {
        screen.contains("Mine 3") && screen.contains("Carla Calm")
    });
    assert!(server.conversation(&carla)["assignee_id"].is_i64());

    // Both begin to answer, and each sees that the other does.
    answer(&mut his, &carla, "I will look");
    mine.send("r");
    mine.wait_for("Reply by");
    mine.send("Let me");
    mine.wait_for("Tomas is typing");
    his.send(" at once.");
    his.wait_for("Maya is typing");

    server.writes(&carla, "Take your time, both.");
    for window in [&mine, &his] {
        window.wait("the words in the list and in the thread", |screen| {
            screen.matches("Take your time, both.").count() == 2
        });
    }
    his.send("\x13");
    his.wait_for("Carla Calm wrote while you were writing");
    his.send("y");
    his.wait_for("Sending");
    his.send("\x13");
    server.wait_written(&carla, &["I will look at once."]);
    mine.wait_for("I will look at once.");
    mine.wait_for("Let me");
    his.leave();
    mine.keep_text();
    mine.leave();
    assert_eq!(server.written(&carla), ["I will look at once."]);
}

#[test]
fn a_server_that_starts_again_is_found_again() {
    let mut bed = Bed::signed_in();
    let carla = Server::of(&bed).customer("Carla Calm");
    let mut window = open(bed.home.path());
    answer(&mut window, &carla, "Begun before");
    bed.stop_server();
    window.wait_for("offline");
    window.send(" and finished after");
    window.wait_for("Begun before and finished after");
    bed.start_server();
    window.wait_for("● live");
    let server = Server::of(&bed);
    server.writes(&carla, "Are you there?");
    window.wait("the words in the list and in the thread", |screen| {
        screen.matches("Are you there?").count() == 2
    });
    window.send("\x13");
    window.wait_for("Carla Calm wrote while you were writing");
    window.send("y");
    window.wait_for("Sending");
    window.send("\x13");
    server.wait_written(&carla, &["Begun before and finished after"]);
    window.wait_gone("sending");
    window.leave();
}
