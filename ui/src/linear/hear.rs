//! A line that was typed: a command, a choice, or a part of a text.

use super::{AT_ONCE, From, Heard, Linear};
use crate::action::{Action, Group};
use crate::key::{Code, Key};
use crate::model::composer::Composer;
use crate::model::layer::Layer;
use crate::model::picker::{Picker, Purpose};
use crate::model::{Model, Pane};
use crate::msg::Msg;
use crate::update::update;
use frontdesk_protocol::time::Timestamp;

/// Shorter words for what is said often.
const SHORT: [(&str, Action); 17] = [
    ("inbox", Action::ViewInbox),
    ("mine", Action::ViewMine),
    ("unassigned", Action::ViewUnassigned),
    ("drafts", Action::ViewDrafts),
    ("snoozed", Action::ViewSnoozed),
    ("mentions", Action::ViewMentions),
    ("closed", Action::ViewClosed),
    ("next", Action::NextConversation),
    ("previous", Action::PreviousConversation),
    ("tag", Action::Label),
    ("approve", Action::ApproveDraft),
    ("reject", Action::RejectDraft),
    ("edit", Action::EditDraft),
    ("commands", Action::Palette),
    ("find", Action::Narrow),
    ("sort", Action::SortBy),
    ("read", Action::ToggleRead),
];

/// What is said while a text is written, after a full stop at the beginning of a line.
const IN_TEXT: [(&str, Action, &str); 12] = [
    (".send", Action::Send, "send it"),
    (".close", Action::SendAndClose, "send it and close"),
    (
        ".snooze",
        Action::SendAndSnooze,
        "send it and snooze until a reply",
    ),
    (".keep", Action::Back, "keep it for later"),
    (".discard", Action::Discard, "throw it away"),
    (
        ".attach",
        Action::Attach,
        "attach a file; its path can follow",
    ),
    (".detach", Action::Detach, "take an attached file off"),
    (".switch", Action::SwitchKind, "make it a note, or a reply"),
    (".canned", Action::InsertCanned, "put a canned reply in"),
    (".template", Action::InsertTemplate, "put a template in"),
    (".rewrite", Action::Rewrite, "have it written otherwise"),
    (
        ".sentence",
        Action::TakeSentence,
        "take the draft's next sentence",
    ),
];

impl Linear {
    /// Takes a line in.
    pub fn hear(&mut self, model: &mut Model, now: Timestamp, line: &str) -> Heard {
        let line = line.trim_end_matches(['\n', '\r']);
        let mut heard = Heard::default();
        match model.layers.last() {
            Some(Layer::Picker(_)) => choose(model, now, line, &mut heard),
            Some(Layer::Confirm(_)) => answer(model, now, line, &mut heard),
            Some(Layer::Narrow(_) | Layer::Find(_)) => narrow(model, now, line, &mut heard),
            Some(Layer::Compare(_)) => {
                let key = Key::plain(if line.trim() == "y" {
                    Code::Enter
                } else {
                    Code::Esc
                });
                heard.effects.extend(update(model, now, Msg::Key(key)));
            }
            Some(Layer::Sheet(_)) => {
                // It was read out; whatever is typed goes on from there.
                model.layers.pop();
                return self.hear(model, now, line);
            }
            Some(Layer::FirstSync(_)) => {}
            None if is_writing(model) => self.write(model, now, line, &mut heard),
            None => self.command(model, now, line.trim(), &mut heard),
        }
        heard
    }

    fn write(&mut self, model: &mut Model, now: Timestamp, line: &str, heard: &mut Heard) {
        let word = line.trim();
        if word == ".help" {
            let all = IN_TEXT
                .iter()
                .map(|(word, _, what)| format!("{word}: {what}"));
            heard.lines.extend(all);
            heard
                .lines
                .push("..: a line that begins with a full stop".to_owned());
            return;
        }
        if let Some((_, action, _)) = IN_TEXT.iter().find(|(known, ..)| *known == word) {
            return self.run(model, now, *action, heard);
        }
        if let Some(path) = word.strip_prefix(".attach ") {
            self.run(model, now, Action::Attach, heard);
            return choose(model, now, path, heard);
        }
        let text = match line.strip_prefix('.') {
            Some(rest) if rest.starts_with('.') => rest,
            Some(_) => {
                let words = format!("I do not know {word}; .help says what there is.");
                heard.lines.push(words);
                return;
            }
            None => line,
        };
        let is_blank = model.composer.as_ref().is_some_and(Composer::has_no_words);
        let text = if is_blank {
            text.to_owned()
        } else {
            format!("\n{text}")
        };
        heard.effects.extend(update(model, now, Msg::Paste(text)));
    }

