//! What is loaded in bulk reads like what was written one by one.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::bulk::{self, Indexed, Kept};
use frontdesk_db::{DbError, queries};
use frontdesk_domain::message::{Delivery, Sender};
use frontdesk_domain::{
    Conversation, ConversationId, Customer, CustomerId, EventKind, EventSeq, Message, MessageId,
    MessageKind, Source, Status, Timestamp,
};

/// More than fill one statement, and some left over.
const MANY: usize = 123;

fn message(conversation: &Conversation, sender: Sender, at: Timestamp) -> Message {
    Message {
        id: MessageId::random(),
        account_id: conversation.account_id,
        conversation_id: conversation.id,
        seq: EventSeq(0),
        kind: MessageKind::Reply,
        private: false,
        source: Source::Email,
        body: Some("Where is my parcel? 返金".to_owned()),
        original: None,
        sender,
        attachments: Vec::new(),
        mentions: Vec::new(),
        delivery: Delivery::done(),
        metadata: None,
        sent_at: Some(at),
        seen_at: None,
        created_at: at,
        updated_at: at,
    }
}

async fn load(bed: &Bed, messages: impl Fn(&Conversation) -> Vec<Message>) -> Vec<Conversation> {
    let account_id = bed.account.id;
    let customer = Customer::new(CustomerId::random(), account_id, bed.db.now());
    let rows: Vec<Conversation> = (0..MANY)
        .map(|n| {
            let id = ConversationId::random();
            let at = bed.db.now().plus_seconds(n as i64);
            let mut row = Conversation::new(id, account_id, customer.id, Source::Email, at);
            row.inbox_id = Some(bed.inbox.id);
            row.subject = Some(format!("Parcel {n}"));
            row.last_activity_at = Some(at);
            row.status = if n % 3 == 0 {
                Status::Closed
            } else {
                Status::Open
            };
            row
        })
        .collect();
    let mut written: Vec<Indexed> = rows.iter().flat_map(messages).map(Indexed::new).collect();
    bed.db
        .write(account_id, move |unit| {
            queries::customers::insert(unit, &customer)?;
            let mut rows: Vec<_> = rows.into_iter().map(|row| (row, Vec::new())).collect();
            bulk::conversations(unit, account_id, &mut rows)?;
            bulk::messages(unit, account_id, &mut written)?;
            Ok::<_, DbError>(rows.into_iter().map(|(row, _)| row).collect())
        })
        .await
        .unwrap()
}

#[test]
fn a_loaded_desk_is_whole() {
    on_each_engine(|bed| async move {
        let at = bed.db.now();
        let user = Sender::User(bed.user.id);
        let rows = load(&bed, |it| {
            let customer = Sender::Customer(it.customer_id);
            let asked = message(it, customer, at);
            let answered = message(it, user, at.plus_seconds(1));
            let again = message(it, customer, at.plus_seconds(2));
            vec![asked, answered, again]
        })
        .await;
        let account_id = bed.account.id;
        let (stored, events, counts, recount) = bed
            .db
            .read(move |conn| {
                let stored: Result<Vec<_>, DbError> = rows
                    .iter()
                    .map(|row| {
                        let found = queries::conversations::by_id(conn, account_id, row.id)?;
                        let thread = queries::messages::thread(conn, row.id, EventSeq(0), 10)?;
                        Ok((row.clone(), found.unwrap(), thread))
                    })
                    .collect();
                Ok::<_, DbError>((
                    stored?,
                    queries::events::since(conn, account_id, EventSeq(0), 10_000)?,
                    queries::counts::cells(conn, account_id)?,
                    queries::counts::recount(conn, account_id)?,
                ))
            })
            .await
            .unwrap();
        assert_eq!(counts, recount);
        assert_eq!(events.len(), MANY * 4);
        let numbers = events.iter().map(|event| event.seq.0);
        assert!(numbers.eq(1..=i64::try_from(MANY * 4).unwrap()));
        assert_eq!(events[MANY].kind, EventKind::MessageCreated);
        for (given, found, thread) in stored {
            assert_eq!(thread.len(), 3);
            let waiting = (found.status != Status::Closed).then(|| at.plus_seconds(2));
            let expected = Conversation {
                last_message_seq: thread[2].message.seq,
                answered: true,
                waiting_since: waiting,
                ..given
            };
            assert_eq!(found, expected);
        }
    });
}

#[test]
fn what_is_there_is_known() {
    on_each_engine(|bed| async move {
        let rows = load(&bed, |_| Vec::new()).await;
        let ids: Vec<_> = rows.iter().map(|row| row.id.0).collect();
        let (asked, other) = (ids.clone(), ConversationId::random().0);
        let known = bed
            .db
            .write(bed.account.id, move |unit| {
                let ids = asked.into_iter().chain([other]);
                bulk::known(unit, Kept::Conversations, ids)
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!(known.len(), ids.len());
        assert!(!known.contains(&other));
    });
}
