//! No room on the agent's disk: it is told at once, and no word is lost.

use crate::bed::Bed;
use crate::window::Window;
use frontdesk_server::seed::{EMAIL, PASSWORD};
use frontdesk_testkit::{SmallDisk, eventually, setting};

/// How often it is filled unless more is asked for.
const ROUNDS: u64 = 2;

#[test]
fn a_full_disk_is_told_at_once_and_keeps_the_text_in_its_editor() {
    let (disk, bed) = (SmallDisk::new("16m"), Bed::new());
    let home = disk.path().join("home");
    std::fs::create_dir(&home).unwrap();
    let login = [
        "login",
        "--server",
        &bed.server,
        "--email",
        EMAIL,
        "--password-stdin",
    ];
    let ran = Bed::run_in(&home, &login, &format!("{PASSWORD}\n"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let mut window = Window::open(&home, &[], 120, 35);
    window.wait_for("● live");
    let rounds = setting("FRONTDESK_FAULT_ROUNDS").unwrap_or(ROUNDS);
    for round in 0..rounds {
        let words = format!("Written on a full disk, {round}");
        window.send("c");
        window.wait_for("Note for colleagues");
        window.send(&words);
        window.wait_for(&words);
        let ballast = disk.fill();
        window.send("\x13");
        window.wait_for("Your disk is full");
        window.wait_for("Note for colleagues");
        window.wait_for(&words);
        std::fs::remove_file(ballast).unwrap();
        window.send("\x13");
        assert_eq!(there(&bed, &words), 1, "{words}");
    }
    window.leave();
}

/// How often these words were written on the desk, once they were.
fn there(bed: &Bed, words: &str) -> usize {
    let maya = bed.api(EMAIL);
    bed.block_on(eventually(async || {
        let listed = maya.get("/api/v1/conversations?limit=50").await.is(200);
        let all = listed["data"].as_array().unwrap().iter();
        let all = all.flat_map(|it| it["messages"].as_array().unwrap());
        let count = all.filter(|it| it["body"] == words).count();
        (count > 0).then_some(count)
    }))
}