    fn command(&mut self, model: &mut Model, now: Timestamp, line: &str, heard: &mut Heard) {
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if let Ok(number) = line.parse::<usize>() {
            return self.open(model, now, number, heard);
        }
        match word {
            "" => {}
            "help" | "?" => heard.lines.extend(help()),
            "list" | "l" => self.wants = Some(From::Top),
            "more" => {
                let by = u16::try_from(AT_ONCE).unwrap_or(1);
                for _ in 0..by {
                    // The cursor goes along, so that the pages behind it are loaded.
                    let down = Msg::Ask(Action::Down);
                    heard.effects.extend(update(model, now, down));
                }
                self.wants = Some(From::Here);
            }
            "again" => self.open = None,
            "where" => heard.lines.push(place(model)),
            "select" => self.select(model, rest, heard),
            "quit" | "exit" => self.run(model, now, Action::Quit, heard),
            word => match action(word) {
                Some(action) => {
                    self.run(model, now, action, heard);
                    let rest = rest.trim();
                    if !rest.is_empty() && (!model.layers.is_empty() || is_writing(model)) {
                        let more = self.hear(model, now, rest);
                        heard.lines.extend(more.lines);
                        heard.effects.extend(more.effects);
                    }
                }
                None => heard
                    .lines
                    .push(format!("I do not know {word:?}; help says what there is.")),
            },
        }
    }

    fn open(&mut self, model: &mut Model, now: Timestamp, number: usize, heard: &mut Heard) {
        match number.checked_sub(1).and_then(|at| self.listed.get(at)) {
            Some(id) => heard.effects.extend(update(model, now, Msg::Open(*id))),
            None => heard
                .lines
                .push(format!("There is no {number} in the list.")),
        }
    }

    /// Selects by numbers: what is done next is done to all of them.
    fn select(&mut self, model: &mut Model, numbers: &str, heard: &mut Heard) {
        if model.pane != Pane::List {
            heard.lines.push("back leads to the list first.".to_owned());
            return;
        }
        let numbers = numbers.split([' ', ',']).filter(|it| !it.is_empty());
        let mut ids = Vec::new();
        for number in numbers {
            let at = number
                .parse::<usize>()
                .ok()
                .and_then(|it| it.checked_sub(1));
            match at.and_then(|at| self.listed.get(at)) {
                Some(id) => ids.push(*id),
                None => {
                    heard
                        .lines
                        .push(format!("There is no {number:?} in the list."));
                    return;
                }
            }
        }
        model.list.marked = ids.into_iter().collect();
        let count = model.list.marked.len();
        heard.lines.push(match count {
            0 => "Nothing is selected.".to_owned(),
            _ => format!("{count} selected."),
        });
    }

    fn run(&mut self, model: &mut Model, now: Timestamp, action: Action, heard: &mut Heard) {
        let view = model.list.view;
        heard.effects.extend(update(model, now, Msg::Ask(action)));
        if model.list.view != view || matches!(action, Action::SortBy | Action::ShowNew) {
            self.wants = Some(From::Top);
        }
    }
}

fn is_writing(model: &Model) -> bool {
    model.composer.as_ref().is_some_and(Composer::has_focus)
}

fn action(word: &str) -> Option<Action> {
    let short = SHORT.iter().find(|(known, _)| *known == word);
    short
        .map(|(_, action)| *action)
        .or_else(|| Action::from_name(word))
        .filter(|it| is_said(*it))
}

/// Whether it makes sense where nothing is drawn.
fn is_said(action: Action) -> bool {
    match action.group() {
        Group::Beside => false,
        Group::Look => matches!(
            action,
            Action::Linked | Action::Links | Action::Attachments | Action::SortBy
        ),
        Group::Move => matches!(
            action,
            Action::NextConversation | Action::PreviousConversation | Action::Open | Action::Back
        ),
        _ => !matches!(
            action,
            Action::Select
                | Action::SelectRange
                | Action::Record
                | Action::Play
                | Action::Editor
                | Action::Help
                | Action::Suspend
                | Action::NextHit
                | Action::PreviousHit
        ),
    }
}

