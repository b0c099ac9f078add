//! The agent's own words, written otherwise by a model: beside each other first, and taken or left; and the
//! note by which a conversation is handed over.

use super::{Effects, compose, picker};
use crate::effect::Effect;
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::assist::{Assist, OwnText, REWRITES};
use crate::model::compare::Compare;
use crate::model::composer::{Composer, Writing};
use crate::model::layer::Layer;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::msg::{Level, Mouse, MouseWhat, Origin, Typed, WrittenKind};
use crate::text_safe;
use crate::view::compare as drawn;
use frontdesk_protocol::id::ConversationId;
use ratatui::layout::Rect;

/// So much of a wish fits into the question.
const LONGEST_WISH: usize = 500;
const WHEEL: isize = 3;

/// Asks how the text shall be otherwise.
pub(super) fn ask(model: &mut Model) -> Effects {
    if model.composer.as_ref().is_none_or(Composer::has_no_words) {
        let words = "There is no text to write otherwise yet.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let picker = Picker::new(Purpose::Rewrite, "Write your text", wishes(""));
    picker::push(model, picker)
}

/// The usual wishes, and what was typed as a wish of its own.
pub(super) fn wishes(typed: &str) -> Vec<Item> {
    let usual = REWRITES.iter();
    let usual = usual.map(|(label, wish)| Item::new(label, Choice::Rewrite((*wish).to_owned())));
    let own: String = typed.trim().chars().take(LONGEST_WISH).collect();
    let is_own = !own.is_empty() && REWRITES.iter().all(|(label, _)| !label.contains(&own));
    let own = Item::new(&own, Choice::Rewrite(own.clone())).with_detail("your words");
    usual.chain(Some(own).filter(|_| is_own)).collect()
}

/// It is wished for otherwise. The agent may write on meanwhile.
pub(super) fn wished(model: &mut Model, wish: String) -> Effects {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let rewrite = Assist::Rewrite {
        conversation_id: composer.conversation_id,
        text: composer.text(),
        wish,
    };
    model
        .toasts
        .say(Level::Plain, "It is being rewritten.", model.now);
    vec![Effect::Assist(rewrite)]
}

/// Asks for the note by which the conversation is handed over.
pub(super) fn hand_over(model: &mut Model) -> Effects {
    let Some(id) = model.current() else {
        return Vec::new();
    };
    let words = "A hand-over note is being written.";
    model.toasts.say(Level::Plain, words, model.now);
    vec![Effect::Assist(Assist::HandOver(id))]
}

/// A model has written what was asked for.
pub(super) fn came(model: &mut Model, text: OwnText) -> Effects {
    match text {
        OwnText::Rewritten {
            conversation_id,
            before,
            after,
        } => rewritten(model, conversation_id, before, &after),
        OwnText::HandOver {
            conversation_id,
            text,
        } => handed_over(model, conversation_id, &text),
    }
}

fn rewritten(model: &mut Model, id: ConversationId, before: String, after: &str) -> Effects {
    if !is_there(model, id, &before) {
        let words = "You wrote on, so what was rewritten is left out. Ask again when you like.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let after = text_safe::block(after).into_owned();
    if after == before {
        let words = "There is nothing to change about it.";
        model.toasts.say(Level::Good, words, model.now);
        return Vec::new();
    }
    model.layers.push(Layer::Compare(Box::new(Compare {
        conversation_id: id,
        before,
        after,
        top: 0,
    })));
    Vec::new()
}

/// Whether the text on the screen is still this one.
fn is_there(model: &Model, id: ConversationId, text: &str) -> bool {
    let composer = model.composer.as_ref();
    composer.is_some_and(|it| it.conversation_id == id && it.text() == text)
}

/// A note comes beside whatever was begun; nobody adds it but the agent.
fn handed_over(model: &mut Model, id: ConversationId, text: &str) -> Effects {
    let typed = Typed {
        conversation_id: id,
        kind: WrittenKind::Note,
        text: text_safe::block(text).into_owned(),
        seen: None,
        origin: Origin::Fresh,
        files: Vec::new(),
    };
    let mut effects = Vec::new();
    if model.current() == Some(id) {
        effects.extend(compose::note(model));
    }
    let words = "The hand-over note is begun. Read it before you add it.";
    model.toasts.say(Level::Good, words, model.now);
    effects.extend(compose::found(model, &typed));
    effects.push(Effect::SaveText(typed));
    if let Some(composer) = model
        .composer
        .as_mut()
        .filter(|it| it.conversation_id == id)
    {
        composer.focus = Writing::Now;
    }
    effects
}

/// A key while both texts are beside each other.
pub(super) fn key(model: &mut Model, key: Key) -> Effects {
    let page = isize::try_from(model.size.height / 2).unwrap_or(1);
    match (key.ctrl, key.code) {
        (_, Code::Enter) => return take(model),
        (_, Code::Esc) | (false, Code::Char('q')) | (true, Code::Char('g' | 'c')) => {
            model.layers.pop();
        }
        (_, Code::Down) | (false, Code::Char('j')) => scroll(model, 1),
        (_, Code::Up) | (false, Code::Char('k')) => scroll(model, -1),
        (_, Code::PageDown) | (true, Code::Char('d' | 'f')) => scroll(model, page),
        (_, Code::PageUp) | (true, Code::Char('u' | 'b')) => scroll(model, -page),
        _ => {}
    }
    Vec::new()
}

/// The wheel scrolls them.
pub(super) fn mouse(model: &mut Model, mouse: Mouse) -> Effects {
    match mouse.what {
        MouseWhat::WheelUp => scroll(model, -WHEEL),
        MouseWhat::WheelDown => scroll(model, WHEEL),
        MouseWhat::Click | MouseWhat::Drag | MouseWhat::LetGo => {}
    }
    Vec::new()
}

fn scroll(model: &mut Model, by: isize) {
    let screen = Rect::new(0, 0, model.size.width, model.size.height);
    if let Some(Layer::Compare(front)) = model.layers.last_mut() {
        let last = drawn::last_top(front, screen);
        front.top = front.top.min(last).saturating_add_signed(by).min(last);
    }
}

/// Puts the new text in the place of the agent's, which undoing brings back.
fn take(model: &mut Model) -> Effects {
    let Some(Layer::Compare(compare)) = model.layers.pop() else {
        return Vec::new();
    };
    let is_there = is_there(model, compare.conversation_id, &compare.before);
    match model.composer.as_mut().filter(|_| is_there) {
        Some(composer) => {
            composer.rewrite(&compare.after);
            vec![Effect::SaveText(composer.typed())]
        }
        None => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
