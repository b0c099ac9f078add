//! What is new, as lines.

use super::{AT_ONCE, From, Linear, Told, is_beginning, words};
use crate::channel;
use crate::model::Model;
use crate::model::compare::Compare;
use crate::model::composer::Composer;
use crate::model::connection::Connection;
use crate::model::layer::{Confirm, Layer};
use crate::model::picker::{Picker, Purpose};
use crate::model::sheet::{Sheet, SheetLine};
use crate::msg::WrittenKind;
use crate::text_safe;
use frontdesk_inbox::enclosure::size_words;
use frontdesk_inbox::kept::Counted;
use frontdesk_inbox::{OutState, Row, Thread, snooze};
use frontdesk_protocol::id::ConversationId;

/// How many messages of a conversation are told when it is opened.
const MESSAGES: usize = 20;

impl Linear {
    /// What is new since this was asked last.
    pub fn tell(&mut self, model: &Model) -> Vec<String> {
        let mut lines = Vec::new();
        self.connection(model, &mut lines);
        self.said(model, &mut lines);
        self.list(model, &mut lines);
        self.thread(model, &mut lines);
        self.holding(model, &mut lines);
        self.writing(model, &mut lines);
        self.front(model, &mut lines);
        lines
    }

    fn connection(&mut self, model: &Model, lines: &mut Vec<String>) {
        let is_same = |known: &Connection| match (known, &model.connection) {
            // It says when it tries again, each time; that it is away is said once.
            (Connection::Offline { .. }, Connection::Offline { .. }) => true,
            (one, other) => one == other,
        };
        if self.connection.as_ref().is_some_and(is_same) {
            return;
        }
        self.connection = Some(model.connection.clone());
        lines.extend(match &model.connection {
            Connection::Live => Some("Connected.".to_owned()),
            Connection::Offline { why, .. } => {
                let why = text_safe::line(why);
                Some(format!("Offline: {why}. Work goes on and is sent later."))
            }
            _ => None,
        });
    }

    fn said(&mut self, model: &Model, lines: &mut Vec<String>) {
        let toasts = &model.toasts;
        let fresh = toasts.said.saturating_sub(self.toasts);
        self.toasts = toasts.said;
        let fresh = usize::try_from(fresh).unwrap_or(usize::MAX);
        let from = toasts.earlier.len().saturating_sub(fresh);
        let fresh = toasts.earlier.iter().skip(from);
        lines.extend(fresh.map(|toast| text_safe::line(&toast.text).into_owned()));
    }

    /// The list that was asked for, once it is here.
    fn list(&mut self, model: &Model, lines: &mut Vec<String>) {
        let list = &model.list;
        let is_to_come =
            list.is_loading || (list.rows.is_empty() && is_beginning(&model.connection));
        let Some(from) = self.wants.filter(|_| !is_to_come) else {
            return;
        };
        self.wants = None;
        let last = self.listed.last().copied();
        let at = last.and_then(|id| list.rows.iter().position(|row| row.id() == id));
        let from = match (from, at) {
            (From::Here, Some(at)) => at + 1,
            _ => 0,
        };
        let rows: Vec<&Row> = list.rows.iter().skip(from).take(AT_ONCE).collect();
        let title = model.title(list.view);
        let total = model
            .count(list.view)
            .map_or(list.rows.len(), Counted::number);
        if rows.is_empty() {
            let none = if from == 0 {
                "has nothing"
            } else {
                "has no more"
            };
            lines.push(format!("{title} {none}."));
            return;
        }
        lines.push(match &list.narrowed {
            Some(words) => format!("{title}, narrowed to {}:", text_safe::line(words)),
            None => format!("{title}, {total} in all:"),
        });
        for (number, row) in (1..).zip(&rows) {
            lines.push(format!("{number}. {}", words::row(model, row)));
        }
        if list.rows.len() > from + rows.len() || list.has_after {
            lines.push("more tells the next ones; a number opens one.".to_owned());
        } else {
            lines.push("A number opens one.".to_owned());
        }
        self.listed = rows.into_iter().map(Row::id).collect();
    }

