//! Links by which somebody without an account may read one conversation for a day.

use crate::failure::{Failure, Outcome};
use crate::secret::{Token, hash};
use crate::use_cases::{load, visitors};
use frontdesk_db::queries::audit;
use frontdesk_db::queries::list::ConversationView;
use frontdesk_db::queries::shares::{self, Link};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::key::Share;
use frontdesk_domain::policy::{self, Permission};
use frontdesk_domain::{Actor, ConversationId, Refusal};

/// How long a link can be used.
const LIFETIME_SECONDS: i64 = 24 * 60 * 60;

/// Makes a link to a conversation and gives its token, which nobody is shown again.
pub(crate) fn share(unit: &mut Unit<'_>, actor: &Actor, id: ConversationId) -> Outcome<Token> {
    policy::allows(actor, Permission::WorkConversations)?;
    let held = load::standing_conversation(unit.conn(), actor, id)?;
    let token = Token::random();
    let share = Share {
        account_id: actor.account_id,
        conversation_id: held.id,
        expires_at: unit.now().plus_seconds(LIFETIME_SECONDS),
    };
    shares::insert(unit, &share, &token.hash())?;
    let entry = AuditEntry {
        user_id: actor.user_id(),
        action: "conversation.shared".to_owned(),
        subject: format!("conversation:{}", held.id),
        detail: None,
        ..AuditEntry::default()
    };
    audit::append(unit, actor, &entry)?;
    Ok(token)
}

/// The conversation a link shows, without what only the company may read.
pub(crate) fn read(
    conn: &mut dyn Conn,
    id: ConversationId,
    token: &str,
    now: frontdesk_domain::Timestamp,
) -> Outcome<ConversationView> {
    let share = match shares::by_token(conn, &hash(token), now)? {
        Some(Link::Alive(share)) => share,
        Some(Link::Expired) => return Err(Failure::LinkExpired),
        None => return Err(Failure::NoSuchLink),
    };
    let desk = Actor::system(share.account_id);
    // The link is to the conversation that stands for the one asked for, after merges too.
    let asked = load::standing_conversation(conn, &desk, id).map_err(hidden)?;
    let shown = load::standing_conversation(conn, &desk, share.conversation_id).map_err(hidden)?;
    if asked.id != shown.id {
        return Err(Failure::NoSuchLink);
    }
    let views = visitors::open_to(conn, share.account_id, vec![shown])?;
    let mut view = views.into_iter().next().ok_or(Failure::NoSuchLink)?;
    if let Some(customer) = &mut view.customer {
        customer.ip = None;
        customer.metadata = None;
    }
    Ok(view)
}

/// What is gone is no more open to a link than what never was.
fn hidden(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusal::NotFound) => Failure::NoSuchLink,
        other => other,
    }
}
