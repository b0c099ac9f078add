//! Two agents approve one draft at the same moment.

use super::{Server, open};
use crate::bed::{Bed, TOMAS};
use crate::window::wait_until;
use frontdesk_server::seed::PASSWORD;
use serde_json::json;

#[test]
fn of_two_agents_who_approve_a_draft_one_does() {
    let bed = Bed::signed_in();
    let tomas = bed.colleague(TOMAS, PASSWORD);
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let body = "The stove ships on Monday.";
    let draft = json!({ "conversation_id": carla.conversation, "body": body });
    server.post("/api/v1/drafts", json!({ "draft": draft }), 201);
    let mut windows = [open(bed.home.path()), open(tomas.home())];
    for window in &mut windows {
        window.find("Carla Calm");
        window.wait_for(body);
        window.wait_for("approve & send");
    }
    for window in &mut windows {
        window.send("A");
    }
    for window in &mut windows {
        window.wait_for("Sending");
    }
    for window in &mut windows {
        window.send("\x13");
    }
    server.wait_written(&carla, &[body]);
    let is_told = |screen: &str| {
        ["did not work", "held back", "not sent"]
            .iter()
            .any(|words| screen.contains(words))
    };
    wait_until(
        || {
            format!(
                "one to be told:\n{}\n{}",
                windows[0].screen(),
                windows[1].screen()
            )
        },
        || windows.iter().any(|window| is_told(&window.screen())),
    );
    for window in windows {
        window.wait_gone("Sending");
        window.leave();
    }
    assert_eq!(server.written(&carla), [body]);
}
