//! `frontdesk drafts`: what an AI proposed and nobody has decided yet, and deciding it.

use super::each::{self, Outcome, Told};
use super::{find, show, triage};
use crate::cli::{Drafts, DraftsWhat, Each};
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::{Command, Guard, Quoting};
use frontdesk_protocol::entity::{ConversationFull, Data, Draft};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::DraftState;
use frontdesk_ui::list::{self, Columns, Row};
use frontdesk_ui::text_safe;
use frontdesk_ui::time_ago::time_ago;
use serde_json::value::RawValue;

/// The states of a draft that somebody has to decide.
const OPEN: [DraftState; 3] = [DraftState::Ready, DraftState::Edited, DraftState::Stale];

pub(super) async fn run(desk: &Desk, args: &Drafts) -> Result<(), Error> {
    match &args.what {
        None => list(desk, args).await,
        Some(DraftsWhat::Show { conversation, json }) => {
            let draft = one(desk, conversation).await?;
            if *json {
                let json = serde_json::to_string(&draft).map_err(ApiError::Unreadable)?;
                return desk.output.json(&json);
            }
            let body = draft.body.as_deref().unwrap_or_default();
            desk.output.words(&text_safe::block(body))?;
            super::draft::say_sources(&draft);
            Ok(())
        }
        Some(DraftsWhat::Approve {
            text,
            internal,
            each,
        }) => {
            let quoting = if *internal {
                Quoting::Internal
            } else {
                Quoting::Public
            };
            decide(desk, each, "answered with the draft", |draft| {
                may_be_quoted(draft, quoting)?;
                Ok(Command::ApproveDraft {
                    draft: draft.id,
                    version: draft.version,
                    edited: text.clone(),
                    guard: Guard::Seen(draft.based_on_seq),
                    quoting,
                })
            })
            .await
        }
        Some(DraftsWhat::Reject { reason, each }) => {
            decide(desk, each, "without the draft", |draft| {
                Ok(Command::RejectDraft {
                    draft: draft.id,
                    version: draft.version,
                    reason: reason.clone(),
                })
            })
            .await
        }
    }
}

/// The draft that waits in the conversation that was named.
async fn one(desk: &Desk, named: &str) -> Result<Draft, Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, named).await?;
    let draft = open_of(&mut agent, id).await?;
    draft.ok_or_else(|| Error::NoDraft(named.to_owned()))
}

/// Decides the open draft of each conversation that was named.
async fn decide(
    desk: &Desk,
    args: &Each,
    what: &str,
    command: impl Fn(&Draft) -> Result<Command, Error>,
) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let named = each::named(&args.conversations)?;
    let how = args.how;
    each::run(
        &desk.output,
        &mut agent,
        &named,
        how,
        async |agent, name| {
            let id = find::conversation(agent, name).await?;
            let (_, it) = show::fetch(agent, id, name).await?;
            let draft = open_of(agent, id).await?;
            let draft = draft.ok_or_else(|| Error::NoDraft(name.to_owned()))?;
            let command = command(&draft)?;
            let outcome = if how.dry_run {
                Outcome::Would
            } else {
                triage::carry_out(agent, id, command).await?;
                Outcome::Done
            };
            Ok(Told {
                id: Some(id),
                number: Some(it.number),
                outcome,
                what: what.to_owned(),
                sentence: None,
                message_id: None,
                merge_id: None,
            })
        },
    )
    .await
}

/// Whether what the draft rests on may go out.
fn may_be_quoted(draft: &Draft, quoting: Quoting) -> Result<(), Error> {
    let mut internal = draft.internal_sources().into_iter();
    match internal.next().filter(|_| quoting == Quoting::Public) {
        Some(source) => Err(Error::InternalSource(
            text_safe::line(&source.title).into_owned(),
        )),
        None => Ok(()),
    }
}

/// The draft of a conversation that waits for a decision.
async fn open_of(agent: &mut Agent, id: ConversationId) -> Result<Option<Draft>, Error> {
    let query = [("conversation_id", id.to_string())];
    let found: Data<Vec<Draft>> = agent.api.get("/api/v1/drafts", &query).await?;
    Ok(found.data.into_iter().find(|it| OPEN.contains(&it.state)))
}

async fn list(desk: &Desk, args: &Drafts) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let listed = fetch(&mut agent).await?;
    if args.json {
        let items: Vec<&str> = listed.iter().map(|json| json.get()).collect();
        return desk.output.json(&format!("[{}]", items.join(",\n ")));
    }
    let drafts: Result<Vec<Draft>, _> = listed
        .iter()
        .map(|json| serde_json::from_str(json.get()))
        .collect();
    let drafts = drafts.map_err(ApiError::Unreadable)?;
    let mut about = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        let id = draft.conversation_id;
        about.push(show::fetch(&mut agent, id, &id.to_string()).await?.1);
    }
    let numbers: Vec<_> = about.iter().map(|it| (it.id, it.number)).collect();
    agent.store.remember_numbers(agent.sign_in.id, &numbers)?;
    if args.ids {
        let numbers: Vec<String> = about.iter().map(|it| it.number.to_string()).collect();
        return desk.output.each(&numbers);
    }
    if drafts.is_empty() {
        return desk.output.words("No draft waits.");
    }
    let names = find::names(&mut agent).await?;
    let now = clock::now();
    let pairs = about.iter().zip(&drafts);
    let rows: Vec<Row<'_>> = pairs
        .map(|(it, draft)| Row {
            assignee: it.assignee_id.map(|user| find::name_in(&names, user)),
            age: time_ago(it.last_activity_at.map_or(it.created_at.0, |at| at.0), now),
            ..row(it, draft)
        })
        .collect();
    let columns = Columns::for_rows(&rows, desk.output.width());
    let glyphs = desk.output.glyphs();
    let lines: Vec<_> = rows
        .iter()
        .map(|row| list::line(row, &columns, glyphs))
        .collect();
    desk.output.lines(&lines)
}

/// A conversation, with the draft in the place of what was said last.
fn row<'a>(it: &'a ConversationFull, draft: &'a Draft) -> Row<'a> {
    Row {
        number: it.number,
        status: it.status,
        priority: it.priority,
        source: it.source,
        read: it.read,
        customer: it.customer.as_ref().map_or("Customer", |it| &it.title),
        subject: it.subject.as_deref(),
        last_words: draft.body.as_deref(),
        assignee: None,
        age: String::new(),
    }
}

async fn fetch(agent: &mut Agent) -> Result<Vec<Box<RawValue>>, Error> {
    let mut found = Vec::new();
    for state in OPEN {
        let query = [("state", state.to_string())];
        let page: Data<Vec<Box<RawValue>>> = agent.api.get("/api/v1/drafts", &query).await?;
        found.extend(page.data);
    }
    Ok(found)
}
