//! Tells a conversation in the thread of a team's own channel, message by message. One job per
//! conversation and connection; what may have been posted is looked up before it is posted again.

mod face;
mod refresh;
mod told;

pub(super) use refresh::RefreshSeat;
pub(super) use told::retell;
pub(crate) use told::told_as;

use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::{self, Post, Posted};
use crate::use_cases::hear::WRITTEN_THERE;
use frontdesk_connectors::channel::{Channel, Words};
use frontdesk_db::Conn;
use frontdesk_db::queries::events::Event;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::seat_cards::{self, Card};
use frontdesk_db::queries::seats::{self, Seat};
use frontdesk_db::queries::{connections, conversations, customers, jobs, messages};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{
    AccountId, ConnectionId, Conversation, ConversationId, Customer, EventKind, EventSeq,
    MessageId, MessageKind, Source,
};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// The messages of a conversation that are told at once.
const AT_ONCE: i64 = 50;

/// Tells what is new.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct TellSeat {
    conversation_id: ConversationId,
    connection_id: ConnectionId,
}

/// The connections of an account that have a team's channel.
pub(crate) fn watchers(conn: &mut dyn Conn, account_id: AccountId) -> Done<Vec<Connection>> {
    let all = connections::of_account(conn, account_id)?;
    let has_seat = |it: &Connection| {
        let settings = serde_json::from_str::<serde_json::Value>(&it.settings.0);
        it.kind == Source::Slack && it.is_on() && settings.is_ok_and(|it| it["seat"].is_object())
    };
    Ok(all.into_iter().filter(has_seat).collect())
}

/// The job that tells of an event, where it is to be told.
pub(super) fn notice(watcher: &Connection, event: &Event) -> Option<NewJob> {
    let conversation = event.conversation.as_ref()?;
    if conversation.inbox_id != Some(watcher.inbox_id) {
        return None;
    }
    let (owner, id) = (event.account_id, conversation.id);
    match event.kind {
        EventKind::MessageCreated => {
            let job = TellSeat {
                conversation_id: id,
                connection_id: watcher.id,
            };
            let key = format!("{}:{id}", watcher.id);
            Some(NewJob::of(Some(owner.0), &job).unique(key))
        }
        EventKind::ConversationUpdated | EventKind::DraftUpdated => {
            Some(refresh::job(owner, id, watcher.id))
        }
        _ => None,
    }
}

impl Job<App> for TellSeat {
    const NAME: &'static str = "tell_seat";
    const QUEUE: &'static str = "seats";
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        let telling = Telling {
            app: &app,
            account_id: AccountId(owner),
            id: self.conversation_id,
            connection_id: self.connection_id,
            is_first_try: turn.attempt <= 1,
        };
        match telling.all().await {
            Ok(outcome) => outcome,
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

/// A conversation that is being told.
struct Telling<'a> {
    app: &'a App,
    account_id: AccountId,
    id: ConversationId,
    connection_id: ConnectionId,
    is_first_try: bool,
}

/// What there is to tell.
struct Held {
    connection: Connection,
    conversation: Conversation,
    customer: Option<Customer>,
    /// Who has it.
    holder: Option<String>,
    seat: Option<Seat>,
    new: Vec<MessageView>,
}

impl Telling<'_> {
    async fn all(&self) -> Done<Outcome> {
        loop {
            let Some(held) = self.held().await? else {
                return Ok(Outcome::Done);
            };
            let channel = match lines::open(self.app, &held.connection).await? {
                Ok(channel) => channel,
                Err(unfit) => {
                    return Ok(Outcome::discard(format!(
                        "the connection is not set up: {unfit}"
                    )));
                }
            };
            let Some(team) = channel.seat() else {
                return Ok(Outcome::Done);
            };
            let posted = match &held.seat {
                None => self.open(&held, channel.as_ref(), team.channel()).await?,
                Some(seat) => match held.new.first() {
                    Some(view) => self.tell(&held, channel.as_ref(), seat, view).await?,
                    None => return Ok(Outcome::Done),
                },
            };
            match posted {
                Posted::At(_) => {}
                Posted::Later { why, after } => return Ok(Outcome::Retry { why, after }),
                Posted::Wait(wait) => return Ok(Outcome::Snooze(wait)),
                Posted::Never(why) => return Ok(Outcome::discard(why)),
            }
        }
    }

