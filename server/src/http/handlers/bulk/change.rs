//! What is asked of many conversations: which, and what to do with each.

use crate::http::handlers::conversations::UpdateBody;
use crate::http::{ApiError, FieldErrors};
use crate::use_cases::bulk::{Which, Wish};
use crate::use_cases::fields;
use crate::use_cases::reply::Seen;
use frontdesk_domain::search::Search;
use frontdesk_domain::{ConversationId, EventSeq, TagId};
use frontdesk_protocol::entity::Raw;
use schemars::JsonSchema;
use serde::Deserialize;

/// Which conversations, and what to do with each.
#[derive(Debug, Deserialize, JsonSchema)]
pub(crate) struct RunBody {
    /// All conversations that this search finds, as in `GET /api/v1/search`, its words finished.
    #[serde(default)]
    pub(crate) q: Option<String>,
    /// Or these, 10000 at most.
    #[serde(default)]
    pub(crate) ids: Option<Vec<ConversationId>>,
    /// What to do with each.
    #[serde(default)]
    #[schemars(with = "ChangeBody")]
    pub(crate) change: Option<Raw>,
    /// The newest event that was seen; an answer to customers needs it.
    #[serde(default)]
    pub(crate) seen_seq: Option<EventSeq>,
}

/// What to do with each conversation.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeBody {
    /// Fields to change, as in `PUT /api/conversations/{id}`.
    #[serde(default)]
    update: Option<UpdateBody>,
    #[serde(default)]
    add_tags: Option<Vec<TagId>>,
    #[serde(default)]
    remove_tags: Option<Vec<TagId>>,
    #[serde(default)]
    archive: Option<bool>,
    /// A note for colleagues in each.
    #[serde(default)]
    note: Option<String>,
    /// An answer to each customer, where nobody wrote after `seen_seq`.
    #[serde(default)]
    reply: Option<String>,
}

/// More than this named one by one is a search.
const MOST: usize = 10_000;

impl RunBody {
    /// Which conversations are meant. A search must be understood to its last word: what is
    /// changed by it should be what was meant by it.
    pub(crate) fn which(&self) -> Result<Which, ApiError> {
        match (&self.ids, &self.q) {
            (Some(ids), None) if ids.len() > MOST => {
                Err(ApiError::invalid("ids", "are too many; 10000 is the most"))
            }
            (Some(ids), None) => Ok(Which::These(ids.clone())),
            (None, Some(q)) => {
                let search = Search::parse(q, None);
                if let Some(problem) = search.problems.first() {
                    let errors = FieldErrors::one("q", &problem.to_string());
                    return Err(ApiError::Invalid(errors));
                }
                if search.conditions.is_empty() {
                    return Err(ApiError::invalid(
                        "q",
                        "asks for nothing; name a status at least",
                    ));
                }
                Ok(Which::Found(q.clone()))
            }
            (Some(_), Some(_)) | (None, None) => {
                Err(ApiError::invalid("ids", "give either ids or a search"))
            }
        }
    }

    /// What is to be done.
    pub(crate) fn wish(&self) -> Result<Wish, ApiError> {
        let change: ChangeBody = match &self.change {
            None => ChangeBody::default(),
            Some(raw) => serde_json::from_str(raw.0.get())
                .map_err(|_| ApiError::invalid("change", "is invalid"))?,
        };
        let seen = self.seen_seq.map_or(Seen::Unknown, Seen::UpTo);
        change.wish(seen)
    }
}

impl ChangeBody {
    fn wish(self, seen: Seen) -> Result<Wish, ApiError> {
        if self.is_empty() {
            return Err(ApiError::invalid("change", "says nothing to do"));
        }
        if self.reply.is_some() && seen == Seen::Unknown {
            let problem = "is needed to answer customers; a preview says it";
            return Err(ApiError::invalid("seen_seq", problem));
        }
        for (field, text) in [("reply", &self.reply), ("note", &self.note)] {
            if let Some(text) = text {
                fields::prose(field, text)?;
            }
        }
        Ok(Wish {
            changes: self
                .update
                .map(UpdateBody::changes)
                .transpose()?
                .unwrap_or_default(),
            add_tags: self.add_tags.unwrap_or_default(),
            remove_tags: self.remove_tags.unwrap_or_default(),
            archive: self.archive.unwrap_or_default(),
            note: self.note,
            reply: self.reply,
            seen,
        })
    }

    fn is_empty(&self) -> bool {
        let Self {
            update,
            add_tags,
            remove_tags,
            archive,
            note,
            reply,
        } = self;
        update.is_none()
            && add_tags.as_ref().is_none_or(Vec::is_empty)
            && remove_tags.as_ref().is_none_or(Vec::is_empty)
            && !archive.unwrap_or_default()
            && note.is_none()
            && reply.is_none()
    }
}
