//! Lists: whole, in order, the same effort however long, and nothing in them that the asker may
//! not see.

use crate::bed::{START, on_each_engine};
use crate::desk::{Desk, fill};
use frontdesk_db::queries::filter::{Assignee, ConversationFilter, Mentioning};
use frontdesk_db::queries::list::{self, Page, PageRequest, Purpose};
use frontdesk_db::{Conn, DbError, Dialect, queries};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::{
    Actor, Conversation, CustomerId, Priority, Role, Source, Status, TagId, TeamId, UserId, Who,
};

fn member(desk: &Desk, user_id: UserId, view: View) -> Actor {
    Actor {
        account_id: desk.account_id,
        who: Who::User(Member {
            user_id,
            role: Role::Member,
            view,
            scope: None,
        }),
        from: None,
    }
}

/// Everybody whose lists are looked at.
fn askers(desk: &Desk) -> Vec<Actor> {
    let user_id = desk.users[1];
    vec![
        Actor::system(desk.account_id),
        member(desk, user_id, View::All),
        member(desk, user_id, View::OwnAndUnassigned { user_id }),
        member(
            desk,
            user_id,
            View::OwnInboxes {
                user_id,
                inboxes: vec![desk.inboxes[1]],
            },
        ),
        member(
            desk,
            user_id,
            View::OwnInboxes {
                user_id,
                inboxes: Vec::new(),
            },
        ),
    ]
}

/// One filter for each thing that can be asked.
fn singles(desk: &Desk, customer_id: CustomerId) -> Vec<ConversationFilter> {
    let mut all = of_columns(desk, customer_id);
    all.extend(of_what_hangs_on(desk));
    all
}

fn made(change: impl FnOnce(&mut ConversationFilter)) -> ConversationFilter {
    let mut filter = ConversationFilter::default();
    change(&mut filter);
    filter
}

fn of_columns(desk: &Desk, customer_id: CustomerId) -> Vec<ConversationFilter> {
    let yesterday = START.plus_seconds(-86_400);
    vec![
        made(|it| it.status = Some(Status::Open)),
        made(|it| it.status = Some(Status::Closed)),
        made(|it| it.priority = Some(Priority::High)),
        made(|it| it.priority = Some(Priority::Normal)),
        made(|it| it.read = Some(false)),
        made(|it| it.read = Some(true)),
        made(|it| it.assignee = Some(Assignee::User(desk.users[0]))),
        made(|it| it.assignee = Some(Assignee::Nobody)),
        made(|it| it.team_id = Some(TeamId::random())),
        made(|it| it.customer_id = Some(customer_id)),
        made(|it| it.inbox_id = Some(desk.inboxes[1])),
        made(|it| it.source = Some(Source::Email)),
        made(|it| it.after = Some(yesterday)),
        made(|it| it.before = Some(yesterday)),
    ]
}

fn of_what_hangs_on(desk: &Desk) -> Vec<ConversationFilter> {
    let user_id = desk.users[0];
    let mention = |seen| made(|it| it.mention = Some(Mentioning { user_id, seen }));
    vec![
        mention(None),
        mention(Some(false)),
        mention(Some(true)),
        made(|it| it.tag_id = Some(desk.tags[0])),
        made(|it| it.tag_id = Some(desk.tags[1])),
        made(|it| it.text = Some("refund plea".to_owned())),
        made(|it| it.has_attachment = Some(true)),
        made(|it| it.has_attachment = Some(false)),
    ]
}

/// All that either asks; what both ask, the second decides.
fn both(one: &ConversationFilter, two: &ConversationFilter) -> ConversationFilter {
    let two = two.clone();
    ConversationFilter {
        status: two.status.or(one.status),
        priority: two.priority.or(one.priority),
        read: two.read.or(one.read),
        assignee: two.assignee.or(one.assignee),
        team_id: two.team_id.or(one.team_id),
        customer_id: two.customer_id.or(one.customer_id),
        inbox_id: two.inbox_id.or(one.inbox_id),
        source: two.source.or(one.source),
        tag_id: two.tag_id.or(one.tag_id),
        mention: two.mention.or(one.mention),
        text: two.text.or_else(|| one.text.clone()),
        after: two.after.or(one.after),
        before: two.before.or(one.before),
        has_attachment: two.has_attachment.or(one.has_attachment),
    }
}

