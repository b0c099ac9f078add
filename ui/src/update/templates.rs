//! Templates: choosing one, filling in its places one after the other, and putting it into the reply. What
//! goes out is looked at first, as any other text.

use super::{Effects, compose, picker};
use crate::action::Action;
use crate::cell;
use crate::effect::Effect;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::templates::Filling;
use crate::msg::{Level, WrittenKind};
use crate::text_safe;
use frontdesk_inbox::Thread;
use frontdesk_protocol::entity::{CustomerLine, ReplyTemplate};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::kind::Source;

/// How much of a text a line shows.
const SHOWN: usize = 60;

/// What stands above those that are only shown.
const CANNOT_BE_SENT: &str = "Cannot be sent";

/// How wide the text is shown that will go out: as wide as the box is on a small screen.
const WIDE: usize = 54;

/// Why there is none to choose.
pub(super) fn available(model: &Model) -> Result<(), &'static str> {
    let Some(composer) = &model.composer else {
        return Ok(());
    };
    if composer.kind == WrittenKind::Note {
        return Err("a note needs none");
    }
    match compose::source(model, composer.conversation_id) {
        Some(Source::Whatsapp) | None => Ok(()),
        Some(_) => Err("only WhatsApp has them"),
    }
}

/// The line by which the customer of a conversation is reached.
pub(super) fn line(thread: &Thread) -> Option<&CustomerLine> {
    let lines = thread.customer.as_ref()?.lines.as_deref()?;
    lines.iter().find(|it| it.conversation_id == thread.id())
}

/// Whether only a template goes out. Only WhatsApp has a window.
pub(super) fn is_wanted(model: &Model, line: &CustomerLine) -> bool {
    line.open_until.is_some_and(|until| until.0 <= model.now)
}

/// Says how templates are found, to who begins a reply that would not go out.
pub(super) fn offer(model: &mut Model) {
    let line = written(model)
        .and_then(|id| model.threads.get(id))
        .and_then(line);
    if !line.is_some_and(|line| is_wanted(model, line)) {
        return;
    }
    let keys = model.keymap.keys(model.contexts(), Action::InsertTemplate);
    let how = keys.map_or_else(String::new, |keys| format!(" {keys} lists them."));
    let words = format!("24 hours have passed since they wrote: only a template goes out.{how}");
    model.toasts.say(Level::Plain, words, model.now);
}

/// By which line a customer is reached has become known. Who already writes to them is told what they
/// would have been told at the beginning.
pub(super) fn line_is_known(model: &mut Model, id: ConversationId) {
    let replies = |it: &Composer| (it.conversation_id, it.kind) == (id, WrittenKind::Reply);
    if model.composer.as_ref().is_some_and(replies) {
        offer(model);
    }
}

/// Lists them; the server is asked.
pub(super) fn open(model: &mut Model) -> Effects {
    let Some(id) = written(model) else {
        return Vec::new();
    };
    let items = model.templates.of(id).iter().map(item).collect();
    let mut effects = picker::push(model, Picker::new(Purpose::Template, "Templates", items));
    effects.push(Effect::LoadTemplates(id));
    effects
}

fn written(model: &Model) -> Option<ConversationId> {
    model.composer.as_ref().map(|it| it.conversation_id)
}

fn item(it: &ReplyTemplate) -> Item {
    let name = match &it.language {
        Some(language) => format!("{}  {language}", it.name),
        None => it.name.clone(),
    };
    let text: String = it.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let beginning: String = text.chars().take(SHOWN).collect();
    let item = Item::new(&name, Choice::Template(Box::new(it.clone()))).found_by(&text);
    match it.barred() {
        None => item.with_detail(&beginning),
        Some(why) => Item {
            unavailable: Some(text_safe::line(why).into_owned().into()),
            ..item.with_detail(why).under(CANNOT_BE_SENT)
        },
    }
}

/// The server has listed them.
pub(super) fn told(model: &mut Model, id: ConversationId, mut all: Vec<ReplyTemplate>) -> Effects {
    all.sort_by_key(|it| it.barred().is_some());
    model.templates.keep(id, all);
    let is_here = written(model) == Some(id);
    let items: Vec<Item> = model.templates.of(id).iter().map(item).collect();
    let front = picker::front(model).filter(|it| is_here && it.purpose == Purpose::Template);
    let Some(front) = front else {
        return Vec::new();
    };
    if items.is_empty() {
        model.layers.pop();
        let words = "There are no templates. They are made in the Twilio console.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    front.refill(items);
    Vec::new()
}

/// Asks what stands in the next place; with all of them filled in, the text is put into the reply.
pub(super) fn go_on(model: &mut Model, filling: Filling) -> Effects {
    let Some(place) = filling.next() else {
        return put_in(model, &filling);
    };
    let (at, of) = (filling.values.len() + 1, filling.template.places.len());
    let title = format!(
        "{}: {} ({at} of {of})",
        text_safe::line(&filling.template.name),
        text_safe::line(&place.name)
    );
    let items = items(&filling, "");
    let purpose = Purpose::TemplatePlace(Box::new(filling));
    picker::push(model, Picker::new(purpose, title, items))
}

/// What was typed for a place, and what the whole says with it.
pub(super) fn items(filling: &Filling, typed: &str) -> Vec<Item> {
    let typed = typed.trim();
    let with = filling.with(typed);
    let example = filling.next().and_then(|it| it.example.as_deref());
    let value = match typed {
        "" => Item::new("type what stands there", Choice::Nothing),
        typed => Item::new(typed, Choice::TemplateValue(Box::new(with.clone()))),
    };
    let value = match example {
        Some(example) => value.with_detail(&format!("such as {example}")),
        None => value,
    };
    let text = if typed.is_empty() {
        filling.text()
    } else {
        with.text()
    };
    let safe = text_safe::block(&text).into_owned();
    let lines = safe.lines().flat_map(|line| cell::wrap(line, WIDE));
    let shown = lines.map(|line| Item::new(line, Choice::Nothing).under("What goes out"));
    std::iter::once(value).chain(shown).collect()
}

/// The reply is this text now. Undoing brings back what stood there.
fn put_in(model: &mut Model, filling: &Filling) -> Effects {
    let text = text_safe::block(&filling.text()).into_owned();
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.rewrite(&text);
    let (id, typed) = (composer.conversation_id, Composer::typed(composer));
    model.templates.fill(id, text);
    vec![Effect::SaveText(typed)]
}

#[cfg(test)]
mod tests;
