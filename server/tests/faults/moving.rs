//! A desk that moves to a PostgreSQL which has no room for it.

use crate::cluster::Cluster;
use frontdesk_testkit::{Shell, SmallDisk};

/// Room that is given back after each try.
const SOME: u64 = 4 * 1024 * 1024;

/// What somebody is told of a disk that is full, of a PostgreSQL that ended or can do nothing
/// because of it, and of one that could not even recover and is gone.
const SAID: [&str; 4] = [
    "No space left",
    "the disk of the database is full",
    "whose disk is full",
    "onnection refused",
];

#[tokio::test]
async fn a_move_that_finds_no_room_says_so_and_goes_on_once_there_is_some() {
    let disk = SmallDisk::new("192m");
    let mut cluster = Cluster::on(&disk);
    let url = cluster.url().await;
    let shell = Shell::new();
    shell.ok(&["seed", "--conversations", "600"]);
    let ballast = disk.fill();
    let mut refused = 0;
    loop {
        let said = shell.run(&["migrate", "--to", &url]);
        if said.code == 0 {
            let same = "both sides hold the same";
            assert!(said.out.contains(same), "{}", said.out);
            break;
        }
        let told = SAID.iter().any(|words| said.err.contains(words));
        assert!(told, "{}", said.err);
        refused += 1;
        SmallDisk::spare(&ballast, SOME);
        // One that could not even recover ends, and its owner starts it again.
        if cluster.has_ended() {
            cluster.start();
        }
    }
    println!("{refused} moves found no room");
    assert!(refused > 2, "only {refused} moves found no room");
    cluster.crash();
}
