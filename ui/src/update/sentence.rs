//! A draft taken sentence by sentence: each key adds the next one to what the agent writes.

use super::{Effects, compose, thread};
use crate::key::{Code, Key};
use crate::model::Model;
use crate::model::composer::Composer;
use crate::msg::{Level, Origin, Typed, WrittenKind};
use crate::text_safe;
use frontdesk_protocol::draft_text::Writing;
use frontdesk_protocol::entity::Draft;
use frontdesk_protocol::id::{ConversationId, DraftId};
use frontdesk_protocol::kind::DraftState;
use unicode_segmentation::UnicodeSegmentation as _;

/// What there is to take from.
struct Source {
    text: String,
    draft: Option<(DraftId, i64)>,
    /// More may come, so that the last sentence may not be whole.
    goes_on: bool,
}

/// Takes the next one. Where there is none, the key is what it is otherwise.
pub(super) fn take(model: &mut Model) -> Effects {
    let Some(id) = model.current() else {
        return Vec::new();
    };
    let is_writing = model.composer.as_ref().is_some_and(Composer::has_focus);
    let Some(source) = source(model, id) else {
        if is_writing {
            return compose::key(model, Key::plain(Code::Tab));
        }
        let words = "There is no draft here to take from.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    };
    let mut effects = Vec::new();
    if !is_writing {
        effects.extend(begin(model, id));
    }
    let taken = model.composer.as_ref().map_or(0, |it| it.taken);
    let Some(end) = next_end(&source, taken) else {
        if is_writing && !source.goes_on {
            effects.extend(compose::key(model, Key::plain(Code::Tab)));
        }
        return effects;
    };
    let words = text_safe::block(&source.text[taken..end]).into_owned();
    if let Some(composer) = &mut model.composer {
        composer.taken = end;
        if let (Origin::Fresh, Some((draft, version))) = (composer.origin, source.draft) {
            composer.origin = Origin::Draft { id: draft, version };
        }
    }
    effects.extend(compose::paste(model, &words));
    effects
}

/// A reply to take sentences into: the one that was begun, or a new one.
fn begin(model: &mut Model, id: ConversationId) -> Effects {
    let is_begun = model
        .composer
        .as_ref()
        .is_some_and(|it| it.conversation_id == id && it.kind == WrittenKind::Reply);
    if is_begun {
        return compose::reply(model);
    }
    let mut effects = compose::enter(model, id);
    effects.extend(compose::put_aside(model));
    let typed = Typed {
        conversation_id: id,
        kind: WrittenKind::Reply,
        text: String::new(),
        seen: None,
        origin: Origin::Fresh,
        files: Vec::new(),
    };
    let kept = model.aside.take(id, WrittenKind::Reply);
    let seen = compose::seen(model, id);
    model.composer = Some(kept.unwrap_or_else(|| Composer::new(&typed, seen)));
    effects.extend(compose::reply(model));
    effects.extend(thread::to_end(model));
    effects
}

fn source(model: &Model, id: ConversationId) -> Option<Source> {
    let is_reply = |it: &Composer| it.conversation_id == id && it.kind == WrittenKind::Reply;
    let composer = model.composer.as_ref().filter(|it| it.has_focus());
    if composer.is_some_and(|it| !is_reply(it) || it.follows.is_some()) {
        return None;
    }
    let there = model.threads.get(id).and_then(|it| it.draft.as_ref());
    if let Some(written) = model.writings.of(id, there) {
        return Some(Source {
            text: written.text.clone(),
            draft: None,
            goes_on: written.state == Writing::Going,
        });
    }
    let open = there.filter(|it| is_open(it))?;
    // A draft that is edited as a whole stands in the text already.
    let is_whole = composer.is_some_and(|it| it.origin != Origin::Fresh && it.taken == 0);
    (!is_whole).then(|| Source {
        text: open.body.clone().unwrap_or_default(),
        draft: Some((open.id, open.version)),
        goes_on: false,
    })
}

fn is_open(draft: &Draft) -> bool {
    matches!(draft.state, DraftState::Ready | DraftState::Edited)
}

/// Where the next sentence ends, if a whole one is left.
fn next_end(source: &Source, taken: usize) -> Option<usize> {
    let left = source.text.get(taken..)?;
    let mut bounds = left.split_sentence_bound_indices();
    let (_, first) = bounds.next()?;
    let is_last = bounds.next().is_none();
    let is_whole = !is_last || !source.goes_on;
    is_whole.then_some(taken + first.len())
}

#[cfg(test)]
mod tests {
    use crate::msg::Origin;
    use crate::testing::{desk, press, screen, typed};

    #[test]
    fn each_key_takes_one_sentence_and_the_agent_writes_between() {
        let mut model = desk(80, 40);
        press(&mut model, "d t");
        let text = |model: &crate::Model| model.composer.as_ref().unwrap().text();
        let first = text(&model);
        assert!(
            first.starts_with("Hi Priya, I can see two charges"),
            "{first}"
        );
        assert!(first.trim_end().ends_with("14:03."), "{first}");
        typed(&mut model, "Sorry. ");
        press(&mut model, "tab");
        let all = text(&model);
        assert!(all.contains("14:03. Sorry. The second one"), "{all}");
        assert!(all.ends_with("working days."), "{all}");
        let origin = model.composer.as_ref().unwrap().origin;
        assert!(
            matches!(origin, Origin::Draft { .. }),
            "it approves the draft"
        );
        press(&mut model, "tab");
        assert_ne!(text(&model), all, "a tab is a tab where nothing is left");
        assert!(screen(&model).contains("You are editing it below"));
    }
}
