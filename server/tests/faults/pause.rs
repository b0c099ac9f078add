//! A server that gets no time: stopped for a while, and let go on.

use crate::rounds;
use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{engines, eventually};
use futures_util::future::join_all;
use rustix::process::{Signal, kill_process};

#[tokio::test]
async fn a_server_that_was_held_goes_on_where_it_was() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(2).await;
        let mut writers = Writer::patient_crew(&threads);
        let desk = place.desk.clone();
        let pid = place.serving().pid();
        for _ in 0..rounds(3) {
            kill_process(pid, Signal::STOP).unwrap();
            eventually(async || is_held(pid).then_some(())).await;
            // They ask while nobody is there to answer.
            let all = writers.iter_mut().map(|writer| writer.insist(&desk, 5));
            tokio::join!(join_all(all), async {
                tokio::task::yield_now().await;
                kill_process(pid, Signal::CONT).unwrap();
            });
        }
        ledger::check(&desk, &threads, &writers).await;
        place.stop_and_check();
    }
}

fn is_held(pid: rustix::process::Pid) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap();
    let after_name = status.rsplit(") ").next().unwrap();
    after_name.starts_with('T')
}
