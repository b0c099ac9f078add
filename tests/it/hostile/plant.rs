//! Puts the texts where customers, colleagues and models could have put them.

use super::texts;
use crate::bed::Bed;
use frontdesk_server::seed::EMAIL;
use rusqlite::{Connection, params};
use serde_json::json;

/// A desk in which every field says something hostile.
pub(super) struct Planted {
    pub(super) bed: Bed,
    /// What stands in the fields, a group for each conversation.
    pub(super) groups: Vec<String>,
}

/// The columns that hold what somebody wrote, each with the table it is in.
const FIELDS: &[(&str, &str)] = &[
    ("accounts", "company_name"),
    ("users", "display_name"),
    ("tags", "name"),
    ("canned_responses", "name"),
    ("canned_responses", "content"),
];

impl Planted {
    pub(super) fn new() -> Self {
        let mut bed = Bed::signed_in();
        let maya = bed.api(EMAIL);
        let groups = texts::groups();
        let mut planted = Vec::new();
        for (n, group) in groups.iter().enumerate() {
            let (customer, conversation) = bed.block_on(maya.visitor("Planted", "first"));
            let message = json!({ "conversation_id": conversation, "body": "last" });
            let draft = json!({ "conversation_id": conversation, "body": "draft" });
            for (path, body) in [
                ("/api/v1/messages", json!({ "message": message })),
                ("/api/v1/drafts", json!({ "draft": draft })),
            ] {
                bed.block_on(maya.post(path, body)).is(201);
            }
            planted.push((n, customer, conversation, group));
        }
        bed.stop_server();
        let db = Connection::open(bed.database()).unwrap();
        for (n, customer, conversation, group) in planted {
            plant(&db, n, &customer, &conversation, group);
        }
        let every = groups.join(" ");
        for (table, column) in FIELDS {
            // Names are unique, so that each has its own beginning.
            let set = format!("UPDATE {table} SET {column} = substr(hex(id), 1, 8) || ?1");
            db.execute(&set, [&every]).unwrap();
        }
        drop(db);
        bed.start_server();
        Self { bed, groups }
    }
}

/// Fills one conversation and everything around it.
fn plant(db: &Connection, n: usize, customer: &str, conversation: &str, group: &str) {
    let id = |text: &str| text.replace('-', "");
    let (customer, conversation) = (id(customer), id(conversation));
    let of_conversation = |column: &str, table: &str, condition: &str, words: &str| {
        let text = format!("{words}-{n:02} {group}");
        let sql = format!("UPDATE {table} SET {column} = ?1 WHERE {condition}");
        let count = db.execute(&sql, params![text, conversation]).unwrap();
        assert_eq!(count, 1, "{table}");
    };
    let here = "hex(conversation_id) = upper(?2)";
    of_conversation("subject", "conversations", "hex(id) = upper(?2)", "subject");
    of_conversation(
        "body",
        "messages",
        &format!("{here} AND body = 'first'"),
        "first",
    );
    of_conversation(
        "body",
        "messages",
        &format!("{here} AND body = 'last'"),
        "last",
    );
    of_conversation("body", "drafts", here, "draft");
    let named = "UPDATE customers SET name = ?1, email = ?2 WHERE hex(id) = upper(?3)";
    let (name, email) = (
        format!("name-{n:02} {group}"),
        format!("mail-{n:02} {group}"),
    );
    db.execute(named, params![name, email, customer]).unwrap();
    attach(db, &conversation, &format!("file-{n:02} {group}"));
}

/// A file of this name at the first message.
fn attach(db: &Connection, conversation: &str, filename: &str) {
    let first = "SELECT id, account_id FROM messages
        WHERE hex(conversation_id) = upper(?1) ORDER BY seq LIMIT 1";
    let (message, account): (Vec<u8>, Vec<u8>) = db
        .query_row(first, [conversation], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let file = "INSERT INTO files (id, account_id, filename, content_type, size, created_at)
        VALUES (?1, ?2, ?3, 'text/plain', 3, 1)";
    // The message's own id does for the file's too.
    db.execute(file, params![message, account, filename])
        .unwrap();
    let at = "INSERT INTO message_files (message_id, file_id, position) VALUES (?1, ?1, 0)";
    db.execute(at, [&message]).unwrap();
    db.execute(
        "UPDATE messages SET has_files = 1 WHERE id = ?1",
        [&message],
    )
    .unwrap();
}

/// Somebody else's text arrives while the agent looks elsewhere.
pub(super) fn arrive(planted: &Planted, number: i64) {
    let maya = planted.bed.api(EMAIL);
    let path = "/api/v1/conversations?limit=50";
    let listed = planted.bed.block_on(maya.get(path)).is(200);
    let listed = listed["data"].as_array().unwrap();
    let found = listed.iter().find(|it| it["number"] == number).unwrap();
    let message = json!({
        "conversation_id": found["id"], "customer_id": found["customer_id"], "body": "Hello?",
    });
    let body = json!({ "message": message });
    planted
        .bed
        .block_on(maya.post("/api/v1/messages", body))
        .is(201);
}
