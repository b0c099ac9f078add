//! What an AI is asked for: a draft, another one, what one rests on and what a model is told.

use super::{Effects, picker, sheet, writing};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::assist::{Assist, Prompt, WISHES};
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::sheet::Sheet;
use crate::model::thread::is_said;
use crate::msg::Level;
use crate::sources;
use crate::view::message::name;
use frontdesk_protocol::entity::{Draft, DraftSource};
use frontdesk_protocol::id::ConversationId;

/// So much of a wish fits into the question.
const LONGEST_WISH: usize = 500;

/// Has a reply drafted.
pub(super) fn ask(model: &mut Model) -> Effects {
    match one(model) {
        Some(id) => asked(model, id, None),
        None => Vec::new(),
    }
}

/// The one conversation that is meant.
fn one(model: &mut Model) -> Option<ConversationId> {
    if model.targets().len() > 1 {
        let words = "A draft is made for one conversation, and several are selected.";
        model.toasts.say(Level::Plain, words, model.now);
        return None;
    }
    model.current()
}

fn asked(model: &mut Model, id: ConversationId, wish: Option<String>) -> Effects {
    if writing::goes_on(model, id) {
        let words = "A draft is being written already.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    model.writings.let_go(id);
    model.asked.retain(|it| *it != id);
    model.asked.push(id);
    let draft = Assist::Draft {
        conversation_id: id,
        wish,
    };
    vec![Effect::Assist(draft)]
}

/// Asks how the draft shall be otherwise.
pub(super) fn change(model: &mut Model) -> Effects {
    if one(model).is_none() {
        return Vec::new();
    }
    let picker = Picker::new(Purpose::Wish, "Write the draft", wishes(""));
    picker::push(model, picker)
}

/// The usual wishes, and what was typed as a wish of its own.
pub(super) fn wishes(typed: &str) -> Vec<Item> {
    let usual = WISHES.iter();
    let usual = usual.map(|(label, wish)| Item::new(label, Choice::Wish((*wish).to_owned())));
    let own: String = typed.trim().chars().take(LONGEST_WISH).collect();
    let is_own = !own.is_empty() && WISHES.iter().all(|(label, _)| !label.contains(&own));
    let own = is_own.then(|| Item::new(&own, Choice::Wish(own.clone())).with_detail("your words"));
    usual.chain(own).collect()
}

/// It is wished for otherwise.
pub(super) fn wished(model: &mut Model, wish: String) -> Effects {
    match model.current() {
        Some(id) => asked(model, id, Some(wish)),
        None => Vec::new(),
    }
}

/// Stops what is being written.
pub(super) fn stop(model: &mut Model) -> Effects {
    let id = model.current().filter(|id| writing::goes_on(model, *id));
    if id.is_none() {
        let words = "No draft is being written here.";
        model.toasts.say(Level::Plain, words, model.now);
    }
    id.into_iter()
        .map(|id| Effect::Assist(Assist::Stop(id)))
        .collect()
}

/// Asks what a model is told about the conversation.
pub(super) fn prompt(model: &mut Model) -> Effects {
    let id = model.current().into_iter();
    id.map(|id| Effect::Assist(Assist::Prompt(id))).collect()
}

/// What a model is told has come.
pub(super) fn prompted(model: &mut Model, prompt: Prompt) -> Effects {
    let mut shown = Sheet::new(&format!("What {} is told", prompt.model));
    if prompt.messages.is_empty() {
        shown = shown.text(
            "Nothing. The server itself looks for the canned reply or the earlier answer that fits best, \
             and calls nobody.",
        );
    }
    for (role, content) in &prompt.messages {
        shown = shown.heading(role).text(content);
    }
    if let Some(hash) = prompt.hash {
        shown = shown.heading("In the ledger as").muted(&hash);
    }
    sheet::show(model, shown)
}

/// The draft on the screen, which something is to be said about.
fn draft(model: &mut Model) -> Option<Draft> {
    let id = model.current()?;
    let found = model.threads.get(id).and_then(|it| it.draft.clone());
    if found.is_none() {
        let words = "There is no draft here.";
        model.toasts.say(Level::Plain, words, model.now);
    }
    found
}

/// Offers what the draft rests on.
pub(super) fn sources(model: &mut Model) -> Effects {
    let Some(draft) = draft(model) else {
        return Vec::new();
    };
    let all = draft.named_sources();
    if all.is_empty() {
        let words = "Whoever made this draft named no sources.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let items = all.into_iter().map(|it| {
        Item::new(
            &format!("{}  {}", it.n, it.title),
            Choice::Source(Box::new(it.clone())),
        )
        .with_detail(sources::kind(&it))
    });
    let picker = Picker::new(Purpose::Sources, "The draft rests on", items.collect());
    picker::push(model, picker)
}

/// Opens a source.
pub(super) fn open(model: &mut Model, source: &DraftSource) -> Effects {
    let message = source.id.parse().ok();
    if let Some(conversation) = source.conversation_id {
        let mut effects = super::choose::open(model, conversation);
        effects.extend(super::hit::show(model, message));
        return effects;
    }
    if source.kind == "knowledge" {
        return vec![Effect::Assist(Assist::Source(Box::new(source.clone())))];
    }
    let mut canned = model.directory.canned_responses.iter();
    let text = canned
        .find(|it| it.id.to_string() == source.id)
        .map(|it| it.content.clone());
    let shown = Sheet::new(&format!("{}  {}", source.n, source.title));
    let shown = match text {
        Some(text) => shown.text(&text),
        None if source.kind == "business_context" => {
            shown.text("It stands in the settings of your account, under business context.")
        }
        None => shown.text("It is not here any more, or you may not read it."),
    };
    sheet::show(model, shown.muted(sources::kind(source)))
}

/// Says why there is this draft.
pub(super) fn why(model: &mut Model) -> Effects {
    let Some(draft) = draft(model) else {
        return Vec::new();
    };
    let mut shown = Sheet::new("Why this draft").heading("It answers");
    shown = match answered(model, &draft) {
        Some(words) => shown.text(&words),
        None => shown.text("What was said before it was made."),
    };
    let made = match draft.origin.as_str() {
        "built-in" => "The text that fits best, as it is. No model was asked.".to_owned(),
        "example" => "It came with the example desk. No model was asked.".to_owned(),
        origin => format!("{origin} wrote it."),
    };
    shown = shown.heading("Made by").text(&made);
    if let Some(hint) = &draft.hint {
        shown = shown.heading("It was wished").text(hint);
    }
    let all = draft.named_sources();
    shown = shown.heading("It rests on");
    for it in &all {
        shown = shown.text(&format!("{}  {} ({})", it.n, it.title, sources::kind(it)));
    }
    if all.is_empty() {
        shown = shown.text("No sources were named.");
    }
    if draft.origin != "built-in" && !all.is_empty() {
        shown = shown.heading("Looked at before you saw it").text(
            "It names its sources, has no link and no address that no source has, and is short enough for \
             the channel.",
        );
    }
    if let Some(reason) = &draft.reason {
        shown = shown.heading("Since then").text(reason);
    }
    sheet::show(model, shown)
}

/// The newest words that the draft knows.
fn answered(model: &Model, draft: &Draft) -> Option<String> {
    let thread = model.threads.get(draft.conversation_id)?;
    let mut known = thread.messages.iter().rev();
    let message = known.find(|it| it.seq <= draft.based_on_seq && is_said(it))?;
    let words = message.body.as_deref().unwrap_or("");
    Some(format!("{}: {words}", name(message, &thread.row.customer)))
}

#[cfg(test)]
mod tests;
