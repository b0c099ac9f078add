//! The people and things that tests decide about.

use frontdesk_domain::account::{Inbox, Team, User};
use frontdesk_domain::actor::{Member, View};
use frontdesk_domain::{
    AccountId, Actor, Availability, ChannelKind, Conversation, ConversationId, Customer,
    CustomerId, InboxId, KeyScope, Role, Source, TeamId, Timestamp, UserId, Visibility, Who,
};

/// The moment at which tests begin.
pub(crate) const START: Timestamp = Timestamp::from_seconds(1_795_000_000);

pub(crate) fn user(id: i64, account_id: AccountId, role: Role) -> User {
    User {
        id: UserId(id),
        account_id,
        email: format!("user{id}@example.com"),
        role,
        visibility: Visibility::All,
        availability: Availability::Online,
        full_name: None,
        display_name: None,
        profile_photo_url: None,
        disabled_at: None,
        archived_at: None,
        created_at: START,
        updated_at: START,
    }
}

pub(crate) fn inbox(account_id: AccountId) -> Inbox {
    Inbox {
        id: InboxId::random(),
        account_id,
        name: "Support".to_owned(),
        description: None,
        slug: None,
        channel: ChannelKind::Chat,
        is_primary: false,
        is_private: false,
        identity_required: false,
        created_at: START,
        updated_at: START,
    }
}

pub(crate) fn team(account_id: AccountId) -> Team {
    Team {
        id: TeamId::random(),
        account_id,
        name: "Billing".to_owned(),
        created_at: START,
        updated_at: START,
    }
}

pub(crate) fn customer(account_id: AccountId) -> Customer {
    Customer::new(CustomerId::random(), account_id, START)
}

/// A stored conversation of a customer.
pub(crate) fn conversation(customer: &Customer, source: Source) -> Conversation {
    let id = ConversationId::random();
    let mut conversation = Conversation::new(id, customer.account_id, customer.id, source, START);
    conversation.number = 7;
    conversation
}

/// A user as one who asks.
pub(crate) fn acting(user: &User, view: View) -> Actor {
    with_key(user, view, None)
}

/// A user who came with an API key.
pub(crate) fn with_key(user: &User, view: View, scope: Option<KeyScope>) -> Actor {
    Actor {
        account_id: user.account_id,
        who: Who::User(Member {
            user_id: user.id,
            role: user.role,
            view,
            scope,
        }),
        from: None,
    }
}
