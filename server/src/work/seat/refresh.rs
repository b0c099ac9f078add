//! Keeps what stands in a team's channel with buttons as it is in the desk: the first line of a
//! conversation's thread, and its drafts. What is shown is known, so nothing is changed to what it is.

use super::face::{self, Face};
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::lines::{self, Post, Posted};
use frontdesk_connectors::channel::Channel;
use frontdesk_db::queries::seat_cards::{self, Card};
use frontdesk_db::queries::seats::{self, Seat};
use frontdesk_db::queries::{connections, conversations, customers, drafts, messages, users};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::connection::Connection;
use frontdesk_domain::{AccountId, ConnectionId, ConversationId, MessageId, UserId};
use frontdesk_jobs::{Job, NewJob, Outcome, Turn};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use uuid::Uuid;

/// Shows how things stand.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct RefreshSeat {
    conversation_id: ConversationId,
    connection_id: ConnectionId,
}

/// The job that shows how things stand with a conversation.
pub(super) fn job(
    account_id: AccountId,
    id: ConversationId,
    connection_id: ConnectionId,
) -> NewJob {
    let job = RefreshSeat {
        conversation_id: id,
        connection_id,
    };
    NewJob::of(Some(account_id.0), &job).unique(format!("{connection_id}:{id}"))
}

impl Job<App> for RefreshSeat {
    const NAME: &'static str = "refresh_seat";
    const QUEUE: &'static str = "seats";
    const LIMIT: Duration = Duration::from_secs(600);

    async fn run(self, app: App, turn: Turn) -> Outcome {
        let Some(owner) = turn.owner else {
            return Outcome::discard("it belongs to no account");
        };
        let refreshing = Refreshing {
            app: &app,
            account_id: AccountId(owner),
            id: self.conversation_id,
            connection_id: self.connection_id,
            is_first_try: turn.attempt <= 1,
        };
        match refreshing.all().await {
            Ok(outcome) => outcome,
            Err(failure) => Outcome::retry(failure.to_string()),
        }
    }
}

/// A conversation whose cards are shown.
struct Refreshing<'a> {
    app: &'a App,
    account_id: AccountId,
    id: ConversationId,
    connection_id: ConnectionId,
    is_first_try: bool,
}

/// Something that is to look like this.
struct Wanted {
    subject_id: Uuid,
    /// Where it stands, if it does.
    place: Option<String>,
    face: Face,
}

impl Refreshing<'_> {
    async fn all(&self) -> Done<Outcome> {
        loop {
            let Some((connection, seat, wanted)) = self.next().await? else {
                return Ok(Outcome::Done);
            };
            let Ok(channel) = lines::open(self.app, &connection).await? else {
                return Ok(Outcome::discard("the connection is not set up"));
            };
            let posted = self
                .show(&connection, channel.as_ref(), &seat, &wanted)
                .await?;
            let place = match (posted, wanted.place) {
                (Posted::At(place), None) => place,
                // What is gone there is not changed any more.
                (Posted::At(_) | Posted::Never(_), Some(place)) => place,
                (Posted::Never(why), None) => return Ok(Outcome::discard(why)),
                (Posted::Later { why, after }, _) => return Ok(Outcome::Retry { why, after }),
                (Posted::Wait(wait), _) => return Ok(Outcome::Snooze(wait)),
            };
            self.keep(wanted.subject_id, place, wanted.face.digest())
                .await?;
        }
    }

    /// What does not look as it should, one after the other.
    async fn next(&self) -> Done<Option<(Connection, Seat, Wanted)>> {
        let (account_id, id, connection_id) = (self.account_id, self.id, self.connection_id);
        let read = self.app.db.read(move |conn| {
            let connection = connections::by_id(conn, account_id, connection_id)?;
            let Some(connection) = connection.filter(Connection::is_on) else {
                return Ok(None);
            };
            let seat = seats::of_conversation(conn, account_id, id, connection_id)?;
            let Some(seat) = seat else {
                return Ok(None);
            };
            // What was written comes first; whoever tells the last of it has this done again.
            if !messages::thread(conn, id, seat.told_seq, 1)?.is_empty() {
                return Ok(None);
            }
            let next = next(conn, &seat)?;
            Ok::<_, Failure>(next.map(|wanted| (connection, seat, wanted)))
        });
        read.await
    }

    async fn show(
        &self,
        connection: &Connection,
        channel: &dyn Channel,
        seat: &Seat,
        wanted: &Wanted,
    ) -> Done<Posted> {
        let face = &wanted.face;
        let post = Post {
            // No message has the id of a conversation or a draft, so that it can stand for those.
            id: MessageId(wanted.subject_id),
            theirs: &seat.place,
            title: Some(&face.title),
            text: &face.text,
            words: face.words,
            files: &[],
            author: None,
            state: Some(&face.state),
            buttons: &face.buttons,
        };
        if let Some(place) = &wanted.place {
            return lines::retell(self.app, connection, channel, place, &post).await;
        }
        if !self.is_first_try
            && let Some(place) = lines::posted(self.app, channel, &post).await
        {
            return Ok(Posted::At(place));
        }
        lines::post(self.app, connection, channel, &post).await
    }

    async fn keep(&self, subject_id: Uuid, place: String, shown: String) -> Done<()> {
        let card = Card {
            connection_id: self.connection_id,
            subject_id,
            conversation_id: self.id,
            account_id: self.account_id,
            place,
            shown,
        };
        let kept = self.app.db.write(self.account_id, move |unit| {
            Ok::<_, Failure>(seat_cards::set(unit, &card)?)
        });
        kept.await
    }
}

/// The first thing that does not look as it should.
fn next(conn: &mut dyn Conn, seat: &Seat) -> Result<Option<Wanted>, DbError> {
    let (account_id, id) = (seat.account_id, seat.conversation_id);
    let Some(it) = conversations::by_id(conn, account_id, id)? else {
        return Ok(None);
    };
    let customer = customers::by_id(conn, account_id, it.customer_id)?;
    let holder = named(conn, account_id, it.assignee_id)?;
    let head = face::of_conversation(&it, customer.as_ref(), holder.as_deref());
    let mut faces = vec![(it.id.0, head)];
    for draft in drafts::of_conversation(conn, account_id, id)? {
        let decider = named(conn, account_id, draft.decided_by)?;
        faces.push((draft.id.0, face::of_draft(&draft, decider.as_deref())));
    }
    let cards = seat_cards::of_conversation(conn, account_id, id, seat.connection_id)?;
    let wanted = faces.into_iter().find_map(|(subject_id, face)| {
        let card = cards.iter().find(|it| it.subject_id == subject_id);
        let place = match card {
            Some(card) if card.shown == face.digest() => return None,
            Some(card) => Some(card.place.clone()),
            None if subject_id == id.0 => Some(seat.place.clone()),
            // What was decided about elsewhere before it was shown needs no showing.
            None if face.buttons.is_empty() => return None,
            None => None,
        };
        Some(Wanted {
            subject_id,
            place,
            face,
        })
    });
    Ok(wanted)
}

/// What to call a user.
pub(super) fn named(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: Option<UserId>,
) -> Result<Option<String>, DbError> {
    let Some(id) = id else {
        return Ok(None);
    };
    Ok(users::by_id(conn, account_id, id)?.map(|it| it.title().to_owned()))
}
