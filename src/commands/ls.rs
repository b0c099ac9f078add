//! `frontdesk ls`: the conversation list.

use super::find;
use crate::cli::Ls;
use crate::clock;
use crate::error::Error;
use crate::sign_in::Desk;
use frontdesk_protocol::entity::ConversationFull;
use frontdesk_ui::list::{self, Columns, Row};
use frontdesk_ui::painted::Line;
use frontdesk_ui::theme::Role;
use frontdesk_ui::time_ago::time_ago;

pub(super) async fn run(desk: &Desk, args: &Ls) -> Result<(), Error> {
    let mut agent = desk.agent().await?;
    let filters = filters(args);
    let (mut listed, mut after, mut total) = (Vec::new(), None, 0);
    while listed.len() < args.limit {
        let wanted = args.limit - listed.len();
        let page = find::page(&mut agent, &filters, after, wanted).await?;
        let is_empty = page.data.is_empty();
        listed.extend(page.data);
        (after, total) = (page.next, page.total);
        if after.is_none() || is_empty {
            break;
        }
    }
    listed.truncate(args.limit);
    let conversations = find::remember(&mut agent, &listed)?;
    if args.json {
        let items: Vec<&str> = listed.iter().map(|json| json.get()).collect();
        return desk.output.json(&format!("[{}]", items.join(",\n ")));
    }
    if args.ids {
        let numbers: Vec<String> = conversations
            .iter()
            .map(|it| it.number.to_string())
            .collect();
        return desk.output.each(&numbers);
    }
    if conversations.is_empty() {
        return desk.output.words("No conversations.");
    }
    let names = find::names(&mut agent).await?;
    let now = clock::now();
    let rows: Vec<Row<'_>> = conversations
        .iter()
        .map(|it| Row {
            number: it.number,
            status: it.status,
            priority: it.priority,
            source: it.source,
            read: it.read,
            customer: it
                .customer
                .as_ref()
                .map_or("Customer", |customer| customer.title.as_str()),
            subject: it.subject.as_deref(),
            last_words: last_words(it),
            assignee: it.assignee_id.map(|user| find::name_in(&names, user)),
            age: time_ago(it.last_activity_at.map_or(it.created_at.0, |at| at.0), now),
        })
        .collect();
    let columns = Columns::for_rows(&rows, desk.output.width());
    let glyphs = desk.output.glyphs();
    let mut lines: Vec<Line> = rows
        .iter()
        .map(|row| list::line(row, &columns, glyphs))
        .collect();
    let hidden = total.saturating_sub(i64::try_from(rows.len()).unwrap_or(i64::MAX));
    if hidden > 0 && desk.output.width().is_some() {
        let words = format!("{hidden} more; -n shows more of them");
        lines.push(Line::new().with(Role::Muted, words));
    }
    desk.output.lines(&lines)
}

fn filters(args: &Ls) -> Vec<(&'static str, String)> {
    let mut filters: Vec<_> = args.status.filter().into_iter().collect();
    if args.mine {
        filters.push(("assignee_id", "me".to_owned()));
    } else if args.unassigned {
        filters.push(("assignee_id", String::new()));
    }
    if args.mentions {
        filters.push(("mentioning", "me".to_owned()));
        filters.push(("has_seen_mention", "false".to_owned()));
    }
    filters
}

/// What was said last that a customer could see.
fn last_words(conversation: &ConversationFull) -> Option<&str> {
    let last = conversation
        .messages
        .iter()
        .filter(|message| !message.private)
        .max_by_key(|it| it.seq);
    last.and_then(|message| message.body.as_deref())
}
