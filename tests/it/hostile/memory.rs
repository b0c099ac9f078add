//! What the program comes to hold in memory while everything hostile goes over its screen.

use super::Planted;
use super::texts::floods;
use crate::window::Window;
use frontdesk_server::seed::EMAIL;
use frontdesk_testkit::Process;

/// What the program may have in memory at most, whatever customers write.
const MOST_MEMORY: u64 = 100 << 20;

/// How many customers flood the desk in each way.
const FLOODS: usize = 4;

#[test]
fn whatever_is_shown_stays_within_the_memory_limit() {
    let planted = Planted::new();
    let maya = planted.bed.api(EMAIL);
    let mut shown = Vec::new();
    for n in 0..planted.groups.len() {
        shown.push((format!("name-{n:02}"), format!("first-{n:02}")));
    }
    for ((way, words), body) in ["wide", "tall"]
        .into_iter()
        .zip(["long long", "  line"])
        .zip(floods())
    {
        for n in 0..FLOODS {
            let name = format!("{way}-{n}");
            planted.bed.block_on(maya.visitor(&name, &body));
            shown.push((name, words.to_owned()));
        }
    }
    let mut window = Window::open(planted.bed.home.path(), &[], 160, 45);
    window.wait_for("● live");
    for (name, words) in &shown {
        window.find(name);
        window.send("\r");
        window.wait_for(words);
        window.send("G");
        window.wait_for("Esc back");
    }
    let peak = Process(window.process()).peak_memory();
    println!("{} conversations, {peak} bytes at most", shown.len());
    assert!(peak < MOST_MEMORY, "{peak}");
    window.leave();
}