fn pairs(singles: &[ConversationFilter]) -> Vec<ConversationFilter> {
    let mut all = vec![ConversationFilter::default()];
    for (index, one) in singles.iter().enumerate() {
        all.extend(singles[index..].iter().map(|two| both(one, two)));
    }
    all
}

fn first(conn: &mut dyn Conn, actor: &Actor, filter: &ConversationFilter) -> Page {
    list::page(conn, actor, filter, PageRequest::default()).unwrap()
}

/// A whole list, page by page, and the same backwards.
fn whole(conn: &mut dyn Conn, actor: &Actor, filter: &ConversationFilter) -> Vec<Conversation> {
    let mut there = Vec::new();
    let mut page = first(conn, actor, filter);
    assert_eq!(page.previous, None);
    let last = loop {
        there.extend(page.conversations.clone());
        let Some(at) = page.next else { break page };
        let at = Some(at.to_string().parse().unwrap());
        page = list::page(conn, actor, filter, PageRequest { limit: 50, at }).unwrap();
    };
    let mut back = last.conversations.clone();
    let mut previous = last.previous;
    while let Some(at) = previous {
        let request = PageRequest {
            limit: 50,
            at: Some(at),
        };
        let page = list::page(conn, actor, filter, request).unwrap();
        assert!(page.next.is_some());
        back.splice(0..0, page.conversations);
        previous = page.previous;
    }
    assert_eq!(there, back);
    there
}

