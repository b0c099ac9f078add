//! A line that is slow, or cuts everything small.

use super::{Server, answer, open};
use crate::bed::Bed;
use crate::window::Window;
use std::time::Duration;

#[test]
fn the_list_is_there_before_the_line_has_said_anything() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let window = open(bed.home.path());
    window.wait_for("Carla Calm");
    window.leave();
    bed.line().stall();
    let mut window = Window::open(bed.home.path(), &[], 120, 35);
    window.wait_for("Carla Calm");
    assert!(!window.screen().contains("● live"));
    // And it can be worked with.
    answer(&mut window, &carla, "Written into the void");
    window.send_text();
    bed.line().resume();
    server.wait_written(&carla, &["Written into the void"]);
    window.leave();
}

#[test]
fn a_slow_line_and_small_pieces_change_nothing() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let mut expected = Vec::new();
    for name in ["slow", "small"] {
        match name {
            // 64 kbit/s over a satellite.
            "slow" => bed.line().slow(Duration::from_millis(300), 8_000),
            // Every byte by itself.
            _ => bed.line().slice(1),
        }
        let mut window = open(bed.home.path());
        answer(&mut window, &carla, name);
        window.send_text();
        expected.push(name);
        server.wait_written(&carla, &expected);
        let news = format!("Got it, {name}");
        server.writes(&carla, &news);
        window.wait_for(&news);
        window.leave();
        bed.line().resume();
    }
}

#[test]
fn a_pulled_cable_is_noticed_and_nothing_is_lost() {
    let bed = Bed::behind_a_line();
    let server = Server::of(&bed);
    let carla = server.customer("Carla Calm");
    let mut window = open(bed.home.path());
    answer(&mut window, &carla, "Said into a dead line");
    bed.line().blackhole();
    window.send_text();
    // Nobody says that the line is dead; missing signs of life do.
    window.wait_for("offline");
    bed.line().resume();
    window.wait_for("● live");
    server.wait_written(&carla, &["Said into a dead line"]);
    window.wait_gone("queued");
    window.leave();
}
