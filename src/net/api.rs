//! Typed calls over HTTP in the name of somebody who is signed in.
//!
//! When the access token has run out it is renewed once and the call is made again.

mod assist;
mod bulk;
mod canned;
mod error;
mod files;
mod http;
pub mod knowledge;
mod later;
mod lines;
mod merges;
mod outbound;
mod pass;
mod second_factor;
mod views;
mod work;

pub use bulk::Deed;
pub use error::{ApiError, Enrolment, Wanted};
pub use http::Http;
pub use lines::Lines;
pub use pass::Holder;
pub use second_factor::Standing;
pub use work::Done;

use super::address::Address;
use super::catch_up::Page;
use crate::secret::Secret;
use crate::secrets::Tokens;
use frontdesk_protocol::entity::{Data, Message};
use frontdesk_protocol::id::{AccountId, ConversationId, EventSeq, FileId, UserId};
use frontdesk_protocol::time::Timestamp;
use http::{Call, Receipt};
use pass::Pass;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::time::Duration;

/// What the server says when somebody signs in or renews.
#[derive(Debug, Deserialize)]
pub struct Session {
    pub user_id: UserId,
    pub email: String,
    pub account_id: AccountId,
    token: Secret,
    renew_token: Secret,
    /// Shown this once, to who has just set up a second factor.
    #[serde(skip)]
    pub recovery_codes: Vec<Secret>,
}

/// The answer around a session.
#[derive(Deserialize)]
struct SignedIn {
    data: Session,
    #[serde(default)]
    recovery_codes: Vec<Secret>,
}

/// What a server says of itself to anybody.
#[derive(Debug, Deserialize)]
pub struct About {
    pub version: String,
    /// The version of its database; no other program answers with one.
    #[serde(rename = "schema")]
    _schema: i64,
}

/// Asks a server what it is.
///
/// # Errors
/// When nobody answers, or something that is no Frontdesk server.
pub async fn about(http: &Http) -> Result<About, ApiError> {
    let receipt = http.send(&Call::get("/health/ready", &[]), None).await?;
    receipt.read()
}

impl Session {
    /// The tokens of the session.
    #[must_use]
    pub fn tokens(&self) -> Tokens {
        Tokens {
            access: self.token.clone(),
            renew: self.renew_token.clone(),
        }
    }
}

/// Signs in with a password, and with a code once the server has asked for one.
///
/// # Errors
/// When the server cannot be reached, does not know the address and password, or wants a code.
pub async fn sign_in(
    http: &Http,
    email: &str,
    password: &Secret,
    code: Option<&Secret>,
) -> Result<Session, ApiError> {
    let mut user = json!({ "email": email, "password": password.expose() });
    if let Some(code) = code {
        user["code"] = json!(code.expose());
    }
    let call = Call::post("/api/session", json!({ "user": user }));
    let answer: SignedIn = http.send(&call, None).await?.read()?;
    Ok(Session {
        recovery_codes: answer.recovery_codes,
        ..answer.data
    })
}

/// Ends a session that was never kept.
///
/// # Errors
/// When the server cannot be told.
pub async fn end_session(http: &Http, session: &Session) -> Result<(), ApiError> {
    let call = Call::delete("/api/session");
    http.send(&call, Some(&session.token)).await.map(drop)
}

/// Calls in the name of one signed-in user to one server. Clones share the session.
#[derive(Debug, Clone)]
pub struct Api {
    http: Http,
    pass: Pass,
}

/// A reply or a note on its way.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub conversation: ConversationId,
    pub body: String,
    pub kind: OutgoingKind,
    /// Files that the server has already.
    pub files: Vec<FileId>,
    /// Made once for each thing that is sent, so that trying again never sends it twice.
    pub key: String,
}

/// What is sent, and how careful the server is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutgoingKind {
    /// A reply by somebody who had read up to this event, if that is known. The server refuses
    /// it when something was written since.
    Reply { seen: Option<EventSeq> },
    /// A reply by somebody who knows better.
    Forced { seen: Option<EventSeq> },
    /// For agents only.
    Note,
}

impl Api {
    /// Calls by `http` with the tokens of `holder`.
    #[must_use]
    pub fn new(http: Http, holder: Holder) -> Self {
        let pass = Pass::new(holder);
        Self { http, pass }
    }

    /// Calls by `http` with a token that is lent: where it is not taken, nothing can be done.
    #[must_use]
    pub fn lent(http: Http, token: Secret) -> Self {
        let pass = Pass::lent(token);
        Self { http, pass }
    }

    /// The server.
    #[must_use]
    pub fn address(&self) -> &Address {
        self.http.address()
    }

    /// The token of now.
    #[must_use]
    pub fn access(&self) -> Secret {
        self.pass.access()
    }

