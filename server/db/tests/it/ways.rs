//! How conversations reach customers and teams by connections, and what came in and is not understood.

use crate::bed::{Bed, START, on_each_engine};
use crate::rows::{assert_dangling, conversation, customer, neighbour, read, write};
use frontdesk_db::queries::seat_cards::{self, Card};
use frontdesk_db::queries::seats::{self, Seat};
use frontdesk_db::queries::{arrivals, connections, conversations, lines};
use frontdesk_domain::connection::{Connection, Health, Traffic};
use frontdesk_domain::json::Json;
use frontdesk_domain::line::Line;
use frontdesk_domain::{ConnectionId, ConversationId, EventSeq, Source};

async fn connection(bed: &Bed) -> ConnectionId {
    let row = Connection {
        id: ConnectionId::random(),
        account_id: bed.account.id,
        inbox_id: bed.inbox.id,
        kind: Source::Slack,
        name: "Slack".to_owned(),
        settings: Json("{}".to_owned()),
        health: Health::untested(),
        traffic: Traffic::default(),
        consented_at: None,
        created_at: START,
        updated_at: START,
    };
    let id = row.id;
    let stored = write(bed, move |unit| connections::insert(unit, &row)).await;
    stored.unwrap();
    id
}

async fn talk(bed: &Bed) -> ConversationId {
    let customer = customer(bed, bed.account.id).await;
    conversation(bed, &customer).await.0
}

fn line(bed: &Bed, id: ConnectionId, conversation_id: ConversationId, theirs: &str) -> Line {
    Line {
        conversation_id,
        account_id: bed.account.id,
        connection_id: id,
        ours: "+1".to_owned(),
        theirs: theirs.to_owned(),
        heard_at: Some(START),
        stopped_at: None,
    }
}

#[test]
fn a_pair_of_addresses_is_one_line_within_the_wall() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let mine = bed.account.id;
        let (first, second) = (talk(&bed).await, talk(&bed).await);
        let row = line(&bed, id, first, "C1:1");
        let stored = row.clone();
        write(&bed, move |unit| lines::insert(unit, &stored))
            .await
            .unwrap();
        let same = line(&bed, id, second, "C1:1");
        let refused = write(&bed, move |unit| lines::insert(unit, &same)).await;
        assert!(
            refused.is_err(),
            "a second conversation cannot have the line"
        );
        let found = async |account| {
            read(&bed, move |conn| {
                lines::find(conn, account, id, "+1", "C1:1")
            })
            .await
        };
        assert_eq!(found(mine).await, Some(row.clone()));
        assert_eq!(found(other.id).await, None);
        let of = read(&bed, move |conn| {
            lines::of_conversation(conn, other.id, first)
        });
        assert_eq!(of.await, None);
        let lively = async |account, since: i64| {
            let since = START.plus_seconds(since);
            read(&bed, move |conn| {
                lines::heard_since(conn, account, id, since, 10)
            })
            .await
        };
        assert_eq!(lively(mine, 0).await, std::slice::from_ref(&row));
        assert_eq!(lively(mine, 1).await, []);
        assert_eq!(lively(other.id, 0).await, []);
    });
}

#[test]
fn a_line_is_stopped_and_moved_by_its_own_account_alone() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let mine = bed.account.id;
        let (first, second) = (talk(&bed).await, talk(&bed).await);
        let rows = [line(&bed, id, first, "a"), line(&bed, id, second, "b")];
        write(&bed, move |unit| {
            rows.iter().try_for_each(|it| lines::insert(unit, it))
        })
        .await
        .unwrap();
        let of = async |at: ConversationId| {
            read(&bed, move |conn| lines::of_conversation(conn, mine, at))
                .await
                .unwrap()
        };
        for (account, stopped) in [(other.id, None), (mine, Some(START))] {
            let stop = write(&bed, move |unit| {
                lines::set_stopped(unit, account, id, "a", Some(START))
            });
            stop.await.unwrap();
            assert_eq!(of(first).await.stopped_at, stopped);
        }
        for (account, to, now) in [(other.id, "c", "a"), (mine, "b", "a"), (mine, "c", "c")] {
            let moving = write(&bed, move |unit| lines::moved(unit, account, id, "a", to));
            moving.await.unwrap();
            assert_eq!(
                of(first).await.theirs,
                now,
                "what is known already is not taken"
            );
        }
        assert_eq!(of(second).await.theirs, "b");
    });
}

