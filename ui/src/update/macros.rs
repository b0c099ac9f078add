//! Macros on the conversations that are selected: first what will happen, then it happens.

use super::available::available;
use super::{Effects, choose, compose, picker, send, thread, triage};
use crate::action::Action;
use crate::channel;
use crate::glyph::Glyphs;
use crate::macros::blanks::{self, Known};
use crate::macros::{Macro, Step, Words};
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::layer::{Confirm, Layer, Then};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::{Command, Guard, Row};
use frontdesk_protocol::id::ConversationId;

/// How much of a text the preview shows, in lines.
const SHOWN_LINES: usize = 8;
/// How many of those that are left out are named.
const NAMED: usize = 3;

/// What a macro does to the conversations that are selected.
struct Plan {
    parts: Vec<Part>,
    /// Who is left out, and why.
    left_out: Vec<String>,
}

/// What it does to one of them.
struct Part {
    row: Row,
    /// What is written first.
    words: Option<Command>,
    then: Vec<Command>,
}

/// Which macro.
pub(super) fn open(model: &mut Model) -> Effects {
    let items = model.macros.iter().map(|it| {
        Item::new(&it.name, Choice::Macro(it.name.clone()))
            .with_detail(&detail(model, it))
            .found_by(it.words.as_ref().map_or("", Words::text))
    });
    let title = match model.targets().len() {
        1 => "Macro on 1 conversation".to_owned(),
        count => format!("Macro on {count} conversations"),
    };
    let picker = Picker::new(Purpose::Macro, title, items.collect());
    picker::push(model, picker)
}

/// What it does, and its keys.
fn detail(model: &Model, it: &Macro) -> String {
    let words = it.in_words();
    match model.keymap.keys_of_macro(&it.name) {
        Some(keys) => format!("{words}   {keys}"),
        None => words,
    }
}

/// A key of the agent's own asks for the macro of this name: it does what choosing it does. While
/// a text is written, the macro's is put into it.
pub(super) fn by_key(model: &mut Model, name: &str) -> Effects {
    let mut effects = thread::settle(model);
    let is_writing = model.composer.as_ref().is_some_and(Composer::has_focus);
    if is_writing {
        match text(model, name) {
            Some(text) => effects.extend(compose::paste(model, &text)),
            None => effects.extend(say(
                model,
                &format!("{name} has no words for these readers."),
            )),
        }
        return effects;
    }
    match available(model, Action::Macro) {
        Ok(()) => effects.extend(preview(model, name)),
        Err(why) => effects.extend(say(model, &choose::sentence(why))),
    }
    effects
}

/// Says what the macro of this name will do, and asks.
pub(super) fn preview(model: &mut Model, name: &str) -> Effects {
    let Some(it) = find(model, name) else {
        return Vec::new();
    };
    let plan = match plan(model, &it) {
        Ok(plan) => plan,
        Err(why) => return say(model, &why),
    };
    let count = plan.parts.len();
    if count == 0 {
        let why = plan.left_out.first().cloned();
        return say(
            model,
            &why.unwrap_or_else(|| "It would do nothing here.".to_owned()),
        );
    }
    let question = match count {
        1 => format!("{name} on 1 conversation?"),
        _ => format!("{name} on {count} conversations?"),
    };
    model.layers.push(Layer::Confirm(Confirm {
        question,
        warnings: told(model.glyphs, &it, &plan),
        yes: "do it",
        then: Then::Macro(name.to_owned()),
    }));
    Vec::new()
}

fn find(model: &Model, name: &str) -> Option<Macro> {
    model.macros.iter().find(|it| it.name == name).cloned()
}

fn say(model: &mut Model, why: &str) -> Effects {
    model.toasts.say(Level::Plain, why, model.now);
    model.recorder.stumble();
    Vec::new()
}

/// What will happen, a line each.
fn told(glyphs: Glyphs, it: &Macro, plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(words) = &it.words {
        lines.push(readers(words, plan));
        let text = plan.parts.first().and_then(|part| part.words.as_ref());
        let text = match text {
            Some(Command::Reply { body, .. } | Command::Note { body }) => body.as_str(),
            _ => "",
        };
        let shown = text.lines().take(SHOWN_LINES);
        lines.extend(shown.map(|line| format!("  {line}")));
        if text.lines().count() > SHOWN_LINES {
            lines.push(format!("  {}", glyphs.more_follows()));
        }
    }
    if !it.steps.is_empty() {
        let steps: Vec<String> = it.steps.iter().map(Step::to_string).collect();
        let begin = if it.words.is_some() { "Then: " } else { "" };
        lines.push(format!("{begin}{}.", steps.join(", ")));
    }
    lines.extend(plan.left_out.iter().take(NAMED).cloned());
    let more = plan.left_out.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(format!("{more} more are left out."));
    }
    lines
}

