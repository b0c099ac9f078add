//! The commands for jobs, webhooks, erasing and retention, as whoever runs the server meets them.

use frontdesk_db::queries::jobs;
use frontdesk_db::{Db, DbError, Place, SystemClock};
use frontdesk_domain::{AccountId, ConversationId};
use frontdesk_jobs::NewJob;
use frontdesk_testkit::{Desk, Receiver, Shell, eventually};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// What [`Shell::init`] sets.
const EMAIL: &str = "ada@acme.test";
const PASSWORD: &str = "correct horse";

/// Puts a job in that no program can run as it is.
async fn broken_job(data: &Path, account_id: AccountId) {
    let place = Place::Sqlite(data.join("frontdesk.sqlite3"));
    let db = Db::open(&place, Arc::new(SystemClock)).unwrap();
    let job = NewJob {
        payload: r#"{"conversation_id":"nonsense"}"#.to_owned(),
        ..jobs::deliver(account_id, ConversationId::random())
    };
    let put: Result<_, DbError> = db
        .write(account_id, move |unit| jobs::enqueue(unit, &job))
        .await;
    put.unwrap();
    db.close();
}

#[tokio::test]
async fn a_dead_letter_is_seen_mended_and_thrown_away() {
    let shell = Shell::new();
    let account = shell.init(&[]).after("account").to_owned();
    broken_job(&shell.data(), account.parse().unwrap()).await;
    let waits = shell.ok(&["jobs", "list", "--state", "ready"]).out;
    assert!(waits.contains("deliver"), "{waits}");
    let serving = shell.serve(&[]);
    let desk = Desk::of(&serving.url, EMAIL, PASSWORD).await;
    let id = eventually(async || {
        let page = desk.get("/api/v1/jobs?state=dead").await.is(200);
        page["data"].get(0).map(|job| job["id"].to_string())
    })
    .await;
    let id = id.trim_matches('"');
    // Whoever only looks may do so beside the server; whoever changes something may not.
    let shown = shell.ok(&["jobs", "show", id]).out;
    assert!(shown.contains("nonsense"), "{shown}");
    assert!(shell.ok(&["jobs", "stats"]).out.contains("dead"));
    let busy = shell.run(&["jobs", "discard", id]);
    assert!(busy.err.contains("hint: stop it first"), "{}", busy.err);
    assert_eq!(serving.stop().0, Some(0));

    let wrong = shell.run(&["jobs", "edit", id, r#"{"conversation_id":7}"#]);
    assert_eq!(wrong.code, 1, "{}", wrong.err);
    let right = json!({ "conversation_id": ConversationId::random() }).to_string();
    shell.ok(&["jobs", "edit", id, &right]);
    assert!(shell.ok(&["jobs", "retry", id]).out.contains("is ready"));
    shell.ok(&["jobs", "discard", id]);
    let gone = shell.run(&["jobs", "show", id]);
    assert_eq!(gone.code, 1, "{}", gone.err);
    assert_eq!(shell.run(&["jobs", "list", "--state", "odd"]).code, 64);
}

#[tokio::test]
async fn webhooks_and_their_calls_are_listed_and_made_again() {
    let shell = Shell::with_account();
    let receiver = Receiver::start().await;
    let serving = shell.serve_under(&["env", "FRONTDESK_OUTGOING_ALLOW=127.0.0.0/8"], &[]);
    let serving = serving.unwrap();
    let desk = Desk::of(&serving.url, EMAIL, PASSWORD).await;
    let hook = json!({ "event_subscription": { "webhook_url": format!("{}/hook", receiver.url) } });
    let hook = desk.post("/api/event_subscriptions", hook).await.data(201);
    desk.visitor("Grace", "Hello").await;
    let hook = hook["id"].as_str().unwrap();
    let calls = ["webhook", "calls", hook, "--state", "delivered"];
    let listed = eventually(async || {
        let listed = shell.ok(&calls).out;
        listed.contains("message:created").then_some(listed)
    })
    .await;
    let call = listed.lines().nth(1).unwrap().split_whitespace().next();
    let call = call.unwrap().to_owned();
    assert_eq!(serving.stop().0, Some(0));
    let hooks = shell.ok(&["webhook", "list"]).out;
    assert!(hooks.contains(hook) && hooks.contains(" on "), "{hooks}");
    assert!(!hooks.contains("127.0.0.1"), "an address may hold a secret");
    let again = shell.ok(&["webhook", "replay", &call]).out;
    assert!(again.contains("will be made again"), "{again}");
    let pending = shell.ok(&["webhook", "calls", hook, "--state", "pending"]);
    assert!(pending.out.contains(&call), "{}", pending.out);
    let nobody = ConversationId::random().to_string();
    assert_eq!(shell.run(&["webhook", "replay", &nobody]).code, 1);
}

#[tokio::test]
async fn a_customer_is_held_and_then_erased() {
    let shell = Shell::with_account();
    let serving = shell.serve(&[]);
    let desk = Desk::of(&serving.url, EMAIL, PASSWORD).await;
    let (customer, _) = desk.visitor("Grace", "Hello").await;
    assert_eq!(serving.stop().0, Some(0));
    let hold = [
        "retention",
        "hold",
        "--customer",
        &customer,
        "--reason",
        "case 12",
    ];
    let hold = shell.ok(&hold).after("placed hold").to_owned();
    let holds = shell.ok(&["retention", "holds"]).out;
    assert!(
        holds.contains("case 12") && holds.contains(&customer),
        "{holds}"
    );
    let erase = ["erase", &customer, "--how", "delete"];
    assert_eq!(shell.run(&erase).code, 1, "a hold goes first");
    shell.ok(&["retention", "release", &hold]);
    let erased = shell.ok(&erase).out;
    assert!(erased.contains("erased customer"), "{erased}");
    let again = shell.run(&erase);
    assert_eq!(again.code, 1, "{}", again.err);
    assert_eq!(
        shell.run(&["erase", &customer]).code,
        64,
        "how is to be said"
    );
}

#[test]
fn rules_are_added_tried_and_removed() {
    let shell = Shell::with_account();
    let rule = [
        "retention",
        "add",
        "--days",
        "730",
        "--status",
        "closed",
        "--how",
        "anonymise",
    ];
    let rule = shell.ok(&rule).after("added rule").to_owned();
    let listed = shell.ok(&["retention", "list"]).out;
    assert!(listed.contains(&rule) && listed.contains("730"), "{listed}");
    let odd = ["retention", "add", "--days", "0", "--how", "delete"];
    assert_ne!(shell.run(&odd).code, 0);
    shell.ok(&["retention", "remove", &rule]);
    assert!(!shell.ok(&["retention", "list"]).out.contains(&rule));
    assert_eq!(shell.run(&["retention", "remove", &rule]).code, 1);
}

#[test]
fn who_only_looks_migrates_nothing() {
    let shell = Shell::with_account();
    let file = rusqlite::Connection::open(shell.data().join("frontdesk.sqlite3")).unwrap();
    let newest = "DELETE FROM schema_migrations
        WHERE version = (SELECT MAX(version) FROM schema_migrations)";
    // As the version before left it.
    assert_eq!(file.execute(newest, []).unwrap(), 1);
    drop(file);
    let refused = shell.run(&["user", "list"]);
    assert_eq!(refused.code, 1, "{}", refused.out);
    assert!(
        refused.err.contains("older than the") && refused.err.contains("hint: start the server"),
        "{}",
        refused.err
    );
    assert_eq!(shell.run(&["jobs", "list"]).code, 1, "still the same");
}
