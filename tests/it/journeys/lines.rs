//! Numbers of a Twilio that stands in for the real one, and what a customer writes to them.

use super::Server;
use frontdesk_testkit::twilio::{ACCOUNT, OURS, THEIRS, TOKEN, Twilio, posts};
use serde_json::json;

/// One of the desk's numbers, on `sms` or on `whatsapp`.
pub(super) struct Number {
    hook: String,
    /// What stands before numbers there.
    prefix: &'static str,
}

impl Number {
    pub(super) fn connect(server: &Server<'_>, twilio: &Twilio, kind: &str) -> Self {
        let inbox = server.get("/api/v1/inboxes")["data"][0]["id"].clone();
        let settings = json!({ "account_sid": ACCOUNT, "numbers": [OURS],
            "base_url": twilio.url, "content_url": twilio.url });
        let connection = json!({ "connection": { "name": kind, "kind": kind, "inbox_id": inbox,
            "settings": settings, "secrets": { "auth_token": TOKEN } } });
        let made = server.post("/api/v1/connections", connection, 201);
        let id = made["data"]["id"].as_str().unwrap();
        Self {
            hook: format!("{}/api/hooks/{id}", server.bed.server),
            prefix: if kind == "whatsapp" { "whatsapp:" } else { "" },
        }
    }

    /// The customer writes to it.
    pub(super) fn hears(&self, server: &Server<'_>, name: &str, body: &str) {
        let from = format!("{}{THEIRS}", self.prefix);
        let to = format!("{}{OURS}", self.prefix);
        let said = [
            ("AccountSid", ACCOUNT),
            ("MessageSid", body),
            ("From", from.as_str()),
            ("To", to.as_str()),
            ("ProfileName", name),
            ("Body", body),
        ];
        assert_eq!(server.bed.block_on(posts(&self.hook, TOKEN, &said)), 204);
    }
}
