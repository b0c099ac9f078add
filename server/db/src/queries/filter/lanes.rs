//! Which indexes a list walks. Each lane is one index that already has the list's order, so
//! that a page costs the same however many conversations there are. Lanes may overlap.

use super::{Assignee, Clause, ConversationFilter, Reach};
use crate::conn::Dialect;
use frontdesk_domain::actor::View;
use frontdesk_domain::{CustomerId, InboxId, Priority, Status, TeamId, UserId};

/// A member of more inboxes than this walks all conversations instead.
const MOST_INBOXES: usize = 8;

/// One index, and where to walk on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lane {
    place: Place,
    status: Option<Status>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Unread,
    High,
    Customer(CustomerId),
    Assignee(UserId),
    Nobody,
    Inbox(InboxId),
    Team(TeamId),
}

impl Lane {
    /// The lanes that together hold all that is asked for. All conversations are one lane on
    /// PostgreSQL and one of each status on SQLite, whose one writer has an index less to keep.
    pub(crate) fn of(dialect: Dialect, reach: &Reach, filter: &ConversationFilter) -> Vec<Self> {
        let mut lanes = Vec::new();
        for place in places(reach, filter) {
            match (place, filter.status) {
                (Place::Customer(_), status) => lanes.push(Self { place, status }),
                (Place::Anywhere, None) if dialect == Dialect::Postgres => {
                    lanes.push(Self {
                        place,
                        status: None,
                    });
                }
                (_, Some(status)) => lanes.push(Self {
                    place,
                    status: Some(status),
                }),
                (_, None) => lanes.extend(Status::ALL.iter().map(|status| Self {
                    place,
                    status: Some(*status),
                })),
            }
        }
        lanes
    }

    /// The table with the index to walk on. PostgreSQL finds it from its statistics.
    pub(crate) fn table(&self, dialect: Dialect) -> String {
        match dialect {
            Dialect::Sqlite => format!("conversations c INDEXED BY {}", self.index()),
            Dialect::Postgres => "conversations c".to_owned(),
        }
    }

    fn index(&self) -> &'static str {
        match self.place {
            Place::Anywhere => "conversations_status",
            Place::Unread => "conversations_unread",
            Place::High => "conversations_high",
            Place::Customer(_) => "conversations_customer",
            Place::Assignee(_) => "conversations_assignee",
            Place::Nobody => "conversations_nobody",
            Place::Inbox(_) => "conversations_inbox",
            Place::Team(_) => "conversations_team",
        }
    }

    /// Adds what keeps a walk on this lane. A partial index is only taken where its condition
    /// stands in the statement, so it is not bound.
    pub(crate) fn keep(&self, clause: &mut Clause) {
        if let Some(status) = self.status {
            clause.compare("c.status =", &status);
        }
        match self.place {
            Place::Anywhere => {}
            Place::Unread => clause.and("c.is_read = 0"),
            Place::High => clause.and("c.priority = 'priority'"),
            Place::Customer(id) => clause.compare("c.customer_id =", &id),
            Place::Assignee(id) => clause.compare("c.assignee_id =", &id),
            Place::Nobody => clause.and("c.assignee_id IS NULL"),
            Place::Inbox(id) => clause.compare("c.inbox_id =", &id),
            Place::Team(id) => clause.compare("c.team_id =", &id),
        }
    }
}

/// The narrowest places that hold all of it.
fn places(reach: &Reach, filter: &ConversationFilter) -> Vec<Place> {
    if let Some(id) = reach.customer.or(filter.customer_id) {
        return vec![Place::Customer(id)];
    }
    match filter.assignee {
        Some(Assignee::User(id)) => return vec![Place::Assignee(id)],
        Some(Assignee::Nobody) => return vec![Place::Nobody],
        None => {}
    }
    if let Some(id) = filter.team_id {
        return vec![Place::Team(id)];
    }
    if filter.read == Some(false) {
        return vec![Place::Unread];
    }
    if filter.priority == Some(Priority::High) {
        return vec![Place::High];
    }
    if let Some(id) = filter.inbox_id {
        return vec![Place::Inbox(id)];
    }
    match &reach.view {
        View::OwnInboxes { user_id, inboxes } if inboxes.len() <= MOST_INBOXES => {
            let mine = std::iter::once(Place::Assignee(*user_id));
            mine.chain(inboxes.iter().map(|id| Place::Inbox(*id)))
                .collect()
        }
        View::OwnAndUnassigned { user_id } => vec![Place::Assignee(*user_id), Place::Nobody],
        View::OwnInboxes { .. } | View::All => vec![Place::Anywhere],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_domain::AccountId;

    fn reach(view: View) -> Reach {
        Reach {
            account_id: AccountId::random(),
            view,
            customer: None,
        }
    }

    #[test]
    fn a_restricted_view_walks_only_what_it_may_hold() {
        let (user_id, inbox) = (UserId(7), InboxId::random());
        let view = View::OwnInboxes {
            user_id,
            inboxes: vec![inbox],
        };
        let open = ConversationFilter {
            status: Some(Status::Open),
            ..ConversationFilter::default()
        };
        let indexes = |filter| {
            let lanes = Lane::of(Dialect::Sqlite, &reach(view.clone()), filter);
            lanes.iter().map(Lane::index).collect::<Vec<_>>()
        };
        assert_eq!(
            indexes(&open),
            ["conversations_assignee", "conversations_inbox"]
        );
        let of_each_status = indexes(&ConversationFilter::default()).len();
        assert_eq!(of_each_status, 2 * Status::ALL.len());
    }

    #[test]
    fn without_any_wish_each_status_is_walked_on_sqlite() {
        let lanes = |dialect| Lane::of(dialect, &reach(View::All), &ConversationFilter::default());
        assert_eq!(lanes(Dialect::Postgres).len(), 1);
        let lanes = lanes(Dialect::Sqlite);
        assert_eq!(lanes.len(), Status::ALL.len());
        assert!(
            lanes
                .iter()
                .all(|lane| lane.index() == "conversations_status")
        );
    }
}
