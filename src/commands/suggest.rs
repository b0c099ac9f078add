//! `frontdesk suggest`: how a conversation may be sorted, which changes nothing; and taking back what its
//! inbox's policy sorted.

use super::find;
use super::retry::patiently;
use crate::cli::Suggest;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::output::say;
use crate::sign_in::Desk;
use frontdesk_protocol::entity::{AiSuggestions, Suggested};
use frontdesk_ui::text_safe;

pub(super) async fn run(desk: &Desk, args: &Suggest) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    if args.undo {
        let undone = agent.api.undo_sorting(id).await?;
        return match args.json {
            true => {
                let json = serde_json::to_string(&undone).map_err(ApiError::Unreadable)?;
                desk.output.json(&json)
            }
            false => desk.output.words("What was sorted was taken back."),
        };
    }
    let said = patiently(async || agent.api.suggestions(id).await).await?;
    if args.json {
        let json = serde_json::to_string(&said).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    if let Some(why) = &said.trouble {
        say(&text_safe::line(why));
    }
    let lines = lines(&said);
    if lines.is_empty() {
        return desk.output.words("Nothing is suggested.");
    }
    desk.output.each(&lines)
}

fn lines(said: &AiSuggestions) -> Vec<String> {
    let tags = said.tags.iter().map(|it| line("tag", it));
    let team = said.team.iter().map(|it| line("team", it));
    let priority = said.priority.iter().map(|it| line("priority", it));
    let mood = said.sentiment.iter().map(|it| line("sounds", it));
    tags.chain(team).chain(priority).chain(mood).collect()
}

fn line(what: &str, it: &Suggested) -> String {
    let sure = it.confidence * 100.0;
    format!("{sure:>3.0}%  {what} {}", text_safe::line(&it.name))
}
