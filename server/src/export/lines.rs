//! The lines of an export: what is shared in the account, then each customer with everything that
//! hangs on them.

use super::{Belonging, ExportError, Subject};
use crate::http::wire;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use frontdesk_db::queries::browser_sessions::VisitFilter;
use frontdesk_db::queries::messages::MessageView;
use frontdesk_db::queries::notes::NoteFilter;
use frontdesk_db::queries::{
    accounts, browser_sessions, canned_responses, companies, conversations, customers, drafts,
    exporting, files, inboxes, issues, knowledge, mails, messages, notes, quarantine, tags, teams,
    users,
};
use frontdesk_db::{Conn, DbError};
use frontdesk_domain::{
    AccountId, Conversation, CustomerId, EventSeq, FileId, KnowledgeState, QuarantineId, Refusal,
    Timestamp,
};
use frontdesk_protocol::entity::File;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::HashSet;
use std::io::Write;
use uuid::Uuid;

/// The form of the lines.
const FORMAT: u32 = 1;

/// Rows read at once.
const AT_ONCE: i64 = 500;

/// What an export is written with.
struct Writer<'a, W> {
    conn: &'a mut dyn Conn,
    account_id: AccountId,
    out: &'a mut W,
    seen: HashSet<FileId>,
    files: Vec<Belonging>,
    customers: u64,
    messages: u64,
}

/// Writes the lines, and says which files belong to them.
pub(super) fn write<W: Write>(
    conn: &mut dyn Conn,
    account_id: AccountId,
    subject: Subject,
    now: Timestamp,
    out: &mut W,
) -> Result<Vec<Belonging>, ExportError> {
    let (seq, _) = accounts::seqs(conn, account_id)?;
    let mut writer = Writer {
        conn,
        account_id,
        out,
        seen: HashSet::new(),
        files: Vec::new(),
        customers: 0,
        messages: 0,
    };
    writer.line(&json!({
        "type": "start", "format": FORMAT, "account_id": account_id, "seq": seq,
        "taken_at": now.to_utc_stamp(),
    }))?;
    match subject {
        Subject::Customer(id) => writer.person(id)?,
        Subject::Account => {
            writer.shared(now)?;
            writer.people()?;
            writer.all_waiting_mails()?;
        }
    }
    let (people, said) = (writer.customers, writer.messages);
    let kept = writer.files.len();
    writer.line(&json!({
        "type": "end", "customers": people, "messages": said, "files": kept,
    }))?;
    Ok(writer.files)
}