/// `Reply to 3 customers, 2 by email and 1 by chat:`
fn readers(words: &Words, plan: &Plan) -> String {
    let count = plan.parts.len();
    if matches!(words, Words::ToColleagues(_)) {
        return "A note for colleagues:".to_owned();
    }
    let mut channels: Vec<(&'static str, usize)> = Vec::new();
    for part in &plan.parts {
        let name = channel::name(part.row.conversation.source);
        match channels.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => channels.push((name, 1)),
        }
    }
    if count == 1 {
        let name = channels.first().map_or("", |(name, _)| *name);
        let who = plan.parts.first().map_or("", |it| &it.row.customer);
        return format!("Reply to {} by {name}:", text_safe::line(who));
    }
    let ways: Vec<String> = channels
        .iter()
        .map(|(name, count)| format!("{count} by {name}"))
        .collect();
    format!(
        "Reply to {count} customers, {}; the first reads:",
        ways.join(", ")
    )
}

/// What the macro does to what is selected.
fn plan(model: &Model, it: &Macro) -> Result<Plan, String> {
    let mut commands = Vec::new();
    for step in &it.steps {
        commands.push(step.command(&model.directory, model.now, &model.zone)?);
    }
    let mut plan = Plan {
        parts: Vec::new(),
        left_out: Vec::new(),
    };
    for id in model.targets() {
        let Some(row) = triage::known(model, id) else {
            continue;
        };
        let words = match it.words.as_ref().map(|words| write(model, &row, words)) {
            None => None,
            Some(Ok(command)) => Some(command),
            Some(Err(blank)) => {
                let who = text_safe::line(&row.customer);
                let why = format!("{who} is left out: nothing is known for {{{blank}}}.");
                plan.left_out.push(why);
                continue;
            }
        };
        let then: Vec<Command> = commands
            .iter()
            .filter(|command| !command.is_so_in(&row.conversation, &row.tags))
            .cloned()
            .collect();
        if words.is_some() || !then.is_empty() {
            plan.parts.push(Part { row, words, then });
        }
    }
    Ok(plan)
}

/// The text for one conversation, or the blank that cannot be filled in.
fn write(model: &Model, row: &Row, words: &Words) -> Result<Command, String> {
    let filled = blanks::fill(words.text(), &known(model, row));
    if let Some(blank) = filled.missing.into_iter().next() {
        return Err(blank);
    }
    let body = filled.text.trim_end().to_owned();
    Ok(match words {
        Words::ToColleagues(_) => Command::Note { body },
        Words::ToCustomer(_) => Command::Reply {
            body,
            guard: Guard::Seen(compose::seen(model, row.id())),
        },
    })
}

/// What blanks are filled in with.
pub(super) fn known(model: &Model, row: &Row) -> Known {
    let thread = model.threads.get(row.id());
    let customer = thread.and_then(|it| it.customer.as_ref());
    let email = customer.and_then(|it| it.email.as_deref());
    let phone = customer.and_then(|it| it.phone.as_deref());
    Known::of(row, &model.directory, email, phone)
}

/// Does it, now that nobody has to be asked any more.
pub(super) fn run(model: &mut Model, name: &str) -> Effects {
    let Some(it) = find(model, name) else {
        return Vec::new();
    };
    let plan = match plan(model, &it) {
        Ok(plan) => plan,
        Err(why) => return say(model, &why),
    };
    let mut effects = Vec::new();
    let mut then: Vec<(ConversationId, Command)> = Vec::new();
    let mut ids = Vec::new();
    for part in plan.parts {
        let id = part.row.id();
        ids.push(id);
        match part.words {
            Some(reply @ Command::Reply { .. }) => {
                effects.extend(send::to_customer(model, id, reply, Vec::new()));
            }
            Some(note) => then.push((id, note)),
            None => {}
        }
        then.extend(part.then.into_iter().map(|command| (id, command)));
    }
    let title = triage::title(ids.len(), &format!("run through {name}"));
    if then.is_empty() {
        model.toasts.say(Level::Good, title, model.now);
    } else {
        effects.extend(triage::act(model, title, then));
    }
    if it.steps.iter().any(Step::ends_it) {
        effects.extend(triage::advance(model, &ids));
    }
    effects
}

/// The text of a macro with its blanks filled in, for the text that is being written. Words for
/// colleagues are not put into what a customer reads.
pub(super) fn text(model: &Model, name: &str) -> Option<String> {
    let kind = model.composer.as_ref()?.kind;
    let words = find(model, name)?.words.filter(|it| it.fits(kind))?;
    Some(filled_for_text(model, words.text()))
}

/// A text with its blanks filled in for the conversation that is written in. What is not known
/// stays, and is asked about before it is sent.
pub(super) fn filled_for_text(model: &Model, text: &str) -> String {
    let id = model.composer.as_ref().map(|it| it.conversation_id);
    match id.and_then(|id| triage::known(model, id)) {
        Some(row) => blanks::fill(text, &known(model, &row)).text,
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