#[test]
fn every_filter_and_pair_of_filters_finds_what_it_counts() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 120).await;
        bed.db
            .read(move |conn| {
                let askers = askers(&desk);
                let all = whole(conn, &askers[0], &ConversationFilter::default());
                assert_eq!(all.len(), 120);
                for filter in pairs(&singles(&desk, all[7].customer_id)) {
                    for actor in &askers {
                        let found = whole(conn, actor, &filter);
                        assert!(found.iter().all(|it| actor.sees(it)));
                        assert!(found.is_sorted_by(|a, b| a.sorted_at() >= b.sorted_at()));
                        let counted = queries::counts::total(conn, actor, &filter)?;
                        assert_eq!(counted, i64::try_from(found.len()).unwrap(), "{filter:?}");
                        for plan in list::plans(conn, actor, &filter, None)? {
                            assert!(!plan.steps.is_empty());
                        }
                    }
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn a_list_holds_exactly_what_its_filter_says() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 300).await;
        bed.db
            .read(move |conn| {
                let askers = askers(&desk);
                let all = whole(conn, &askers[0], &ConversationFilter::default());
                let filter = ConversationFilter {
                    status: Some(Status::Closed),
                    assignee: Some(Assignee::Nobody),
                    source: Some(Source::Chat),
                    ..ConversationFilter::default()
                };
                for actor in &askers {
                    let expected: Vec<_> = all
                        .iter()
                        .filter(|it| {
                            it.status == Status::Closed
                                && it.assignee_id.is_none()
                                && it.source == Source::Chat
                                && actor.sees(it)
                        })
                        .cloned()
                        .collect();
                    assert_eq!(whole(conn, actor, &filter), expected);
                }
                let customer = Actor::customer(desk.account_id, all[0].customer_id);
                let own = whole(conn, &customer, &ConversationFilter::default());
                assert!(own.iter().all(|it| it.customer_id == all[0].customer_id));
                assert_eq!(own.len(), 5);
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn pages_walk_an_index_in_order() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 20_000).await;
        bed.db
            .read(move |conn| {
                let actor = Actor::system(desk.account_id);
                let start = first(conn, &actor, &ConversationFilter::default());
                let customer_id = start.conversations[0].customer_id;
                for filter in singles(&desk, customer_id) {
                    for at in [None, start.next] {
                        for plan in list::plans(conn, &actor, &filter, at)? {
                            let steps = plan.steps.join("\n");
                            if plan.purpose == Purpose::Walk
                                && dense(conn.dialect(), &desk, &filter)
                            {
                                assert!(!sorts(conn.dialect(), &steps), "{filter:?}\n{steps}");
                            }
                        }
                    }
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

/// PostgreSQL may well sort the few rows it expects of a filter that hardly anything matches.
fn dense(dialect: Dialect, desk: &Desk, filter: &ConversationFilter) -> bool {
    let rare = filter.customer_id.is_some()
        || filter.team_id.is_some()
        || filter.tag_id == Some(desk.tags[1])
        || filter.mention.is_some()
        || filter.has_attachment.is_some();
    dialect == Dialect::Sqlite || !rare
}

fn sorts(dialect: Dialect, steps: &str) -> bool {
    match dialect {
        Dialect::Sqlite => steps.contains("TEMP B-TREE") || steps.contains("SCAN c"),
        Dialect::Postgres => steps.contains("Sort") || steps.contains("Seq Scan on conversations"),
    }
}

fn has(view: &list::ConversationView, id: TagId) -> bool {
    view.tags.iter().any(|tag| tag.id == id)
}

#[test]
fn a_page_comes_with_all_that_is_shown_of_it() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 300).await;
        bed.db
            .read(move |conn| {
                let actor = Actor::system(desk.account_id);
                let page = first(conn, &actor, &ConversationFilter::default());
                let views = list::expand(conn, desk.account_id, page.conversations)?;
                assert_eq!(views.len(), 50);
                for view in &views {
                    let number = view.conversation.number;
                    assert_eq!(view.messages.len(), 2);
                    assert!(view.messages[0].message.seq < view.messages[1].message.seq);
                    assert_eq!(view.messages[0].customer, view.customer);
                    assert!(view.customer.is_some());
                    assert_eq!(view.messages[1].user.as_ref().unwrap().id, desk.users[0]);
                    assert_eq!(has(view, desk.tags[0]), number % 3 == 0);
                    assert_eq!(has(view, desk.tags[1]), number % 50 == 0);
                    assert_eq!(view.mentions.len(), usize::from(number % 100 == 0));
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}

#[test]
fn what_is_unread_is_counted_for_who_may_see_it() {
    on_each_engine(|bed| async move {
        let desk = fill(&bed, 2_000).await;
        bed.db
            .read(move |conn| {
                for actor in askers(&desk) {
                    let unread = queries::counts::unread(conn, &actor)?;
                    let of = |conn: &mut dyn Conn, filter: ConversationFilter| {
                        let filter = ConversationFilter {
                            read: Some(false),
                            status: filter.status.or(Some(Status::Open)),
                            ..filter
                        };
                        queries::counts::total(conn, &actor, &filter).unwrap()
                    };
                    let none = ConversationFilter::default;
                    assert_eq!(unread.open, of(conn, none()));
                    assert_eq!(unread.unread, unread.open);
                    let high = ConversationFilter {
                        priority: Some(Priority::High),
                        ..none()
                    };
                    assert_eq!(unread.priority, of(conn, high));
                    let nobody = ConversationFilter {
                        assignee: Some(Assignee::Nobody),
                        ..none()
                    };
                    assert_eq!(unread.unassigned, of(conn, nobody));
                    let closed = ConversationFilter {
                        status: Some(Status::Closed),
                        ..none()
                    };
                    assert_eq!(unread.closed, of(conn, closed));
                    for inbox in desk.inboxes {
                        let within = ConversationFilter {
                            inbox_id: Some(inbox),
                            ..none()
                        };
                        let counted = unread.inboxes.get(&inbox).copied().unwrap_or(0);
                        assert_eq!(counted, of(conn, within));
                    }
                }
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    });
}
