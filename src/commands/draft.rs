//! `frontdesk draft`: has a reply drafted and prints it. Nothing is sent.

use super::find;
use super::retry::patiently;
use crate::cli::Draft as Args;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_inbox::IntentId;
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::DraftState;
use frontdesk_ui::{sources, text_safe};
use std::time::Duration;

/// How often the server is asked whether it is there.
const LOOK: Duration = Duration::from_millis(300);

pub(super) async fn run(desk: &Desk, args: &Args) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    if args.stop {
        agent.api.stop_draft(id).await?;
        return desk.output.words("No draft is written now.");
    }
    if args.prompt {
        return prompt(desk, &mut agent, id).await;
    }
    let (key, wish) = (IntentId::random().to_string(), args.wish.as_deref());
    let asked = patiently(async || agent.api.ask_draft(id, wish, &key).await).await?;
    let draft = written(&mut agent, asked).await?;
    if args.json {
        let json = serde_json::to_string(&draft).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    let Some(body) = draft.body.as_deref().filter(|_| has_text(&draft)) else {
        let why = draft
            .reason
            .unwrap_or_else(|| "nothing came of it".to_owned());
        return Err(ApiError::Refused(format!("there is no draft: {why}")).into());
    };
    desk.output.words(&text_safe::block(body))?;
    say_sources(&draft);
    Ok(())
}

/// What a draft rests on, beside the draft.
pub(super) fn say_sources(draft: &Draft) {
    for source in draft.named_sources() {
        let kind = sources::kind(&source);
        say(&format!(
            "{}  {} ({kind})",
            source.n,
            text_safe::line(&source.title)
        ));
    }
}

/// What a model would be told: each part below a line that says who says it.
async fn prompt(desk: &Desk, agent: &mut Agent, id: ConversationId) -> Result<(), Error> {
    let told = agent.api.prompt(id).await?;
    say(&format!("to {}", text_safe::line(&told.model)));
    for (role, words) in &told.messages {
        say(&format!("{role}:"));
        desk.output.words(&text_safe::block(words))?;
    }
    Ok(())
}

/// The draft once it is there, or will not be.
async fn written(agent: &mut Agent, asked: Draft) -> Result<Draft, ApiError> {
    let mut draft = asked;
    while draft.state == DraftState::Generating {
        tokio::time::sleep(LOOK).await;
        let id = draft.conversation_id;
        let there = patiently(async || agent.api.drafts(id).await).await?;
        let same = there.into_iter().find(|it| it.id == draft.id);
        draft = same.ok_or(ApiError::NotFound)?;
    }
    Ok(draft)
}

fn has_text(draft: &Draft) -> bool {
    draft.state != DraftState::Failed
}
