//! How the customer is reached: by which number of ours, in which thread, and whether anything may go out.

use super::sheet::Sheet;
use crate::model::Model;
use crate::theme::Role;
use crate::view::list::wakes;
use frontdesk_inbox::Row;
use frontdesk_protocol::entity::CustomerLine;
use frontdesk_protocol::kind::Source;

/// Writes it, where the conversation has a line.
pub(super) fn write(sheet: &mut Sheet, model: &Model, row: &Row, lines: &[CustomerLine]) {
    let it = &row.conversation;
    let Some(line) = lines.iter().find(|line| line.conversation_id == it.id) else {
        return;
    };
    sheet.heading("LINE");
    match it.source {
        Source::Slack => {
            let channel = it.subject.as_deref().filter(|name| name.starts_with('#'));
            if let Some(channel) = channel {
                sheet.fact("Channel", Role::Text, channel);
            }
            // A direct conversation is all of its channel.
            let (place, words) = match line.theirs.split_once(':') {
                Some((_, thread)) => ("Thread", thread),
                None => ("Direct", line.theirs.as_str()),
            };
            sheet.fact(place, Role::Text, words);
        }
        _ => {
            sheet.fact("Theirs", Role::Text, &line.theirs);
            if !line.ours.is_empty() {
                sheet.fact("Ours", Role::Text, &line.ours);
            }
        }
    }
    if line.stopped_at.is_some() {
        sheet.fact("STOP", Role::Danger, "nothing goes out");
    }
    if let Some(until) = line.open_until {
        match until.0 > model.now {
            true => {
                let until = format!("open until {}", wakes(until.0, model.now, &model.zone));
                sheet.fact("Window", Role::Text, &until);
            }
            false => sheet.fact("Window", Role::Warn, "templates only"),
        }
    }
}