    /// What is new in the open conversation.
    fn thread(&mut self, model: &Model, lines: &mut Vec<String>) {
        let Some(id) = model.open else {
            self.open = None;
            return;
        };
        let Some(thread) = model.threads.get(id) else {
            return;
        };
        let known = self.open.filter(|told| told.id == id);
        if known.is_none() {
            lines.push(head(model, thread));
        }
        let seen = known.and_then(|told| told.seq);
        let fresh: Vec<_> = thread
            .messages
            .iter()
            .filter(|it| seen.is_none_or(|seen| it.seq > seen))
            .collect();
        let left_out = fresh.len().saturating_sub(MESSAGES);
        if known.is_none() && (left_out > 0 || thread.has_older) {
            lines.push("Earlier messages are left out.".to_owned());
        }
        for message in &fresh[left_out..] {
            lines.extend(words::message(model, &thread.row.customer, message));
        }
        let draft = thread.draft.as_ref();
        let mark = draft.map(|it| (it.id, it.version));
        if mark != known.and_then(|told| told.draft)
            && let Some(body) = draft.and_then(|it| it.body.as_deref())
        {
            lines.push("Draft, not sent:".to_owned());
            let body = text_safe::block(body);
            lines.extend(
                body.lines()
                    .map(|line| format!("  {}", text_safe::line(line))),
            );
            lines.push("approve-draft sends it; edit-draft and reject-draft do not.".to_owned());
        }
        let newest = thread.messages.last().map(|it| it.seq);
        self.open = Some(Told {
            id,
            seq: newest.max(seen),
            draft: mark,
        });
    }

    /// Messages that can still be taken back.
    fn holding(&mut self, model: &Model, lines: &mut Vec<String>) {
        for queued in &model.outbox {
            let until = queued.hold_until.filter(|until| *until > model.now);
            let (Some(until), OutState::Waiting) = (until, &queued.state) else {
                continue;
            };
            if !self.held.insert(queued.id) {
                continue;
            }
            let seconds = (until.0 - model.now.0 + 999_999) / 1_000_000;
            let to = customer(model, queued.conversation_id);
            lines.push(format!(
                "Sending to {to} in {seconds} seconds. undo takes it back."
            ));
        }
        let outbox = &model.outbox;
        self.held.retain(|id| outbox.iter().any(|it| it.id == *id));
    }

    fn writing(&mut self, model: &Model, lines: &mut Vec<String>) {
        let composer = model.composer.as_ref().filter(|it| it.has_focus());
        let id = composer.map(|it| it.conversation_id);
        if id == self.writing {
            return;
        }
        self.writing = id;
        let Some(composer) = composer else {
            return;
        };
        lines.push(begun(model, composer));
        if !composer.has_no_words() {
            lines.push("So far it reads:".to_owned());
            let text = text_safe::block(&composer.text()).into_owned();
            lines.extend(
                text.lines()
                    .map(|line| format!("  {}", text_safe::line(line))),
            );
        }
        for file in &composer.files {
            let name = text_safe::line(&file.filename);
            let size = size_words(file.size);
            lines.push(format!("{name} goes along, {size}."));
        }
        lines.push(
            "What you type goes in, line by line. .send sends it, .keep keeps it for later, .help \
             says what else."
                .to_owned(),
        );
    }

