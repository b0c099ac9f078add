//! The team's own channel: what is told there, and changed there.

use super::{Slack, card, deliver, text};
use crate::channel::{Amend, Amendment, Body, Call, Pace, Seat, Told};
use serde_json::{Value, json};

impl Seat for Slack {
    fn channel(&self) -> &str {
        let seat = self.settings.seat.as_ref();
        seat.map_or("", |it| it.channel.as_str())
    }

    fn tell(&self, told: &Told<'_>) -> Result<Call, String> {
        let text = fallback(told);
        let mut body = deliver::body(&told.outgoing, &text)?;
        if let Some(blocks) = card::blocks(told) {
            body["blocks"] = blocks;
        }
        let call = Call::post(self.method("chat.postMessage"), Body::Json(body));
        Ok(self.signed(call))
    }

    fn retell(&self, place: &str, told: &Told<'_>) -> Call {
        let (channel, ts) = deliver::place(place);
        // Without blocks the old ones and their buttons would stay.
        let blocks = card::blocks(told).unwrap_or(Value::Array(Vec::new()));
        let body =
            json!({ "channel": channel, "ts": ts, "text": fallback(told), "blocks": blocks });
        self.signed(Call::post(self.method("chat.update"), Body::Json(body)))
    }

    fn retell_pace(&self) -> Pace {
        self.amend_pace(Amendment::Rewrite)
    }
}

/// The whole as one text, for notifications and for where no blocks are shown.
fn fallback(told: &Told<'_>) -> String {
    let title = told.title.map(|it| format!("*{}*", text::escaped(it)));
    let words = deliver::text(&told.outgoing, told.words);
    let parts = title.into_iter().chain(Some(words));
    let parts: Vec<String> = parts.filter(|it| !it.trim().is_empty()).collect();
    parts.join("\n")
}
