//! Files that go along with a text: asked for by their path, or by pasting paths. Nothing is
//! attached that the agent did not say yes to.

use super::{Effects, compose, picker};
use crate::effect::Effect;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::picker::{Choice, Item, Picker, Purpose};
use crate::model::uploads::Upload;
use crate::msg::{Level, Pasted, PathEntry, WrittenKind};
use crate::text_safe;
use frontdesk_inbox::Enclosure;
use frontdesk_inbox::enclosure::size_words;
use frontdesk_protocol::id::{ConversationId, FileId};

/// More than this is a text and no paths.
const LONGEST_PATHS: usize = 8 * 1024;
/// How much of a path a line shows.
const SHOWN: usize = 60;

/// Asks for the path of a file.
pub(super) fn ask(model: &mut Model) -> Effects {
    let picker = Picker::new(Purpose::Path, "Attach a file", Vec::new());
    let effects = picker::push(model, picker);
    [effects, look_for(model)].concat()
}

/// Asks what lies where the path in the box leads.
pub(super) fn look_for(model: &mut Model) -> Effects {
    model.searches += 1;
    let generation = model.searches;
    match picker::front(model) {
        Some(front) => vec![Effect::ListPaths {
            generation,
            text: front.field.text().to_owned(),
        }],
        None => Vec::new(),
    }
}

/// What lies there has been found.
pub(super) fn listed(model: &mut Model, generation: u64, entries: &[PathEntry]) -> Effects {
    if generation != model.searches {
        return Vec::new();
    }
    if let Some(front) = picker::front(model).filter(|it| it.purpose == Purpose::Path) {
        front.refill(entries.iter().map(item).collect());
    }
    Vec::new()
}

fn item(entry: &PathEntry) -> Item {
    match entry.size {
        Some(size) => {
            let choice = Choice::Attach(vec![entry.path.clone()]);
            Item::new(&entry.name, choice).with_detail(&size_words(size))
        }
        None => {
            let label = format!("{}/", entry.name);
            Item::new(&label, Choice::Folder(entry.path.clone())).with_detail("folder")
        }
    }
}

/// Goes into a folder, in the box that is open.
pub(super) fn enter(model: &mut Model, path: &str) -> Effects {
    if let Some(front) = picker::front(model) {
        front.field.clear();
        front.field.insert(path);
    }
    look_for(model)
}

/// Completes the path in the box to what is chosen.
pub(super) fn complete(model: &mut Model) -> Effects {
    let chosen = picker::front(model).and_then(|front| front.chosen());
    let path = match chosen.map(|item| &item.choice) {
        Some(Choice::Folder(path)) => path.clone(),
        Some(Choice::Attach(paths)) => paths.concat(),
        _ => return Vec::new(),
    };
    enter(model, &path)
}

/// Attaches these files to what is being written: a copy of each is made first.
pub(super) fn attach(model: &mut Model, paths: Vec<String>) -> Effects {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    composer.copying += paths.len();
    vec![Effect::Attach {
        conversation_id: composer.conversation_id,
        kind: composer.kind,
        paths,
    }]
}

/// A file was copied, or was not.
pub(super) fn attached(
    model: &mut Model,
    id: ConversationId,
    kind: WrittenKind,
    file: Result<Enclosure, String>,
) -> Effects {
    let is_it = |it: &Composer| (it.conversation_id, it.kind) == (id, kind);
    let here = model.composer.as_mut().filter(|it| is_it(it));
    let composer = here.or_else(|| model.aside.find_mut(is_it));
    if let Some(composer) = composer {
        composer.copying = composer.copying.saturating_sub(1);
    }
    let file = match file {
        Ok(file) => file,
        Err(why) => {
            model.toasts.say(Level::Bad, why, model.now);
            return Vec::new();
        }
    };
    let here = model.composer.as_mut().filter(|it| is_it(it));
    match here.or_else(|| model.aside.find_mut(is_it)) {
        Some(composer) => {
            composer.files.push(file.clone());
            composer.save_at = None;
            vec![
                Effect::SaveText(composer.typed()),
                Effect::Upload(vec![file]),
            ]
        }
        None => {
            let name = text_safe::line(&file.filename).into_owned();
            let words = format!("{name} was not attached: its text is gone.");
            model.toasts.say(Level::Bad, words, model.now);
            Vec::new()
        }
    }
}

