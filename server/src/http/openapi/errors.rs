//! What the API description says about errors.

use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What an error looks like: the shapes existing clients know.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "describes what `http/error.rs` writes by hand")]
pub(crate) enum ErrorBody {
    Said { error: Said },
    Detail { errors: Detail },
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Said {
    /// The status again; only on "Not authenticated" it is `code` instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<u16>,
    message: String,
    /// Problems by field.
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<BTreeMap<String, Vec<String>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    received: Option<Vec<String>>,
    /// `resync` where only a new snapshot helps.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// What signing in wants beside the password: `code`, or `enrolment` of an app with the secret
    /// that comes along.
    #[serde(skip_serializing_if = "Option::is_none")]
    second_factor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newest_seq: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    newer_message_ids: Option<Vec<String>>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Detail {
    detail: String,
}

/// What any route may answer when it does not do what it was asked.
pub(super) const ANY_ROUTE: &[(u16, &str)] = &[
    (400, "The request cannot be read."),
    (401, "Not signed in, or the role does not allow it."),
    (403, "Refused."),
    (404, "It does not exist, or not for this caller."),
    (405, "The address does not take this method."),
    (408, "The request took too long."),
    (
        409,
        "Something new was written since, or it is done already.",
    ),
    (410, "What was asked for is no longer kept."),
    (413, "The request is too large."),
    (415, "Neither JSON nor a form."),
    (422, "A field is wrong."),
    (
        429,
        "Too much was asked for. `Retry-After` says when to come back.",
    ),
    (
        503,
        "The database does not answer, and nothing was changed; or the server stops. Ask again.",
    ),
    (507, "The disk is full. Nothing was changed."),
];
