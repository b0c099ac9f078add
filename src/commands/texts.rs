//! `frontdesk templates`, `rewrite` and `hand-over`: texts the server has or makes. Nothing is sent.

use super::retry::patiently;
use super::{find, send};
use crate::cli::{HandOver, Rewrite, Templates};
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::Desk;
use frontdesk_ui::text_safe;

/// The texts that a channel lets out although its customer has not written lately.
pub(super) async fn templates(desk: &Desk, args: &Templates) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let all = agent.api.templates(id).await?;
    if args.json {
        let json = serde_json::to_string(&all).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    if all.is_empty() {
        return desk.output.words("There are no templates for it.");
    }
    let lines: Vec<String> = all
        .iter()
        .map(|it| {
            let state = it.barred().unwrap_or("can be sent");
            format!("{}  {state}  {}", it.name, it.text)
        })
        .collect();
    desk.output.each(&lines)
}

/// A text of the agent's own, written otherwise.
pub(super) async fn rewrite(desk: &Desk, args: &Rewrite) -> Result<(), Error> {
    let text = send::text_of(&args.text)?;
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let after = patiently(async || agent.api.rewrite(id, &text, &args.wish).await).await?;
    desk.output.words(&text_safe::block(&after))
}

/// A note by which a conversation is handed over.
pub(super) async fn hand_over(desk: &Desk, args: &HandOver) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let note = patiently(async || agent.api.hand_over(id).await).await?;
    desk.output.words(&text_safe::block(&note))
}
