//! Makes the calls that connectors ask for, through the guarded client.

use crate::outgoing::{Answer as Answered, Call as Outgoing, Outgoing as Client, OutgoingError};
use bytes::Bytes;
use frontdesk_connectors::channel::{Answer, Body, Call, Method};
use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};

/// Calls, and reads the whole answer.
pub(crate) async fn make(client: &Client, call: Call) -> Result<Answer, OutgoingError> {
    let answered = send(client, call).await?;
    let asked = answered.headers().get(RETRY_AFTER);
    let retry_after = asked.and_then(|value| value.to_str().ok()?.trim().parse().ok());
    Ok(Answer {
        status: answered.status().as_u16(),
        retry_after,
        body: answered.body().await?.to_vec(),
    })
}

/// Calls, and leaves the body to be read.
pub(super) async fn send(client: &Client, call: Call) -> Result<Answered, OutgoingError> {
    let (kind, body) = match call.body {
        Body::Empty => (None, String::new()),
        Body::Form(pairs) => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            form.extend_pairs(pairs);
            (Some("application/x-www-form-urlencoded"), form.finish())
        }
        Body::Json(value) => (Some("application/json"), value.to_string()),
        Body::Text(text) => (None, text),
    };
    let mut headers = HeaderMap::new();
    if let Some(kind) = kind {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    for (name, value) in call.headers {
        // Secrets were looked at when they were set; what is no header's value proves nothing.
        if let Ok(mut value) = HeaderValue::from_str(&value) {
            value.set_sensitive(true);
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    client
        .send(Outgoing {
            method: match call.method {
                Method::Get => reqwest::Method::GET,
                Method::Post => reqwest::Method::POST,
            },
            url: call.url,
            headers,
            body: Bytes::from(body),
        })
        .await
}
