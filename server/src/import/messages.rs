//! Messages: read and cut into terms on one thread, while the database writes those before.

use super::corpus::{AttachmentLine, MessageLine, MessageWord};
use super::desk::{Desk, Thread};
use super::lines::{At, Line, Lines};
use super::{ImportError, ImportOptions, OnProblem, Problem, Run, ids};
use frontdesk_db::bulk::{self, Indexed, Kept};
use frontdesk_db::{DbError, Unit};
use frontdesk_domain::json::Json;
use frontdesk_domain::message::{Delivery, Sender};
use frontdesk_domain::text::clean_body;
use frontdesk_domain::{AccountId, EventSeq, Message, MessageId, MessageKind};
use tokio::sync::mpsc;

/// How many units may be ready before the database has taken them.
const READY: usize = 2;

/// Messages of one account, and the lines that could not become one.
#[derive(Default)]
struct Batch {
    rows: Vec<Indexed>,
    problems: Vec<Problem>,
}

/// Imports the messages.
pub(super) async fn messages(run: &mut Run<'_>, desk: Desk) -> Result<(), ImportError> {
    let (sender, mut ready) = mpsc::channel(READY);
    let options = run.options.clone();
    let reader = tokio::task::spawn_blocking(move || read(&options, &desk, &sender));
    while let Some(batch) = ready.recv().await {
        for problem in batch.problems {
            run.problem(problem)?;
        }
        store(run, batch.rows).await?;
    }
    reader.await.unwrap_or(Err(ImportError::Reader))
}

/// Reads the file to its end, or until nobody takes what was read.
fn read(
    options: &ImportOptions,
    desk: &Desk,
    sender: &mpsc::Sender<Batch>,
) -> Result<(), ImportError> {
    let mut lines = Lines::<MessageLine>::open(&options.folder, "messages.jsonl")?;
    let mut batch = Batch::default();
    let mut left = options.limit.unwrap_or(u64::MAX);
    while left > 0 {
        let Some(Line { at, content }) = lines.next()? else {
            break;
        };
        left -= 1;
        match content.and_then(|line| message(desk, at, &line)) {
            Ok(message) => {
                let other = batch.rows.first().map(|first| first.message().account_id);
                let other = other.is_some_and(|first| first != message.account_id);
                if (other || batch.rows.len() >= options.unit)
                    && sender.blocking_send(std::mem::take(&mut batch)).is_err()
                {
                    return Ok(());
                }
                batch.rows.push(Indexed::new(message));
            }
            Err(problem) => {
                batch.problems.push(problem);
                if options.on_problem == OnProblem::Stop {
                    break;
                }
            }
        }
    }
    // Whoever took the batches has stopped for a reason of its own and says so itself.
    sender.blocking_send(batch).unwrap_or_default();
    Ok(())
}

/// The message a line tells of, once everybody it names is known.
fn message(desk: &Desk, at: At, line: &MessageLine) -> Result<Message, Problem> {
    let Some(thread) = desk.conversations.get(&line.conversation_id) else {
        let what = format!("conversation {} was not imported", line.conversation_id);
        return Err(at.problem(what));
    };
    let (kind, sender) = author(desk, at, line, thread)?;
    let body = clean_body(&line.body);
    let id = ids::derived(thread.account_id, "message", &line.id.to_string());
    Ok(Message {
        id: MessageId(id),
        account_id: thread.account_id,
        conversation_id: thread.id,
        seq: EventSeq(0),
        kind,
        private: matches!(kind, MessageKind::Note | MessageKind::System),
        source: thread.source,
        body: Some(body.text),
        original: body.original,
        sender,
        attachments: Vec::new(),
        mentions: Vec::new(),
        delivery: Delivery::done(),
        metadata: metadata(line),
        sent_at: Some(line.sent_at),
        seen_at: None,
        created_at: line.sent_at,
        updated_at: line.sent_at,
    })
}

fn author(
    desk: &Desk,
    at: At,
    line: &MessageLine,
    thread: &Thread,
) -> Result<(MessageKind, Sender), Problem> {
    Ok(match line.kind {
        MessageWord::Incoming => {
            let customer = desk.customer(at, thread.account_id, &line.author)?;
            (MessageKind::Reply, Sender::Customer(customer))
        }
        MessageWord::Outgoing => (
            MessageKind::Reply,
            Sender::User(desk.user(at, &line.author)?),
        ),
        MessageWord::Note => (
            MessageKind::Note,
            Sender::User(desk.user(at, &line.author)?),
        ),
        MessageWord::Activity => (MessageKind::System, Sender::System),
    })
}

/// What the message had beside its text. The files themselves are not in the export.
#[derive(serde::Serialize)]
struct Beside<'a> {
    html_bytes: usize,
    attachments: &'a [AttachmentLine],
}

fn metadata(line: &MessageLine) -> Option<Json> {
    if line.html.is_none() && line.attachments.is_empty() {
        return None;
    }
    let beside = Beside {
        html_bytes: line.html.as_ref().map_or(0, String::len),
        attachments: &line.attachments,
    };
    serde_json::to_string(&beside).ok().map(Json)
}

/// Stores messages of one account.
async fn store(run: &mut Run<'_>, rows: Vec<Indexed>) -> Result<(), ImportError> {
    let Some(account_id) = rows.first().map(|row| row.message().account_id) else {
        return Ok(());
    };
    let all = rows.len() as u64;
    let new = run
        .db
        .write(account_id, move |unit| {
            store_messages(unit, account_id, rows)
        })
        .await?;
    run.done.messages += new;
    run.done.already_there += all - new;
    run.tell();
    Ok(())
}

fn store_messages(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    mut rows: Vec<Indexed>,
) -> Result<u64, DbError> {
    let ids = rows.iter().map(|row| row.message().id.0);
    let known = bulk::known(unit, Kept::Messages, ids)?;
    rows.retain(|row| !known.contains(&row.message().id.0));
    bulk::messages(unit, account_id, &mut rows)?;
    Ok(rows.len() as u64)
}