impl<W: Write> Writer<'_, W> {
    fn line(&mut self, value: &impl Serialize) -> Result<(), ExportError> {
        serde_json::to_writer(&mut *self.out, value)?;
        Ok(self.out.write_all(b"\n")?)
    }

    fn object(&mut self, kind: &str, value: &impl Serialize) -> Result<(), ExportError> {
        let value = serde_json::to_value(value)?;
        self.line(&json!({ "type": kind, "value": value }))
    }

    /// What no customer owns.
    fn shared(&mut self, now: Timestamp) -> Result<(), ExportError> {
        let id = self.account_id;
        let account = accounts::by_id(self.conn, id)?.ok_or(DbError::Dangling)?;
        self.object("account", &wire::account(&account, now))?;
        for it in users::of_account(self.conn, id)? {
            self.object("user", &wire::user(&it))?;
        }
        for it in teams::of_account(self.conn, id)? {
            let members = teams::members(self.conn, id, it.id)?;
            self.object("team", &wire::team(&it, members))?;
        }
        for it in inboxes::of_account(self.conn, id)? {
            self.object("inbox", &wire::inbox(&it))?;
        }
        for it in tags::of_account(self.conn, id)? {
            self.object("tag", &wire::tag(&it))?;
        }
        for it in issues::of_account(self.conn, id)? {
            self.object("issue", &wire::issue(&it))?;
        }
        for it in companies::of_account(self.conn, id)? {
            self.object("company", &wire::company(&it))?;
        }
        for it in canned_responses::of_account(self.conn, id)? {
            self.object("canned_response", &wire::canned_response(&it))?;
        }
        for state in KnowledgeState::ALL {
            self.knowledge(*state)?;
        }
        Ok(())
    }

    /// What replies may rest on, and what waits for a decision or was turned down.
    fn knowledge(&mut self, state: KnowledgeState) -> Result<(), ExportError> {
        let mut after = None;
        loop {
            let page = knowledge::page(self.conn, self.account_id, state, after, AT_ONCE)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = Some(last.id);
            for it in page {
                self.object("knowledge", &wire::knowledge_entry(&it))?;
            }
        }
    }

    fn people(&mut self) -> Result<(), ExportError> {
        let mut after = CustomerId(Uuid::nil());
        loop {
            let page = exporting::customers(self.conn, self.account_id, after, AT_ONCE)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = *last;
            for id in page {
                self.customer(id)?;
            }
        }
    }

    /// A customer, and those who were merged into them.
    fn person(&mut self, id: CustomerId) -> Result<(), ExportError> {
        let merged = exporting::merged(self.conn, self.account_id, id)?;
        for id in [id].into_iter().chain(merged) {
            self.customer(id)?;
            for mail in exporting::waiting_mails_of(self.conn, self.account_id, id)? {
                self.waiting_mail(mail)?;
            }
        }
        Ok(())
    }

    /// Mails that nobody could tell whose they are belong to the account alone.
    fn all_waiting_mails(&mut self) -> Result<(), ExportError> {
        let mut after = QuarantineId(Uuid::nil());
        loop {
            let page = exporting::waiting_mails(self.conn, self.account_id, after, AT_ONCE)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = *last;
            for id in page {
                self.waiting_mail(id)?;
            }
        }
    }

    /// A mail that waits to be looked at, with its bytes.
    fn waiting_mail(&mut self, id: QuarantineId) -> Result<(), ExportError> {
        let account_id = self.account_id;
        let (Some(mail), Some(raw)) = (
            quarantine::by_id(self.conn, account_id, id)?,
            quarantine::raw(self.conn, account_id, id)?,
        ) else {
            return Ok(());
        };
        let value = wire::waiting_mail(mail);
        let raw = BASE64.encode(&raw);
        self.line(&json!({ "type": "waiting_mail", "value": value, "raw": raw }))
    }

    fn customer(&mut self, id: CustomerId) -> Result<(), ExportError> {
        let account_id = self.account_id;
        let found = customers::by_id(self.conn, account_id, id)?;
        let customer = found.ok_or(crate::failure::Failure::from(Refusal::NotFound))?;
        self.customers += 1;
        let tags: Vec<Value> = tags::of_customer(self.conn, account_id, id)?
            .iter()
            .map(|tag| json!(tag.name))
            .collect();
        let identities: Vec<Value> = exporting::identities(self.conn, account_id, id)?
            .iter()
            .map(|(kind, value)| json!({ "kind": kind, "value": value }))
            .collect();
        let value = wire::customer(&customer);
        self.line(&json!({
            "type": "customer", "value": value, "tags": tags, "identities": identities,
            "merged_into": customer.merged_into,
        }))?;
        let about = NoteFilter {
            customer_id: Some(id),
            author_id: None,
        };
        for note in notes::list(self.conn, account_id, &about)? {
            self.object("note", &wire::note(&note))?;
        }
        for issue in issues::of_customer(self.conn, account_id, id)? {
            self.line(
                &json!({ "type": "customer_issue", "customer_id": id, "issue_id": issue.id }),
            )?;
        }
        self.visits(id)?;
        for conversation in conversations::of_customer(self.conn, account_id, id, i64::MAX)? {
            self.conversation(&conversation)?;
        }
        for upload in exporting::uploads(self.conn, account_id, id)? {
            self.belongs(upload)?;
        }
        Ok(())
    }

    fn visits(&mut self, id: CustomerId) -> Result<(), ExportError> {
        let theirs = VisitFilter {
            customer_id: Some(id),
            finished: None,
        };
        for visit in browser_sessions::list(self.conn, self.account_id, &theirs, i64::MAX)? {
            self.object("visit", &wire::browser_session(&visit))?;
            let mut after = 0;
            loop {
                let page = browser_sessions::recording(
                    self.conn,
                    self.account_id,
                    visit.id,
                    after,
                    AT_ONCE,
                )?;
                let Some(last) = page.last() else { break };
                after = last.n;
                for event in &page {
                    let value = wire::raw(Some(&event.event));
                    self.line(
                        &json!({ "type": "visit_event", "visit_id": visit.id, "value": value }),
                    )?;
                }
            }
        }
        Ok(())
    }

    fn conversation(&mut self, it: &Conversation) -> Result<(), ExportError> {
        let tags: Vec<Value> = tags::of_conversation(self.conn, self.account_id, it.id)?
            .iter()
            .map(|tag| json!(tag.name))
            .collect();
        let value = wire::conversation(it);
        self.line(&json!({ "type": "conversation", "value": value, "tags": tags }))?;
        for draft in drafts::of_conversation(self.conn, self.account_id, it.id)? {
            self.object("draft", &wire::draft(&draft))?;
        }
        let mut after = EventSeq(0);
        loop {
            let page = messages::thread(self.conn, it.id, after, AT_ONCE)?;
            let Some(last) = page.last() else {
                return Ok(());
            };
            after = last.message.seq;
            for view in &page {
                self.message(view)?;
            }
        }
    }

    fn message(&mut self, view: &MessageView) -> Result<(), ExportError> {
        self.messages += 1;
        // Links expire; in the archive a file is found by its name there.
        let value = wire::message_naming(view, |attachment| File {
            id: attachment.id,
            file_url: format!("files/{}", attachment.id),
            content_type: attachment.content_type.clone(),
            filename: attachment.filename.clone(),
        });
        self.object("message", &value)?;
        let (account_id, id) = (self.account_id, view.message.id);
        if let Some(mail) = mails::of_message(self.conn, account_id, id)? {
            let body = mails::body(self.conn, account_id, id)?.unwrap_or_default();
            self.object("mail", &wire::mail(mail, body))?;
        }
        for attachment in &view.attachments {
            self.belongs(attachment.id)?;
        }
        Ok(())
    }

    fn belongs(&mut self, id: FileId) -> Result<(), ExportError> {
        if !self.seen.insert(id) {
            return Ok(());
        }
        let Some(file) = files::by_id(self.conn, self.account_id, id)? else {
            return Ok(());
        };
        self.line(&json!({
            "type": "file", "id": id, "path": format!("files/{id}"), "filename": file.filename,
            "content_type": file.content_type, "size": file.size,
            "customer_id": file.customer_id, "user_id": file.user_id,
        }))?;
        self.files.push(Belonging {
            id,
            size: u64::try_from(file.size).unwrap_or(0),
        });
        Ok(())
    }
}
