//! Handing a mail over to Google.

use super::super::compose::Composed;
use super::Gmail;
use crate::channel::{Answer, Body, Call};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE;
use serde::Deserialize;
use serde_json::json;

/// Larger mails go by the way for large ones.
const SMALL: usize = 3 * 1024 * 1024;

/// What parts of a large mail's call are kept apart by. No mail has such a line: compose breaks lines
/// by Base64 and quoted-printable, and neither knows this.
const BOUNDARY: &str = "=_frontdesk_2f6d1c3e9b7a4c58";

/// The call that hands a mail over. `thread` is Google's name of the thread it answers in.
#[must_use]
pub fn send(gmail: &Gmail, mail: &Composed, thread: Option<&str>) -> Call {
    if mail.bytes.len() <= SMALL {
        let mut body = json!({ "raw": URL_SAFE.encode(&mail.bytes) });
        if let Some(thread) = thread {
            body["threadId"] = json!(thread);
        }
        return Call::post(gmail.mailbox_url("messages/send"), Body::Json(body));
    }
    let about = thread.map_or_else(|| json!({}), |thread| json!({ "threadId": thread }));
    let head = format!(
        "--{BOUNDARY}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{about}\r\n\
         --{BOUNDARY}\r\nContent-Type: message/rfc822\r\n\r\n"
    );
    let tail = format!("\r\n--{BOUNDARY}--\r\n");
    let bytes = [head.as_bytes(), &mail.bytes, tail.as_bytes()].concat();
    let url = format!("{}?uploadType=multipart", gmail.upload_url("messages/send"));
    let kind = format!("multipart/related; boundary=\"{BOUNDARY}\"");
    Call::post(url, Body::Bytes { kind, bytes })
}

#[derive(Deserialize)]
struct Taken {
    id: String,
}

/// Google's name of a mail it took.
#[must_use]
pub fn taken(answer: &Answer) -> Option<String> {
    let it: Taken = serde_json::from_slice(&answer.body).ok()?;
    Some(it.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn composed(size: usize) -> Composed {
        Composed {
            mail_id: "1@acme.test".to_owned(),
            from: "support@acme.test".to_owned(),
            recipients: vec!["ada@example.com".to_owned()],
            bytes: [&b"Subject: \xfb\xff\r\n\r\n"[..], &vec![b'x'; size]].concat(),
        }
    }

    #[test]
    fn a_mail_goes_in_the_alphabet_google_reads_and_a_large_one_as_it_is() {
        let gmail: Gmail = serde_json::from_str(r#"{"client_id": "c"}"#).unwrap();
        let call = send(&gmail, &composed(0), Some("t1"));
        let Body::Json(body) = &call.body else {
            panic!("it is small");
        };
        assert_eq!(body["threadId"], "t1");
        assert_eq!(body["raw"], "U3ViamVjdDog-_8NCg0K");
        let large = composed(SMALL);
        let call = send(&gmail, &large, None);
        assert!(call.url.contains("/upload/") && call.url.ends_with("uploadType=multipart"));
        let Body::Bytes { kind, bytes } = call.body else {
            panic!("it is large");
        };
        assert!(kind.contains(BOUNDARY));
        let at = bytes
            .windows(large.bytes.len())
            .position(|it| it == large.bytes);
        assert!(at.is_some());
    }
}
