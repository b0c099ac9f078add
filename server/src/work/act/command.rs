//! What is typed behind `/frontdesk`: read first, then done, and answered to who typed it.

use super::wish::{taking, turning};
use crate::failure::Outcome;
use crate::use_cases::edit::{self, Changes, NewAssignee};
use frontdesk_db::queries::{accounts, find, messages, users};
use frontdesk_db::{Conn, Unit};
use frontdesk_domain::account::User;
use frontdesk_domain::decide::NewStatus;
use frontdesk_domain::search::Search;
use frontdesk_domain::{Actor, Conversation, Customer, Refusal};

/// How many conversations a search names.
const FOUND: usize = 10;

/// How many messages of a conversation are shown.
const SHOWN: i64 = 5;

/// How many letters of a message are shown.
const HEAD: usize = 300;

const HELP: &str = "/frontdesk search WORDS: the newest conversations with these words; all filters of the desk work
/frontdesk show NUMBER: how a conversation stands, and what was written last
/frontdesk assign NUMBER: takes it; with an address behind it, gives it to that user; with `nobody`, to nobody
/frontdesk close NUMBER: closes it
/frontdesk help: this";

/// A command.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Command {
    Help,
    Search(String),
    Show(i64),
    Assign(i64, Whom),
    Close(i64),
}

/// Who is to have a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Whom {
    Me,
    Nobody,
    /// The user with this address.
    User(String),
}

/// Reads what was typed, or says what would be understood.
fn read(typed: &str) -> Result<Command, String> {
    let typed = typed.trim();
    let (verb, rest) = typed.split_once(char::is_whitespace).unwrap_or((typed, ""));
    let (verb, rest) = (verb.to_lowercase(), rest.trim());
    let mut words = rest.split_whitespace();
    let number = || {
        let first = rest.split_whitespace().next().unwrap_or_default();
        let number = first.trim_start_matches('#').parse::<i64>();
        number.map_err(|_| {
            format!("/frontdesk {verb} wants the number of a conversation, such as 12.")
        })
    };
    Ok(match verb.as_str() {
        "" | "help" => Command::Help,
        "search" | "find" if rest.is_empty() => {
            return Err("/frontdesk search wants words to look for.".to_owned());
        }
        "search" | "find" => Command::Search(rest.to_owned()),
        "show" => Command::Show(number()?),
        "close" => Command::Close(number()?),
        "assign" => {
            let whom = match words.nth(1).map(str::to_lowercase).as_deref() {
                None | Some("me") => Whom::Me,
                Some("nobody") => Whom::Nobody,
                Some(email) => Whom::User(email.to_owned()),
            };
            Command::Assign(number()?, whom)
        }
        _ => return Err(format!("There is no /frontdesk {verb}.\n{HELP}")),
    })
}

/// Does what was typed, and says what came of it.
pub(super) fn run(unit: &mut Unit<'_>, actor: &Actor, typed: &str) -> Outcome<String> {
    let command = match read(typed) {
        Ok(command) => command,
        Err(problem) => return Ok(problem),
    };
    match command {
        Command::Help => Ok(HELP.to_owned()),
        Command::Search(words) => search(unit.conn(), actor, &words),
        Command::Show(number) => {
            let (it, customer) = numbered(unit.conn(), actor, number)?;
            show(unit.conn(), &it, customer.as_ref())
        }
        Command::Assign(number, whom) => {
            let changes = match whom {
                Whom::Me => taking(),
                Whom::Nobody => assigning(NewAssignee::Nobody),
                Whom::User(email) => {
                    let found = users::by_email(unit.conn(), &email)?.map(|(user, _)| user);
                    let user = found.filter(|it| it.account_id == actor.account_id);
                    let Some(user) = user.filter(User::is_active) else {
                        return Ok(format!("Nobody here has the address {email}."));
                    };
                    assigning(NewAssignee::User(user.id))
                }
            };
            changed(unit, actor, number, changes)
        }
        Command::Close(number) => changed(unit, actor, number, turning(NewStatus::Closed)),
    }
}

fn assigning(assignee: NewAssignee) -> Changes {
    Changes {
        assignee,
        ..Changes::default()
    }
}