/// A file is further on its way.
pub(super) fn further(model: &mut Model, id: FileId, upload: Upload) -> Effects {
    if let Upload::Refused(why) = &upload {
        let composer = model.composer.iter();
        let mut files = composer.flat_map(|it| it.files.iter());
        if let Some(file) = files.find(|it| it.id == id) {
            let words = refused_words(file, why);
            model.toasts.say(Level::Bad, words, model.now);
        }
    }
    model.uploads.take(id, upload);
    Vec::new()
}

/// That the server does not take a file, and why.
pub(super) fn refused_words(file: &Enclosure, why: &str) -> String {
    let name = text_safe::line(&file.filename);
    let why = text_safe::line(why);
    format!(
        "The server does not take {name}: {}.",
        why.trim_end_matches('.')
    )
}

/// Takes a file off again; where there are several, asks which.
pub(super) fn detach(model: &mut Model) -> Effects {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    match composer.files.as_slice() {
        [] => Vec::new(),
        [only] => {
            let id = only.id;
            detached(model, id)
        }
        several => {
            let items = several.iter().map(|file| {
                Item::new(&file.filename, Choice::Detach(file.id))
                    .with_detail(&size_words(file.size))
            });
            let picker = Picker::new(Purpose::Detach, "Take a file off", items.collect());
            picker::push(model, picker)
        }
    }
}

/// Takes this file off.
pub(super) fn detached(model: &mut Model, id: FileId) -> Effects {
    let Some(composer) = &mut model.composer else {
        return Vec::new();
    };
    let Some(at) = composer.files.iter().position(|it| it.id == id) else {
        return Vec::new();
    };
    let file = composer.files.remove(at);
    model.uploads.forget(id);
    composer.save_at = None;
    let effect = Effect::SaveText(composer.typed());
    let name = text_safe::line(&file.filename).into_owned();
    let words = format!("{name} does not go along any more.");
    model.toasts.say(Level::Plain, words, model.now);
    vec![effect]
}

/// Something was pasted into the text. Where it may be paths, as of files that were dropped on the
/// window, it is looked at first.
pub(super) fn pasted(model: &mut Model, text: &str) -> Effects {
    let composer = model.composer.as_ref().filter(|it| it.has_focus());
    match composer {
        Some(composer) if may_be_paths(text) => vec![Effect::LookAtPaths {
            conversation_id: composer.conversation_id,
            kind: composer.kind,
            text: text.to_owned(),
        }],
        _ => compose::paste(model, text),
    }
}

/// Whether a text looks like paths that begin somewhere; whether something lies there is another
/// question.
fn may_be_paths(text: &str) -> bool {
    let text = text.trim();
    let begins = |start: &str| text.starts_with(start);
    text.len() <= LONGEST_PATHS
        && ["/", "~/", "'/", "\"/", "'~/", "file://"]
            .into_iter()
            .any(begins)
}

/// What was pasted has been looked at. Files are attached only after a yes: the text may come from
/// a customer.
pub(super) fn looked_at(model: &mut Model, pasted: Pasted) -> Effects {
    let composer = model.composer.as_ref().filter(|it| it.has_focus());
    let is_here = composer
        .is_some_and(|it| (it.conversation_id, it.kind) == (pasted.conversation_id, pasted.kind));
    if !is_here {
        let words = "Not pasted, because you left the text.";
        model.toasts.say(Level::Plain, words, model.now);
        return Vec::new();
    }
    let label = match pasted.files.as_slice() {
        [] => return compose::paste(model, &pasted.text),
        [only] => format!("attach {}", name_of(only)),
        several => format!("attach these {} files", several.len()),
    };
    let beginning: String = pasted.text.trim().chars().take(SHOWN).collect();
    let items = vec![
        Item::new(&label, Choice::Attach(pasted.files)),
        Item::new("paste it as text", Choice::PasteText(pasted.text.clone()))
            .with_detail(&beginning),
    ];
    let purpose = Purpose::Pasted(pasted.text);
    picker::push(model, Picker::new(purpose, "Pasted: a file's path", items))
}

fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests;
