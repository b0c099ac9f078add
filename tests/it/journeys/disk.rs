//! The agent's disk is full. They are told at once, and their words stay.

use super::{Server, answer};
use crate::bed::Bed;
use crate::window::Window;
use std::process::Command;

/// Lets the process write at most so many bytes into any file, as a full disk or a quota does.
fn limit_files(process: u32, bytes: &str) {
    let limited = Command::new("prlimit")
        .args(["--pid", &process.to_string()])
        .arg(format!("--fsize={bytes}:unlimited"))
        .status();
    assert!(limited.unwrap().success());
}

#[test]
fn on_a_full_disk_words_stay_and_the_agent_is_told() {
    let bed = Bed::signed_in();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    // A write past the limit is an error, as on a full disk, and not the end of the process.
    let mut window = Window::script(bed.home.path(), "trap '' XFSZ; exec \"$0\"");
    window.wait_for("● live");
    answer(&mut window, &carla, "Precious words");
    window.wait_for("saved");
    limit_files(window.process(), "0");
    window.send(" and some more");
    window.wait_for("Your local data failed");
    window.wait_for("Precious words and some more");
    // Another key takes the words of the failure away; what is sent now fails as well.
    window.send("!");
    window.wait_gone("Your local data failed");
    window.wait_for("some more!");
    window.send("\x13");
    window.wait_for("Your local data failed");
    // They cannot be kept safe, so they are not taken out of the agent's hands.
    window.wait_for("Reply by");
    window.wait_for("Precious words and some more!");
    assert!(server.written(&carla).is_empty());
    limit_files(window.process(), "unlimited");
    window.send(".");
    window.wait_for("and some more!.");
    window.send_text();
    server.wait_written(&carla, &["Precious words and some more!."]);
    window.leave();
}
