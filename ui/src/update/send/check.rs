//! What is noteworthy about a message before it goes out. Nothing here forbids anything.

use super::super::{compose, enclose, templates};
use crate::glyph::Glyphs;
use crate::macros::blanks;
use crate::model::Model;
use crate::model::composer::Composer;
use crate::model::thread::is_said;
use crate::msg::{Origin, WrittenKind};
use crate::sources;
use crate::text_safe;
use crate::view::message::name;
use frontdesk_inbox::{Thread, enclosure};
use frontdesk_protocol::kind::Source;

/// Words that promise a file.
const ATTACHED: &[&str] = &[
    "attached",
    "attachment",
    "enclosed",
    "im anhang",
    "angehängt",
    "ci-joint",
    "en pièce jointe",
    "adjunto",
    "in allegato",
    "liitteenä",
    "bifogat",
];

/// Words that begin a letter, before the name.
const GREETINGS: &[&str] = &[
    "hello", "hi", "dear", "hey", "hallo", "liebe", "lieber", "hei", "moi", "bonjour", "hola",
    "ciao",
];

/// Words that stand where a name would, and are none.
const NOT_NAMES: &[&str] = &[
    "there", "all", "again", "everyone", "team", "both", "folks", "zusammen", "kaikki", "tous",
    "todos",
];

/// How many letters a message on Slack may have.
const SLACK_CHARS: usize = 40_000;

/// What the agent should know before this is sent, a line each.
pub(super) fn warnings(model: &Model) -> Vec<String> {
    let Some(composer) = &model.composer else {
        return Vec::new();
    };
    let refused = composer.files.iter().filter_map(|file| {
        let why = model.uploads.refusal(file)?;
        Some(enclose::refused_words(file, why))
    });
    let refused: Vec<String> = refused.collect();
    if composer.kind == WrittenKind::Note {
        return refused;
    }
    let thread = model.threads.get(composer.conversation_id);
    let text = composer.text();
    let of_text = [
        thread.and_then(|it| news(model, it, composer)),
        thread.and_then(|it| unreachable(model, it, &text)),
        promised_file(model.glyphs, composer, &text),
        compose::source(model, composer.conversation_id)
            .and_then(|source| enclosure::objection(source, &composer.files)),
        blank(&text),
        thread.and_then(|it| other_name(it, &text)),
        thread.and_then(|it| too_long(it, &text)),
    ];
    let of_text = of_text.into_iter().flatten();
    let internal = internal(model.glyphs, thread, composer);
    refused.into_iter().chain(of_text).chain(internal).collect()
}

/// What the draft in the composer rests on that is for the company only.
fn internal(glyphs: Glyphs, thread: Option<&Thread>, composer: &Composer) -> Vec<String> {
    let draft = thread.and_then(|it| it.draft.as_ref());
    let is_it = |id| matches!(composer.origin, Origin::Draft { id: from, .. } if from == id);
    let draft = draft.filter(|it| is_it(it.id));
    draft
        .map(|it| sources::warnings(it, glyphs))
        .unwrap_or_default()
}

/// What others said since the agent looked. The agent's own words are no news, as for the server.
fn news(model: &Model, thread: &Thread, composer: &Composer) -> Option<String> {
    let me = Some(model.directory.me);
    let newest = thread.messages.iter().rev();
    let message = newest
        .take_while(|it| it.seq > composer.seen)
        .find(|it| is_said(it) && it.user_id != me)?;
    let who = name(message, &thread.row.customer);
    let start: String = message
        .body
        .as_deref()
        .unwrap_or("")
        .chars()
        .take(60)
        .collect();
    let words = text_safe::line(&start);
    Some(format!(
        "{who} wrote while you were writing: {}",
        words.trim()
    ))
}

/// Why nothing would reach the customer by the line they are on.
fn unreachable(model: &Model, thread: &Thread, text: &str) -> Option<String> {
    let line = templates::line(thread)?;
    if line.stopped_at.is_some() {
        let words = "The customer wrote STOP: it does not go out before they write START.";
        return Some(words.to_owned());
    }
    let is_one = model.templates.is_filled(thread.id(), text);
    let goes_alone = templates::is_wanted(model, line) && !is_one;
    goes_alone.then(|| {
        "24 hours have passed since they wrote: WhatsApp lets only a template out.".to_owned()
    })
}

/// A file that is promised and does not go along.
fn promised_file(glyphs: Glyphs, composer: &Composer, text: &str) -> Option<String> {
    if !composer.files.is_empty() {
        return None;
    }
    let own: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('>'))
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    let word = ATTACHED.iter().find(|word| own.contains(**word))?;
    let word = glyphs.quoted(word);
    Some(format!("It says {word}, and no file goes with it."))
}

/// A blank that nobody filled in.
fn blank(text: &str) -> Option<String> {
    let blank = blanks::first_left(text)?;
    Some(format!("A blank is left in it: {blank}."))
}

/// A greeting with a name that is not the customer's.
fn other_name(thread: &Thread, text: &str) -> Option<String> {
    let first = text.lines().find(|line| !line.trim().is_empty())?;
    let mut words = first.split_whitespace();
    let greeting = words.next()?.trim_matches(|c: char| !c.is_alphanumeric());
    if !GREETINGS.contains(&greeting.to_lowercase().as_str()) {
        return None;
    }
    let greeted = words.next()?.trim_matches(|c: char| !c.is_alphanumeric());
    let begins_large = greeted.chars().next().is_some_and(char::is_uppercase);
    let lower = greeted.to_lowercase();
    if !begins_large || NOT_NAMES.contains(&lower.as_str()) {
        return None;
    }
    let customer = &thread.row.customer;
    let is_a_name = customer.chars().next().is_some_and(char::is_alphabetic);
    // Someone else may write for the customer, so every writer's name will do.
    let writers = thread.messages.iter().filter(|it| it.user_id.is_none());
    let mut names = writers
        .map(|it| name(it, customer))
        .chain([customer.clone()]);
    let is_known = names.any(|it| it.to_lowercase().contains(&lower));
    let is_title = matches!(lower.as_str(), "mr" | "mrs" | "ms" | "dr" | "herr" | "frau");
    (is_a_name && !is_known && !is_title).then(|| {
        format!(
            "It greets {greeted}, and this is {}.",
            text_safe::line(customer)
        )
    })
}

fn too_long(thread: &Thread, text: &str) -> Option<String> {
    let source = thread.row.conversation.source;
    let count = text.chars().count();
    match source {
        Source::Slack if count > SLACK_CHARS => Some(format!(
            "It has {count} letters; Slack takes {SLACK_CHARS}."
        )),
        _ => None,
    }
}
