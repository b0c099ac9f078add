//! `kill -9` under load: what was acknowledged is there, once, whatever moment it hits.
//!
//! A few rounds belong to every run. `FRONTDESK_KILL_ROUNDS=100` makes more of them, and
//! `FRONTDESK_KILL_SEED=...` repeats a run that was printed.

use frontdesk_testkit::load::{Place, Writer, ledger};
use frontdesk_testkit::{Chance, Desk, setting};
use frontdesk_testkit::{engines, eventually};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::json;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

/// How many kills a run has unless it is asked for more.
const ROUNDS: u64 = 4;
/// How many conversations a run is over that is killed.
const RUN: usize = 300;

#[tokio::test]
async fn what_was_acknowledged_outlives_kills_under_load() {
    let rounds = setting("FRONTDESK_KILL_ROUNDS").unwrap_or(ROUNDS);
    for engine in engines() {
        let mut chance = Chance::from_env("FRONTDESK_KILL_SEED");
        let mut place = Place::new(engine).await;
        let threads = place.threads(3).await;
        let mut writers = Writer::crew(&threads);
        for _ in 0..rounds {
            let until_kill = Duration::from_millis(chance.between(30, 330));
            let desk = place.desk.clone();
            let work = join_all(writers.iter_mut().map(|writer| writer.work(&desk)));
            tokio::join!(work, async {
                tokio::time::sleep(until_kill).await;
                place.kill();
            });
            place.start();
        }
        for writer in &mut writers {
            writer.settle(&place.desk).await;
        }
        let count = ledger::check(&place.desk, &threads, &writers).await;
        println!("{engine:?}: {rounds} kills, {count} messages");
        place.stop_and_check();
    }
}

#[tokio::test]
async fn a_reply_that_was_lost_after_the_commit_is_repeated_without_a_second_effect() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(1).await;
        let id = &threads[0].id;
        let body = json!({ "message": { "conversation_id": id, "body": "Once" } });
        let text = body.to_string();
        let address = place.desk.url.strip_prefix("http://").unwrap().to_owned();
        let head = format!(
            "POST /api/messages HTTP/1.1\r\nhost: {address}\r\nauthorization: {}\r\n\
             idempotency-key: lost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            place.desk.token,
            text.len()
        );
        let mut line = TcpStream::connect(&address).await.unwrap();
        line.write_all(head.as_bytes()).await.unwrap();
        line.write_all(text.as_bytes()).await.unwrap();
        let stored = eventually(async || {
            let thread = place.desk.get(&format!("/api/conversations/{id}")).await;
            let messages = thread.data(200)["messages"].clone();
            messages.get(1).map(|message| message["id"].clone())
        })
        .await;
        drop(line);
        place.kill();
        place.start();
        let headers = [
            ("authorization", place.desk.token.as_str()),
            ("idempotency-key", "lost"),
        ];
        let again = place
            .desk
            .send(Method::POST, "/api/messages", Some(body), &headers)
            .await;
        assert_eq!(again.data(201)["id"], stored);
        let thread = place.desk.get(&format!("/api/conversations/{id}")).await;
        assert_eq!(thread.data(200)["messages"].as_array().unwrap().len(), 2);
        place.stop_and_check();
    }
}

#[tokio::test]
async fn a_reply_and_the_job_that_follows_from_it_are_both_there_or_neither() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let thread = place.threads(1).await.remove(0);
        let mut chance = Chance::from_env("FRONTDESK_KILL_SEED");
        let rounds = setting("FRONTDESK_KILL_ROUNDS").unwrap_or(ROUNDS);
        let (mut acknowledged, mut sent) = (0, 0);
        for _ in 0..rounds {
            let desk = place.desk.clone();
            // Each round has a thread of its own: a long one would be read again and again.
            let id = by_mail(&desk, &thread.customer_id).await;
            let reply = json!({ "message": { "conversation_id": id, "body": "By mail" } });
            let answered = AtomicU64::new(0);
            let replies = (0..40).map(|_| async {
                let request = desk.http.post(format!("{}/api/messages", desk.url));
                let request = request.header("authorization", &desk.token).json(&reply);
                // The others end with the server.
                if let Ok(answer) = request.send().await {
                    assert_eq!(answer.status(), 201);
                    answered.fetch_add(1, Ordering::Relaxed);
                }
            });
            let enough = chance.between(1, 30);
            tokio::join!(join_all(replies), async {
                eventually(async || (answered.load(Ordering::Relaxed) >= enough).then_some(()))
                    .await;
                place.kill();
            });
            place.start();
            let answered = answered.into_inner();
            let kept = all_have_ended(&place.desk, &id).await;
            assert!(kept >= answered, "{kept} of {answered}");
            acknowledged += answered;
            sent += kept;
        }
        println!("{engine:?}: {rounds} kills, {sent} replies, {acknowledged} acknowledged");
        eventually(async || {
            let left = place.desk.get("/api/v1/jobs").await.is(200);
            (left["data"] == json!([])).then_some(())
        })
        .await;
        place.stop_and_check();
    }
}

