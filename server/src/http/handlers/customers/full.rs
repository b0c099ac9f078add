//! A customer with the associations somebody asked for, as far as they may see them.

use crate::failure::Outcome;
use crate::http::handlers::notes::with_people;
use crate::http::wire;
use frontdesk_db::queries::messages::{self, LONGEST_LIST, MessageFilter};
use frontdesk_db::queries::notes::{self, NoteFilter};
use frontdesk_db::queries::{companies, conversations, issues, lines, tags};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::company::Company;
use frontdesk_domain::{Actor, Conversation, Customer, Message};
use frontdesk_protocol::entity::{CustomerFull, CustomerLine};
use std::collections::BTreeSet;

/// Something that hangs on a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Association {
    Messages,
    Conversations,
    Notes,
    Tags,
    Company,
    Issues,
    Lines,
}

/// What to show beside the customer.
#[derive(Debug, Clone)]
pub(super) struct Expand(pub(super) BTreeSet<Association>);

impl Default for Expand {
    fn default() -> Self {
        Self(BTreeSet::from([Association::Company, Association::Tags]))
    }
}

/// The most conversations that are shown with a customer.
const MOST_CONVERSATIONS: i64 = 500;

/// The most lines that are shown with a customer.
const MOST_LINES: i64 = 50;

/// The customer with what was asked for.
pub(super) fn expanded(
    conn: &mut dyn Conn,
    actor: &Actor,
    customer: &Customer,
    expand: Expand,
) -> Outcome<CustomerFull> {
    let (account_id, id) = (actor.account_id, customer.id);
    let mut full = wire::customer(customer).full();
    for association in expand.0 {
        match association {
            Association::Messages => {
                let said = said_by(conn, actor, customer)?;
                full.messages = Some(said.iter().map(wire::message_plain).collect());
            }
            Association::Conversations => {
                let held = conversations_with(conn, actor, customer)?;
                full.conversations = Some(held.iter().map(wire::conversation).collect());
            }
            Association::Notes => {
                let filter = NoteFilter {
                    customer_id: Some(id),
                    author_id: None,
                };
                let notes = notes::list(conn, account_id, &filter)?;
                full.notes = Some(with_people(conn, account_id, &notes)?);
            }
            Association::Tags => {
                let tags = tags::of_customer(conn, account_id, id)?;
                full.tags = Some(tags.iter().map(wire::tag).collect());
            }
            Association::Company => {
                let company = company_of(conn, customer)?;
                full.company = Some(company.as_ref().map(wire::company));
            }
            Association::Issues => {
                let issues = issues::of_customer(conn, account_id, id)?;
                full.issues = Some(issues.iter().map(wire::issue).collect());
            }
            Association::Lines => full.lines = Some(lines_of(conn, actor, customer)?),
        }
    }
    Ok(full)
}

/// What the customer wrote, newest first.
fn said_by(
    conn: &mut dyn Conn,
    actor: &Actor,
    customer: &Customer,
) -> Result<Vec<Message>, DbError> {
    let filter = MessageFilter {
        customer_id: Some(customer.id),
        ..MessageFilter::default()
    };
    messages::list(conn, actor, &filter, LONGEST_LIST)
}

/// The customer's conversations that the actor sees, the latest first.
fn conversations_with(
    conn: &mut dyn Conn,
    actor: &Actor,
    customer: &Customer,
) -> Result<Vec<Conversation>, DbError> {
    let account_id = actor.account_id;
    let mut held = conversations::of_customer(conn, account_id, customer.id, MOST_CONVERSATIONS)?;
    held.retain(|it| actor.sees(it) && it.archived_at.is_none());
    Ok(held)
}

/// How the customer is reached in the conversations that the actor sees.
fn lines_of(
    conn: &mut dyn Conn,
    actor: &Actor,
    customer: &Customer,
) -> Result<Vec<CustomerLine>, DbError> {
    let account_id = actor.account_id;
    let mut shown = Vec::new();
    for line in lines::of_customer(conn, account_id, customer.id, MOST_LINES)? {
        let held = conversations::by_id(conn, account_id, line.conversation_id)?;
        if let Some(held) = held.filter(|it| actor.sees(it)) {
            shown.push(wire::customer_line(&line, held.source));
        }
    }
    Ok(shown)
}

fn company_of(conn: &mut dyn Conn, customer: &Customer) -> Result<Option<Company>, DbError> {
    match customer.company_id {
        Some(id) => companies::by_id(conn, customer.account_id, id),
        None => Ok(None),
    }
}
