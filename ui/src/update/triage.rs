//! Triage: what an agent does with conversations. It shows at once, is written down, and can be
//! taken back.

use super::{Effects, block, bulk, goto, list, outbox, split};
use crate::action::Action;
use crate::model::Model;
use crate::model::history::{Deed, Part};
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::settings::AfterDone;
use crate::msg::Level;
use frontdesk_inbox::{Command, DeedId, IntentId, OutMark, OutState, Queued, Row, Snooze, View};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::{Priority, Status};
use frontdesk_protocol::time::Timestamp;

/// From so many conversations on, a single key asks first.
const MANY: usize = 25;

/// Carries an action out on everything that is selected, after asking where that is much.
pub(super) fn run(model: &mut Model, action: Action) -> Effects {
    let count = model.targets().len();
    // Of everything in a view the server says how much it is, and then it is asked.
    if count < MANY || model.list.everything.is_some() {
        return confirmed(model, action);
    }
    model.layers.push(Layer::Confirm(Confirm {
        question: format!("{} {count} conversations?", verb(action)),
        warnings: Vec::new(),
        yes: "do it",
        then: Then::Act(action),
    }));
    Vec::new()
}

/// Carries an action out that needs no asking any more.
pub(super) fn confirmed(model: &mut Model, action: Action) -> Effects {
    let me = model.directory.me;
    match action {
        Action::Done => each(model, "done", &Command::Close).and_advance(model),
        Action::Reopen => each(model, "reopened", &Command::Reopen).effects,
        Action::SnoozeTomorrow => match tomorrow_morning(model) {
            Some(until) => snooze(model, Snooze::until(until), "until tomorrow 09:00"),
            None => Vec::new(),
        },
        Action::Take => each(model, "assigned to you", &Command::Assign(Some(me))).effects,
        Action::Unassign => each(model, "assigned to nobody", &Command::Assign(None)).effects,
        Action::Spam => spam(model),
        Action::Block => block::confirmed(model),
        Action::Priority => priority(model),
        Action::ToggleRead => toggle_read(model),
        _ => Vec::new(),
    }
}

fn verb(action: Action) -> &'static str {
    match action {
        Action::Done => "Close",
        Action::Reopen => "Reopen",
        Action::SnoozeTomorrow => "Snooze",
        Action::Spam => "Change the spam mark of",
        Action::Take => "Take",
        Action::Unassign => "Unassign",
        Action::Priority => "Change the priority of",
        _ => "Change",
    }
}

/// Lets everything that is selected rest, and moves on.
pub(super) fn snooze(model: &mut Model, snooze: Snooze, words: &str) -> Effects {
    let words = format!("snoozed {words}");
    each(model, &words, &Command::Snooze(snooze)).and_advance(model)
}

/// Out of every list of work, where not all are; else open again.
fn spam(model: &mut Model) -> Effects {
    let is_spam = |row: &Row| row.conversation.status == Status::Spam;
    let targets = known_targets(model);
    if !targets.is_empty() && targets.iter().all(is_spam) {
        return each(model, "no spam any more", &Command::Reopen).effects;
    }
    each(model, "marked as spam", &Command::Spam).and_advance(model)
}

/// High where all are not; else normal.
fn priority(model: &mut Model) -> Effects {
    let is_high = |row: &Row| row.conversation.priority == Priority::High;
    let all_high = known_targets(model).iter().all(is_high);
    let (to, words) = if all_high {
        (Priority::Normal, "no longer marked priority")
    } else {
        (Priority::High, "marked priority")
    };
    each(model, words, &Command::Priority(to)).effects
}

fn toggle_read(model: &mut Model) -> Effects {
    let all_read = known_targets(model).iter().all(|row| row.conversation.read);
    // What is marked unread on purpose must not be marked read by looking on.
    model.threads.read_at = None;
    if all_read {
        each(model, "marked unread", &Command::Unread).effects
    } else {
        each(model, "marked read", &Command::Read).effects
    }
}

