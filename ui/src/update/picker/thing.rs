//! What a thread holds beside its words: addresses and files.

use super::super::Effects;
use super::push;
use crate::link::links_in;
use crate::model::Model;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::File;

fn thread(model: &Model) -> Option<&Thread> {
    model.threads.get(model.current()?)
}

/// The addresses in the thread, the latest first, each once.
pub(crate) fn links(model: &mut Model) -> Effects {
    let mut found: Vec<String> = Vec::new();
    for body in bodies(model).rev() {
        for link in links_in(body) {
            if !found.iter().any(|known| known == link) {
                found.push(link.to_owned());
            }
        }
    }
    let items = found
        .into_iter()
        .map(|link| Item::new(&link, Choice::Link(link.clone())));
    let picker = Picker::new(Purpose::Links, "Links", items.collect());
    push(model, picker)
}

pub(crate) fn has_links(model: &Model) -> bool {
    bodies(model).any(|body| links_in(body).next().is_some())
}

fn bodies(model: &Model) -> impl DoubleEndedIterator<Item = &str> {
    let messages = thread(model).into_iter().flat_map(|it| it.messages.iter());
    messages.filter_map(|message| message.body.as_deref())
}

/// The files of the thread, the latest first.
pub(crate) fn attachments(model: &mut Model) -> Effects {
    let items = files(model).rev().map(|file| {
        let choice = Choice::Attachment {
            url: file.file_url.clone(),
            filename: file.filename.clone(),
        };
        Item::new(&file.filename, choice).with_detail(&file.content_type)
    });
    let picker = Picker::new(Purpose::Attachments, "Save an attachment", items.collect());
    push(model, picker)
}

pub(crate) fn has_attachments(model: &Model) -> bool {
    files(model).next().is_some()
}

fn files(model: &Model) -> impl DoubleEndedIterator<Item = &File> {
    let messages = thread(model).into_iter().flat_map(|it| it.messages.iter());
    messages.flat_map(|message| message.attachments.iter())
}
