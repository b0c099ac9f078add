//! What an agent does, as calls. Each carries the name of its intent, so that it is done once
//! however often it has to be sent.

use super::bulk::rest;
use super::{Api, ApiError, Call};
use frontdesk_inbox::{Command, Guard, Queued, Quoting};
use frontdesk_protocol::entity::{Conversation, Data, Draft, Message};
use frontdesk_protocol::id::{ConversationId, CustomerId, DraftId, FileId};
use serde::Deserialize;
use serde_json::{Value, json};

/// What the server answered to something that was done.
#[derive(Debug, Default)]
pub struct Done {
    pub conversation: Option<Conversation>,
    pub message: Option<Message>,
}

impl Api {
    /// Does what the agent did here on the server, which has the files of it already.
    ///
    /// # Errors
    /// [`ApiError::Stale`] when somebody wrote since the agent looked.
    #[expect(clippy::too_many_lines, reason = "a list of all commands")]
    pub async fn carry_out(&mut self, queued: &Queued) -> Result<Done, ApiError> {
        let id = queued.conversation_id;
        let key = queued.id.to_string();
        let files: Vec<FileId> = queued.files.iter().map(|it| it.id).collect();
        match &queued.command {
            Command::Reply { body, guard } => {
                let (seen, force) = seen(*guard);
                let message = json!({ "conversation_id": id, "body": body, "seen_seq": seen, "force": force });
                self.write(with_files(message, &files), &key).await
            }
            Command::SendLater { body, at, guard } => {
                let seen = match guard {
                    Guard::Seen(seq) => Some(*seq),
                    // Who knows better knows the newest.
                    Guard::Forced(_) => None,
                };
                self.send_later(id, body, *at, seen, &key)
                    .await
                    .map(|_| Done::default())
            }
            Command::Note { body } => {
                let message =
                    json!({ "conversation_id": id, "body": body, "private": true, "type": "note" });
                self.write(with_files(message, &files), &key).await
            }
            Command::Assign(user) => self.change(id, json!({ "assignee_id": user }), &key).await,
            Command::AssignTeam(team) => self.change(id, json!({ "team_id": team }), &key).await,
            Command::Close => self.change(id, json!({ "status": "closed" }), &key).await,
            Command::Reopen => self.change(id, json!({ "status": "open" }), &key).await,
            Command::PutBack {
                snooze,
                waiting_since,
            } => {
                let mut changes = json!({ "status": "open" });
                if let Some(snooze) = snooze {
                    changes = Value::Object(rest(*snooze));
                }
                changes["waiting_since"] = json!(waiting_since);
                self.change(id, changes, &key).await
            }
            Command::Spam => self.change(id, json!({ "status": "spam" }), &key).await,
            Command::Snooze(snooze) => self.change(id, Value::Object(rest(*snooze)), &key).await,
            Command::Priority(priority) => {
                self.change(id, json!({ "priority": priority }), &key).await
            }
            Command::Read => self.change(id, json!({ "read": true }), &key).await,
            Command::Unread => self.change(id, json!({ "read": false }), &key).await,
            Command::Move(inbox) => self.change(id, json!({ "inbox_id": inbox }), &key).await,
            Command::Block(customer) => {
                let call = customer_call(*customer, &json!({ "blocked": true }));
                self.simply(call.with_key(&key)).await
            }
            Command::Unblock(customer) => {
                let call = customer_call(*customer, &json!({ "blocked": false }));
                self.simply(call.with_key(&key)).await
            }
            Command::Merge { into, merge } => {
                let path = format!("/api/v1/conversations/{id}/merge");
                let call = Call::post(&path, json!({ "into_id": into, "id": merge }));
                self.simply(call.with_key(&key)).await
            }
            Command::Link(other) => {
                let path = format!("/api/v1/conversations/{id}/links");
                let call = Call::post(&path, json!({ "to_id": other }));
                self.simply(call.with_key(&key)).await
            }
            Command::Unlink(other) => {
                let path = format!("/api/v1/conversations/{id}/links/{other}");
                self.simply(Call::delete(&path).with_key(&key)).await
            }
            Command::MergeCustomers {
                from,
                into,
                merge,
                across_proof,
            } => {
                let path = format!("/api/v1/customers/{from}/merge");
                let body = json!({ "into_id": into, "id": merge, "across_proof": across_proof });
                self.simply(Call::post(&path, body).with_key(&key)).await
            }
            Command::PartCustomers(merge) => {
                self.undo_merge(*merge, &key).await.map(|_| Done::default())
            }
            Command::Split { messages, new, .. } => {
                let path = format!("/api/v1/conversations/{id}/split");
                let call = Call::post(&path, json!({ "message_ids": messages, "id": new }));
                self.simply(call.with_key(&key)).await
            }
            Command::Unsplit { new, back } => {
                let path = format!("/api/v1/conversations/{new}/merge");
                let call = Call::post(&path, json!({ "into_id": id, "id": back }));
                self.simply(call.with_key(&key)).await
            }
            Command::Forward { to, body } => {
                let path = format!("/api/v1/conversations/{id}/forward");
                let call = Call::post(&path, json!({ "to": to, "body": body }));
                self.simply(call.with_key(&key)).await
            }
            Command::UndoMerge { merge, .. } => {
                self.undo_merge(*merge, &key).await.map(|_| Done::default())
            }
            Command::Tag(tag) => {
                let path = format!("/api/v1/conversations/{id}/tags");
                let call = Call::post(&path, json!({ "tag_id": tag }));
                self.simply(call.with_key(&key)).await
            }
            Command::Untag(tag) => {
                let path = format!("/api/v1/conversations/{id}/tags/{tag}");
                self.simply(Call::delete(&path).with_key(&key)).await
            }
            Command::ApproveDraft {
                draft,
                version,
                edited,
                guard,
                quoting,
            } => {
                let version = match edited {
                    Some(body) => self.edit_draft(*draft, *version, body, &key).await?,
                    None => *version,
                };
                let body = with_files(approval(version, *guard, *quoting), &files);
                self.approve(*draft, body, &key).await
            }
            Command::RejectDraft {
                draft,
                version,
                reason,
            } => {
                let body = json!({ "version": version, "reason": reason });
                self.reject(*draft, body, &key).await
            }
        }
    }

