//! The pipe when something is killed: a mail that was accepted is here once, one that was not is not
//! here.

use super::post::letter;
use frontdesk_testkit::{Chance, Desk, Serving, Shell, eventually};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

const INGEST: [&str; 3] = ["ingest", "--to", "support@example.com"];

/// A desk with a mailbox, whose server does not run.
fn with_mailbox() -> Shell {
    let shell = Shell::new();
    let made = shell.init(&[]);
    assert_eq!(made.code, 0, "{}", made.err);
    let settings = shell.folder.path().join("mail.json");
    std::fs::write(&settings, r#"{"address": "support@example.com"}"#).unwrap();
    let settings = settings.to_str().unwrap();
    let inbox = made.after("inbox");
    let words = ["connections", "add", "Mail", "--kind", "email"];
    let more = ["--inbox", inbox, "--settings", settings];
    shell.ok(&[&words[..], &more].concat());
    shell
}

/// Starts the server, and waits until it has told the pipe of its mailbox.
async fn serve(shell: &Shell) -> (Serving, Desk) {
    let serving = shell.serve(&[]);
    let known = shell.data().join("mail/mailboxes.json");
    eventually(async || known.exists().then_some(())).await;
    let desk = Desk::of(&serving.url, "ada@acme.test", "correct horse").await;
    (serving, desk)
}

fn count(folder: &Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

/// How many conversations there are once nothing waits.
async fn taken(shell: &Shell, desk: &Desk) -> usize {
    let waiting = shell.data().join("mail/waiting");
    eventually(async || (count(&waiting) == 0).then_some(())).await;
    let events = desk.events().await;
    let told = events.iter().filter(|it| it["kind"] == "message.created");
    told.count()
}

#[tokio::test]
async fn a_mail_whose_pipe_was_killed_is_not_here_and_comes_again() {
    let shell = with_mailbox();
    let (serving, desk) = serve(&shell).await;
    let mail = letter("1@example.com", "Lamp", &"It is dark. ".repeat(20_000));
    let mut cut = shell.begin(&INGEST);
    let half = &mail.as_bytes()[..mail.len() / 2];
    cut.stdin.as_mut().unwrap().write_all(half).unwrap();
    let aside = shell.data().join("mail/aside");
    eventually(async || (count(&aside) == 1).then_some(())).await;
    cut.kill().unwrap();
    cut.wait().unwrap();
    assert_eq!(taken(&shell, &desk).await, 0);
    let whole = shell.with_input(&INGEST, &mail);
    assert_eq!(whole.code, 0, "{}", whole.err);
    assert_eq!(taken(&shell, &desk).await, 1);
    serving.stop();
}

#[tokio::test]
async fn a_server_killed_while_it_takes_mail_takes_each_once() {
    const MAILS: usize = 40;
    let shell = with_mailbox();
    drop(serve(&shell).await);
    for number in 0..MAILS {
        let mail = letter(
            &format!("{number}@example.com"),
            &format!("Lamp {number}"),
            "Dark.",
        );
        assert_eq!(shell.with_input(&INGEST, &mail).code, 0);
    }
    let mut chance = Chance::from_env("FRONTDESK_MAIL_SEED");
    for _ in 0..4 {
        let serving = shell.serve(&[]);
        tokio::time::sleep(Duration::from_millis(chance.between(20, 400))).await;
        drop(serving);
    }
    let (serving, desk) = serve(&shell).await;
    assert_eq!(taken(&shell, &desk).await, MAILS);
    serving.stop();
}
