//! How the conversation stands: whose it is, its state, its tags.

use super::sheet::Sheet;
use crate::model::Model;
use crate::text_safe;
use crate::theme::Role;
use crate::view::list::wakes;
use crate::view::who;
use frontdesk_inbox::Row;
use frontdesk_protocol::kind::{Priority, Status};

const LONGEST_NAME: usize = 20;

/// Writes it.
pub(super) fn write(sheet: &mut Sheet, model: &Model, row: &Row) {
    let it = &row.conversation;
    sheet.heading("CONVERSATION");
    sheet.fact("Number", Role::Text, &format!("#{}", it.number));
    let assignee = who::assignee(model, row, LONGEST_NAME);
    sheet.fact("Assigned", Role::Text, &assignee);
    if let Some(team) = it.team_id.and_then(|id| model.directory.team(id)) {
        sheet.fact("Team", Role::Text, &team.name);
    }
    let (role, status) = status(model, row);
    sheet.fact("Status", role, &status);
    if it.priority == Priority::High {
        sheet.fact("Priority", Role::Danger, "! high");
    }
    if let Some(inbox) = it.inbox_id.and_then(|id| model.directory.inbox(id)) {
        sheet.fact("Inbox", Role::Text, &inbox.name);
    }
    let viewing: Vec<String> = who::viewing(model, row)
        .map(|user| who::name(model, user, LONGEST_NAME))
        .collect();
    if !viewing.is_empty() {
        sheet.fact("Viewing", Role::Warn, &viewing.join(", "));
    }
    write_tags(sheet, model, row);
}

fn status(model: &Model, row: &Row) -> (Role, String) {
    let it = &row.conversation;
    match it.status {
        Status::Open => (Role::Text, "open".to_owned()),
        Status::Spam => (Role::Closed, "spam".to_owned()),
        Status::Closed => {
            let sign = model.glyphs.done();
            (Role::Closed, format!("{sign} closed"))
        }
        Status::Snoozed => {
            let until = match it.snoozed_until {
                Some(until) => format!("until {}", wakes(until.0, model.now, &model.zone)),
                None => "until a reply".to_owned(),
            };
            let sign = model.glyphs.snoozed();
            (Role::Snoozed, format!("{sign} {until}"))
        }
    }
}

fn write_tags(sheet: &mut Sheet, model: &Model, row: &Row) {
    if row.tags.is_empty() {
        return;
    }
    sheet.heading("TAGS");
    let names = row
        .tags
        .iter()
        .filter_map(|id| model.directory.tag(*id))
        .map(|tag| text_safe::line(&tag.name).into_owned());
    sheet.flow(Role::Text, names);
}