/// A conversation whose replies leave by mail.
async fn by_mail(desk: &Desk, customer_id: &str) -> String {
    let started = json!({ "conversation": { "customer_id": customer_id, "source": "email" } });
    let started = desk.post("/api/conversations", started).await.data(201);
    started["id"].as_str().unwrap().to_owned()
}

/// How many replies there are, once the job of each has run. No mail goes out here, which each says
/// then; of one whose job was under way nobody can say. One without a job would wait for ever.
async fn all_have_ended(desk: &Desk, id: &str) -> u64 {
    let path = format!("/api/messages?conversation_id={id}");
    let count = eventually(async || {
        let all = desk.get(&path).await.data(200);
        let all = all.as_array().unwrap().clone();
        let ended = all.iter().all(|it| {
            let state = it["delivery_state"].as_str().unwrap();
            ["failed", "unknown"].contains(&state)
        });
        ended.then_some(all.len())
    });
    u64::try_from(count.await).unwrap()
}

#[tokio::test]
async fn a_run_over_many_is_done_to_each_once_however_often_the_server_is_killed() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(RUN).await;
        let ids: Vec<&str> = threads.iter().map(|it| it.id.as_str()).collect();
        let change = json!({ "note": "Seen by the run", "update": { "status": "closed" } });
        let asked = json!({ "q": "status:open", "change": change });
        let run = place.desk.post("/api/v1/bulk/runs", asked).await.data(201);
        let path = format!("/api/v1/bulk/runs/{}", run["id"].as_str().unwrap());
        let mut chance = Chance::from_env("FRONTDESK_KILL_SEED");
        let mut seen = 0;
        let mut kills_amid = 0;
        while kills_amid < ROUNDS {
            // Killed while it goes on, at another place each time.
            let more = seen + i64::try_from(chance.between(1, 20)).unwrap();
            let run = eventually(async || {
                let run = place.desk.get(&path).await.data(200);
                let is_ended = !run["finished_at"].is_null();
                let is_further = run["done"].as_i64().unwrap() >= more;
                (is_ended || is_further).then_some(run)
            })
            .await;
            if !run["finished_at"].is_null() {
                break;
            }
            seen = run["done"].as_i64().unwrap();
            place.kill();
            place.start();
            kills_amid += 1;
        }
        assert!(kills_amid > 0, "the run ended before it was killed once");
        let run = eventually(async || {
            let run = place.desk.get(&path).await.data(200);
            (!run["finished_at"].is_null()).then_some(run)
        })
        .await;
        let count = i64::try_from(RUN).unwrap();
        assert_eq!(
            (&run["state"], &run["done"]),
            (&json!("done"), &json!(count))
        );
        assert_eq!((&run["failed"], &run["skipped"]), (&json!(0), &json!(0)));
        for id in ids {
            let thread = place.desk.get(&format!("/api/conversations/{id}")).await;
            let thread = thread.data(200);
            let notes = thread["messages"].as_array().unwrap().iter();
            let notes = notes.filter(|it| it["body"] == "Seen by the run").count();
            assert_eq!((notes, &thread["status"]), (1, &json!("closed")), "{id}");
        }
        println!("{engine:?}: {kills_amid} kills amid a run");
        place.stop_and_check();
    }
}

#[tokio::test]
async fn a_snooze_that_ran_out_while_the_server_was_down_ends_at_the_start() {
    for engine in engines() {
        let mut place = Place::new(engine).await;
        let threads = place.threads(1).await;
        let path = format!("/api/conversations/{}", threads[0].id);
        let wake_at = jiff_now()
            .checked_add(jiff::Span::new().seconds(1))
            .unwrap();
        let snooze = json!({ "status": "snoozed", "snoozed_until": wake_at.to_string() });
        let snoozed = place
            .desk
            .put(&path, json!({ "conversation": snooze }))
            .await;
        assert_eq!(snoozed.data(200)["status"], "snoozed");
        place.kill();
        eventually(async || (jiff_now() > wake_at).then_some(())).await;
        place.start();
        eventually(async || {
            let shown = place.desk.get(&path).await.data(200);
            (shown["status"] == "open").then_some(())
        })
        .await;
        place.stop_and_check();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server under test is another process and goes by the real clock"
)]
fn jiff_now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
