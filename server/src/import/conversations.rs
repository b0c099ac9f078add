//! Conversations, with the labels they wear.

use super::corpus::{Channel, ConversationLine, PriorityWord, StatusWord};
use super::desk::{Desk, Thread};
use super::lines::{At, Line, Lines};
use super::part::Part;
use super::people::changed;
use super::{ImportError, Problem, Run, ids};
use frontdesk_db::bulk::{self, Kept};
use frontdesk_db::{DbError, Unit, queries};
use frontdesk_domain::conversation::Snooze;
use frontdesk_domain::json::Json;
use frontdesk_domain::tag::Tag;
use frontdesk_domain::text::clean_line;
use frontdesk_domain::{
    AccountId, Conversation, ConversationId, EntityKind, Priority, Source, Status, TagId,
};

/// How many conversations go into one unit of work.
const CONVERSATIONS: usize = 1_000;

/// A conversation and the names of its labels.
type Labelled = (Conversation, Vec<String>);

/// Imports the conversations, still without messages.
pub(super) async fn conversations(
    run: &mut Run<'_>,
    desk: &mut Desk,
    part: &Part,
) -> Result<(), ImportError> {
    let mut lines = Lines::<ConversationLine>::open(&run.options.folder, "conversations.jsonl")?;
    let mut waiting: Vec<Labelled> = Vec::new();
    while let Some(Line { at, content }) = lines.next()? {
        match content {
            Ok(line) if !part.has_conversation(line.id) => {}
            Ok(line) => match conversation(desk, at, line) {
                Ok(new) => {
                    let account_id = new.0.account_id;
                    let other = waiting
                        .first()
                        .is_some_and(|row| row.0.account_id != account_id);
                    if other || waiting.len() >= CONVERSATIONS {
                        store(run, std::mem::take(&mut waiting)).await?;
                    }
                    waiting.push(new);
                }
                Err(problem) => run.problem(problem)?,
            },
            Err(problem) => run.problem(problem)?,
        }
    }
    store(run, waiting).await
}

/// The conversation a line tells of, once everybody it names is known.
fn conversation(desk: &mut Desk, at: At, line: ConversationLine) -> Result<Labelled, Problem> {
    let account_id = desk.account(at, &line.account_id)?;
    let customer_id = desk.customer(at, account_id, &line.customer_id)?;
    let inbox_id = line.inbox_id.as_deref().map(|name| desk.inbox(at, name));
    let assignee_id = line.assignee.as_deref().map(|name| desk.user(at, name));
    let source = match line.channel {
        Channel::Email => Source::Email,
        Channel::Chat => Source::Chat,
        Channel::Slack => Source::Slack,
        Channel::Sms => Source::Sms,
    };
    let id = ConversationId(ids::derived(
        account_id,
        "conversation",
        &line.id.to_string(),
    ));
    let mut it = Conversation::new(id, account_id, customer_id, source, line.created_at);
    it.inbox_id = inbox_id.transpose()?;
    it.assignee_id = assignee_id.transpose()?;
    it.subject = line
        .subject
        .as_deref()
        .map(|subject| clean_line(subject).text);
    it.priority = match line.priority {
        PriorityWord::High | PriorityWord::Urgent => Priority::High,
        PriorityWord::None | PriorityWord::Low | PriorityWord::Medium => Priority::Normal,
    };
    it.read = !line.unread;
    it.last_activity_at = Some(line.updated_at);
    it.updated_at = line.updated_at;
    it.metadata = Some(Json(format!(r#"{{"imported_as":{}}}"#, line.id)));
    set_status(&mut it, &line);
    desk.conversations.insert(
        line.id,
        Thread {
            id,
            account_id,
            source,
        },
    );
    Ok((it, line.labels))
}

/// What waits for the customer is open here; what is resolved is closed.
fn set_status(it: &mut Conversation, line: &ConversationLine) {
    match line.status {
        StatusWord::Open | StatusWord::Pending => {}
        StatusWord::Resolved => {
            it.status = Status::Closed;
            it.closed_at = Some(line.updated_at);
        }
        StatusWord::Snoozed => {
            it.status = Status::Snoozed;
            it.snooze = Some(Snooze {
                until: line.snoozed_until,
                until_reply: line.snoozed_until.is_none(),
            });
        }
    }
}

/// Stores conversations of one account.
async fn store(run: &mut Run<'_>, rows: Vec<Labelled>) -> Result<(), ImportError> {
    let Some(account_id) = rows.first().map(|(row, _)| row.account_id) else {
        return Ok(());
    };
    let all = rows.len() as u64;
    let new = run
        .db
        .write(account_id, move |unit| {
            store_conversations(unit, account_id, rows)
        })
        .await?;
    run.done.conversations += new;
    run.done.already_there += all - new;
    run.tell();
    Ok(())
}

fn store_conversations(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    rows: Vec<Labelled>,
) -> Result<u64, DbError> {
    let known = bulk::known(unit, Kept::Conversations, rows.iter().map(|row| row.0.id.0))?;
    let mut tags = queries::tags::of_account(unit.conn(), account_id)?;
    let mut new = Vec::new();
    for (row, labels) in rows {
        if known.contains(&row.id.0) {
            continue;
        }
        let mut worn = Vec::with_capacity(labels.len());
        for label in &labels {
            worn.push(tag(unit, account_id, &mut tags, label)?);
        }
        new.push((row, worn));
    }
    bulk::conversations(unit, account_id, &mut new)?;
    Ok(new.len() as u64)
}

/// The tag of this name, which is made when there is none.
fn tag(
    unit: &mut Unit<'_>,
    account_id: AccountId,
    tags: &mut Vec<Tag>,
    label: &str,
) -> Result<TagId, DbError> {
    let name = clean_line(label).text;
    if let Some(known) = tags.iter().find(|tag| tag.name == name) {
        return Ok(known.id);
    }
    let now = unit.now();
    let tag = Tag {
        id: TagId(ids::derived(account_id, "tag", &name)),
        account_id,
        name,
        description: None,
        color: None,
        created_at: now,
        updated_at: now,
    };
    queries::tags::insert(unit, &tag)?;
    changed(unit, account_id, EntityKind::Tag, &tag.id)?;
    let id = tag.id;
    tags.push(tag);
    Ok(id)
}
