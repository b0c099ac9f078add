//! What a draft may rest on: what the company knows, its canned responses, and what earlier customers of the
//! same inbox were answered, the best first; and what the company says about itself.

use super::aim::Aim;
use super::look::Wanted;
use crate::failure::Outcome;
use frontdesk_ai::fuse::fuse;
use frontdesk_ai::rank::{self, Candidate};
use frontdesk_ai::{personal, words};
use frontdesk_db::queries::{
    business_contexts, canned_responses, conversations, customers, inbox_contexts, knowledge,
    messages, precedents,
};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::context::BusinessContext;
use frontdesk_domain::knowledge::Entry;
use frontdesk_domain::{Audience, Conversation, KnowledgeId, Message, Status};
use frontdesk_protocol::entity::DraftSource;

/// How many words of a question are looked for in earlier ones.
const WORDS: usize = 8;

/// How many beginnings of words of a question are looked for in what is known.
const STEMS: usize = 24;

/// How many entries are looked at.
const KNOWN: i64 = 40;

/// A title is cut to this many characters.
const TITLE: usize = 80;

/// The kind of a source that is an entry of knowledge.
const KNOWLEDGE: &str = "knowledge";

/// How many conversations of a customer are looked at.
const LOOKED_AT: i64 = 20;

/// So many earlier conversations are told of.
const TALKS: usize = 3;

/// So many of the newest messages of each are told.
const SAID: i64 = 8;

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
    /// What was said with the same customer in earlier conversations, the newest first.
    pub(super) talks: Vec<Vec<Message>>,
    /// The customer's name.
    pub(super) name: Option<String>,
}

/// So many texts are told where all are too many for a model.
const FEW: usize = 2;

impl Material {
    /// The best of it, under the same numbers.
    pub(super) fn shorter(&self) -> Self {
        Self {
            texts: self.texts.iter().take(FEW).cloned().collect(),
            talks: Vec::new(),
            ..self.clone()
        }
    }
}

/// Gathers it, by the words of the question and by what it means.
pub(super) fn gather(conn: &mut dyn Conn, wanted: &Wanted, aim: Option<&Aim>) -> Outcome<Material> {
    let (held, question) = (&wanted.conversation, wanted.question());
    let near = match aim {
        Some(aim) => aim.near(conn, held.account_id)?,
        None => Vec::new(),
    };
    let mut texts = canned(conn, wanted)?;
    texts.extend(known(conn, wanted, &question, &near)?);
    texts.extend(earlier(conn, wanted, &question)?);
    let context = business_contexts::by_account(conn, held.account_id)?;
    let of_inbox = match held.inbox_id {
        Some(inbox_id) => inbox_contexts::of_inbox(conn, held.account_id, inbox_id)?,
        None => None,
    };
    let customer = customers::by_id(conn, held.account_id, held.customer_id)?;
    let talks = talks(conn, held)?;
    Ok(Material {
        talks,
        texts: best(&question, &texts, &near),
        company: company(of_inbox.as_ref().map(|it| &it.context), context.as_ref()),
        instructions: of_inbox.and_then(|it| it.instructions),
        name: customer.and_then(|it| it.name),
    })
}

/// The texts that fit a question, the best first: by their words, and by what they mean.
fn best(question: &str, texts: &[Text], near: &[KnowledgeId]) -> Vec<Text> {
    let candidates: Vec<Candidate<'_>> = texts
        .iter()
        .map(|it| Candidate {
            about: &it.about,
            text: &it.body,
        })
        .collect();
    let matches = rank::best(question, &candidates);
    let by_words = matches.iter().map(|it| it.index).collect();
    let place = |id: &KnowledgeId| {
        let id = id.to_string();
        texts
            .iter()
            .position(|it| it.source.kind == KNOWLEDGE && it.source.id == id)
    };
    let by_meaning = near.iter().filter_map(place).collect();
    let both = fuse(&[by_words, by_meaning]);
    let chosen = both.into_iter().take(TEXTS).zip(1..).map(|(index, n)| {
        let mut text = texts[index].clone();
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

/// What the company has written down: what has words of the question, and what means the same.
fn known(
    conn: &mut dyn Conn,
    wanted: &Wanted,
    question: &str,
    near: &[KnowledgeId],
) -> Result<Vec<Text>, DbError> {
    let account_id = wanted.conversation.account_id;
    let stems: Vec<String> = words::stems(question).into_iter().take(STEMS).collect();
    let mut found = knowledge::fitting(conn, account_id, &stems, KNOWN)?;
    for id in near {
        if found.iter().all(|it: &Entry| it.id != *id) {
            found.extend(knowledge::by_id(conn, account_id, *id)?);
        }
    }
    let texts = found.into_iter().map(|it| Text {
        source: DraftSource {
            n: 0,
            kind: KNOWLEDGE.to_owned(),
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

/// Earlier conversations with the same customer, of the same inbox alone: who sees this one may not see
/// what is elsewhere.
fn talks(conn: &mut dyn Conn, held: &Conversation) -> Result<Vec<Vec<Message>>, DbError> {
    let all = conversations::of_customer(conn, held.account_id, held.customer_id, LOOKED_AT)?;
    let others = all
        .into_iter()
        .filter(|it| it.id != held.id && it.inbox_id == held.inbox_id && it.status != Status::Spam);
    let mut talks = Vec::new();
    for it in others.take(TALKS) {
        let latest = messages::latest(conn, it.id, SAID)?;
        talks.push(latest.into_iter().map(|it| it.message).collect());
    }
    Ok(talks)
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