    /// The box in front, told again when it is another or offers other things.
    fn front(&mut self, model: &Model, lines: &mut Vec<String>) {
        let now = match model.layers.last() {
            Some(Layer::Picker(picker)) => picker_lines(model, picker),
            Some(Layer::Confirm(confirm)) => confirm_lines(confirm),
            Some(Layer::Narrow(_)) => vec!["Which words? cancel leaves it.".to_owned()],
            Some(Layer::Find(_)) => vec!["Which words, in this conversation?".to_owned()],
            Some(Layer::Sheet(sheet)) => sheet_lines(sheet),
            Some(Layer::Compare(compare)) => compare_lines(compare),
            Some(Layer::FirstSync(_)) | None => Vec::new(),
        };
        if now != self.front {
            lines.extend(now.iter().cloned());
        }
        self.front = now;
    }
}

fn head(model: &Model, thread: &Thread) -> String {
    let row = &thread.row;
    let it = &row.conversation;
    let subject = it
        .subject
        .as_deref()
        .map(|it| text_safe::line(it).trim().to_owned());
    let mut facts = vec![
        format!("Number {}", it.number),
        text_safe::line(&row.customer).trim().to_owned(),
        channel::name(it.source).to_owned(),
        it.status.to_string(),
        words::assignee(model, row),
    ];
    facts.extend(subject.filter(|it| !it.is_empty()));
    format!("{}.", facts.join(", "))
}

fn customer(model: &Model, id: ConversationId) -> String {
    let loaded = || model.threads.get(id).map(|thread| &thread.row);
    let row = model.list.find(id).or_else(loaded);
    row.map_or_else(
        || "the customer".to_owned(),
        |row| text_safe::line(&row.customer).trim().to_owned(),
    )
}

fn begun(model: &Model, composer: &Composer) -> String {
    let id = composer.conversation_id;
    let to = customer(model, id);
    let loaded = || model.threads.get(id).map(|thread| &thread.row);
    let row = model.list.find(id).or_else(loaded);
    match (composer.kind, row) {
        (WrittenKind::Note, _) => format!("A note for colleagues about {to}."),
        (WrittenKind::Reply, Some(row)) => {
            let by = channel::name(row.conversation.source);
            format!("A reply to {to}, by {by}.")
        }
        (WrittenKind::Reply, None) => format!("A reply to {to}."),
    }
}

fn picker_lines(model: &Model, picker: &Picker) -> Vec<String> {
    let most = match picker.purpose {
        Purpose::Keys | Purpose::Messages => usize::MAX,
        _ => AT_ONCE,
    };
    let typed = picker.field.text().trim();
    if picker.purpose == Purpose::Snooze
        && !typed.is_empty()
        && let Err(unclear) = snooze::parse(typed, model.now, &model.zone)
    {
        return vec![format!("{unclear} Try: {}.", snooze::EXAMPLES.join(", "))];
    }
    if picker.purpose == Purpose::Search && typed.is_empty() {
        return vec!["Search for what? cancel leaves it.".to_owned()];
    }
    let mut lines = words::choices(picker, most);
    lines.push("A number chooses, words narrow, cancel leaves it.".to_owned());
    lines
}

fn compare_lines(compare: &Compare) -> Vec<String> {
    let mut lines = vec!["Rewritten it reads:".to_owned()];
    let text = text_safe::block(&compare.after);
    lines.extend(text.lines().map(|it| format!("  {}", text_safe::line(it))));
    lines.push("Take it? y: take it, n: keep yours.".to_owned());
    lines
}

fn sheet_lines(sheet: &Sheet) -> Vec<String> {
    let title = format!("{}:", sheet.title);
    let lines = sheet.lines.iter().map(SheetLine::words);
    let lines = lines
        .filter(|it| !it.is_empty())
        .map(|it| format!("  {it}"));
    let all = std::iter::once(title).chain(lines);
    all.map(|it| text_safe::line(&it).into_owned()).collect()
}

fn confirm_lines(confirm: &Confirm) -> Vec<String> {
    let mut lines: Vec<String> = confirm
        .warnings
        .iter()
        .map(|it| text_safe::line(it).into_owned())
        .collect();
    let question = text_safe::line(&confirm.question);
    lines.push(format!("{question} y: {}, n: no.", confirm.yes));
    lines
}
