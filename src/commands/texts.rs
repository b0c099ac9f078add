//! `frontdesk rewrite` and `hand-over`: texts the server makes. Nothing is sent.

use super::retry::patiently;
use super::{find, send};
use crate::cli::{HandOver, Rewrite};
use crate::error::Error;
use crate::sign_in::Desk;
use frontdesk_ui::text_safe;

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
