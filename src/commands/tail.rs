//! `frontdesk tail`: what happens in the account, line by line, from where the last run stopped.

use crate::cli::Tail;
use crate::error::Error;
use crate::net::catch_up::Numbered;
use crate::net::live::{Live, News, newest_event};
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use crate::stop;
use frontdesk_protocol::id::EventSeq;
use frontdesk_ui::event_line::event_line;
use std::pin::pin;

pub(super) async fn run(desk: &Desk, args: &Tail) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let cursor = start(&mut agent, args.after).await?;
    let account = agent.sign_in.account_id;
    let mut live = Live::after(account, cursor, desk.config.timeout);
    let mut stop = pin!(stop::asked());
    loop {
        tokio::select! {
            biased;
            asked = &mut stop => return asked.map_err(Error::Start),
            news = live.next(&mut agent.api) => {
                let news = news?;
                tell(desk, &mut agent, args, &news)?;
            }
        }
    }
}

/// After which event to begin: what was asked for, where the last run stopped, or now.
async fn start(agent: &mut Agent, asked: Option<i64>) -> Result<EventSeq, Error> {
    let stored = agent.store.cursor(agent.sign_in.id)?;
    let cursor = match asked.map(EventSeq).or(stored) {
        Some(cursor) => cursor,
        None => newest_event(&mut agent.api).await?,
    };
    agent.store.reset_cursor(agent.sign_in.id, cursor)?;
    Ok(cursor)
}

fn tell(desk: &Desk, agent: &mut Agent, args: &Tail, news: &News) -> Result<(), Error> {
    match news {
        News::Event(event) => {
            print(desk, args, event)?;
            // Only what was printed counts as taken in.
            agent.store.advance_cursor(agent.sign_in.id, event.seq)?;
        }
        News::Beside { .. } => {}
        News::Online => say("Connected. Ctrl-C ends this."),
        News::Offline { why, again_in } => {
            say(&format!(
                "Offline: {why}. Trying again in {:.1} s.",
                again_in.as_secs_f32()
            ));
        }
        News::StartedOver { after } => {
            say("The server no longer has all that was missed; going on from now.");
            agent.store.reset_cursor(agent.sign_in.id, *after)?;
        }
    }
    Ok(())
}

fn print(desk: &Desk, args: &Tail, event: &Numbered) -> Result<(), Error> {
    if args.json {
        return desk.output.json(event.json.get());
    }
    let line = event.event.as_deref().and_then(event_line);
    desk.output.lines(&line)
}
