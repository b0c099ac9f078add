//! What agents answer, posted to the other program.

use super::Custom;
use crate::channel::{Answer, Body, Call, Deliver, Delivery, Outgoing};
use crate::verify::hmac_sha256;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

impl Deliver for Custom {
    fn call(&self, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        let file = |it: &crate::channel::FileLink| json!({ "url": it.url, "filename": it.filename, "content_type": it.content_type });
        let files: Vec<_> = outgoing.files.iter().map(file).collect();
        let text = json!({
            "id": outgoing.id,
            "to": outgoing.theirs,
            "text": outgoing.text,
            "files": files,
            "author": outgoing.author,
        })
        .to_string();
        let id = outgoing.id.to_string();
        let timestamp = outgoing.now.0.div_euclid(1_000_000).to_string();
        let signed = format!("{id}.{timestamp}.{text}");
        let mac = hmac_sha256(self.secrets.signing_secret.as_bytes(), signed.as_bytes());
        let call = Call::post(self.settings.url.clone(), Body::Text(text));
        Ok(call
            .header("content-type", "application/json".to_owned())
            .header("webhook-id", id)
            .header("webhook-timestamp", timestamp)
            .header("webhook-signature", format!("v1,{}", STANDARD.encode(mac))))
    }

    fn read(&self, answer: &Answer) -> Delivery {
        let said = answer.json();
        match answer.status {
            200..=299 => Delivery::Sent {
                id: said["id"].as_str().map(str::to_owned),
            },
            401 | 403 | 404 => Delivery::Broken {
                why: format!("the channel's address answered {}", answer.status),
            },
            408 | 425 | 429 | 500.. => Delivery::later(
                format!("the channel's address answered {}", answer.status),
                answer.retry_after,
            ),
            status => {
                let words = said["error"].as_str().unwrap_or("no reason");
                let words: String = words.chars().take(200).collect();
                Delivery::refused(format!("the channel refused it ({status}): {words}"))
            }
        }
    }

    fn knows_repetitions(&self) -> bool {
        true
    }
}