/// Everything that can be said.
pub(super) fn help() -> Vec<String> {
    let mut lines: Vec<String> = [
        "a number: open that one of the list",
        "list, more: tell the list, and the next of it",
        "select 1 3: select these; what is done next is done to all of them",
        "again: tell the open conversation again",
        "where: tell where you are",
        "quit: leave",
    ]
    .map(str::to_owned)
    .into();
    let said = Action::ALL.iter().filter(|it| is_said(**it));
    for action in said.filter(|it| **it != Action::Quit) {
        let short = SHORT.iter().find(|(_, known)| known == action);
        let word = short.map_or(action.name(), |(word, _)| word);
        lines.push(format!("{word}: {}", action.title().trim_end_matches('…')));
    }
    lines.push("What is asked for can follow: snooze tomorrow 9, tag billing.".to_owned());
    lines
}

fn place(model: &Model) -> String {
    let view = model.list.view;
    let count = model.count(view).map_or(
        model.list.rows.len(),
        frontdesk_inbox::kept::Counted::number,
    );
    let open = model.open.and_then(|id| model.threads.get(id));
    match open {
        Some(thread) => {
            let who = crate::text_safe::line(&thread.row.customer);
            format!(
                "In the conversation with {}, from {}.",
                who.trim(),
                model.title(view)
            )
        }
        None => format!("In {}, which has {count}.", model.title(view)),
    }
}

fn press(model: &mut Model, now: Timestamp, key: Key, heard: &mut Heard) {
    heard.effects.extend(update(model, now, Msg::Key(key)));
}

fn enter(model: &mut Model, now: Timestamp, heard: &mut Heard) {
    press(model, now, Key::plain(Code::Enter), heard);
}

/// A line for the question in front.
fn answer(model: &mut Model, now: Timestamp, line: &str, heard: &mut Heard) {
    match line.trim().to_lowercase().as_str() {
        "y" | "yes" => enter(model, now, heard),
        "n" | "no" | "cancel" => press(model, now, Key::plain(Code::Esc), heard),
        _ => heard.lines.push("Please answer y or n.".to_owned()),
    }
}

/// Words to narrow the view by, or to find.
fn narrow(model: &mut Model, now: Timestamp, line: &str, heard: &mut Heard) {
    if line.trim() == "cancel" {
        return press(model, now, Key::plain(Code::Esc), heard);
    }
    press(model, now, Key::ctrl('u'), heard);
    let words = Msg::Paste(line.trim().to_owned());
    heard.effects.extend(update(model, now, words));
    enter(model, now, heard);
}

/// A line for the box in front: a number chooses, words narrow, and what they name alone is
/// chosen.
fn choose(model: &mut Model, now: Timestamp, line: &str, heard: &mut Heard) {
    let line = line.trim();
    if line == "cancel" {
        return press(model, now, Key::plain(Code::Esc), heard);
    }
    if line.is_empty() {
        return;
    }
    if let Ok(number) = line.parse::<usize>() {
        return by_number(model, now, number, heard);
    }
    press(model, now, Key::ctrl('u'), heard);
    let words = Msg::Paste(line.to_owned());
    heard.effects.extend(update(model, now, words));
    let Some(picker) = picker(model) else {
        return;
    };
    let is_named = |at: &usize| {
        let item = picker.items.get(*at);
        item.is_some_and(|it| it.label.eq_ignore_ascii_case(line))
    };
    let exact = picker.fitting.iter().position(is_named);
    let only = (picker.fitting.len() == 1).then_some(0);
    let is_searched = picker.purpose == Purpose::Search;
    let is_phrase = matches!(picker.purpose, Purpose::Snooze | Purpose::Path);
    match exact.or(only).filter(|_| !is_searched) {
        Some(at) => {
            picker.at = at;
            enter(model, now, heard);
        }
        None if is_phrase => enter(model, now, heard),
        None => {}
    }
}

fn by_number(model: &mut Model, now: Timestamp, number: usize, heard: &mut Heard) {
    let Some(picker) = picker(model) else {
        return;
    };
    let at = number
        .checked_sub(1)
        .filter(|at| *at < picker.fitting.len());
    let Some(at) = at else {
        heard.lines.push(format!("There is no {number}."));
        return;
    };
    if picker.purpose == Purpose::Snooze {
        picker.field.clear();
    }
    picker.at = at;
    enter(model, now, heard);
}

fn picker(model: &mut Model) -> Option<&mut Picker> {
    match model.layers.last_mut() {
        Some(Layer::Picker(picker)) => Some(picker),
        _ => None,
    }
}
