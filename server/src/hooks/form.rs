//! The fields of a posted form, as bytes: a raw mail is no text.

use super::Posted;
use axum::body::Body;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use frontdesk_connectors::channel::Rejected;
use percent_encoding::percent_decode;

/// Fields that are read of one form.
const MOST_FIELDS: usize = 200;

/// A form's fields in their order.
#[derive(Debug)]
pub(super) struct Form(Vec<(String, Bytes)>);

impl Form {
    /// Reads a form of either kind.
    ///
    /// # Errors
    /// When it is none.
    pub(super) async fn read(posted: &Posted) -> Result<Self, Rejected> {
        if posted.content_type.starts_with("multipart/form-data") {
            multipart(posted).await
        } else {
            Ok(Self(encoded(&posted.body)))
        }
    }

    /// A field's bytes.
    pub(super) fn bytes(&self, name: &str) -> Option<&Bytes> {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value)
    }

    /// A field that is text; empty where there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        let found = self.bytes(name);
        found.map_or("", |bytes| std::str::from_utf8(bytes).unwrap_or_default())
    }
}

async fn multipart(posted: &Posted) -> Result<Form, Rejected> {
    let unreadable = Rejected::Unreadable;
    let request = Request::builder()
        .header(CONTENT_TYPE, &posted.content_type)
        .body(Body::from(posted.body.clone()))
        .map_err(|_| unreadable)?;
    let parts = Multipart::from_request(request, &()).await;
    let mut parts = parts.map_err(|_| unreadable)?;
    let mut fields = Vec::new();
    while let Some(field) = parts.next_field().await.map_err(|_| unreadable)? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.push((name, field.bytes().await.map_err(|_| unreadable)?));
        if fields.len() > MOST_FIELDS {
            return Err(unreadable);
        }
    }
    Ok(Form(fields))
}

fn encoded(body: &[u8]) -> Vec<(String, Bytes)> {
    let pairs = body.split(|byte| *byte == b'&').take(MOST_FIELDS);
    pairs
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let mut next = || decoded(halves.next().unwrap_or_default());
            let name = String::from_utf8_lossy(&next()).into_owned();
            (name, Bytes::from(next()))
        })
        .collect()
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    percent_decode(&spaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn posted(content_type: &str, body: &[u8]) -> Posted {
        Posted {
            content_type: content_type.to_owned(),
            headers: Vec::new(),
            body: Bytes::copy_from_slice(body),
        }
    }

    #[tokio::test]
    async fn bytes_that_are_no_text_survive_both_kinds_of_form() {
        let encoded = posted(
            "application/x-www-form-urlencoded",
            b"a=1&mail=From%3A+x%0D%0A%FF%00&b",
        );
        let parts = posted(
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
            --x\r\nContent-Disposition: form-data; name=\"mail\"\r\n\r\nFrom: x\r\n\xff\x00\r\n--x--\r\n",
        );
        for posted in [encoded, parts] {
            let form = Form::read(&posted).await.unwrap();
            assert_eq!(form.text("a"), "1");
            assert_eq!(form.bytes("mail").unwrap().as_ref(), b"From: x\r\n\xff\x00");
            assert_eq!(form.text("none"), "");
        }
    }

    #[tokio::test]
    async fn a_form_that_breaks_off_is_none() {
        let broken = posted("multipart/form-data; boundary=x", b"--x\r\nContent-Dis");
        assert!(Form::read(&broken).await.is_err());
        assert!(
            Form::read(&posted("multipart/form-data", b""))
                .await
                .is_err()
        );
    }
}
