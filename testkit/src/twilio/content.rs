//! The templates of the account, in two parts.

use super::{Shared, Twilio, is_signed, refusal, value};
use axum::Json;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// One that WhatsApp has approved.
pub const APPROVED: &str = "HX00000000000000000000000000000001";
/// One that nobody has decided about.
pub const WAITING: &str = "HX00000000000000000000000000000002";

impl Twilio {
    /// How often the list was asked for, part by part.
    pub fn listed(&self) -> usize {
        self.shared.listed.load(Ordering::Relaxed)
    }
}

pub(super) async fn list(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    if !is_signed(&headers) {
        return refusal(401, 20003);
    }
    shared.listed.fetch_add(1, Ordering::Relaxed);
    let host = headers[header::HOST].to_str().unwrap();
    let next = format!("http://{host}/v1/ContentAndApprovals?PageSize=100&Page=1");
    let (contents, next) = match asked.get("Page") {
        Some(_) => (
            vec![
                template(WAITING, "thanks", "Thank you, {{1}}.", "pending"),
                rejected("refund", "PROMOTIONAL"),
            ],
            None,
        ),
        None => {
            let picture = json!({ "sid": "HX00000000000000000000000000000003", "friendly_name": "picture",
                "types": { "twilio/media": { "body": "Look.", "media": ["https://acme.test/1.png"] } },
                "approval_requests": { "status": "approved" } });
            let late = template(APPROVED, "late", TEXT, "approved");
            (vec![picture, late], Some(next))
        }
    };
    let meta = json!({ "key": "contents", "next_page_url": next });
    Json(json!({ "contents": contents, "meta": meta })).into_response()
}

const TEXT: &str = "Hello {{1}}, your order {{2}} is late.";

fn template(sid: &str, name: &str, text: &str, status: &str) -> Value {
    json!({ "sid": sid, "friendly_name": name, "language": "en", "variables": { "1": "Ada" },
        "types": { "twilio/text": { "body": text } },
        "approval_requests": { "name": name, "category": "UTILITY", "status": status } })
}

fn rejected(name: &str, reason: &str) -> Value {
    let mut it = template(
        "HX00000000000000000000000000000004",
        name,
        "Money back.",
        "rejected",
    );
    it["approval_requests"]["rejection_reason"] = json!(reason);
    it
}

/// The text of a template that is sent.
pub(super) fn text(form: &[(String, String)]) -> Option<String> {
    (value(form, "ContentSid") == APPROVED).then(|| {
        let given: HashMap<String, String> =
            serde_json::from_str(&value(form, "ContentVariables")).unwrap();
        let fill = |text: String, (name, value): (&String, &String)| {
            text.replace(&format!("{{{{{name}}}}}"), value)
        };
        given.iter().fold(TEXT.to_owned(), fill)
    })
}
