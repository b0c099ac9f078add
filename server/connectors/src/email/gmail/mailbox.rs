//! What is in the mailbox, and what came since: Google numbers every change of a mailbox, and forgets
//! the numbers after a while.

use super::{Gmail, with_query};
use crate::channel::{Answer, Call};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::Deserialize;

/// Google writes its Base64 with padding and without.
pub(super) const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is not mail that came: what was sent from there, or what its owner does not see.
const ELSEWHERE: [&str; 5] = ["SENT", "DRAFT", "SPAM", "TRASH", "CHAT"];

/// Whose mailbox it is, and the number of its newest change.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    pub email_address: String,
    pub history_id: String,
}

/// Asks whose mailbox it is.
#[must_use]
pub fn profile(gmail: &Gmail) -> Call {
    Call::get(gmail.mailbox_url("profile"))
}

/// A mail, named.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Named {
    pub id: String,
    #[serde(default)]
    label_ids: Vec<String>,
}

/// Some of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub ids: Vec<String>,
    /// Names the next page, where there is one.
    pub next: Option<String>,
    /// The number of the newest change, where the answer says it.
    pub history_id: Option<String>,
}

/// Asks what came since a change.
#[must_use]
pub fn since(gmail: &Gmail, history_id: &str, page: Option<&str>) -> Call {
    let mut query = vec![
        ("startHistoryId", history_id),
        ("historyTypes", "messageAdded"),
        ("labelId", "INBOX"),
        ("maxResults", "500"),
    ];
    query.extend(page.map(|page| ("pageToken", page)));
    Call::get(with_query(&gmail.mailbox_url("history"), &query))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct History {
    #[serde(default)]
    history: Vec<Change>,
    next_page_token: Option<String>,
    history_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Change {
    #[serde(default)]
    messages_added: Vec<Added>,
}

#[derive(Deserialize)]
struct Added {
    message: Named,
}

/// What came, in the order it came.
#[must_use]
pub fn read_since(answer: &Answer) -> Option<Page> {
    let it: History = serde_json::from_slice(&answer.body).ok()?;
    let added = it.history.into_iter().flat_map(|it| it.messages_added);
    let came = added
        .map(|it| it.message)
        .filter(|it| is_here(&it.label_ids));
    Some(Page {
        ids: came.map(|it| it.id).collect(),
        next: it.next_page_token,
        history_id: it.history_id,
    })
}

/// Asks for everything that came at this second or later.
#[must_use]
pub fn all_since(gmail: &Gmail, seconds: i64, page: Option<&str>) -> Call {
    // `after` leaves out what came in the very second it names.
    let words = format!("in:inbox after:{}", seconds.saturating_sub(1));
    let mut query = vec![("q", words.as_str()), ("maxResults", "500")];
    query.extend(page.map(|page| ("pageToken", page)));
    Call::get(with_query(&gmail.mailbox_url("messages"), &query))
}

/// Asks for the mail with a Message-ID of ours.
#[must_use]
pub fn named(gmail: &Gmail, mail_id: &str) -> Call {
    let words = format!("rfc822msgid:{mail_id}");
    let query = [("q", words.as_str()), ("maxResults", "1")];
    Call::get(with_query(&gmail.mailbox_url("messages"), &query))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    #[serde(default)]
    messages: Vec<Named>,
    next_page_token: Option<String>,
}

/// What there is, the newest first.
#[must_use]
pub fn read_list(answer: &Answer) -> Option<Page> {
    let it: List = serde_json::from_slice(&answer.body).ok()?;
    Some(Page {
        ids: it.messages.into_iter().map(|it| it.id).collect(),
        next: it.next_page_token,
        history_id: None,
    })
}

/// Asks for a mail.
#[must_use]
pub fn mail(gmail: &Gmail, id: &str) -> Call {
    let place = gmail.mailbox_url(&format!("messages/{}", escaped(id)));
    Call::get(with_query(&place, &[("format", "raw")]))
}

/// A mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    pub raw: Vec<u8>,
    /// Google's own name of the thread it is in.
    pub thread: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    raw: String,
    #[serde(default)]
    thread_id: String,
    #[serde(default)]
    label_ids: Vec<String>,
}

/// The mail; `None` inside where it is none that came.
#[must_use]
pub fn read_mail(answer: &Answer) -> Option<Option<Fetched>> {
    let it: Raw = serde_json::from_slice(&answer.body).ok()?;
    if !is_here(&it.label_ids) {
        return Some(None);
    }
    let raw = LENIENT.decode(it.raw).ok()?;
    Some(Some(Fetched {
        raw,
        thread: it.thread_id,
    }))
}

/// Asks for the header of a mail, or for one line of it.
#[must_use]
pub fn header(gmail: &Gmail, id: &str, name: Option<&str>) -> Call {
    let place = gmail.mailbox_url(&format!("messages/{}", escaped(id)));
    let mut query = vec![("format", "metadata")];
    query.extend(name.map(|name| ("metadataHeaders", name)));
    Call::get(with_query(&place, &query))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    #[serde(default)]
    size_estimate: u32,
    payload: Payload,
}

#[derive(Deserialize)]
struct Payload {
    #[serde(default)]
    headers: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    name: String,
    value: String,
}

/// A mail's header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// As it would stand before a mail.
    pub bytes: Vec<u8>,
    /// How large the whole mail is.
    pub size: u32,
    /// Its Message-ID, without the brackets.
    pub mail_id: Option<String>,
}

