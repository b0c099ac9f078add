//! The same thing done to many conversations, as calls: the server does it by itself, and is asked how
//! far it is.

use super::{Api, ApiError, Call};
use frontdesk_inbox::{Command, Snooze};
use frontdesk_protocol::entity::{BulkItem, BulkPreview, BulkRun, Data};
use frontdesk_protocol::id::{BulkRunId, EventSeq};
use serde_json::{Map, Value, json};

/// What is done to each of the conversations that a search finds.
#[derive(Debug, Clone, Default)]
pub struct Deed {
    pub commands: Vec<Command>,
    pub archive: bool,
    pub note: Option<String>,
    /// An answer to each customer.
    pub reply: Option<String>,
}

impl Api {
    /// How many conversations a search is about.
    ///
    /// # Errors
    /// When the search is not understood, or the server cannot be reached.
    pub async fn bulk_preview(&mut self, query: &str) -> Result<BulkPreview, ApiError> {
        let call = Call::post("/api/v1/bulk/preview", json!({ "q": query }));
        let answer: Data<BulkPreview> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// Begins it, once, however often this has to try.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn bulk_begin(
        &mut self,
        query: &str,
        deed: &Deed,
        seen: EventSeq,
        key: &str,
    ) -> Result<BulkRun, ApiError> {
        let body = json!({ "q": query, "change": deed.change(), "seen_seq": seen });
        let call = Call::post("/api/v1/bulk/runs", body).with_key(key);
        let answer: Data<BulkRun> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// How far it is.
    ///
    /// # Errors
    /// When there is no such run, or the server cannot be reached.
    pub async fn bulk_run(&mut self, id: BulkRunId) -> Result<BulkRun, ApiError> {
        let answer: Data<BulkRun> = self.get(&format!("/api/v1/bulk/runs/{id}"), &[]).await?;
        Ok(answer.data)
    }

    /// Takes back what was done; what still goes on is called off.
    ///
    /// # Errors
    /// When it is refused or the server cannot be reached.
    pub async fn bulk_undo(&mut self, id: BulkRunId, key: &str) -> Result<BulkRun, ApiError> {
        let path = format!("/api/v1/bulk/runs/{id}/undo");
        let call = Call::post(&path, json!({})).with_key(key);
        let answer: Data<BulkRun> = self.call(&call).await?.read()?;
        Ok(answer.data)
    }

    /// The conversations for which it failed, a page after this place.
    ///
    /// # Errors
    /// When there is no such run, or the server cannot be reached.
    pub async fn bulk_failed(
        &mut self,
        id: BulkRunId,
        after: i64,
    ) -> Result<Vec<BulkItem>, ApiError> {
        let query = [
            ("outcome", "failed".to_owned()),
            ("after", after.to_string()),
        ];
        let path = format!("/api/v1/bulk/runs/{id}/items");
        let answer: Data<Vec<BulkItem>> = self.get(&path, &query).await?;
        Ok(answer.data)
    }
}

impl Deed {
    /// What the server is asked to change.
    fn change(&self) -> Value {
        let mut update = Map::new();
        let (mut add, mut remove) = (Vec::new(), Vec::new());
        for command in &self.commands {
            match command {
                Command::Assign(user) => set(&mut update, "assignee_id", json!(user)),
                Command::AssignTeam(team) => set(&mut update, "team_id", json!(team)),
                Command::Close => set(&mut update, "status", json!("closed")),
                Command::Spam => set(&mut update, "status", json!("spam")),
                Command::Reopen => set(&mut update, "status", json!("open")),
                Command::Snooze(snooze) => update.extend(rest(*snooze)),
                Command::Priority(priority) => set(&mut update, "priority", json!(priority)),
                Command::Read => set(&mut update, "read", json!(true)),
                Command::Unread => set(&mut update, "read", json!(false)),
                Command::Move(inbox) => set(&mut update, "inbox_id", json!(inbox)),
                Command::Tag(tag) => add.push(*tag),
                Command::Untag(tag) => remove.push(*tag),
                // Words to many are the deed's own; drafts, merges and how it was before belong to one
                // conversation, and customers to none.
                Command::Reply { .. }
                | Command::SendLater { .. }
                | Command::Note { .. }
                | Command::ApproveDraft { .. }
                | Command::RejectDraft { .. }
                | Command::PutBack { .. }
                | Command::Block(_)
                | Command::Unblock(_)
                | Command::Merge { .. }
                | Command::UndoMerge { .. }
                | Command::Link(_)
                | Command::Split { .. }
                | Command::Unsplit { .. }
                | Command::Forward { .. }
                | Command::Unlink(_)
                | Command::MergeCustomers { .. }
                | Command::PartCustomers(_) => {}
            }
        }
        let mut change = json!({
            "add_tags": add, "remove_tags": remove, "archive": self.archive,
            "note": self.note, "reply": self.reply,
        });
        if !update.is_empty() {
            change["update"] = Value::Object(update);
        }
        change
    }
}

fn set(update: &mut Map<String, Value>, field: &str, value: Value) {
    update.insert(field.to_owned(), value);
}

/// A snooze as the fields of a conversation.
pub(super) fn rest(snooze: Snooze) -> Map<String, Value> {
    let mut fields = Map::new();
    set(&mut fields, "status", json!("snoozed"));
    if let Some(until) = snooze.until {
        set(&mut fields, "snoozed_until", json!(until));
        set(
            &mut fields,
            "snoozed_until_reply",
            json!(snooze.until_reply),
        );
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use frontdesk_protocol::id::UserId;

    #[test]
    fn several_commands_become_one_change() {
        let deed = Deed {
            commands: vec![Command::Close, Command::Assign(Some(UserId(7)))],
            note: Some("Storm".to_owned()),
            ..Deed::default()
        };
        assert_eq!(
            deed.change(),
            json!({
                "update": { "status": "closed", "assignee_id": 7 },
                "add_tags": [], "remove_tags": [], "archive": false, "note": "Storm", "reply": null,
            })
        );
    }
}