    async fn held(&self) -> Done<Option<Held>> {
        let (account_id, id, connection_id) = (self.account_id, self.id, self.connection_id);
        let read = self.app.db.read(move |conn| {
            let connection = connections::by_id(conn, account_id, connection_id)?;
            let Some(connection) = connection.filter(Connection::is_on) else {
                return Ok(None);
            };
            let Some(conversation) = conversations::by_id(conn, account_id, id)? else {
                return Ok(None);
            };
            let seat = seats::of_conversation(conn, account_id, id, connection_id)?;
            let after = seat.as_ref().map_or(EventSeq(0), |it| it.told_seq);
            Ok::<_, Failure>(Some(Held {
                customer: customers::by_id(conn, account_id, conversation.customer_id)?,
                holder: refresh::named(conn, account_id, conversation.assignee_id)?,
                new: messages::thread(conn, id, after, AT_ONCE)?,
                connection,
                conversation,
                seat,
            }))
        });
        read.await
    }

    /// Opens the thread.
    async fn open(&self, held: &Held, channel: &dyn Channel, team: &str) -> Done<Posted> {
        let holder = held.holder.as_deref();
        let face = face::of_conversation(&held.conversation, held.customer.as_ref(), holder);
        let post = Post {
            // No message has the id of its conversation, so that it can stand for the first line.
            id: MessageId(held.conversation.id.0),
            theirs: team,
            title: Some(&face.title),
            text: &face.text,
            words: face.words,
            files: &[],
            author: None,
            state: Some(&face.state),
            buttons: &face.buttons,
        };
        let posted = self.post(held, channel, &post).await?;
        if let Posted::At(place) = &posted {
            self.opened(place.clone(), face.digest()).await?;
        }
        Ok(posted)
    }

    /// Keeps where the thread is, and what its first line shows.
    async fn opened(&self, place: String, shown: String) -> Done<()> {
        let seat = Seat {
            conversation_id: self.id,
            connection_id: self.connection_id,
            account_id: self.account_id,
            place: place.clone(),
            told_seq: EventSeq(0),
        };
        let card = Card {
            connection_id: self.connection_id,
            subject_id: self.id.0,
            conversation_id: self.id,
            account_id: self.account_id,
            place,
            shown,
        };
        let kept = self.app.db.write(self.account_id, move |unit| {
            seats::insert(unit, &seat)?;
            Ok::<_, Failure>(seat_cards::set(unit, &card)?)
        });
        kept.await
    }

    /// Tells the next message.
    async fn tell(
        &self,
        held: &Held,
        channel: &dyn Channel,
        seat: &Seat,
        view: &MessageView,
    ) -> Done<Posted> {
        let posted = if is_of_there(view) {
            Posted::At(String::new())
        } else {
            let files = lines::file_links(&self.app.links, view);
            let author = author(held, view);
            let post = Post {
                id: view.message.id,
                theirs: &seat.place,
                text: told::words(view),
                title: None,
                words: whose(view),
                files: &files,
                author: Some(&author),
                state: None,
                buttons: &[],
            };
            self.post(held, channel, &post).await?
        };
        if let Posted::At(place) = &posted {
            let (seat, seq) = (seat.clone(), view.message.seq);
            let (connection, message) = (held.connection.clone(), view.message.clone());
            let place = Some(place.clone()).filter(|it| !it.is_empty());
            self.app
                .db
                .write(self.account_id, move |unit| {
                    seats::told(unit, &seat, seq)?;
                    if let Some(place) = place {
                        told::keep(unit, &connection, &message, place)?;
                    }
                    // What stands with buttons comes behind what was written.
                    let job =
                        refresh::job(seat.account_id, seat.conversation_id, seat.connection_id);
                    Ok::<_, Failure>(jobs::enqueue(unit, &job)?)
                })
                .await?;
        }
        Ok(posted)
    }

    async fn post(&self, held: &Held, channel: &dyn Channel, post: &Post<'_>) -> Done<Posted> {
        if !self.is_first_try
            && let Some(place) = lines::posted(self.app, channel, post).await
        {
            return Ok(Posted::At(place));
        }
        lines::post(self.app, &held.connection, channel, post).await
    }
}

fn is_of_there(view: &MessageView) -> bool {
    view.message
        .metadata
        .as_ref()
        .is_some_and(|it| it.0 == WRITTEN_THERE)
}

fn author(held: &Held, view: &MessageView) -> String {
    if let Some(user) = &view.user {
        let name = user.title();
        return match view.message.private {
            true => format!("{name} (note)"),
            false => name.to_owned(),
        };
    }
    match (view.message.kind, &held.customer) {
        (MessageKind::System, _) => "Frontdesk".to_owned(),
        (_, Some(customer)) if view.customer.is_some() => {
            format!("{} (customer)", customer.title())
        }
        _ => "Frontdesk".to_owned(),
    }
}

/// What a customer writes acts on nobody; what colleagues write is shown as they meant it.
fn whose(view: &MessageView) -> Words {
    match view.user {
        Some(_) => Words::Ours,
        None => Words::Theirs,
    }
}