fn tomorrow_morning(model: &Model) -> Option<Timestamp> {
    let now = jiff::Timestamp::from_microsecond(model.now.0).ok()?;
    let here = now.to_zoned(model.zone.clone());
    let morning = here.tomorrow().ok()?.with().hour(9).build().ok()?;
    let start = morning
        .with()
        .minute(0)
        .second(0)
        .subsec_nanosecond(0)
        .build()
        .ok()?;
    Some(Timestamp(start.timestamp().as_microsecond()))
}

pub(super) fn known_targets(model: &Model) -> Vec<Row> {
    model
        .targets()
        .into_iter()
        .filter_map(|id| known(model, id))
        .collect()
}

/// The row of a conversation, from the list, from its thread, or from what was done to it.
pub(super) fn known(model: &Model, id: ConversationId) -> Option<Row> {
    let in_list = model.list.find(id);
    let in_thread = || model.threads.get(id).map(|thread| &thread.row);
    in_list
        .or_else(in_thread)
        .or_else(|| model.history.row(id))
        .cloned()
}

/// What came of acting on several conversations.
struct Acted {
    effects: Effects,
    targets: Vec<ConversationId>,
}

/// Acts on each target that needs it; the server acts where everything is selected.
fn each(model: &mut Model, words: &str, command: &Command) -> Acted {
    if let Some(effects) = bulk::instead(model, words, command) {
        return Acted {
            effects,
            targets: Vec::new(),
        };
    }
    let targets = model.targets();
    let commands: Vec<(ConversationId, Command)> = known_targets(model)
        .iter()
        .filter(|row| !command.is_so_in(&row.conversation, &row.tags))
        .map(|row| (row.id(), command.clone()))
        .collect();
    if commands.is_empty() {
        if !targets.is_empty() {
            let text = format!("Already {words}.");
            model.toasts.say(Level::Plain, text, model.now);
        }
        return Acted {
            effects: Vec::new(),
            targets: Vec::new(),
        };
    }
    let title = title(commands.len(), words);
    Acted {
        effects: act(model, title, commands),
        targets,
    }
}

/// `1 conversation done`, `12 conversations done`.
pub(super) fn title(count: usize, words: &str) -> String {
    match count {
        1 => format!("1 conversation {words}"),
        _ => format!("{count} conversations {words}"),
    }
}

impl Acted {
    /// Moves on to the next conversation, as far as the agent wants that.
    fn and_advance(mut self, model: &mut Model) -> Effects {
        if !self.targets.is_empty() {
            self.effects.extend(advance(model, &self.targets));
        }
        self.effects
    }
}

/// Leaves what has been dealt with for the conversation after it.
pub(super) fn advance(model: &mut Model, dealt_with: &[ConversationId]) -> Effects {
    model.list.marked.clear();
    if super::beside::is_on(model) {
        // What is held stays until it is taken out.
        return Vec::new();
    }
    let was_open = model.open.is_some();
    let Some(at) = model.list.at() else {
        return goto::back(model);
    };
    let rows = &model.list.rows;
    let is_left = |place: &usize| !dealt_with.contains(&rows[*place].id());
    let after = (at..rows.len()).find(is_left);
    let before = (0..at).rev().find(is_left);
    let next = match model.settings.after_done {
        AfterDone::Next | AfterDone::List => after.or(before),
        AfterDone::Previous => before.or(after),
    };
    let stays_in_thread =
        was_open && model.settings.after_done != AfterDone::List && next.is_some();
    let target = next.map(|place| rows[place].id());
    let mut effects = if stays_in_thread {
        model.open = None;
        Vec::new()
    } else {
        goto::leave_thread(model)
    };
    let place = target.and_then(|id| model.list.rows.iter().position(|row| row.id() == id));
    effects.extend(match place {
        Some(place) => list::select_at(model, place),
        None => drop_last(model),
    });
    if stays_in_thread {
        model.open = model.list.selected;
        effects.extend(super::thread::opened(model));
    }
    effects
}

/// The view is empty now.
fn drop_last(model: &mut Model) -> Effects {
    model.list.selected = None;
    model.list.lingering.clear();
    model.list.rows.clear();
    model.list.top = 0;
    Vec::new()
}

