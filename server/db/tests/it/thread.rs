//! A conversation from its first message to its answer, and the events that tell of it.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::queries::events::Content;
use frontdesk_db::{DbError, queries, write};
use frontdesk_domain::decide::{FirstMessage, Start, Written, start};
use frontdesk_domain::{
    Actor, ConversationId, Customer, CustomerId, EventKind, EventSeq, MessageId, Refusal, Source,
};

#[derive(Debug)]
enum Failed {
    Db(#[expect(dead_code, reason = "shown by Debug when a test fails")] DbError),
    Refused(#[expect(dead_code, reason = "shown by Debug when a test fails")] Refusal),
}

impl From<DbError> for Failed {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

async fn started(bed: &Bed) -> (Customer, ConversationId) {
    let customer = Customer::new(CustomerId::random(), bed.account.id, bed.db.now());
    let (id, stored, inbox) = (
        ConversationId::random(),
        customer.clone(),
        bed.inbox.clone(),
    );
    let actor = Actor::customer(bed.account.id, customer.id);
    bed.db
        .write(bed.account.id, move |unit| {
            queries::customers::insert(unit, &stored)?;
            let first = Written::text(MessageId::random(), "Where is my order?");
            let command = Start {
                id,
                customer: &stored,
                inbox: Some(&inbox),
                source: Source::Chat,
                subject: None,
                status: None,
                metadata: None,
                first: Some(FirstMessage::ByCustomer(first)),
            };
            let decision = start(&actor, command, unit.now()).map_err(Failed::Refused)?;
            write::apply(unit, &actor, decision)?;
            Ok::<_, Failed>(())
        })
        .await
        .unwrap();
    (customer, id)
}

#[test]
fn a_first_message_makes_two_numbered_events() {
    on_each_engine(|bed| async move {
        let (customer, id) = started(&bed).await;
        let account_id = bed.account.id;
        let events = bed
            .db
            .read(move |conn| queries::events::since(conn, account_id, EventSeq(0), 10))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let kinds: Vec<_> = events
            .iter()
            .map(|event| (event.seq.0, event.kind))
            .collect();
        assert_eq!(
            kinds,
            [
                (1, EventKind::ConversationCreated),
                (2, EventKind::MessageCreated)
            ]
        );
        let Content::Message {
            view: Some(view), ..
        } = &events[1].content
        else {
            unreachable!("a message event has its message");
        };
        assert_eq!(view.message.seq, EventSeq(2));
        assert_eq!(view.message.body.as_deref(), Some("Where is my order?"));
        assert_eq!(view.customer.as_ref().unwrap().id, customer.id);
        let conversation = events[1].conversation.as_ref().unwrap();
        assert_eq!((conversation.id, conversation.number), (id, 1));
        assert_eq!(conversation.last_message_seq, EventSeq(2));
        assert_eq!(conversation.source, Source::Chat);
    });
}

#[test]
fn counts_follow_the_conversations() {
    on_each_engine(|bed| async move {
        started(&bed).await;
        started(&bed).await;
        let account_id = bed.account.id;
        let (kept, counted) = bed
            .db
            .read(move |conn| {
                Ok::<_, DbError>((
                    queries::counts::cells(conn, account_id)?,
                    queries::counts::recount(conn, account_id)?,
                ))
            })
            .await
            .unwrap();
        assert_eq!(kept, counted);
        assert_eq!(kept.iter().map(|(_, total)| total).sum::<i64>(), 2);
    });
}
