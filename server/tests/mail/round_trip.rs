//! Alice writes, an agent answers, Alice reads it where she wrote, and answers again.

use crate::town::{ALICE, SUPPORT, Town, conversations, is, reaches};
use frontdesk_testkit::{Says, eventually};
use serde_json::json;
use std::process::Command;

#[tokio::test]
async fn a_mail_is_answered_and_the_answer_threads_at_the_customers() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    // A copy to herself, as mail programs keep one.
    let id = [
        "--header",
        "Message-Id: <first@alice.test>",
        "--body",
        "Where is my parcel?",
    ];
    town.alice_writes(&format!("{SUPPORT},{ALICE}"), "Parcel", &id);
    let found = conversations(&desk, 1).await;
    assert_eq!(found[0]["source"], "email");
    assert_eq!(found[0]["customer"]["email"], ALICE);
    let conversation = found[0]["id"].as_str().unwrap();

    let reply = desk.reply(conversation, "It is on its way. Größe: M").await;
    reaches(&desk, &reply, "sent").await;
    let mails = town.mailbox("alice", 2).await;
    let answer = mails.iter().find(|it| it.contains("Re: Parcel")).unwrap();
    for part in [
        "In-Reply-To: <first@alice.test>",
        "References: <first@alice.test>",
    ] {
        assert!(answer.contains(part), "{part}: {answer}");
    }
    assert_eq!(threads(&town), "1 of 2");

    // Her program forgets what she answers; the address knows it.
    let line = answer
        .lines()
        .find(|it| it.starts_with("Reply-To:"))
        .unwrap();
    let address = line.split(['<', '>']).nth(1).unwrap();
    assert!(address.starts_with("support+"), "{address}");
    town.alice_writes(address, "Something else", &["--body", "Thank you!"]);
    let path = format!("/api/conversations/{conversation}");
    let thread = eventually(async || {
        let shown = desk.get(&path).await.data(200);
        let messages = shown["messages"].as_array().unwrap().clone();
        (messages.len() == 3).then_some(messages)
    })
    .await;
    assert_eq!(thread[2]["body"], "Thank you!");
    serving.stop();
}

/// How notmuch threads Alice's mail.
fn threads(town: &Town) -> String {
    let config = town.file("notmuch");
    let database = town.file("mail/alice/Maildir");
    let text = format!(
        "[database]\npath={}\n[user]\nname=Alice\nprimary_email={ALICE}\n[new]\ntags=new\n",
        database.display()
    );
    std::fs::write(&config, text).unwrap();
    let notmuch = |words: &[&str]| {
        let mut command = Command::new("notmuch");
        let done = command.arg("--config").arg(&config).args(words).output();
        let done = done.unwrap();
        assert!(
            done.status.success(),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    };
    notmuch(&["new"]);
    let threads = notmuch(&["count", "--output=threads", "*"]);
    format!("{threads} of {}", notmuch(&["count", "*"]))
}

#[tokio::test]
async fn a_mail_that_comes_back_is_shown_on_its_message() {
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    let (customer_id, _) = desk.visitor("Grace", "Hello").await;
    let known = json!({ "customer": { "email": "grace@elsewhere.test" } });
    let path = format!("/api/customers/{customer_id}");
    desk.put(&path, known).await.is(200);
    let started = json!({ "conversation": {
        "customer_id": customer_id, "source": "email", "subject": "Parcel",
        "inbox_id": desk.inbox_id } });
    let started = desk.post("/api/conversations", started).await.data(201);
    let refusal = Says::Line("550 5.1.1 no such user here".to_owned());
    town.elsewhere.says("RCPT", refusal);
    let conversation = started["id"].as_str().unwrap();
    let reply = desk.reply(conversation, "Are you there?").await;
    let failed = reaches(&desk, &reply, "failed").await;
    let why = failed["delivery_reason"].as_str().unwrap();
    assert!(why.contains("no such user here"), "{why}");
    serving.stop();
}

/// From the mail server's yes to the agent's event. `FRONTDESK_MAIL_ROUNDS=50` measures so many.
#[tokio::test]
async fn a_mail_is_told_while_the_line_is_open() {
    let rounds = frontdesk_testkit::setting("FRONTDESK_MAIL_ROUNDS").unwrap_or(1);
    let town = Town::build().await;
    let (serving, desk) = town.desk().await;
    let id = town.connect(&desk, "s3cret").await;
    is(&desk, &id, "working").await;
    let mut socket = desk.socket().await;
    let topic = format!("notification:{}", desk.account_id);
    socket.join(&topic, json!({ "cursor": 0 })).await;
    let mut took = Vec::new();
    for round in 0..rounds {
        let body = format!("Number {round}");
        town.alice_writes(SUPPORT, &body, &["--body", &body]);
        let accepted = tokio::time::Instant::now();
        socket.wait(|frame| frame.to_string().contains(&body)).await;
        took.push(accepted.elapsed());
    }
    took.sort();
    println!(
        "median {:?}, most {:?}",
        took[took.len() / 2],
        took[took.len() - 1]
    );
    serving.stop();
}