    /// Asks for something.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn get<T: DeserializeOwned>(
        &mut self,
        path: &str,
        query: &[(&str, String)],
    ) -> Result<T, ApiError> {
        self.call(&Call::get(path, query)).await?.read()
    }

    /// Changes something; what the server answers is of no interest.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn put(&mut self, path: &str, body: Value) -> Result<(), ApiError> {
        self.call(&Call::put(path, body)).await.map(drop)
    }

    /// A file the server keeps, by its path there. One that lies elsewhere is not fetched: the
    /// token would go with the question.
    ///
    /// # Errors
    /// When it cannot be had.
    pub async fn file(&mut self, url: &str) -> Result<Vec<u8>, ApiError> {
        let origin = self.address().origin();
        let path = url.strip_prefix(&origin).unwrap_or(url).to_owned();
        if !path.starts_with('/') || path.starts_with("//") {
            return Err(ApiError::Refused(
                "the file lies on another server".to_owned(),
            ));
        }
        self.call(&Call::get(&path, &[]))
            .await
            .map(Receipt::into_body)
    }

    /// The events after one, a page of them.
    ///
    /// # Errors
    /// [`ApiError::Resync`] when the server has none that old.
    pub async fn events(&mut self, after: EventSeq, limit: usize) -> Result<Page, ApiError> {
        let query = [("after", after.to_string()), ("limit", limit.to_string())];
        self.get("/api/v1/events", &query).await
    }

    /// Sends a reply or a note, once, however often this has to try.
    ///
    /// # Errors
    /// [`ApiError::Stale`] when something was written since the writer looked.
    pub async fn send(&mut self, message: &Outgoing) -> Result<Message, ApiError> {
        let call = Call::post("/api/v1/messages", message.to_json()).with_key(&message.key);
        self.call(&call)
            .await?
            .read::<Data<Message>>()
            .map(|answer| answer.data)
    }

    /// The snapshot of the account without what was closed before `closed_since`, line by line.
    ///
    /// # Errors
    /// When the server does not begin to send it.
    pub async fn snapshot(
        &mut self,
        closed_since: Timestamp,
        patience: Duration,
    ) -> Result<Lines, ApiError> {
        let call = Call::get(
            "/api/v1/snapshot",
            &[("closed_since", closed_since.to_utc_stamp())],
        );
        let token = self.access();
        let response = match self.http.stream(&call, Some(&token)).await {
            Err(ApiError::NotAuthenticated) => {
                self.renew(&token).await?;
                self.http.stream(&call, Some(&self.access())).await?
            }
            answered => answered?,
        };
        Ok(Lines::of(response, patience))
    }

    /// Ends the session on the server.
    ///
    /// # Errors
    /// When the server could not be told.
    pub async fn sign_out(&mut self) -> Result<(), ApiError> {
        self.call(&Call::delete("/api/session")).await.map(drop)
    }

    async fn call(&mut self, call: &Call) -> Result<Receipt, ApiError> {
        let token = self.access();
        match self.http.send(call, Some(&token)).await {
            Err(ApiError::NotAuthenticated) => {
                self.renew(&token).await?;
                self.http
                    .send(call, Some(&self.access()))
                    .await
                    .map_err(|error| match error {
                        ApiError::NotAuthenticated => ApiError::SignedOut,
                        other => other,
                    })
            }
            answered => answered,
        }
    }

    /// Gets another token in place of one that was not taken, unless somebody else already did.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] when the server takes the renew token no longer.
    pub async fn renew(&self, refused: &Secret) -> Result<(), ApiError> {
        self.pass.renew(&self.http, refused).await
    }

    /// Ends what was begun and must not be left half done: a renewal whose answer is on its way.
    pub async fn finish(&self) {
        self.pass.finish().await;
    }
}

#[cfg(test)]
impl Api {
    /// The same session by another way to the server.
    pub(crate) fn by(&self, http: Http) -> Self {
        let pass = self.pass.clone();
        Self { http, pass }
    }

    /// Makes something.
    pub(crate) async fn post<T: DeserializeOwned>(
        &mut self,
        path: &str,
        body: Value,
    ) -> Result<T, ApiError> {
        self.call(&Call::post(path, body)).await?.read()
    }

    /// The same person with other tokens.
    pub(crate) async fn with_tokens(&self, tokens: Tokens) -> Self {
        let pass = self.pass.with_tokens(tokens).await;
        let http = self.http.clone();
        Self { http, pass }
    }
}

impl Outgoing {
    fn to_json(&self) -> Value {
        let mut message = json!({ "conversation_id": self.conversation, "body": self.body });
        if !self.files.is_empty() {
            message["file_ids"] = json!(self.files);
        }
        let seen = match self.kind {
            OutgoingKind::Reply { seen } => seen,
            OutgoingKind::Forced { seen } => {
                message["force"] = json!(true);
                seen
            }
            OutgoingKind::Note => {
                message["private"] = json!(true);
                message["type"] = json!("note");
                None
            }
        };
        if let Some(seq) = seen {
            message["seen_seq"] = json!(seq);
        }
        json!({ "message": message })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_its_writer_knew() {
        let conversation: ConversationId = "6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002".parse().unwrap();
        let shown = |kind| {
            let (body, key) = ("Hi".to_owned(), "k".to_owned());
            let json = Outgoing {
                conversation,
                body,
                kind,
                files: Vec::new(),
                key,
            }
            .to_json();
            let mut message = json["message"].clone();
            assert_eq!(message["conversation_id"], conversation.to_string());
            assert_eq!(message["body"], "Hi");
            let fields = message.as_object_mut().unwrap();
            fields.retain(|name, _| name != "conversation_id" && name != "body");
            message.to_string()
        };
        let seen = Some(EventSeq(7));
        assert_eq!(shown(OutgoingKind::Reply { seen }), r#"{"seen_seq":7}"#);
        assert_eq!(shown(OutgoingKind::Reply { seen: None }), "{}");
        assert_eq!(
            shown(OutgoingKind::Forced { seen }),
            r#"{"force":true,"seen_seq":7}"#
        );
        assert_eq!(
            shown(OutgoingKind::Note),
            r#"{"private":true,"type":"note"}"#
        );
    }

    #[test]
    fn a_session_shows_no_token() {
        let json = r#"{"user_id":1,"email":"a@b.c","account_id":"6a0b4b9e-3f0e-4b5c-9d53-0a9f3f3f0002","token":"hunter2","renew_token":"hunter3"}"#;
        let session: Session = serde_json::from_str(json).unwrap();
        assert!(!format!("{session:?} {:?}", session.tokens()).contains("hunter"));
    }
}