    /// A call whose answer tells nothing that events do not.
    async fn simply(&mut self, call: Call) -> Result<Done, ApiError> {
        self.call(&call).await.map(|_| Done::default())
    }

    async fn write(&mut self, message: Value, key: &str) -> Result<Done, ApiError> {
        let call = Call::post("/api/v1/messages", json!({ "message": message })).with_key(key);
        let answer: Data<Message> = self.call(&call).await?.read()?;
        Ok(Done {
            message: Some(answer.data),
            ..Done::default()
        })
    }

    async fn change(
        &mut self,
        id: ConversationId,
        changes: Value,
        key: &str,
    ) -> Result<Done, ApiError> {
        let path = format!("/api/v1/conversations/{id}");
        let call = Call::put(&path, json!({ "conversation": changes })).with_key(key);
        let answer: Data<Conversation> = self.call(&call).await?.read()?;
        Ok(Done {
            conversation: Some(answer.data),
            ..Done::default()
        })
    }

    async fn edit_draft(
        &mut self,
        draft: DraftId,
        version: i64,
        body: &str,
        key: &str,
    ) -> Result<i64, ApiError> {
        let path = format!("/api/v1/drafts/{draft}");
        let edit = json!({ "draft": { "body": body, "version": version } });
        let call = Call::put(&path, edit).with_key(&format!("{key}-edit"));
        let answer: Data<Draft> = self.call(&call).await?.read()?;
        Ok(answer.data.version)
    }

    async fn reject(&mut self, draft: DraftId, body: Value, key: &str) -> Result<Done, ApiError> {
        let path = format!("/api/v1/drafts/{draft}/reject");
        let call = Call::post(&path, body).with_key(key);
        self.call(&call).await.map(|_| Done::default())
    }

    async fn approve(&mut self, draft: DraftId, body: Value, key: &str) -> Result<Done, ApiError> {
        #[derive(Deserialize)]
        struct Approved {
            message: Message,
        }
        let path = format!("/api/v1/drafts/{draft}/approve");
        let call = Call::post(&path, body).with_key(key);
        let answer: Data<Approved> = self.call(&call).await?.read()?;
        Ok(Done {
            message: Some(answer.data.message),
            ..Done::default()
        })
    }
}

/// Which version is sent, and what the agent knows about it.
fn approval(version: i64, guard: Guard, quoting: Quoting) -> Value {
    let (_, force) = seen(guard);
    let internal_ok = quoting == Quoting::Internal;
    json!({ "version": version, "force": force, "internal_ok": internal_ok })
}

fn customer_call(id: CustomerId, changes: &Value) -> Call {
    let path = format!("/api/v1/customers/{id}");
    Call::put(&path, json!({ "customer": changes }))
}

/// The same, with the files that go along.
fn with_files(mut message: Value, files: &[FileId]) -> Value {
    if !files.is_empty() {
        message["file_ids"] = json!(files);
    }
    message
}

/// What the agent had seen, and whether it is to be sent all the same.
fn seen(guard: Guard) -> (i64, bool) {
    match guard {
        Guard::Seen(seq) => (seq.0, false),
        Guard::Forced(seq) => (seq.0, true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_inbox::Snooze;
    use frontdesk_protocol::time::Timestamp;

    #[test]
    fn a_snooze_says_until_when() {
        let table = [
            (Snooze::until_reply(), r#"{"status":"snoozed"}"#),
            (
                Snooze::until(Timestamp::from_seconds(0)),
                r#"{"snoozed_until":"1970-01-01T00:00:00Z","snoozed_until_reply":false,"status":"snoozed"}"#,
            ),
        ];
        for (snooze, body) in table {
            assert_eq!(Value::Object(rest(snooze)).to_string(), body);
        }
    }
}
