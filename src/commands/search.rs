//! `frontdesk search`: what the server finds, newest first.

use super::find;
use crate::cli::Search;
use crate::clock;
use crate::error::Error;
use crate::net::api::ApiError;
use crate::output::say;
use crate::sign_in::{Agent, Desk};
use frontdesk_protocol::entity::{Conversation, Customer};
use frontdesk_protocol::id::ConversationId;
use frontdesk_ui::list::{self, Columns, Row};
use frontdesk_ui::painted::Line;
use frontdesk_ui::text_safe;
use frontdesk_ui::theme::Role;
use frontdesk_ui::time_ago::time_ago;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashSet;

/// The most a server gives at once.
const PAGE: usize = 50;

/// A page of findings.
#[derive(Deserialize)]
struct Page {
    data: Vec<Box<RawValue>>,
    next: Option<String>,
}

/// One finding.
#[derive(Deserialize)]
struct Hit {
    conversation: Conversation,
    customer: Option<Customer>,
    snippet: Option<Snippet>,
}

/// The text around what was found, and where that is in it, in bytes.
#[derive(Deserialize)]
struct Snippet {
    text: String,
    marks: Vec<(usize, usize)>,
}

pub(super) async fn run(desk: &Desk, args: &Search) -> Result<(), Error> {
    let words = args.words.join(" ");
    for problem in frontdesk_protocol::search::Search::parse(&words, None).problems {
        say(&format!("{problem}; it is looked for as text"));
    }
    let mut agent = desk.agent().await?;
    let found = fetch(&mut agent, &words, args.limit).await?;
    if args.json {
        let items: Vec<&str> = found.iter().map(|json| json.get()).collect();
        return desk.output.json(&format!("[{}]", items.join(",\n ")));
    }
    let hits: Result<Vec<Hit>, _> = found
        .iter()
        .map(|json| serde_json::from_str(json.get()))
        .collect();
    let hits = hits.map_err(ApiError::Unreadable)?;
    remember(&mut agent, &hits)?;
    if args.ids {
        return desk.output.each(&numbers(&hits));
    }
    if hits.is_empty() {
        return desk.output.words("Nothing was found.");
    }
    let names = find::names(&mut agent).await?;
    let now = clock::now();
    let rows: Vec<Row<'_>> = hits
        .iter()
        .map(|hit| {
            let it = &hit.conversation;
            Row {
                number: it.number,
                status: it.status,
                priority: it.priority,
                source: it.source,
                read: it.read,
                customer: hit.customer.as_ref().map_or("Customer", |it| &it.title),
                subject: it.subject.as_deref(),
                last_words: None,
                assignee: it.assignee_id.map(|user| find::name_in(&names, user)),
                age: time_ago(it.last_activity_at.map_or(it.created_at.0, |at| at.0), now),
            }
        })
        .collect();
    let columns = Columns::for_rows(&rows, desk.output.width());
    let mut lines = Vec::new();
    for (row, hit) in rows.iter().zip(&hits) {
        lines.push(list::line(row, &columns, desk.output.glyphs()));
        lines.extend(hit.snippet.as_ref().map(around));
    }
    desk.output.lines(&lines)
}

async fn fetch(agent: &mut Agent, words: &str, limit: usize) -> Result<Vec<Box<RawValue>>, Error> {
    let (mut found, mut after) = (Vec::new(), None);
    while found.len() < limit {
        let mut query = vec![
            ("q", words.to_owned()),
            ("limit", (limit - found.len()).min(PAGE).to_string()),
        ];
        query.extend(after.map(|cursor| ("after", cursor)));
        let page: Page = agent.api.get("/api/v1/search", &query).await?;
        let is_empty = page.data.is_empty();
        found.extend(page.data);
        after = page.next;
        if after.is_none() || is_empty {
            break;
        }
    }
    found.truncate(limit);
    Ok(found)
}

/// Remembers which conversations the numbers stand for, so that they can be named next.
fn remember(agent: &mut Agent, hits: &[Hit]) -> Result<(), Error> {
    let numbers: Vec<_> = hits
        .iter()
        .map(|hit| (hit.conversation.id, hit.conversation.number))
        .collect();
    agent.store.remember_numbers(agent.sign_in.id, &numbers)?;
    Ok(())
}

/// The numbers of the conversations, each once.
fn numbers(hits: &[Hit]) -> Vec<String> {
    let mut seen: HashSet<ConversationId> = HashSet::new();
    hits.iter()
        .map(|hit| &hit.conversation)
        .filter(|it| seen.insert(it.id))
        .map(|it| it.number.to_string())
        .collect()
}

/// The text around what was found, with that standing out.
fn around(snippet: &Snippet) -> Line {
    let mut line = Line::new().with(Role::Text, "    ");
    let mut from = 0;
    for (start, end) in &snippet.marks {
        let (Some(before), Some(hit)) = (
            snippet.text.get(from..*start),
            snippet.text.get(*start..*end),
        ) else {
            // Marks that do not fit the text show nothing; the text is there all the same.
            break;
        };
        line.push(Role::Muted, text_safe::line(before));
        line.push(Role::Accent, text_safe::line(hit));
        from = *end;
    }
    let rest = snippet.text.get(from..).unwrap_or_default();
    line.push(Role::Muted, text_safe::line(rest));
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_found_stands_out_and_nothing_is_lost() {
        let snippet = |text: &str, marks: &[(usize, usize)]| Snippet {
            text: text.to_owned(),
            marks: marks.to_vec(),
        };
        let line = around(&snippet("a refund, a refund", &[(2, 8), (12, 18)]));
        let bold: Vec<&str> = line
            .pieces
            .iter()
            .filter(|piece| piece.role == Role::Accent)
            .map(|piece| piece.text.as_str())
            .collect();
        assert_eq!(bold, ["refund", "refund"]);
        assert_eq!(line.plain(), "    a refund, a refund");
        // Marks of another text, and such as cut a letter.
        for marks in [[(2, 80)], [(5, 3)], [(1, 2)]] {
            assert_eq!(around(&snippet("é refund", &marks)).plain(), "    é refund");
        }
    }
}
