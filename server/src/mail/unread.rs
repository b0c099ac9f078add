//! Mails a visitor what they have not seen of a chat: all of it in one mail, each message once. The
//! answer comes back by the reply token.

use super::letter::{self, History, Wanted};
use super::post;
use crate::app::App;
use crate::failure::{Failure, Outcome as Done};
use crate::work::{Handed, Outgoing};
use frontdesk_db::queries::{conversations, customers, mails, messages, unread};
use frontdesk_db::{Conn, Unit, write};
use frontdesk_domain::decide::{self, Written};
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::{AccountId, Actor, ConversationId, MailDirection, MessageId};
use frontdesk_jobs::Outcome;

/// What is older than this many seconds is no news any more.
pub(crate) const OLDEST: i64 = 24 * 60 * 60;

/// The most messages in one mail.
const MOST: i64 = 50;

/// Writes what is unseen now.
pub(crate) async fn write_unread(
    app: &App,
    account_id: AccountId,
    id: ConversationId,
) -> Done<Outcome> {
    let since = app.db.now().plus_seconds(-OLDEST);
    let found = app
        .db
        .read(move |conn| {
            let ids = unread::of_conversation(conn, account_id, id, since, MOST)?;
            together(conn, account_id, id, ids)
        })
        .await?;
    let Some(wanted) = found else {
        return Ok(Outcome::Done);
    };
    let mut all = wanted.also.clone();
    all.push(wanted.outgoing.message.message.id);
    let handed = match letter::write(app, wanted).await? {
        Ok(ready) => post::post(app, &ready).await?,
        Err(handed) => handed,
    };
    Ok(match handed {
        Handed::Sent | Handed::Partly { .. } => Outcome::Done,
        Handed::Wait(wait) => {
            take_back(app, account_id, all).await?;
            Outcome::Snooze(wait)
        }
        Handed::Later { why, after } => {
            take_back(app, account_id, all).await?;
            Outcome::Retry { why, after }
        }
        Handed::Refused { why } => {
            settle(app, account_id, all).await?;
            let line = format!("What the customer has not seen could not be mailed: {why}.");
            tell(app, account_id, id, line).await?;
            Outcome::Done
        }
        Handed::Uncertain { why } => {
            let line = format!("What the customer has not seen was perhaps mailed: {why}.");
            tell(app, account_id, id, line).await?;
            Outcome::Done
        }
    })
}

/// All that is unseen as one message, under the name of its last.
fn together(
    conn: &mut dyn Conn,
    account_id: AccountId,
    id: ConversationId,
    mut ids: Vec<MessageId>,
) -> Done<Option<Wanted>> {
    let Some(last) = ids.pop() else {
        return Ok(None);
    };
    let Some(conversation) = conversations::by_id(conn, account_id, id)? else {
        return Ok(None);
    };
    let Some(customer) = customers::by_id(conn, account_id, conversation.customer_id)? else {
        return Ok(None);
    };
    let Some(mut message) = messages::by_id(conn, account_id, last)? else {
        return Ok(None);
    };
    let before = messages::by_ids(conn, account_id, &ids)?;
    let mut words = Vec::new();
    let mut files = Vec::new();
    for id in &ids {
        if let Some(view) = before.get(id) {
            words.extend(view.message.body.clone());
            files.extend(view.attachments.iter().cloned());
        }
    }
    words.extend(message.message.body.take());
    message.message.body = Some(words.join("\n\n"));
    files.append(&mut message.attachments);
    message.attachments = files;
    Ok(Some(Wanted {
        outgoing: Outgoing {
            conversation,
            customer,
            message,
        },
        also: ids,
        history: History::Always,
    }))
}

/// Nothing was handed over, so that they may be mailed another time.
async fn take_back(app: &App, account_id: AccountId, ids: Vec<MessageId>) -> Done<()> {
    let taken = app.db.write(account_id, move |unit| {
        for id in ids {
            unread::not_mailed(unit, account_id, id)?;
        }
        Ok::<_, Failure>(())
    });
    taken.await
}

/// Notes that they are not to be mailed again.
async fn settle(app: &App, account_id: AccountId, ids: Vec<MessageId>) -> Done<()> {
    let settled = app.db.write(account_id, move |unit| {
        for message_id in ids {
            let none = Mail {
                message_id,
                account_id,
                connection_id: None,
                direction: MailDirection::Out,
                mail_id: None,
                theirs: String::new(),
                topic: String::new(),
                details: Json("{}".to_owned()),
                created_at: unit.now(),
            };
            mails::insert(unit, &none, &MailBody::default())?;
        }
        Ok::<_, Failure>(())
    });
    settled.await
}

/// A line of the server's own in the thread.
async fn tell(app: &App, account_id: AccountId, id: ConversationId, line: String) -> Done<()> {
    let told = move |unit: &mut Unit<'_>| {
        let (actor, now) = (Actor::system(account_id), unit.now());
        let Some(held) = conversations::by_id(unit.conn(), account_id, id)? else {
            return Ok(());
        };
        let written = Written::text(MessageId::random(), line);
        let decision = decide::system_line(&held, &actor, written, now)?;
        write::apply(unit, &actor, decision)?;
        Ok::<_, Failure>(())
    };
    app.db.write(account_id, told).await
}
