//! What stands beside the conversation: those it is linked with, and who may be the same person.

use super::sheet::Sheet;
use crate::action::Action;
use crate::cell::{self, Align};
use crate::channel;
use crate::model::Model;
use crate::painted::Line;
use crate::text_safe;
use crate::theme::Role;
use crate::view::hint;
use frontdesk_inbox::Row;
use frontdesk_protocol::entity::LinkedConversation;

const MOST: usize = 5;
const NUMBER: usize = 7;
const STATE: usize = 7;

/// Writes it, with the keys that act on it.
pub(super) fn write(sheet: &mut Sheet, model: &Model, row: &Row) {
    let links = model.related.links(row.id());
    if !links.is_empty() {
        sheet.heading("LINKED");
        for link in links.iter().take(MOST) {
            let line = line(sheet, link);
            sheet.line(line);
        }
        let left = links.len().saturating_sub(MOST);
        if left > 0 {
            sheet.words(Role::Muted, &format!("and {left} more"));
        }
        let hint = hint::of(model, Action::Linked, "open one").unwrap_or_default();
        sheet.line(hint);
    }
    let alike = model.related.alike(row.id());
    if !alike.is_empty() {
        sheet.heading("THE SAME PERSON?");
        for it in alike.iter().take(MOST) {
            sheet.words(Role::Text, &it.customer.title);
            sheet.words(Role::Muted, &it.reason);
        }
        let hint = hint::of(model, Action::SamePerson, "say so").unwrap_or_default();
        sheet.line(hint);
    }
}

/// `@ #14   Dana Whitfield   open`
fn line(sheet: &Sheet, link: &LinkedConversation) -> Line {
    let it = &link.conversation;
    let cut = sheet.glyphs.cut();
    let room = sheet.width().saturating_sub(2 + NUMBER + 1 + STATE);
    let customer = text_safe::line(&link.customer);
    let number = format!("#{}", it.number);
    Line::new()
        .with(channel::role(it.source), sheet.glyphs.channel(it.source))
        .with(Role::Text, " ")
        .with(Role::Muted, cell::fit(&number, NUMBER, Align::Left, cut))
        .with(
            Role::Text,
            cell::fit(customer.trim(), room, Align::Left, cut),
        )
        .with(Role::Text, " ")
        .with(
            Role::Muted,
            cell::fit(it.status.as_str(), STATE, Align::Right, cut),
        )
}
