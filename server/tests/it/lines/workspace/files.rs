//! Files of the workspace: those it holds, and those that are brought to it.

use super::{BOT_TOKEN, Shared, Workspace, is_let_in};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::Ordering;

impl Workspace {
    /// Lets the app write no files.
    pub(in crate::lines) fn lacks_scope(&self) {
        self.shared.lacks_scope.store(true, Ordering::Relaxed);
    }

    /// The bytes of a file that was brought.
    pub(in crate::lines) fn brought(&self, file: &Value) -> Bytes {
        let id = file["id"].as_str().unwrap();
        self.shared.brought.lock()[id].clone()
    }
}

impl Shared {
    /// Names a place for the bytes of a file.
    pub(super) fn reserve(&self, said: &Value, headers: &HeaderMap) -> Value {
        let count = self.calls.lock().len();
        let id = format!("F{count}");
        let host = headers[header::HOST].to_str().unwrap();
        assert_ne!(said["length"], "0");
        json!({ "ok": true, "file_id": id, "upload_url": format!("http://{host}/upload/{id}") })
    }

    /// Shows files whose bytes are there, with what is said of them.
    pub(super) fn show(&self, said: &Value) -> Response {
        let files = said["files"].as_array().unwrap();
        let is_here = |it: &Value| self.brought.lock().contains_key(it["id"].as_str().unwrap());
        assert!(files.iter().all(is_here), "{said}");
        let mut message = said.clone();
        message["channel"] = said["channel_id"].clone();
        message["text"] = said["initial_comment"].clone();
        self.take(message)
    }
}

/// Whoever has the address of an upload may write there; our token has no business here.
pub(super) async fn carried(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> &'static str {
    if headers.contains_key(header::AUTHORIZATION) {
        let fault = "the token was shown to an address of uploads";
        shared.faults.lock().push(fault.to_owned());
    }
    shared.brought.lock().insert(id, body);
    "OK"
}

/// Who is not let in gets a page to sign in at, and is told that all is well.
pub(super) async fn file(headers: HeaderMap, Path(name): Path<String>) -> Response {
    if !is_let_in(&headers, BOT_TOKEN) || name == "closed" {
        return axum::response::Html("<html>Sign in to Slack</html>").into_response();
    }
    let kind = [(header::CONTENT_TYPE, "image/png")];
    (kind, b"\x89PNG\r\n\x1a\nrest".to_vec()).into_response()
}
