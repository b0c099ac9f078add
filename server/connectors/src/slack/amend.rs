//! Messages of ours that are changed or taken back in their channel.

use super::{Slack, deliver};
use crate::channel::{
    Amend, Amendment, Answer, Body, Call, Deliver, Delivery, Outgoing, Pace, Words,
};
use serde_json::json;
use std::time::Duration;

impl Amend for Slack {
    fn rewrite(&self, id: &str, outgoing: &Outgoing<'_>) -> Result<Call, String> {
        let (channel, ts) = deliver::place(id);
        let text = deliver::text(outgoing, Words::Ours);
        if text.is_empty() {
            return Err("nothing is left of it; delete it instead".to_owned());
        }
        deliver::fits(&text)?;
        let body = json!({ "channel": channel, "ts": ts, "text": text });
        Ok(self.signed(Call::post(self.method("chat.update"), Body::Json(body))))
    }

    fn take_back(&self, id: &str) -> Call {
        let (channel, ts) = deliver::place(id);
        let body = json!({ "channel": channel, "ts": ts });
        self.signed(Call::post(self.method("chat.delete"), Body::Json(body)))
    }

    fn read_taken_back(&self, answer: &Answer) -> Delivery {
        // What is gone was taken back before: by an answer that was lost, or by somebody there.
        match answer.json()["error"].as_str() {
            Some("message_not_found") => Delivery::Sent { id: None },
            _ => self.read(answer),
        }
    }

    fn amend_pace(&self, amendment: Amendment) -> Pace {
        // Slack lets methods of this kind be called 50 times a minute.
        let of = match amendment {
            Amendment::Rewrite => "chat.update",
            Amendment::TakeBack => "chat.delete",
        };
        Pace {
            of: of.to_owned(),
            at_once: 20,
            every: Duration::from_millis(1200),
        }
    }
}
