//! What Slack's errors mean, in words. An error comes with status 200 as a rule.

use crate::channel::{Answer, Delivery};
use serde_json::Value;

pub(super) const REVOKED: &str =
    "Slack takes the app's token no more; install the app again and set the new token";

/// What an answer means that is no success.
pub(super) fn failed(answer: &Answer) -> Delivery {
    let said = answer.json();
    let code = said["error"].as_str().unwrap_or_default();
    if answer.status == 429 || matches!(code, "ratelimited" | "rate_limited") {
        let wait = answer.retry_after.unwrap_or(30);
        return Delivery::later("Slack takes no more messages just now", Some(wait));
    }
    if let Some(why) = broken(code, &said) {
        return Delivery::Broken { why };
    }
    if let Some(why) = lasting(code) {
        return Delivery::refused(why);
    }
    const TROUBLE: &str = "Slack has trouble just now";
    let is_passing = matches!(code, "service_unavailable" | "team_added_to_org");
    // Some of what was asked for may have been done.
    let is_doubtful = matches!(
        code,
        "internal_error" | "fatal_error" | "request_timeout" | ""
    );
    match answer.status {
        200..=299 if is_passing => Delivery::later(TROUBLE, None),
        200..=299 if is_doubtful => Delivery::Doubtful {
            why: TROUBLE.to_owned(),
        },
        401 | 403 => Delivery::Broken {
            why: REVOKED.to_owned(),
        },
        408 => Delivery::later("Slack answered 408", answer.retry_after),
        status @ 500.. => Delivery::stumbled(
            status,
            format!("Slack answered {status}"),
            answer.retry_after,
        ),
        _ => Delivery::refused(format!("Slack refused it: {}", name(code))),
    }
}

/// Nothing goes until an admin mends it.
fn broken(code: &str, said: &Value) -> Option<String> {
    Some(match code {
        "invalid_auth"
        | "not_authed"
        | "account_inactive"
        | "token_revoked"
        | "token_expired"
        | "team_access_not_granted"
        | "app_uninstalled"
        | "invalid_token"
        | "invalid_refresh_token" => REVOKED.to_owned(),
        "missing_scope" | "no_permission" => match said["needed"].as_str() {
            Some(needed) => format!(
                "the Slack app lacks the scope {}; add it and install the app again",
                name(needed)
            ),
            None => "the Slack app lacks a scope; compare its scopes with the documents".to_owned(),
        },
        "not_allowed_token_type" => {
            "this is not the token of a bot; set the one that begins with xoxb-".to_owned()
        }
        "access_denied"
        | "ekm_access_denied"
        | "org_login_required"
        | "two_factor_setup_required" => {
            "the workspace's rules keep the app out; ask its admin".to_owned()
        }
        _ => return None,
    })
}

/// This message never goes.
fn lasting(code: &str) -> Option<&'static str> {
    Some(match code {
        "channel_not_found" => "the channel is gone, or the app is not in it",
        "not_in_channel" => "the app is not in the channel; write /invite and its name there",
        "is_archived" => "the channel is archived",
        "thread_not_found" | "cannot_reply_to_message" | "message_not_found" => {
            "the thread is gone from Slack"
        }
        "invalid_code" | "code_already_used" | "code_expired" => {
            "this code was used already, or is too old; begin again"
        }
        "bad_client_secret" | "invalid_client_id" | "bad_redirect_uri" => {
            "client_id, client_secret or the redirect address are not those of the app"
        }
        "file_type_not_allowed"
        | "file_uploads_disabled"
        | "file_uploads_except_images_disabled"
        | "file_upload_size_restricted" => "the workspace takes no file of this kind or size",
        "storage_limit_reached" => "the workspace has no room for more files",
        "posting_to_channel_denied" => "the app may not put files into this channel",
        "msg_too_long" => "Slack takes no message as long as this; send it in parts",
        "edit_window_closed" => "the workspace lets nobody change a message as old as this",
        "cant_update_message" | "cant_delete_message" | "compliance_exports_prevent_deletion" => {
            "the workspace does not let the app change or delete it"
        }
        "no_text" => "there is nothing in it to send",
        "user_not_found" | "user_disabled" => "the customer is no longer in Slack",
        code if code.starts_with("restricted_action") => {
            "the channel's settings let the app write nothing there"
        }
        _ => return None,
    })
}

/// A code of Slack's, kept short: it is shown to agents.
fn name(code: &str) -> String {
    let fits = |it: &char| it.is_ascii_alphanumeric() || matches!(it, '_' | ':' | '.' | ',');
    let name: String = code.chars().filter(fits).take(100).collect();
    match name.is_empty() {
        true => "no reason".to_owned(),
        false => name,
    }
}
