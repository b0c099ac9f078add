//! What a draft may rest on: what the company knows, its canned responses, and what earlier customers of the
//! same inbox were answered, the best first; and what the company says about itself.

use super::look::Wanted;
use crate::failure::Outcome;
use frontdesk_ai::rank::{self, Candidate};
use frontdesk_ai::{personal, words};
use frontdesk_db::queries::{
    business_contexts, canned_responses, customers, inbox_contexts, knowledge, precedents,
};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::Audience;
use frontdesk_domain::context::BusinessContext;
use frontdesk_protocol::entity::DraftSource;

/// How many words of a question are looked for in earlier ones.
const WORDS: usize = 8;

/// How many beginnings of words of a question are looked for in what is known.
const STEMS: usize = 24;

/// How many entries are looked at.
const KNOWN: i64 = 40;

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
    /// How the company wants replies written.
    pub(super) instructions: Option<String>,
    /// The customer's name.
    pub(super) name: Option<String>,
}

/// Gathers it.
pub(super) fn gather(conn: &mut dyn Conn, wanted: &Wanted) -> Outcome<Material> {
    let (held, question) = (&wanted.conversation, wanted.question());
    let mut texts = canned(conn, wanted)?;
    texts.extend(known(conn, wanted, &question)?);
    texts.extend(earlier(conn, wanted, &question)?);
    let context = business_contexts::by_account(conn, held.account_id)?;
    let of_inbox = match held.inbox_id {
        Some(inbox_id) => inbox_contexts::of_inbox(conn, held.account_id, inbox_id)?,
        None => None,
    };
    let customer = customers::by_id(conn, held.account_id, held.customer_id)?;
    Ok(Material {
        texts: best(&question, &texts),
        company: company(of_inbox.as_ref().map(|it| &it.context), context.as_ref()),
        instructions: of_inbox.and_then(|it| it.instructions),
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

/// What the company says about itself, a line for each thing: what is said of the inbox, else of the account.
fn company(inbox: Option<&BusinessContext>, account: Option<&BusinessContext>) -> Vec<String> {
    let said = |name: &str, of: fn(&BusinessContext) -> Option<&String>| {
        let it = inbox.and_then(of).or_else(|| account.and_then(of))?;
        Some(format!("{name}: {it}"))
    };
    let lines = [
        said("Name", |it| it.business_name.as_ref()),
        said("What it does", |it| it.business_description.as_ref()),
        said("Services", |it| it.services.as_ref().map(|it| &it.0)),
        said("Questions and answers", |it| {
            it.faqs.as_ref().map(|it| &it.0)
        }),
        said("Link for appointments", |it| it.scheduling_link.as_ref()),
        said("Also", |it| it.additional_context.as_ref()),
    ];
    lines.into_iter().flatten().collect()
}

/// What the company has written down.
fn known(conn: &mut dyn Conn, wanted: &Wanted, question: &str) -> Result<Vec<Text>, DbError> {
    let stems: Vec<String> = words::stems(question).into_iter().take(STEMS).collect();
    let found = knowledge::fitting(conn, wanted.conversation.account_id, &stems, KNOWN)?;
    let texts = found.into_iter().map(|it| Text {
        source: DraftSource {
            n: 0,
            kind: "knowledge".to_owned(),
            id: it.id.to_string(),
            conversation_id: None,
            title: it.title.clone(),
            internal: it.audience == Audience::Internal,
        },
        about: it.title,
        body: it.body,
        asker: None,
    });
    Ok(texts.collect())
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
            internal: false,
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
                internal: false,
            },
            about: it.body,
            body,
            asker: it.name,
        });
    }
    Ok(texts)
}
