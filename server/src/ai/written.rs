//! A draft that a model writes: what it is told, with what belongs to the customer hidden, and what its
//! text is held against before an agent sees it.

use super::Made;
use super::look::Wanted;
use super::material::Material;
use frontdesk_ai::check::{self, Against};
use frontdesk_ai::completion::Completion;
use frontdesk_ai::hide::Hidden;
use frontdesk_ai::prompt::{self, Facts, Message, Said, Source as Told, Speaker, Wish};
use frontdesk_domain::message::Sender;
use frontdesk_domain::{Message as Held, Source};
use frontdesk_protocol::entity::DraftSource;
use sha2::{Digest, Sha256};

/// A question to a model, ready to be asked.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) messages: Vec<Message>,
    facts: Facts,
    hidden: Hidden,
}

impl Question {
    /// What a model is told about a conversation.
    pub(super) fn of(wanted: &Wanted, material: &Material) -> Self {
        let mut hidden = Hidden::knowing(material.name.as_deref());
        let thread = told(&wanted.thread, &mut hidden);
        let talks = material.talks.iter();
        let earlier = talks.map(|it| told(it, &mut hidden)).collect();
        let wish = wanted.wish.hint.as_deref().map(|hint| Wish {
            wish: hidden.hide(hint),
            before: wanted.wish.before.as_deref().map(|it| hidden.hide(it)),
        });
        let sources = material.texts.iter().map(|it| Told {
            n: it.source.n,
            title: Hidden::knowing(it.asker.as_deref()).hide(&it.about),
            text: it.body.clone(),
            internal: it.source.internal,
        });
        let facts = Facts {
            instructions: material.instructions.clone(),
            company: material.company.clone(),
            sources: sources.collect(),
            thread,
            earlier,
            longest: longest(wanted.conversation.source),
            wish,
        };
        Self {
            messages: prompt::messages(&facts),
            facts,
            hidden,
        }
    }

    /// SHA-256 of all that is sent.
    pub(super) fn hash(&self) -> String {
        hash(&self.messages)
    }

    /// The text so far, as an agent may read it.
    pub(super) fn so_far(&self, text: &str) -> String {
        self.hidden.show(&check::so_far(text))
    }

    /// What becomes of the model's text.
    pub(super) fn judge(&self, completion: &Completion, material: &Material) -> Made {
        let sources = self.facts.sources.iter().map(|it| it.text.as_str());
        let company = self.facts.company.iter().map(String::as_str);
        let texts: Vec<&str> = sources.chain(company).collect();
        let mut numbers: Vec<u32> = self.facts.sources.iter().map(|it| it.n).collect();
        if !self.facts.company.is_empty() {
            numbers.push(0);
        }
        let against = Against {
            texts: &texts,
            numbers: &numbers,
            longest: self.facts.longest,
        };
        match check::check(&completion.text, &against) {
            Ok(checked) => Made::Text {
                body: self.hidden.show(&checked.text),
                sources: cited(&checked.cited, material),
            },
            Err(unfit) => Made::Nothing {
                why: unfit.words().to_owned(),
            },
        }
    }
}

/// Who said something, unless nobody did.
pub(super) fn speaker(message: &Held) -> Option<Speaker> {
    match message.sender {
        Sender::Customer(_) => Some(Speaker::Customer),
        Sender::User(_) | Sender::Bot => Some(Speaker::Agent),
        Sender::System => None,
    }
}

/// What was said to and by the customer, with what belongs to them hidden.
pub(super) fn told(thread: &[Held], hidden: &mut Hidden) -> Vec<Said> {
    let thread = thread.iter().filter(|it| !it.private);
    let thread = thread.filter_map(|it| {
        let from = speaker(it)?;
        let text = hidden.hide(it.body.as_deref()?);
        Some(Said { from, text })
    });
    thread.collect()
}

/// SHA-256 of messages, by which the ledger names them.
pub(super) fn hash(messages: &[Message]) -> String {
    let mut hash = Sha256::new();
    for message in messages {
        hash.update(message.role);
        hash.update([0]);
        hash.update(&message.content);
        hash.update([0]);
    }
    data_encoding::HEXLOWER.encode(&hash.finalize())
}

/// The sources the text names, each once.
fn cited(cited: &[(u32, usize)], material: &Material) -> Vec<DraftSource> {
    let named = |n: u32| cited.iter().any(|(it, _)| *it == n);
    let company = DraftSource {
        n: 0,
        kind: "business_context".to_owned(),
        id: String::new(),
        conversation_id: None,
        title: "What the company says about itself".to_owned(),
        internal: false,
    };
    let texts = material.texts.iter().map(|it| it.source.clone());
    let all = std::iter::once(company).chain(texts);
    all.filter(|it| named(it.n)).collect()
}

/// The most a channel takes in one message, in UTF-16 units.
pub(super) fn longest(source: Source) -> Option<usize> {
    match source {
        Source::Sms | Source::Whatsapp => Some(1_600),
        Source::Telegram => Some(4_096),
        Source::Slack => Some(40_000),
        Source::Chat
        | Source::Email
        | Source::Custom
        | Source::Mattermost
        | Source::Api
        | Source::Sandbox => None,
    }
}
