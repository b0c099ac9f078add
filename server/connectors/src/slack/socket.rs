//! Socket Mode: Slack writes over a line that we open, so that nobody has to reach us.

use super::{Slack, asked, words};
use crate::channel::{Admitted, Answer, Body, Call, Delivery, Frame, Socket};
use serde_json::{Value, json};

const OFF: &str = "Socket Mode is switched off in the app's settings at Slack";

impl Socket for Slack {
    fn ask(&self) -> Call {
        let token = self.secrets.app_token.as_deref().unwrap_or_default();
        let call = Call::post(self.method("apps.connections.open"), Body::Empty);
        call.header("authorization", format!("Bearer {token}"))
    }

    fn address(&self, answer: &Answer) -> Result<String, Delivery> {
        let said = answer.json();
        match said["url"].as_str().filter(|_| said["ok"] == true) {
            Some(url) => Ok(url.to_owned()),
            None => Err(words::failed(answer)),
        }
    }

    fn frame(&self, text: &str) -> Frame {
        let Ok(said) = serde_json::from_str::<Value>(text) else {
            return Frame::Nothing;
        };
        match said["type"].as_str() {
            Some("hello") => return Frame::Hello,
            Some("disconnect") if said["reason"] == "link_disabled" => {
                return Frame::Off(OFF.to_owned());
            }
            Some("disconnect") => return Frame::Leave,
            _ => {}
        }
        let Some(id) = said["envelope_id"].as_str() else {
            return Frame::Nothing;
        };
        let reply = json!({ "envelope_id": id }).to_string();
        let payload = &said["payload"];
        let admitted = match said["type"].as_str() {
            Some("interactive") => self.wished(&asked::Form::Pressed(payload.clone())),
            Some("slash_commands") => self.wished(&asked::Form::Typed(payload.clone())),
            _ => self.sorted(payload),
        };
        match admitted {
            Admitted::Keep(arrival) => Frame::Keep { arrival, reply },
            Admitted::Asked(asked) => Frame::Asked { asked, reply },
            Admitted::Answer(_) | Admitted::Nothing => Frame::Reply(reply),
        }
    }
}
