//! Boxes in which something is chosen: what opens them, and what keys do in them.

use super::{
    Effects, assist, choose, compose, confirm, enclose, forward, kept, kept_change, link, outbound,
    palette, record, rewrite, same_person, templates,
};
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::field::Taken;
use crate::model::layer::Layer;
use crate::model::picker::{Picker, Purpose};

mod open;
mod thing;

pub(super) use open::{
    assign, availability, bare_title, canned, colleagues, label, move_to, outbox, outbox_entry,
    reject_draft, slash, snooze, sort_by, status, tags,
};
pub(super) use thing::{attachments, has_attachments, has_links, links};

/// How far a page goes.
const PAGE: isize = 8;

/// Puts a picker in front.
pub(super) fn push(model: &mut Model, picker: Picker) -> Effects {
    model.layers.push(Layer::Picker(Box::new(picker)));
    Vec::new()
}

/// The picker in front.
pub(super) fn front(model: &mut Model) -> Option<&mut Picker> {
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => Some(picker),
        _ => None,
    }
}

/// A key for the box in front.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let Some(picker) = front(model) else {
        return confirm::key(model, key);
    };
    match (key.ctrl, key.code) {
        (_, Code::Esc) | (true, Code::Char('g' | 'c')) => closed(model),
        (_, Code::Enter) => choose::chosen(model, choose::Afterwards::Close),
        (_, Code::Tab) if picker.next_scope() != picker.scope => {
            picker.turn_scope();
            Vec::new()
        }
        (_, Code::Tab) if picker.purpose == Purpose::Search => keep_search(model),
        (_, Code::Tab) if picker.purpose == Purpose::Path => enclose::complete(model),
        (_, Code::Tab) => choose::chosen(model, choose::Afterwards::Stay),
        (_, Code::F(1)) => palette::keys_here(model),
        (_, Code::Down) | (true, Code::Char('n')) => step(picker, 1),
        (_, Code::Up) | (true, Code::Char('p')) => step(picker, -1),
        (_, Code::PageDown) => step(picker, PAGE),
        (_, Code::PageUp) => step(picker, -PAGE),
        _ => match picker.field.key(key) {
            Taken::Changed => changed(model),
            Taken::Moved | Taken::NotMine => Vec::new(),
        },
    }
}

/// The search in the box is kept as a view.
fn keep_search(model: &mut Model) -> Effects {
    let typed = front(model).map(|it| it.field.text().trim().to_owned());
    match typed.filter(|it| !it.is_empty()) {
        Some(query) => {
            model.layers.pop();
            kept::name(model, query)
        }
        None => Vec::new(),
    }
}

/// The box is left. What was typed after a slash was no canned reply: it is a part of the text, as
/// is what was pasted and not attached.
fn closed(model: &mut Model) -> Effects {
    match model.layers.pop() {
        Some(Layer::Picker(picker)) if picker.purpose == Purpose::Slash => {
            compose::paste(model, picker.field.text())
        }
        Some(Layer::Picker(picker)) => match &picker.purpose {
            Purpose::Pasted(text) => compose::paste(model, text),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn step(picker: &mut Picker, by: isize) -> Effects {
    picker.step(by);
    Vec::new()
}

/// A text was pasted into the field.
pub(super) fn paste(model: &mut Model, text: &str) -> Effects {
    let Some(picker) = front(model) else {
        return Vec::new();
    };
    picker.field.insert(text);
    changed(model)
}

/// Something else stands in the field.
fn changed(model: &mut Model) -> Effects {
    let glyphs = model.glyphs;
    let Some(picker) = front(model) else {
        return Vec::new();
    };
    match &picker.purpose {
        Purpose::RejectDraft => picker.items = open::reasons(picker.field.text()),
        Purpose::KeysName => picker.items = record::names(picker.field.text(), glyphs),
        Purpose::ViewName(query) => picker.items = kept::names(query, picker.field.text(), glyphs),
        Purpose::ViewRename(id) => {
            picker.items = kept_change::names(*id, picker.field.text(), glyphs);
        }
        Purpose::NewSubject(about) => {
            picker.items = outbound::subjects(about, picker.field.text());
        }
        Purpose::ForwardWords(to) => picker.items = forward::sendable(to, picker.field.text()),
        Purpose::Rewrite => picker.items = rewrite::wishes(picker.field.text()),
        Purpose::TemplatePlace(filling) => {
            picker.items = templates::items(filling, picker.field.text());
        }
        Purpose::Wish => picker.items = assist::wishes(picker.field.text()),
        _ => {}
    }
    picker.fit();
    match picker.purpose {
        Purpose::Search => palette::search_for(model),
        Purpose::NewTo => outbound::look_for(model),
        Purpose::Link => link::look_for(model),
        Purpose::SamePerson => same_person::look_for(model),
        Purpose::ForwardTo => forward::look_for(model),
        Purpose::Path => enclose::look_for(model),
        _ => Vec::new(),
    }
}
