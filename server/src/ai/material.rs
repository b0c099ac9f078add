//! What a draft may rest on: the company's canned responses, and what earlier customers of the same inbox
//! were answered, the best first; and what the company says about itself.

use super::look::Wanted;
use crate::failure::Outcome;
use frontdesk_ai::rank::{self, Candidate};
use frontdesk_ai::{personal, words};
use frontdesk_db::queries::{business_contexts, canned_responses, customers, precedents};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::context::BusinessContext;
use frontdesk_protocol::entity::DraftSource;

/// How many words of a question are looked for in earlier ones.
const WORDS: usize = 8;

/// A title is cut to this many characters.
const TITLE: usize = 80;

/// So many texts are enough for a draft.
const TEXTS: usize = 6;

/// A text that may be the answer.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) about: String,
    pub(super) body: String,
    pub(super) source: DraftSource,
    /// Who asked, where it is what somebody was answered.
    pub(super) asker: Option<String>,
}

/// All a draft may rest on.
#[derive(Debug, Clone)]
pub(super) struct Material {
    /// The best first, numbered from 1.
    pub(super) texts: Vec<Text>,
    pub(super) company: Vec<String>,
    /// The customer's name.
    pub(super) name: Option<String>,
}

/// Gathers it.
pub(super) fn gather(conn: &mut dyn Conn, wanted: &Wanted) -> Outcome<Material> {
    let (held, question) = (&wanted.conversation, wanted.question());
    let mut texts = canned(conn, wanted)?;
    texts.extend(earlier(conn, wanted, &question)?);
    let context = business_contexts::by_account(conn, held.account_id)?;
    let customer = customers::by_id(conn, held.account_id, held.customer_id)?;
    Ok(Material {
        texts: best(&question, &texts),
        company: context.as_ref().map(company).unwrap_or_default(),
        name: customer.and_then(|it| it.name),
    })
}

/// The texts that fit a question, the best first.
fn best(question: &str, texts: &[Text]) -> Vec<Text> {
    let candidates: Vec<Candidate<'_>> = texts
        .iter()
        .map(|it| Candidate {
            about: &it.about,
            text: &it.body,
        })
        .collect();
    let matches = rank::best(question, &candidates);
    let chosen = matches.iter().take(TEXTS).zip(1..).map(|(it, n)| {
        let mut text = texts[it.index].clone();
        text.source.n = n;
        text
    });
    chosen.collect()
}

/// What the company says about itself, a line for each thing.
fn company(context: &BusinessContext) -> Vec<String> {
    let said = |name: &str, it: Option<&String>| it.map(|it| format!("{name}: {it}"));
    let lines = [
        said("Name", context.business_name.as_ref()),
        said("What it does", context.business_description.as_ref()),
        said("Services", context.services.as_ref().map(|it| &it.0)),
        said(
            "Questions and answers",
            context.faqs.as_ref().map(|it| &it.0),
        ),
        said("Link for appointments", context.scheduling_link.as_ref()),
        said("Also", context.additional_context.as_ref()),
    ];
    lines.into_iter().flatten().collect()
}

fn canned(conn: &mut dyn Conn, wanted: &Wanted) -> Result<Vec<Text>, DbError> {
    let found = canned_responses::of_account(conn, wanted.conversation.account_id)?;
    let texts = found.into_iter().map(|it| Text {
        source: DraftSource {
            n: 0,
            kind: "canned_response".to_owned(),
            id: it.id.to_string(),
            conversation_id: None,
            title: it.name.clone(),
        },
        about: it.name,
        body: it.content,
        asker: None,
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
                n: 0,
                kind: "message".to_owned(),
                id: id.to_string(),
                conversation_id: Some(it.conversation_id),
                title: it.body.chars().take(TITLE).collect(),
            },
            about: it.body,
            body,
            asker: it.name,
        });
    }
    Ok(texts)
}
