//! Whose a conversation is and who looks at it, in words.

use crate::cell;
use crate::model::Model;
use crate::text_safe;
use frontdesk_inbox::Row;
use frontdesk_protocol::id::UserId;

/// The agent a conversation is assigned to: `me`, `nobody` or a name.
pub(super) fn assignee(model: &Model, row: &Row, cells: usize) -> String {
    match row.conversation.assignee_id {
        None => "nobody".to_owned(),
        Some(user) => name(model, user, cells),
    }
}

/// What an agent is called here.
pub(super) fn name(model: &Model, user: UserId, cells: usize) -> String {
    if user == model.directory.me {
        return "me".to_owned();
    }
    let name = text_safe::line(model.directory.user_name(user));
    cell::cut(&name, cells, model.glyphs.cut()).into_owned()
}

/// The colleagues who look at a conversation now.
pub(super) fn viewing(model: &Model, row: &Row) -> impl Iterator<Item = UserId> {
    let me = model.directory.me;
    let viewing = model.presence.viewing(row.id());
    viewing.iter().copied().filter(move |user| *user != me)
}
