//! `frontdesk canned`: the canned replies of the desk, listed, printed and taken over as text.

use super::imported::{self, Fate};
use super::retry::patiently;
use crate::cli::{Canned, CannedWhat, Import};
use crate::config::{canned_as_text, canned_of};
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::Desk;

/// How much of a text a line shows.
const SHOWN: usize = 60;

pub(super) async fn run(desk: &Desk, args: &Canned) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    match &args.what {
        None => {
            let all = agent.api.canned().await?;
            if args.json {
                let json = serde_json::to_string(&all).map_err(ApiError::Unreadable)?;
                return desk.output.json(&json);
            }
            if all.is_empty() {
                return desk.output.words("There are no canned replies yet.");
            }
            let line = |text: &str| -> String {
                let first = text.lines().next().unwrap_or_default();
                first.chars().take(SHOWN).collect()
            };
            let lines: Vec<String> = all
                .iter()
                .map(|it| format!("{}  {}", it.name, line(&it.content)))
                .collect();
            desk.output.each(&lines)
        }
        Some(CannedWhat::Export { names }) => {
            let all = agent.api.canned().await?;
            let wanted = imported::wanted(&all, names, "canned reply", |it| &it.name)?;
            let texts = wanted
                .iter()
                .map(|it| (it.name.as_str(), it.content.as_str()));
            desk.output.text(&canned_as_text(texts))
        }
        Some(CannedWhat::Import(args)) => import(desk, args).await,
    }
}

/// Puts each on the server, one after the other: what was done before one fails stays done.
async fn import(desk: &Desk, args: &Import) -> Result<(), Error> {
    let (place, text) = imported::read(&args.file)?;
    let new = canned_of(&place, &text)?;
    imported::any(&new, &place, "canned reply")?;
    let mut agent = desk.agent().await?;
    let held = agent.api.canned().await?;
    let mut fates: Vec<(&str, Fate)> = Vec::new();
    for (name, content) in &new {
        let known = held.iter().find(|it| it.name == *name);
        let fate = imported::fate(known.map(|it| it.content == *content), args.replace);
        if !args.how.dry_run && fate.is_written() {
            match known {
                Some(known) => {
                    patiently(async || agent.api.change_canned(known.id, content).await).await?;
                }
                None => {
                    let key = uuid::Uuid::new_v4().to_string();
                    patiently(async || agent.api.add_canned(name, content, &key).await).await?;
                }
            }
        }
        fates.push((name, fate));
    }
    imported::tell(&desk.output, &fates, args.how)
}
