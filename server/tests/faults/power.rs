//! The power goes: what was written and not yet synced is there, or not, or half.
//!
//! No machine of ours can be switched off in a test. So `strace` notes every write and sync of a
//! server's database while customers are answered, and from that is made what a disk could hold
//! had the power gone at some moment: everything synced before it, and of the rest whatever
//! pieces chance leaves.

mod disk;
mod trace;

use crate::{rounds, wrap};
use disk::Disk;
use frontdesk_testkit::Chance;
use frontdesk_testkit::load::Place;
use frontdesk_testkit::{Desk, Engine};
use futures_util::future::join_all;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What one writer was told it may forget about, and when.
struct Acknowledged {
    body: String,
    at: Duration,
}

#[tokio::test]
async fn what_was_acknowledged_survives_the_loss_of_power() {
    let mut place = Place::new(Engine::Sqlite).await;
    let threads = place.threads(3).await;
    place.stop().await;
    let before = Disk::at(&place.file());
    let folder = tempfile::tempdir().unwrap();
    let noted = folder.path().join("trace");
    let output = noted.display().to_string();
    let wrapper = wrap::strace(&[
        "-ttt",
        "-y",
        "-xx",
        "-s",
        "1000000",
        "-o",
        &output,
        "-e",
        "trace=pwrite64,fsync,fdatasync,ftruncate",
    ]);
    place.start_under(&wrap::words(&wrapper)).unwrap();
    let desk = &place.desk;
    let writing = threads.iter().map(|thread| write(desk, &thread.id, 20));
    let acknowledged: Vec<_> = join_all(writing).await.into_iter().flatten().collect();
    place.kill();
    let trace = trace::read(&noted, &place.file());
    let mut chance = Chance::from_env("FRONTDESK_POWER_SEED");
    for image in 0..rounds(40) {
        let moment = chance.below(trace.len());
        let at = trace[moment].at;
        let mut disk = before.clone();
        for step in &trace[..moment] {
            disk.take(&step.what);
        }
        let place = folder.path().join(format!("image-{image}"));
        let file = disk.lose_power(&place, &mut chance);
        let told = acknowledged.iter().filter(|it| it.at < at);
        check(&file, told);
        std::fs::remove_dir_all(place).unwrap();
    }
}

/// Answers a customer again and again.
async fn write(desk: &Desk, conversation_id: &str, count: usize) -> Vec<Acknowledged> {
    let mut acknowledged = Vec::new();
    for number in 0..count {
        let body = format!("{conversation_id} {number}");
        desk.reply(conversation_id, &body).await;
        acknowledged.push(Acknowledged { body, at: now() });
    }
    acknowledged
}

/// Nothing is damaged, and everything acknowledged is there once.
fn check<'a>(file: &Path, acknowledged: impl Iterator<Item = &'a Acknowledged>) {
    let connection = rusqlite::Connection::open(file).unwrap();
    let verdict: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(verdict, "ok");
    for message in acknowledged {
        let count: i64 = connection
            .query_row(
                "SELECT COUNT(*) FROM messages WHERE body = ?1",
                [&message.body],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(count, 1, "{}", message.body);
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "strace notes the real time, and is compared with it"
)]
fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}
