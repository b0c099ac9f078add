//! What follows from something that happened: the one place where the model changes.
//!
//! Pure: no I/O, no clock. Time comes with the message, and what is wanted of the world leaves
//! as effects.

mod act;
mod arrive;
mod assist;
pub(crate) mod available;
mod beside;
mod block;
mod bulk;
mod choose;
mod compose;
mod confirm;
mod connections;
mod context;
mod draft;
mod enclose;
mod find;
mod first_sync;
mod forward;
mod goto;
mod hit;
mod kept;
mod kept_change;
mod keys;
mod knowledge;
mod later;
mod link;
mod list;
mod macros;
mod merge;
mod mouse;
mod narrow;
mod outbound;
mod outbox;
mod own_command;
mod palette;
mod picker;
mod record;
mod related;
mod review;
mod rewrite;
mod same_person;
mod select;
mod send;
mod sentence;
mod server_search;
mod sheet;
mod split;
mod story;
mod suggest;
mod templates;
mod thread;
mod tick;
mod triage;
mod undo;
mod undo_log;
mod writing;

#[cfg(test)]
mod tests;

use crate::effect::Effect;
use crate::model::assist::Answer;
use crate::model::{Model, tutor};
use crate::msg::{Focus, Msg};
use frontdesk_protocol::time::Timestamp;

/// What is wanted of the world.
pub(crate) type Effects = Vec<Effect>;

/// Takes in what happened and says what is to be done about it.
pub fn update(model: &mut Model, now: Timestamp, msg: Msg) -> Vec<Effect> {
    model.now = now;
    let mut effects = take(model, msg);
    effects.extend(review::go_on(model));
    story::refresh(model);
    tutor::look(model);
    effects.extend(undo_log::note(model));
    effects
}

#[expect(clippy::too_many_lines, reason = "a list of all news")]
fn take(model: &mut Model, msg: Msg) -> Effects {
    match msg {
        Msg::Key(key) => keys::key(model, key),
        Msg::Paste(text) => keys::paste(model, &text),
        Msg::Mouse(mouse) => mouse::mouse(model, mouse),
        Msg::Resize { width, height } => list::resize(model, width, height),
        Msg::Focus(focus) => window(model, focus),
        Msg::Tick => tick::tick(model),
        Msg::Ask(action) => act::run(model, action, None),
        Msg::Open(id) => choose::open(model, id),
        Msg::Page(page) => list::page(model, page),
        Msg::Changed(rows) => list::changed(model, rows),
        Msg::Reworded(ids) => thread::reworded(model, &ids),
        Msg::Gone(ids) => {
            model.beside.let_go(&ids);
            list::gone(model, &ids)
        }
        Msg::Counts(counts) => {
            model.counts = counts;
            Vec::new()
        }
        Msg::Filled => list::filled(model),
        Msg::Thread(thread) => thread::loaded(model, *thread),
        Msg::Older {
            conversation_id,
            messages,
            has_older,
        } => thread::older(model, conversation_id, messages, has_older),
        Msg::Directory(directory) => {
            let effects = kept::told(model, *directory);
            connections::told(model);
            effects
        }
        Msg::KeptCounts(counts) => kept::counted(model, counts),
        Msg::ViewKept(id) => kept::saved(model, id),
        Msg::Outbox(queued) => outbox::told(model, queued),
        Msg::Deeds(deeds) => undo_log::told(model, deeds),
        Msg::Text(typed) => compose::found(model, &typed),
        Msg::Attached {
            conversation_id,
            kind,
            file,
        } => enclose::attached(model, conversation_id, kind, file),
        Msg::Paths {
            generation,
            entries,
        } => enclose::listed(model, generation, &entries),
        Msg::Pasted(pasted) => enclose::looked_at(model, pasted),
        Msg::Upload(id, upload) => enclose::further(model, id, upload),
        Msg::Found {
            generation,
            hits,
            reach,
        } => palette::found(model, generation, &hits, reach),
        Msg::Customers {
            generation,
            customers,
        } => outbound::found(model, generation, customers),
        Msg::Begun(id) => outbound::begun(model, id),
        Msg::Templates(id, templates) => templates::told(model, id, templates),
        Msg::Related(id, found) => related::told(model, id, *found),
        Msg::FoundOnServer { generation, hits } => server_search::found(model, generation, &hits),
        Msg::Later(planned) => later::told(model, planned),
        Msg::Connection(connection) => {
            let effects = arrive::connection(model, connection);
            connections::told(model);
            effects
        }
        Msg::Presence(presence) => {
            model.presence.take(presence);
            Vec::new()
        }
        Msg::Typing {
            conversation_id,
            who,
        } => arrive::typing(model, conversation_id, who),
        Msg::DraftText(told) => writing::told(model, told),
        Msg::OwnText(text) => rewrite::came(model, *text),
        Msg::Answered(answer) => answered(model, *answer),
        Msg::Prompt(prompt) => assist::prompted(model, *prompt),
        Msg::Arrived(arrival) => arrive::arrived(model, &arrival),
        Msg::NotKept(lost) => outbox::not_kept(model, lost),
        Msg::Confirmed(id) => outbox::confirmed(model, id),
        Msg::Refused { id, reason } => outbox::refused(model, id, &reason),
        Msg::BulkAhead(asked, ahead) => bulk::ahead(model, asked, &ahead),
        Msg::BulkBegun(run, words) => bulk::begun(model, run, words),
        Msg::Bulk(run) => bulk::further(model, run),
        Msg::Ran { command, printed } => own_command::ended(model, &command, printed),
        Msg::Edited {
            conversation_id,
            text,
        } => compose::edited(model, conversation_id, text),
        Msg::KnowledgeWritten(id, text) => knowledge::written(model, id, text.as_deref()),
        Msg::Told(level, text) => {
            model.toasts.say(level, text, model.now);
            Vec::new()
        }
    }
}

fn answered(model: &mut Model, answer: Answer) -> Effects {
    match answer {
        Answer::Suggested(id, said) => suggest::came(model, id, said),
        Answer::Source(source, entry) => knowledge::source(model, &source, &entry),
        Answer::Learnt(learnt) => knowledge::learnt(model, &learnt),
        Answer::Proposed(entry, alike) => knowledge::proposed(model, &entry, &alike),
        Answer::Proposals(entries) => knowledge::listed(model, entries),
    }
}

/// What is asked for when the screen opens.
pub fn start(model: &mut Model, now: Timestamp) -> Vec<Effect> {
    model.now = now;
    goto::reload(model)
}

fn window(model: &mut Model, focus: Focus) -> Effects {
    model.window = focus;
    thread::looked_at(model);
    Vec::new()
}
