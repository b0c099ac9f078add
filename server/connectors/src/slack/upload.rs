//! Files on their way out: a place is asked for, the bytes are brought there, and the message that
//! completes the upload shows them.

use super::{Slack, words};
use crate::channel::{
    Ahead, Answer, Body, Call, Delivery, FileLink, Held, Outgoing, Reserved, Upload,
};
use url::Url;

/// The largest file that is brought to Slack; of a larger one goes a link.
const LARGEST: i64 = 50 * 1024 * 1024;

impl Upload for Slack {
    fn takes(&self, outgoing: &Outgoing<'_>) -> bool {
        // Slack has no files without bytes.
        outgoing
            .files
            .iter()
            .all(|it| (1..=LARGEST).contains(&it.size))
    }

    fn ahead(&self) -> Option<&dyn Ahead> {
        Some(self)
    }
}

impl Ahead for Slack {
    fn ask(&self, file: &FileLink) -> Call {
        let form = vec![
            ("filename", file.filename.clone()),
            ("length", file.size.to_string()),
        ];
        let method = self.method("files.getUploadURLExternal");
        self.signed(Call::post(method, Body::Form(form)))
    }

    fn place(&self, answer: &Answer) -> Result<Reserved, Delivery> {
        let said = answer.json();
        if said["error"] == "missing_scope" {
            return Err(Delivery::refused(
                "the Slack app lacks the scope files:write",
            ));
        }
        if said["ok"] != true {
            return Err(words::failed(answer));
        }
        let known = said["file_id"].as_str().zip(said["upload_url"].as_str());
        let (id, url) = known.ok_or_else(|| Delivery::refused("Slack names no place for it"))?;
        let base = Url::parse(&self.settings.base_url).map(|it| it.origin());
        let is_safe =
            Url::parse(url).is_ok_and(|it| it.scheme() == "https" || Ok(it.origin()) == base);
        match is_safe {
            true => Ok(Reserved {
                id: id.to_owned(),
                url: url.to_owned(),
            }),
            false => Err(Delivery::refused("the place Slack names is not safe")),
        }
    }

    fn carry(&self, reserved: &Reserved, bytes: Vec<u8>) -> Call {
        // The address alone lets these bytes in. Our token has no business there.
        let kind = "application/octet-stream".to_owned();
        Call::post(reserved.url.clone(), Body::Bytes { kind, bytes })
    }

    fn carried(&self, answer: &Answer) -> Result<(), Delivery> {
        match answer.status {
            200..=299 => Ok(()),
            408 | 429 | 500.. => Err(Delivery::later(
                format!("Slack answered {} to a file", answer.status),
                answer.retry_after,
            )),
            status => Err(Delivery::refused(format!(
                "Slack answered {status} to a file"
            ))),
        }
    }
}

/// What Slack calls the files it has of a message.
pub(super) fn there<'a>(outgoing: &Outgoing<'a>) -> impl Iterator<Item = (&'a FileLink, &'a str)> {
    outgoing.files.iter().filter_map(|file| match &file.held {
        Held::There(id) => Some((file, id.as_str())),
        Held::Here | Held::Bytes(_) => None,
    })
}
