//! The suggester that needs no model: the canned response, or what an earlier customer of the same
//! inbox was answered, that fits best. It says that it is that, and writes nothing of its own.

use super::Made;
use super::look::Wanted;
use crate::failure::Outcome;
use frontdesk_ai::rank::{self, Candidate};
use frontdesk_ai::{personal, words};
use frontdesk_db::queries::{canned_responses, precedents};
use frontdesk_db::{Conn, DbError};
use frontdesk_protocol::entity::DraftSource;

/// How many words of a question are looked for in earlier ones.
const WORDS: usize = 8;

/// A title is cut to this many characters.
const TITLE: usize = 80;

/// A text that may be the answer.
struct Text {
    about: String,
    body: String,
    source: DraftSource,
}

/// The answer that fits best.
pub(super) fn answer(conn: &mut dyn Conn, wanted: &Wanted) -> Outcome<Made> {
    let question = wanted.question();
    if words::stems(&question).is_empty() {
        let why = "The customer's message has no words to look for.".to_owned();
        return Ok(Made::Nothing { why });
    }
    let mut texts = canned(conn, wanted)?;
    texts.extend(earlier(conn, wanted, &question)?);
    let candidates: Vec<Candidate<'_>> = texts
        .iter()
        .map(|it| Candidate {
            about: &it.about,
            text: &it.body,
        })
        .collect();
    let best = rank::best(&question, &candidates).first().copied();
    let best = best.map(|it| texts.swap_remove(it.index));
    Ok(match best {
        Some(text) => Made::Text {
            body: text.body,
            sources: vec![text.source],
        },
        None => Made::Nothing {
            why: "No canned response and no earlier answer fits.".to_owned(),
        },
    })
}

fn canned(conn: &mut dyn Conn, wanted: &Wanted) -> Result<Vec<Text>, DbError> {
    let found = canned_responses::of_account(conn, wanted.conversation.account_id)?;
    let texts = found.into_iter().map(|it| Text {
        source: DraftSource {
            n: 1,
            kind: "canned_response".to_owned(),
            id: it.id.to_string(),
            conversation_id: None,
            title: it.name.clone(),
        },
        about: it.name,
        body: it.content,
    });
    Ok(texts.collect())
}

/// What was answered to questions like this one. An answer that holds anything of the person it went
/// to is left out.
fn earlier(conn: &mut dyn Conn, wanted: &Wanted, question: &str) -> Result<Vec<Text>, DbError> {
    let held = &wanted.conversation;
    let Some(inbox_id) = held.inbox_id else {
        return Ok(Vec::new());
    };
    let words = words::telling(question, WORDS);
    let asked = precedents::asked(conn, held.account_id, inbox_id, &words, held.id)?;
    let mut texts = Vec::new();
    for it in asked {
        let Some((id, body)) = precedents::answer(conn, held.account_id, &it)? else {
            continue;
        };
        if body.trim().is_empty() || personal::is_personal(&body, it.name.as_deref()) {
            continue;
        }
        texts.push(Text {
            source: DraftSource {
                n: 1,
                kind: "message".to_owned(),
                id: id.to_string(),
                conversation_id: Some(it.conversation_id),
                title: it.body.chars().take(TITLE).collect(),
            },
            about: it.body,
            body,
        });
    }
    Ok(texts)
}
