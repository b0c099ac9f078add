//! How a conversation may be sorted: asked for, done as a whole or in part, or waved away. Nothing
//! is done that the agent does not do.

use super::{Effects, picker, triage};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::Assist;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::suggestions::{Standing, Suggestion, parts};
use crate::msg::Level;
use crate::text_safe;
use frontdesk_inbox::Command;
use frontdesk_protocol::entity::AiSuggestions;
use frontdesk_protocol::id::ConversationId;

/// Asks how the conversation may be sorted.
pub(super) fn ask(model: &mut Model) -> Effects {
    if model.targets().len() > 1 {
        let words = "Suggestions are made for one conversation, and several are selected.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let Some(id) = model.current() else {
        return Vec::new();
    };
    let words = "Tags, team and priority are being looked for.";
    model.toasts.say(Level::Plain, words, model.now);
    vec![Effect::Assist(Assist::Suggest(id))]
}

/// The server has said how.
pub(super) fn came(model: &mut Model, id: ConversationId, said: AiSuggestions) -> Effects {
    let Some(row) = triage::known(model, id) else {
        return Vec::new();
    };
    let parts = parts(&said, &row);
    if parts.is_empty() {
        let words = match &said.trouble {
            Some(why) => format!("Nothing is suggested: {}", text_safe::line(why)),
            None => {
                "Nothing is suggested: too little is known of conversations like it.".to_owned()
            }
        };
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    // Where the thread is not on the screen, nobody would see the box in it.
    let all: Vec<String> = parts.iter().map(Suggestion::told).collect();
    let words = match model.shown() == Some(id) {
        true => "Suggestions stand below the messages.".to_owned(),
        false => format!(
            "Suggested for #{}: {}.",
            row.conversation.number,
            text_safe::line(&all.join(", "))
        ),
    };
    model.toasts.say(Level::Good, words, model.now);
    model.suggestions.put(id, said);
    Vec::new()
}

/// What is left of the suggestions for the current conversation.
pub(crate) fn left(model: &Model) -> Vec<(String, Command)> {
    let found = model.current().and_then(|id| {
        let said = model.suggestions.of(id)?;
        Some(parts(said, &triage::known(model, id)?))
    });
    let open = found.unwrap_or_default().into_iter();
    open.filter_map(|it| match it.standing {
        Standing::Open(command) => Some((it.words, command)),
        Standing::Done | Standing::Told => None,
    })
    .collect()
}

/// Does all that is suggested, as one thing that can be taken back.
pub(super) fn apply(model: &mut Model) -> Effects {
    let Some(id) = model.current() else {
        return Vec::new();
    };
    let left = left(model);
    let words: Vec<String> = left.iter().map(|(words, _)| words.clone()).collect();
    let title = title(&words);
    let commands = left.into_iter().map(|(_, command)| (id, command));
    let effects = triage::act(model, title, commands.collect());
    model.suggestions.let_go(id);
    effects
}

/// Offers what is suggested, to do a part of it.
pub(super) fn choose(model: &mut Model) -> Effects {
    let left = left(model).into_iter();
    let items = left.map(|(words, command)| {
        let label = text_safe::line(&words).into_owned();
        Item::new(&label, Choice::Suggestion(words, Box::new(command)))
    });
    let picker = Picker::new(
        Purpose::Suggestions,
        "Do of what is suggested",
        items.collect(),
    );
    picker::push(model, picker)
}

/// Does a part of what is suggested. The rest stays.
pub(super) fn chosen(model: &mut Model, words: String, command: Command) -> Effects {
    match model.current() {
        Some(id) => triage::act(model, title(&[words]), vec![(id, command)]),
        None => Vec::new(),
    }
}

/// Waves it away.
pub(super) fn dismiss(model: &mut Model) -> Effects {
    if let Some(id) = model.current() {
        model.suggestions.let_go(id);
    }
    Vec::new()
}

/// Has what the inbox's policy sorted by itself taken back. The server knows what that was.
pub(super) fn undo_sorting(model: &mut Model) -> Effects {
    if model.targets().len() > 1 {
        let words = "Sorting is taken back in one conversation, and several are selected.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let current = model.current();
    current
        .map(|id| Effect::Assist(Assist::UndoSorting(id)))
        .into_iter()
        .collect()
}

/// `1 conversation sorted: tag billing, priority high`.
fn title(words: &[String]) -> String {
    let all = words.join(", ");
    triage::title(1, &format!("sorted: {}", text_safe::line(&all)))
}

#[cfg(test)]
mod tests;
