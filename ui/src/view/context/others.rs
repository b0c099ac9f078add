//! The customer's other conversations, on all channels.

use super::sheet::Sheet;
use crate::cell::{self, Align};
use crate::channel;
use crate::model::Model;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::time_ago::time_ago;
use frontdesk_inbox::{Row, Thread};
use frontdesk_protocol::kind::Status;

const MOST: usize = 6;
const CHANNEL: usize = 8;
const STATE: usize = 7;

/// Writes this conversation's channel and the others beside it.
pub(super) fn write(sheet: &mut Sheet, model: &Model, thread: &Thread) {
    if thread.others.is_empty() {
        return;
    }
    sheet.heading("CONVERSATIONS");
    let here = line(sheet, model, &thread.row, "this one");
    sheet.line(here);
    for row in thread.others.iter().take(MOST) {
        let last = row.last.as_ref().map_or("", |last| &last.text);
        let subject = row.conversation.subject.as_deref().unwrap_or(last);
        let line = line(sheet, model, row, subject);
        sheet.line(line);
    }
    let left = thread.others.len().saturating_sub(MOST);
    if left > 0 {
        sheet.words(Role::Muted, &format!("and {left} more"));
    }
}

fn line(sheet: &Sheet, model: &Model, row: &Row, about: &str) -> Line {
    let it = &row.conversation;
    let cut = sheet.glyphs.cut();
    let state = match it.status {
        Status::Closed => "closed".to_owned(),
        Status::Spam => "spam".to_owned(),
        Status::Snoozed => "snoozed".to_owned(),
        Status::Open => {
            let then = it.last_activity_at.map_or(it.created_at.0, |at| at.0);
            time_ago(then, model.now)
        }
    };
    let room = sheet.width().saturating_sub(2 + CHANNEL + 1 + STATE);
    let about = text_safe::line(about);
    Line::new()
        .with(channel::role(it.source), sheet.glyphs.channel(it.source))
        .with(Role::Text, " ")
        .with(
            Role::Muted,
            cell::fit(channel::name(it.source), CHANNEL, Align::Left, cut),
        )
        .with(Role::Text, cell::fit(about.trim(), room, Align::Left, cut))
        .with(Role::Text, " ")
        .with(Role::Muted, cell::fit(&state, STATE, Align::Right, cut))
}