fn changed(unit: &mut Unit<'_>, actor: &Actor, number: i64, changes: Changes) -> Outcome<String> {
    let (it, customer) = numbered(unit.conn(), actor, number)?;
    let it = edit::edit(unit, actor, it.id, changes)?;
    line(unit.conn(), &it, customer.as_ref())
}

/// The conversation of a number, as far as they see it.
fn numbered(
    conn: &mut dyn Conn,
    actor: &Actor,
    number: i64,
) -> Outcome<(Conversation, Option<Customer>)> {
    let search = Search::parse(&format!("number:{number}"), None);
    let found = find::find(conn, actor, &search, None, 1)?;
    let hit = found.hits.into_iter().next().ok_or(Refusal::NotFound)?;
    Ok((hit.conversation, hit.customer))
}

fn search(conn: &mut dyn Conn, actor: &Actor, words: &str) -> Outcome<String> {
    let account = accounts::by_id(conn, actor.account_id)?;
    let zone = account.and_then(|account| account.time_zone);
    let search = Search::parse(words, zone.as_deref());
    let found = find::find(conn, actor, &search, None, find::LONGEST_PAGE)?;
    let mut lines = Vec::new();
    let mut seen = Vec::new();
    for hit in found.hits {
        if seen.contains(&hit.conversation.id) {
            continue;
        }
        seen.push(hit.conversation.id);
        if lines.len() == FOUND {
            lines.push("There are more; say more to find fewer.".to_owned());
            break;
        }
        lines.push(line(conn, &hit.conversation, hit.customer.as_ref())?);
    }
    if lines.is_empty() {
        return Ok(format!("Nothing has been found for {words}."));
    }
    Ok(lines.join("\n"))
}

/// A conversation in one line.
fn line(conn: &mut dyn Conn, it: &Conversation, customer: Option<&Customer>) -> Outcome<String> {
    let who = customer.map_or("a customer", Customer::title);
    let subject = it.subject.as_deref().map(|it| format!(", {it}"));
    let holder = match it.assignee_id {
        Some(id) => users::by_id(conn, it.account_id, id)?,
        None => None,
    };
    let holder = match &holder {
        Some(user) => format!("{} has it", user.title()),
        None => "nobody has it".to_owned(),
    };
    Ok(format!(
        "#{} {who}{}, by {}: {}, {holder}",
        it.number,
        subject.unwrap_or_default(),
        it.source,
        it.status
    ))
}

fn show(conn: &mut dyn Conn, it: &Conversation, customer: Option<&Customer>) -> Outcome<String> {
    let mut lines = vec![line(conn, it, customer)?];
    for view in messages::latest(conn, it.id, SHOWN)? {
        let who = match (&view.user, customer) {
            (Some(user), _) if view.message.private => format!("{} (note)", user.title()),
            (Some(user), _) => user.title().to_owned(),
            (None, Some(customer)) if view.customer.is_some() => customer.title().to_owned(),
            (None, _) => "Frontdesk".to_owned(),
        };
        let body = view.message.body.as_deref().unwrap_or("(a file)");
        let mut head: String = body.chars().take(HEAD).collect();
        if head.len() < body.len() {
            head.push('…');
        }
        lines.push(format!("{who}: {head}"));
    }
    Ok(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_understood_however_it_is_written() {
        for (typed, command) in [
            ("", Command::Help),
            (" HELP ", Command::Help),
            (
                "search lost  parcel",
                Command::Search("lost  parcel".to_owned()),
            ),
            ("show #12", Command::Show(12)),
            ("close 7", Command::Close(7)),
            ("assign 7", Command::Assign(7, Whom::Me)),
            ("Assign 7 ME", Command::Assign(7, Whom::Me)),
            ("assign 7 nobody", Command::Assign(7, Whom::Nobody)),
            (
                "assign 7 Bo@desk.test",
                Command::Assign(7, Whom::User("bo@desk.test".to_owned())),
            ),
        ] {
            assert_eq!(read(typed), Ok(command), "{typed}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told_what_would_be() {
        for (typed, problem) in [
            ("show", "wants the number"),
            ("close it", "/frontdesk close wants the number"),
            ("search ", "wants words"),
            ("dance", "There is no /frontdesk dance"),
        ] {
            let said = read(typed).unwrap_err();
            assert!(said.contains(problem), "{typed}: {said}");
        }
    }
}
