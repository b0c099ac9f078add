//! Reads Markdown from an address, and the Markdown files it links to that lie below the same folder there.

use super::{LARGEST, MOST_FILES, Unread};
use crate::outgoing::{Call, Outgoing};
use crate::use_cases::knowledge::File;
use bytes::Bytes;
use frontdesk_ai::markdown;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Method, StatusCode, Url};
use std::collections::VecDeque;

/// Reads what is at an address.
pub(super) async fn read(client: &Outgoing, place: &str) -> Result<Vec<File>, Unread> {
    let first = Url::parse(place).map_err(|_| Unread::new(format!("{place} is no address.")))?;
    let root = first
        .join(".")
        .map_err(|_| Unread::new(format!("{place} is no address.")))?;
    let mut files: Vec<File> = Vec::new();
    let mut known = vec![first.clone()];
    let mut left = VecDeque::from([first]);
    while let Some(url) = left.pop_front() {
        let text = fetch(client, &url).await?;
        for link in markdown::links(&text) {
            let Ok(target) = url.join(&link) else {
                continue;
            };
            let below = target.as_str().starts_with(root.as_str());
            if below && !known.contains(&target) {
                if known.len() >= MOST_FILES {
                    let why = format!("There are more than {MOST_FILES} files.");
                    return Err(Unread::new(why));
                }
                known.push(target.clone());
                left.push_back(target);
            }
        }
        let path = url.as_str().strip_prefix(root.as_str());
        let path = path.filter(|it| !it.is_empty()).unwrap_or("index.md");
        files.push(File {
            path: path.to_owned(),
            text,
        });
    }
    Ok(files)
}

async fn fetch(client: &Outgoing, url: &Url) -> Result<String, Unread> {
    let mut headers = HeaderMap::new();
    headers.insert(
        ACCEPT,
        HeaderValue::from_static("text/markdown, text/plain"),
    );
    let call = Call {
        method: Method::GET,
        url: url.to_string(),
        headers,
        body: Bytes::new(),
    };
    let answer = client.send(call).await;
    let answer = answer.map_err(|error| Unread::new(format!("{url}: {error}.")))?;
    if answer.status() != StatusCode::OK {
        let status = answer.status().as_u16();
        return Err(Unread::new(format!("{url} answers {status}.")));
    }
    let kind = answer.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|it| it.to_str().ok()).unwrap_or_default();
    if kind.contains("html") {
        let why = format!("{url} is a page of HTML. Give the address of the Markdown itself.");
        return Err(Unread::new(why));
    }
    let body = answer.body().await;
    let body = body.map_err(|error| Unread::new(format!("{url}: {error}.")))?;
    if body.len() > LARGEST {
        return Err(Unread::new(format!("{url} is larger than 1 MiB.")));
    }
    let text = String::from_utf8(body.to_vec());
    text.map_err(|_| Unread::new(format!("{url} is not UTF-8.")))
}
