//! `frontdesk learning`: what became of drafts, for admins.

use super::find;
use crate::cli::Learning;
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::sign_in::Desk;
use frontdesk_ui::learning;
use frontdesk_ui::model::sheet::SheetLine;

/// How wide the table is where nobody looks at it in a terminal.
const WIDTH: usize = 100;
const DAY: i64 = 24 * 3_600;

pub(super) async fn run(desk: &Desk, args: &Learning) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let since = args.days.map(|days| {
        let since = clock::now().plus_seconds(-DAY * i64::from(days));
        since.to_utc_stamp()
    });
    let learnt = agent.api.learning(since.as_deref()).await?;
    if args.json {
        let json = serde_json::to_string(&learnt).map_err(ApiError::Unreadable)?;
        return desk.output.json(&json);
    }
    let names = find::names(&mut agent).await?;
    let agent_name = |id: &str| {
        let user = id.parse().ok();
        user.map_or("somebody".to_owned(), |user| find::name_in(&names, user))
    };
    let width = desk.output.width().unwrap_or(WIDTH);
    let sheet = learning::sheet(&learnt, agent_name, width);
    let lines: Vec<String> = sheet
        .lines
        .iter()
        .map(SheetLine::words)
        .map(str::to_owned)
        .collect();
    desk.output.each(&lines)
}