/// The header.
#[must_use]
pub fn read_header(answer: &Answer) -> Option<Header> {
    let it: Head = serde_json::from_slice(&answer.body).ok()?;
    let lines = &it.payload.headers;
    let text: String = lines
        .iter()
        .map(|line| format!("{}: {}\r\n", line.name, line.value))
        .collect();
    let mail_id = lines
        .iter()
        .find(|line| line.name.eq_ignore_ascii_case("message-id"))
        .map(|line| line.value.trim().trim_matches(['<', '>']).to_owned());
    Some(Header {
        bytes: format!("{text}\r\n").into_bytes(),
        size: it.size_estimate,
        mail_id,
    })
}

fn is_here(labels: &[String]) -> bool {
    !labels.iter().any(|it| ELSEWHERE.contains(&it.as_str()))
}

/// A name in a path.
fn escaped(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn answer(body: &Value) -> Answer {
        Answer {
            status: 200,
            retry_after: None,
            body: body.to_string().into_bytes(),
        }
    }

    #[test]
    fn what_was_sent_or_thrown_away_did_not_come() {
        let page = read_since(&answer(&json!({ "historyId": "12", "history": [
            { "id": "9", "messagesAdded": [
                { "message": { "id": "a", "threadId": "t", "labelIds": ["INBOX", "UNREAD"] } },
                { "message": { "id": "b", "threadId": "t", "labelIds": ["SENT", "INBOX"] } }] },
            { "id": "10", "labelsAdded": [] },
            { "id": "11", "messagesAdded": [{ "message": { "id": "c" } }] }] })));
        let page = page.unwrap();
        assert_eq!(page.ids, ["a", "c"]);
        assert_eq!(page.history_id.as_deref(), Some("12"));
        assert_eq!(read_since(&answer(&json!([]))), None);
        let quiet = read_since(&answer(&json!({ "historyId": "12" }))).unwrap();
        assert!(quiet.ids.is_empty() && quiet.next.is_none());
    }

    #[test]
    fn a_mail_is_read_with_padding_and_without() {
        for raw in ["RnJvbTogYUBiLmMNCg0K-_8=", "RnJvbTogYUBiLmMNCg0K-_8"] {
            let body = json!({ "id": "a", "threadId": "t", "labelIds": ["INBOX"], "raw": raw });
            let fetched = read_mail(&answer(&body)).unwrap().unwrap();
            assert_eq!(fetched.raw, b"From: a@b.c\r\n\r\n\xfb\xff");
            assert_eq!(fetched.thread, "t");
        }
        let draft = json!({ "id": "a", "labelIds": ["DRAFT"], "raw": "" });
        assert_eq!(read_mail(&answer(&draft)), Some(None));
        assert_eq!(read_mail(&answer(&json!({ "raw": "§" }))), None);
    }

    #[test]
    fn a_header_is_a_header_again() {
        let body = json!({ "id": "a", "sizeEstimate": 7, "payload": { "headers": [
            { "name": "Message-Id", "value": "<x@mail.gmail.com>" }] } });
        let header = read_header(&answer(&body)).unwrap();
        assert_eq!(header.bytes, b"Message-Id: <x@mail.gmail.com>\r\n\r\n");
        assert_eq!(
            (header.size, header.mail_id.as_deref()),
            (7, Some("x@mail.gmail.com"))
        );
    }

    #[test]
    fn a_name_cannot_leave_its_place() {
        let gmail: Gmail = serde_json::from_str(r#"{"client_id": "c"}"#).unwrap();
        let url = mail(&gmail, "../labels?x").url;
        let place = "https://gmail.googleapis.com/gmail/v1/users/me/messages/";
        assert_eq!(url, format!("{place}..%2Flabels%3Fx?format=raw"));
    }
}