/// Does these things, says so, and remembers how to take them back.
pub(super) fn act(
    model: &mut Model,
    title: String,
    commands: Vec<(ConversationId, Command)>,
) -> Effects {
    let effects = act_again(model, title, commands);
    if !effects.is_empty() {
        model.history.forget_undone();
    }
    effects
}

/// As [`act`], for what was taken back: the rest of that can still be done again.
pub(super) fn act_again(
    model: &mut Model,
    title: String,
    commands: Vec<(ConversationId, Command)>,
) -> Effects {
    let done = do_all(model, commands);
    if done.queued.is_empty() {
        return Vec::new();
    }
    model.toasts.say(Level::Good, title.clone(), model.now);
    model.history.add(Deed {
        id: DeedId::random(),
        title,
        parts: done.parts,
        run: None,
        at: model.now,
    });
    outbox::give(model, done.queued)
}

/// Takes these things back and says so. Answers with the conversations as that left them.
pub(super) fn take_back(
    model: &mut Model,
    title: String,
    inverses: Vec<(ConversationId, Command)>,
) -> (Effects, Vec<Part>) {
    let done = do_all(model, inverses);
    if done.queued.is_empty() {
        return (Vec::new(), Vec::new());
    }
    model.toasts.say(Level::Good, title, model.now);
    (outbox::give(model, done.queued), done.parts)
}

/// Does these things without a word: nobody asked for them by a key.
pub(super) fn quietly(model: &mut Model, commands: Vec<(ConversationId, Command)>) -> Effects {
    let done = do_all(model, commands);
    if done.queued.is_empty() {
        return Vec::new();
    }
    outbox::give(model, done.queued)
}

/// Commands that were shown as done.
pub(super) struct Done {
    pub(super) parts: Vec<Part>,
    queued: Vec<Queued>,
}

/// Shows commands as done and makes what is to be written down of them.
fn do_all(model: &mut Model, commands: Vec<(ConversationId, Command)>) -> Done {
    let mut done = Done {
        parts: Vec::new(),
        queued: Vec::new(),
    };
    let mut changed: Vec<Row> = Vec::new();
    for (id, command) in commands {
        // What is done to one conversation twice is done to what it has become.
        let before = changed.iter().position(|row| row.id() == id);
        let before = before.map(|at| changed.remove(at));
        let Some(mut row) = before.or_else(|| known(model, id)) else {
            continue;
        };
        let intent = IntentId::random();
        let inverse = command.inverse(&row.conversation, &row.tags);
        row.take(&command, model.now);
        row.out = row.out.max(OutMark::Waiting);
        done.parts.push(Part {
            conversation_id: id,
            intent,
            command: command.clone(),
            inverse,
            row: row.clone(),
        });
        changed.push(row);
        done.queued.push(Queued {
            id: intent,
            conversation_id: id,
            command,
            files: Vec::new(),
            made_at: model.now,
            hold_until: None,
            state: OutState::Waiting,
        });
    }
    for part in &done.parts {
        take_beside(model, part.conversation_id, &part.command);
        split::take(model, part.conversation_id, &part.command);
    }
    count(model, &changed);
    list::changed(model, changed);
    done
}

/// Shows at once what is done beside a conversation.
pub(super) fn take_beside(model: &mut Model, id: ConversationId, command: &Command) {
    if !command.is_beside() {
        return;
    }
    let other = match command {
        Command::Link(to) => known(model, *to).or_else(|| model.other(*to).cloned()),
        _ => None,
    };
    model.related.take(id, command, other.as_ref());
}

/// Moves the counts at once; the store tells them again with the next news.
fn count(model: &mut Model, changed: &[Row]) {
    let me = model.directory.me;
    for row in changed {
        let Some(before) = known(model, row.id()) else {
            continue;
        };
        for view in View::ALL {
            let held = |row: &Row| {
                let marks = frontdesk_inbox::view::Marks {
                    draft: row.draft,
                    is_mentioned: row.is_mentioned,
                };
                view.holds(&row.conversation, marks, me)
            };
            let total = model.counts.of(view);
            match (held(&before), held(row)) {
                (true, false) => model.counts.set(view, total.saturating_sub(1)),
                (false, true) => model.counts.set(view, total + 1),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
