//! What an agent has a model do with the agent's own words, or to hand a conversation over. The answer goes
//! to the agent alone; the ledger has a line of it.

use super::model::NoText;
use super::{budget, hash, speaker};
use crate::app::App;
use crate::failure::{Failure, Outcome};
use crate::use_cases::{ai as cases, load};
use frontdesk_ai::completion::Completion;
use frontdesk_ai::hide::Hidden;
use frontdesk_ai::own_text;
use frontdesk_ai::prompt::{Message, Said};
use frontdesk_db::Conn;
use frontdesk_db::queries::{ai_runs, customers};
use frontdesk_domain::ai::Run;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{Actor, AiOutcome, AiRunId, AiTask, Conversation, ConversationId, Refusal};
use tokio::sync::watch;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// This text, written otherwise.
    Rewrite { text: String, wish: String },
    /// A note for whoever takes the conversation over.
    HandOver,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written {
    Text(String),
    Nothing { why: String },
}

/// Everything that is known before the model is asked.
struct Ready {
    conversation: Conversation,
    messages: Vec<Message>,
    hidden: Hidden,
    /// Why the account may ask no model now, where it may not.
    exhausted: Option<&'static str>,
}

/// Has a model do it.
///
/// # Errors
/// When there is no model, or the actor may not.
pub(crate) async fn write(
    app: &App,
    actor: Actor,
    id: ConversationId,
    wanted: Wanted,
) -> Outcome<Written> {
    let (asking, began_at) = (wanted.clone(), app.db.now());
    let settings = app.config.ai.clone();
    let ready = app
        .db
        .read(move |conn| {
            let mut ready = prepare(conn, &actor, id, &asking)?;
            ready.exhausted = budget::exhausted(conn, &settings, actor.account_id, began_at)?;
            Ok::<_, Failure>(ready)
        })
        .await?;
    let Some(model) = &app.model else {
        let why = "This needs a model, and none is set up on the server.";
        return Err(Refusal::Conflict(why).into());
    };
    if let Some(why) = ready.exhausted {
        let why = why.to_owned();
        return Ok(Written::Nothing { why });
    }
    let task = match &wanted {
        Wanted::Rewrite { .. } => AiTask::Rewrite,
        Wanted::HandOver => AiTask::Summary,
    };
    let heard = watch::Sender::new(String::new());
    let answered = model.ask(task, &ready.messages, &heard).await;
    let (tokens_in, tokens_out) = match &answered {
        Ok(it) => (it.tokens_in, it.tokens_out),
        Err(_) => (0, 0),
    };
    let written = judge(&wanted, &ready.hidden, answered);
    let (outcome, reason) = match &written {
        Written::Text(_) => (AiOutcome::Ready, None),
        Written::Nothing { why } => (AiOutcome::Failed, Some(why.clone())),
    };
    let held = &ready.conversation;
    let run = Run {
        id: AiRunId::random(),
        account_id: held.account_id,
        inbox_id: held.inbox_id,
        conversation_id: Some(held.id),
        draft_id: None,
        task,
        model: model.name(task).to_owned(),
        prompt_hash: Some(hash(&ready.messages)),
        sources: None,
        tokens_in,
        tokens_out,
        cost: app
            .config
            .ai
            .prices
            .cost(model.name(task), tokens_in, tokens_out),
        outcome,
        reason,
        began_at,
        took_ms: app.db.now().0.saturating_sub(began_at.0).max(0) / 1_000,
    };
    app.db
        .write(held.account_id, move |unit| {
            Ok::<_, Failure>(ai_runs::insert(unit, &run)?)
        })
        .await?;
    Ok(written)
}

fn prepare(
    conn: &mut dyn Conn,
    actor: &Actor,
    id: ConversationId,
    wanted: &Wanted,
) -> Outcome<Ready> {
    policy::allows(actor, Permission::WorkConversations)?;
    let conversation = load::conversation(conn, actor, id)?;
    let customer = customers::by_id(conn, actor.account_id, conversation.customer_id)?;
    let name = customer.and_then(|it| it.name);
    let mut hidden = Hidden::knowing(name.as_deref());
    let messages = match wanted {
        Wanted::Rewrite { text, wish } => own_text::rewrite(&hidden.hide(wish), &hidden.hide(text)),
        Wanted::HandOver => {
            let thread = cases::thread(conn, id)?;
            let said = thread.iter().filter(|it| !it.private).filter_map(|it| {
                let (from, body) = (speaker(it)?, it.body.as_deref()?);
                let text = hidden.hide(body);
                Some(Said { from, text })
            });
            own_text::hand_over(&said.collect::<Vec<_>>())
        }
    };
    Ok(Ready {
        conversation,
        messages,
        hidden,
        exhausted: None,
    })
}

/// What becomes of the model's answer.
fn judge(wanted: &Wanted, hidden: &Hidden, answered: Result<Completion, NoText>) -> Written {
    let text = match answered {
        Ok(completion) => hidden.show_all(completion.text.trim()),
        Err(NoText { why, .. }) => return Written::Nothing { why },
    };
    let unfit = match wanted {
        Wanted::Rewrite { text: before, .. } => own_text::unfit(before, &text),
        Wanted::HandOver if text.is_empty() => Some("The model wrote nothing."),
        Wanted::HandOver => None,
    };
    match unfit {
        Some(why) => Written::Nothing {
            why: why.to_owned(),
        },
        None => Written::Text(text),
    }
}