#[test]
fn what_came_is_taken_in_its_order_and_what_cannot_be_is_set_aside() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let mine = bed.account.id;
        let missing = ConnectionId::random();
        assert_dangling(&write(&bed, move |unit| arrivals::insert(unit, mine, missing, "x")).await);
        for body in ["one", "two", "three"] {
            let kept = write(&bed, move |unit| arrivals::insert(unit, mine, id, body));
            kept.await.unwrap();
        }
        let first =
            async |account| read(&bed, move |conn| arrivals::first(conn, account, id)).await;
        assert_eq!(first(other.id).await, None);
        let one = first(mine).await.unwrap();
        assert_eq!(one.body, "one");
        write(&bed, move |unit| arrivals::delete(unit, other.id, one.n))
            .await
            .unwrap();
        assert_eq!(
            first(mine).await.unwrap().body,
            "one",
            "not theirs to forget"
        );
        write(&bed, move |unit| arrivals::delete(unit, mine, one.n))
            .await
            .unwrap();
        let two = first(mine).await.unwrap();
        write(&bed, move |unit| {
            arrivals::set_aside(unit, mine, two.n, "no")
        })
        .await
        .unwrap();
        assert_eq!(first(mine).await.unwrap().body, "three");
        let swept = write(&bed, |unit| arrivals::sweep(unit, START.plus_seconds(1))).await;
        assert_eq!(swept.unwrap(), 1, "what waits stays");
        assert_eq!(first(mine).await.unwrap().body, "three");
    });
}

#[test]
fn a_thread_of_a_team_is_one_conversation_and_knows_how_far_it_was_told() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let mine = bed.account.id;
        let (first, second) = (talk(&bed).await, talk(&bed).await);
        let seat = Seat {
            conversation_id: first,
            connection_id: id,
            account_id: mine,
            place: "C1:1".to_owned(),
            told_seq: EventSeq(0),
        };
        let stored = seat.clone();
        write(&bed, move |unit| seats::insert(unit, &stored))
            .await
            .unwrap();
        let same = Seat {
            conversation_id: second,
            ..seat.clone()
        };
        assert!(
            write(&bed, move |unit| seats::insert(unit, &same))
                .await
                .is_err()
        );
        let foreign = Seat {
            account_id: other.id,
            ..seat.clone()
        };
        let told = seat.clone();
        let told = write(&bed, move |unit| {
            seats::told(unit, &foreign, EventSeq(9))?;
            seats::told(unit, &told, EventSeq(7))
        });
        told.await.unwrap();
        let at = async |account| read(&bed, move |conn| seats::at(conn, account, id, "C1:1")).await;
        assert_eq!(at(mine).await.unwrap().told_seq, EventSeq(7));
        assert_eq!(at(other.id).await, None);
        let of = read(&bed, move |conn| {
            seats::of_conversation(conn, mine, second, id)
        });
        assert_eq!(of.await, None);
    });
}

#[test]
fn a_card_is_of_one_subject_and_shows_what_it_showed_last() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let (mine, talk) = (bed.account.id, talk(&bed).await);
        let card = Card {
            connection_id: id,
            subject_id: talk.0,
            conversation_id: talk,
            account_id: mine,
            place: "C1:1".to_owned(),
            shown: "one".to_owned(),
        };
        let foreign = Card {
            account_id: other.id,
            shown: "theirs".to_owned(),
            ..card.clone()
        };
        let again = Card {
            shown: "two".to_owned(),
            ..card.clone()
        };
        for it in [card, foreign, again.clone()] {
            let set = write(&bed, move |unit| seat_cards::set(unit, &it));
            set.await.unwrap();
        }
        let of = async |account| {
            read(&bed, move |conn| {
                seat_cards::of_conversation(conn, account, talk, id)
            })
            .await
        };
        assert_eq!(of(mine).await, [again]);
        assert_eq!(of(other.id).await, []);
    });
}

#[test]
fn the_lines_of_a_customer_are_theirs_alone() {
    on_each_engine(|bed| async move {
        let ((other, _), id) = (neighbour(&bed).await, connection(&bed).await);
        let (mine, talk) = (bed.account.id, talk(&bed).await);
        let line = Line {
            conversation_id: talk,
            account_id: mine,
            connection_id: id,
            ours: "+1".to_owned(),
            theirs: "+2".to_owned(),
            heard_at: Some(START),
            stopped_at: None,
        };
        let kept = line.clone();
        write(&bed, move |unit| lines::insert(unit, &kept))
            .await
            .unwrap();
        let held = read(&bed, move |conn| conversations::by_id(conn, mine, talk)).await;
        let customer = held.unwrap().customer_id;
        let of = async |account| {
            read(&bed, move |conn| {
                lines::of_customer(conn, account, customer, 10)
            })
            .await
        };
        assert_eq!(of(mine).await, [line]);
        assert_eq!(of(other.id).await, []);
    });
}
