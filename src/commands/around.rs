//! `frontdesk availability`, `connections` and `attachments`: what stands around conversations.

use super::doctor::inboxes;
use super::{find, show};
use crate::cli::{Attachments, Available, Connections};
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::Desk;
use crate::sync::attachments::save;
use frontdesk_protocol::entity::{Connection, Data, File};
use frontdesk_protocol::kind::Availability;
use frontdesk_ui::text_safe;

/// How colleagues see whoever is signed in.
pub(super) async fn availability(desk: &Desk, args: &Available) -> Result<(), Error> {
    let to = Availability::from(args.to);
    let mut agent = desk.agent().await?;
    let body = serde_json::json!({ "availability": to });
    agent.api.put("/api/v1/me/availability", body).await?;
    desk.output.words(&format!("Colleagues see you as {to}."))
}

/// The mailboxes, numbers and bots of the account, for its admins.
pub(super) async fn connections(desk: &Desk, args: &Connections) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let all: Data<Vec<Connection>> = agent.api.get("/api/v1/connections", &[]).await?;
    let all = all.data;
    if args.json {
        let json = serde_json::to_string(&all).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    if all.is_empty() {
        return desk.output.words("There are none.");
    }
    let now = clock::now();
    let lines: Vec<String> = all.iter().map(|it| inboxes::line(it, now)).collect();
    desk.output.each(&lines)
}

/// The files of a conversation, listed or saved.
pub(super) async fn attachments(desk: &Desk, args: &Attachments) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    let (_, conversation) = show::fetch(&mut agent, id, &args.conversation).await?;
    let messages = conversation.messages.iter();
    let files: Vec<&File> = messages.flat_map(|it| &it.attachments).collect();
    if args.json {
        let json = serde_json::to_string(&files).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    if files.is_empty() {
        return desk.output.words("No file was sent in it.");
    }
    let Some(folder) = &args.into else {
        let lines: Vec<String> = files
            .iter()
            .map(|it| format!("{}  {}", it.filename, it.content_type))
            .collect();
        return desk.output.each(&lines);
    };
    for file in files {
        let path = save(&mut agent.api, &file.file_url, &file.filename, folder).await?;
        desk.output
            .words(&text_safe::line(&path.to_string_lossy()))?;
    }
    Ok(())
}
