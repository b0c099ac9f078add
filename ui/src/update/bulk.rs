//! All conversations of a view, beyond those that are loaded: looked ahead at, asked about, done by the
//! server, and taken back.

use super::Effects;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::bulk::{Bulk, Running};
use crate::model::connection::Connection;
use crate::model::history::Deed;
use crate::model::layer::{Confirm, Layer, Then};
use crate::msg::Level;
use frontdesk_inbox::{Command, DeedId};
use frontdesk_protocol::entity::{BulkPreview, BulkRun};
use frontdesk_protocol::id::BulkRunId;
use frontdesk_protocol::kind::BulkState;

/// The search that finds all of the view, where there is more of it than is loaded and the server can
/// be asked.
pub(super) fn query(model: &Model) -> Option<String> {
    let list = &model.list;
    let has_more = list.has_before || list.has_after;
    let is_live = model.connection == Connection::Live;
    (has_more && is_live && list.narrowed.is_none())
        .then(|| match model.kept.get(list.view) {
            Some(kept) => Some(kept.query.clone()),
            None => list.view.query().map(str::to_owned),
        })
        .flatten()
}

/// Does something to everything in the view instead of to what is loaded, where that is selected:
/// first it is asked how much that is.
pub(super) fn instead(model: &mut Model, words: &str, command: &Command) -> Option<Effects> {
    let query = model.list.everything.clone()?;
    let bulk = Bulk {
        query,
        command: command.clone(),
        words: words.to_owned(),
    };
    Some(vec![Effect::BulkLook(Box::new(bulk))])
}

/// The server says how much it is: the agent decides.
pub(super) fn ahead(model: &mut Model, bulk: Bulk, ahead: &BulkPreview) -> Effects {
    if model.list.everything.is_none() {
        // It was thought better of while the server counted.
        return Vec::new();
    }
    let conversations = counted(ahead.total, "conversation");
    let channels: Vec<String> = ahead
        .channels
        .iter()
        .map(|(channel, count)| format!("{count} {channel}"))
        .collect();
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("{conversations} {}?", bulk.words),
        warnings: vec![
            format!(
                "All that are in the view now, of {}: {}.",
                counted(ahead.customers, "customer"),
                channels.join(", ")
            ),
            "The server does it by itself. u takes it back.".to_owned(),
        ],
        yes: "do it",
        then: Then::Bulk(Box::new(bulk), ahead.seq),
    }));
    Vec::new()
}

/// The server has begun.
pub(super) fn begun(model: &mut Model, run: BulkRun, words: String) -> Effects {
    model.history.forget_undone();
    if run.undoes.is_none() {
        model.history.add(Deed {
            id: DeedId::random(),
            title: format!("conversations {words}"),
            parts: Vec::new(),
            run: Some(run.id),
            at: model.now,
        });
    }
    model.bulk = Some(Box::new(Running { run, words }));
    super::select::clear(model)
}

/// The server is further.
pub(super) fn further(model: &mut Model, run: BulkRun) -> Effects {
    let Some(running) = model.bulk.as_mut().filter(|it| it.run.id == run.id) else {
        return Vec::new();
    };
    running.run = run;
    if running.run.finished_at.is_none() {
        return Vec::new();
    }
    if let Some(running) = model.bulk.take() {
        let Running { run, words } = *running;
        let level = if run.failed > 0 {
            Level::Bad
        } else {
            Level::Good
        };
        model.toasts.say(level, ended(&run, &words), model.now);
    }
    Vec::new()
}

/// `812 conversations done. 3 were so already. 2 failed.`
fn ended(run: &BulkRun, words: &str) -> String {
    let mut text = format!("{} {words}.", counted(run.done, "conversation"));
    if run.skipped > 0 {
        let why = match run.undoes {
            Some(_) => "were changed since and stay",
            None => "were so already",
        };
        text.push_str(&format!(" {} {why}.", run.skipped));
    }
    if run.failed > 0 {
        text.push_str(&format!(" {} failed.", run.failed));
    }
    if run.state == BulkState::Cancelled {
        text.push_str(" It was called off.");
    }
    text
}

/// Takes back what a run did, also while it goes on.
pub(super) fn take_back(model: &mut Model, deed: DeedId, run: BulkRunId) -> Effects {
    if model.connection != Connection::Live {
        let text = "The server takes it back, and cannot be reached now.";
        model.toasts.say(Level::Bad, text, model.now);
        return Vec::new();
    }
    model.history.forget(deed);
    vec![Effect::BulkUndo(run)]
}

/// `1 customer`, `640 customers`.
fn counted(count: i64, one: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    }
}

#[cfg(test)]
mod tests;
