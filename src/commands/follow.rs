//! `frontdesk follow`: one conversation, and what is written in it from now on.

use super::{find, show};
use crate::cli::Follow;
use crate::error::Error;
use crate::net::catch_up::Numbered;
use crate::net::live::{Live, News, newest_event};
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use crate::stop;
use frontdesk_protocol::entity::{ConversationFull, Event};
use frontdesk_protocol::id::EventSeq;
use frontdesk_protocol::kind::EventKind;
use frontdesk_ui::event_line::event_line;
use frontdesk_ui::thread;
use std::pin::pin;

/// A conversation that is followed.
struct Followed<'a> {
    desk: &'a Desk,
    args: &'a Follow,
    /// As it was when it was fetched; what came since is not in it.
    conversation: ConversationFull,
    /// Up to which event its messages have been printed.
    printed: EventSeq,
}

pub(super) async fn run(desk: &Desk, args: &Follow) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let id = find::conversation(&mut agent, &args.conversation).await?;
    // Asked for first: what is written in between comes as an event, and is printed once.
    let newest = newest_event(&mut agent.api).await?;
    let (_, conversation) = show::fetch(&mut agent, id, &args.conversation).await?;
    if !args.json {
        let assignee = match conversation.assignee_id {
            Some(user) => Some(find::name_in(&find::names(&mut agent).await?, user)),
            None => None,
        };
        let lines = thread::lines(&conversation, assignee.as_deref(), &show::look(desk));
        desk.output.lines(&lines)?;
    }
    show::saw(&mut agent, &conversation)?;
    let printed = conversation.last_message_seq;
    let mut followed = Followed {
        desk,
        args,
        conversation,
        printed,
    };
    followed.go_on(&mut agent, newest).await
}

impl Followed<'_> {
    async fn go_on(&mut self, agent: &mut Agent, after: EventSeq) -> Result<(), Error> {
        let account = agent.sign_in.account_id;
        let mut live = Live::after(account, after, self.desk.config.timeout);
        let mut stop = pin!(stop::asked());
        loop {
            tokio::select! {
                biased;
                asked = &mut stop => return asked.map_err(Error::Start),
                news = live.next(&mut agent.api) => self.tell(agent, &news?)?,
            }
        }
    }

    fn tell(&mut self, agent: &mut Agent, news: &News) -> Result<(), Error> {
        match news {
            News::Event(event) => self.event(agent, event),
            News::Beside { .. } => Ok(()),
            News::Online => {
                say("Connected. Ctrl-C ends this.");
                Ok(())
            }
            News::Offline { why, again_in } => {
                say(&format!(
                    "Offline: {why}. Trying again in {:.1} s.",
                    again_in.as_secs_f32()
                ));
                Ok(())
            }
            News::StartedOver { .. } => {
                say("The server no longer has all that was missed; going on from now.");
                Ok(())
            }
        }
    }

    fn event(&mut self, agent: &mut Agent, numbered: &Numbered) -> Result<(), Error> {
        let Some(event) = numbered.event.as_deref() else {
            return Ok(());
        };
        if event.conversation_id != Some(self.conversation.id) {
            return Ok(());
        }
        if self.args.json {
            return self.desk.output.json(numbered.json.get());
        }
        if event.kind == EventKind::MessageCreated {
            self.message(event)?;
        } else {
            self.desk.output.lines(&event_line(event))?;
        }
        agent.store.saw(
            agent.sign_in.id,
            self.conversation.id,
            self.conversation.number,
            self.printed,
        )?;
        Ok(())
    }

    /// Prints a message, unless it was there when the conversation was fetched.
    fn message(&mut self, event: &Event) -> Result<(), Error> {
        let Some(message) = event.message.as_ref().filter(|it| it.seq > self.printed) else {
            return Ok(());
        };
        self.printed = message.seq;
        let only = ConversationFull {
            messages: vec![message.clone()],
            ..self.conversation.clone()
        };
        let lines = thread::messages(&only, &show::look(self.desk));
        self.desk.output.lines(&lines)
    }
}
