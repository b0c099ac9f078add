//! Searches find what is there, newest first, behind the wall.

use crate::bed::{Bed, on_each_engine};
use frontdesk_db::queries::find::{self, Findings};
use frontdesk_db::queries::list::BadCursor;
use frontdesk_db::{DbError, queries, write};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::decide::{FirstMessage, Start, Written, start};
use frontdesk_domain::json::Json;
use frontdesk_domain::mail::{Mail, MailBody};
use frontdesk_domain::search::Search;
use frontdesk_domain::{
    Actor, ConversationId, Customer, CustomerId, MailDirection, MessageId, Refusal, Role, Source,
    UserId, Who,
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

async fn wrote(bed: &Bed, name: &str, source: Source, body: &str) -> ConversationId {
    let customer = Customer {
        name: Some(name.to_owned()),
        email: Some(format!("{}@example.org", name.to_lowercase())),
        ..Customer::new(CustomerId::random(), bed.account.id, bed.db.now())
    };
    let (id, inbox, body) = (ConversationId::random(), bed.inbox.clone(), body.to_owned());
    let actor = Actor::customer(bed.account.id, customer.id);
    bed.db
        .write(bed.account.id, move |unit| {
            queries::customers::insert(unit, &customer)?;
            let first = Written::text(MessageId::random(), &body);
            let command = Start {
                id,
                customer: &customer,
                inbox: Some(&inbox),
                source,
                subject: None,
                status: None,
                metadata: None,
                first: Some(FirstMessage::ByCustomer(first)),
            };
            let decision = start(&actor, command, unit.now()).map_err(Failed::Refused)?;
            write::apply(unit, &actor, decision)?;
            Ok::<_, Failed>(id)
        })
        .await
        .unwrap()
}

async fn look(bed: &Bed, actor: &Actor, typed: &str) -> Findings {
    let (actor, search) = (actor.clone(), Search::parse(typed, None));
    bed.db
        .read(move |conn| find::find(conn, &actor, &search, None, 50))
        .await
        .map_err(|error: DbError| format!("{typed}: {error:?}"))
        .unwrap()
}

/// The numbers of the conversations found.
async fn found(bed: &Bed, typed: &str) -> Vec<i64> {
    let actor = Actor::system(bed.account.id);
    let found = look(bed, &actor, typed).await;
    found
        .hits
        .iter()
        .map(|hit| hit.conversation.number)
        .collect()
}

async fn desk(bed: &Bed) {
    wrote(
        bed,
        "Ada",
        Source::Chat,
        "Where is my refund? I paid twice.",
    )
    .await;
    wrote(
        bed,
        "Bob",
        Source::Email,
        "The parcel came, the refund did not.",
    )
    .await;
    wrote(bed, "Ada", Source::Email, "返金をお願いします, please").await;
}

#[test]
fn what_is_changed_in_the_moment_it_was_written_is_found_by_its_new_words() {
    on_each_engine(|bed| async move {
        let id = wrote(&bed, "Ada", Source::Chat, "Where is my refund?").await;
        let account = bed.account.id;
        bed.db
            .write(account, move |unit| {
                let first = queries::messages::ids(unit.conn(), id)?[0];
                let found = queries::messages::by_id(unit.conn(), account, first)?;
                let mut message = found.unwrap().message;
                message.body = Some("Where is my parcel?".to_owned());
                message.updated_at = message.created_at;
                queries::messages::update(unit, &message)?;
                let sender = message.customer_id().unwrap();
                let found = queries::customers::by_id(unit.conn(), account, sender)?;
                queries::customers::update(unit, &found.unwrap())
            })
            .await
            .unwrap();
        assert_eq!(found(&bed, "refund").await, Vec::<i64>::new());
        assert_eq!(found(&bed, "parcel").await, [1]);
    });
}

#[test]
fn words_phrases_and_operators_find_their_messages() {
    on_each_engine(|bed| async move {
        desk(&bed).await;
        for (typed, expected) in [
            ("refund", vec![2, 1]),
            ("REFUND paid", vec![1]),
            ("\"my refund\"", vec![1]),
            ("\"refund my\"", vec![]),
            ("refu", vec![2, 1]),
            ("refu ", vec![]),
            ("refund -parcel", vec![1]),
            ("返金", vec![3]),
            ("from:ada refund", vec![1]),
            ("from:ada", vec![3, 1]),
            ("from:ada@example.org please", vec![3]),
            ("-from:ada refund", vec![2]),
            ("to:bob", vec![2]),
            ("channel:email", vec![3, 2]),
            ("refund channel:email", vec![2]),
            ("status:open refund", vec![2, 1]),
            ("is:closed refund", vec![]),
            ("is:unassigned", vec![3, 2, 1]),
            ("assignee:nobody refund", vec![2, 1]),
            ("assignee:ada refund", vec![]),
            ("tag:vip", vec![]),
            ("-tag:vip refund", vec![2, 1]),
            ("has:attachment", vec![]),
            ("has:note refund", vec![]),
            ("number:2", vec![2]),
            ("#3 please", vec![3]),
            ("is:waiting", vec![3, 2, 1]),
            ("-is:waiting refund", vec![]),
            ("before:2020-01-01 refund", vec![]),
            ("after:2020-01-01 refund", vec![2, 1]),
            ("-refund", vec![3]),
            ("", vec![]),
        ] {
            assert_eq!(found(&bed, typed).await, expected, "{typed}");
        }
    });
}

#[test]
fn a_message_is_found_by_its_id_and_by_that_of_its_mail() {
    on_each_engine(|bed| async move {
        desk(&bed).await;
        let id = wrote(&bed, "Cleo", Source::Email, "Hello").await;
        let account_id = bed.account.id;
        let written = bed.db.write(account_id, move |unit| {
            let message_id = queries::messages::ids(unit.conn(), id)?[0];
            let mail = Mail {
                message_id,
                account_id,
                connection_id: None,
                direction: MailDirection::In,
                mail_id: Some("a.b-1@host.example".to_owned()),
                theirs: "cleo@example.org".to_owned(),
                topic: "hello".to_owned(),
                details: Json("{}".to_owned()),
                created_at: unit.now(),
            };
            queries::mails::insert(unit, &mail, &MailBody::default())?;
            Ok::<_, DbError>(message_id)
        });
        let message_id = written.await.unwrap();
        for (typed, expected) in [
            (format!("message:{message_id}"), vec![4]),
            (format!("message:{message_id} hello"), vec![4]),
            ("<a.b-1@host.example>".to_owned(), vec![4]),
            ("message:a.b-1@host.example hello".to_owned(), vec![4]),
            ("message:another@host.example".to_owned(), vec![]),
            ("-message:a.b-1@host.example".to_owned(), vec![3, 2, 1]),
        ] {
            assert_eq!(found(&bed, &typed).await, expected, "{typed}");
        }
    });
}

#[test]
fn a_hit_shows_the_message_its_customer_and_why_it_was_found() {
    on_each_engine(|bed| async move {
        desk(&bed).await;
        let actor = Actor::system(bed.account.id);
        let found = look(&bed, &actor, "parcel").await;
        let hit = &found.hits[0];
        assert_eq!(hit.customer.as_ref().unwrap().name.as_deref(), Some("Bob"));
        let snippet = hit.snippet.as_ref().unwrap();
        assert_eq!(&snippet.text[snippet.marks[0].clone()], "parcel");
        assert!(hit.message.is_some());
        let (search, account) = (Search::parse("bob", None), actor.clone());
        let named = bed
            .db
            .read(move |conn| find::customers(conn, &account, &search, 10))
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        assert_eq!(named.len(), 1);
    });
}

#[test]
fn nobody_finds_what_is_behind_a_wall() {
    on_each_engine(|bed| async move {
        desk(&bed).await;
        let user_id = UserId(99);
        let outsider = Actor {
            account_id: bed.account.id,
            who: Who::User(Member {
                user_id,
                role: Role::Member,
                view: View::OwnInboxes {
                    user_id,
                    inboxes: Vec::new(),
                },
                scope: None,
            }),
            from: None,
        };
        let elsewhere = Actor::system(frontdesk_domain::AccountId::random());
        let visitor = Actor::customer(bed.account.id, CustomerId::random());
        for actor in [&outsider, &elsewhere, &visitor] {
            for typed in ["refund", "channel:email", "from:ada refund", "number:1"] {
                assert_eq!(look(&bed, actor, typed).await.hits, [], "{typed}");
            }
        }
    });
}

#[test]
fn pages_of_a_search_hold_each_message_once() {
    on_each_engine(|bed| async move {
        for number in 0..23 {
            wrote(
                &bed,
                "Ada",
                Source::Chat,
                &format!("refund number {number}"),
            )
            .await;
        }
        let actor = Actor::system(bed.account.id);
        for (typed, expected) in [
            ("refund", 23),
            ("refund -7", 22),
            ("status:open", 23),
            ("from:ada refund", 23),
        ] {
            let (actor, search) = (actor.clone(), Search::parse(typed, None));
            let numbers = bed
                .db
                .read(move |conn| {
                    let (mut numbers, mut at) = (Vec::new(), None);
                    loop {
                        let page = find::find(conn, &actor, &search, at, 5)?;
                        assert!(page.hits.len() <= 5);
                        numbers.extend(page.hits.iter().map(|hit| hit.conversation.number));
                        let Some(next) = page.next else { break };
                        at = Some(
                            next.to_string()
                                .parse()
                                .map_err(|_: BadCursor| DbError::Gone)?,
                        );
                    }
                    Ok::<_, DbError>(numbers)
                })
                .await
                .unwrap();
            assert_eq!(numbers.len(), expected, "{typed}");
            assert!(numbers.is_sorted_by(|a, b| a > b), "{typed}");
        }
    });
}

#[test]
fn nothing_typed_is_ever_syntax() {
    on_each_engine(|bed| async move {
        desk(&bed).await;
        for typed in [
            "\"",
            "refund\"",
            "refund*",
            "ref* OR",
            "NEAR(refund, 2)",
            "body:refund",
            "account:*",
            "{body}: x",
            "^refund",
            "refund AND NOT",
            "a:b:c",
            "'",
            "''",
            "refund' | 'x",
            "!refund",
            "\\",
            "refund\\",
            ":*",
            "<->",
            "&",
            "( )",
            "\0",
            "refund\0",
            "-",
            "--refund",
            "-\"",
            "x'; DROP TABLE messages; --",
            "%",
            "_",
            "🙂",
            "ﬁ ß İ",
            "\u{301}",
            "from:\"",
            "from:*",
            "tag:'",
            "٣",
            "ˇ˘",
            "a\u{300}",
        ] {
            look(&bed, &Actor::system(bed.account.id), typed).await;
        }
    });
}
