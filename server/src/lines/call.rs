//! Makes the calls that connectors ask for, through the guarded client.

use crate::outgoing::{
    Answer as Answered, Call as Outgoing, LARGEST_ANSWER, Outgoing as Client, OutgoingError,
};
use bytes::Bytes;
use frontdesk_connectors::channel::{Answer, Body, Call, Method};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

/// Calls, and reads the whole answer, which is short.
pub(crate) async fn make(client: &Client, call: Call) -> Result<Answer, OutgoingError> {
    make_up_to(client, call, LARGEST_ANSWER).await
}

/// Calls, and reads an answer of at most so many bytes.
pub(crate) async fn make_up_to(
    client: &Client,
    call: Call,
    most: usize,
) -> Result<Answer, OutgoingError> {
    let answered = send(client, call, most).await?;
    let asked = answered.headers().get(RETRY_AFTER);
    let retry_after = asked.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    Ok(Answer {
        status: answered.status().as_u16(),
        retry_after,
        body: answered.body_up_to(most).await?.to_vec(),
    })
}

/// Calls, and leaves the body of at most so many bytes to be read.
pub(super) async fn send(
    client: &Client,
    call: Call,
    largest: usize,
) -> Result<Answered, OutgoingError> {
    let (kind, body) = match call.body {
        Body::Empty => (None, Vec::new()),
        Body::Form(pairs) => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(pairs);
            let kind = "application/x-www-form-urlencoded".to_owned();
            (Some(kind), form.finish().into_bytes())
        }
        Body::Json(value) => {
            let kind = "application/json".to_owned();
            (Some(kind), value.to_string().into_bytes())
        }
        Body::Text(text) => (None, text.into_bytes()),
        Body::Bytes { kind, bytes } => (Some(kind), bytes),
    };
    let mut headers = HeaderMap::new();
    if let Some(kind) = kind.and_then(|kind| HeaderValue::from_str(&kind).ok()) {
        headers.insert(CONTENT_TYPE, kind);
    }
    for (name, value) in call.headers {
        // Secrets were looked at when they were set; what is no header's value proves nothing.
        if let Ok(mut value) = HeaderValue::from_str(&value) {
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    let call = Outgoing {
        method: match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        },
        url: call.url,
        headers,
        body: Bytes::from(body),
    };
    client.send_expecting(call, largest).await
}
