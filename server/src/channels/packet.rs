//! A frame ready for the network: encoded for one serializer, with its WebSocket head.

use super::hub::Frame;
use super::ws::encode::{self, HEAD_ROOM, Opcode};
use bytes::Bytes;
use frontdesk_protocol::frame::{Encoding, Outgoing, Payload, Serializer};

/// Room for names and refs around a payload.
const ENVELOPE: usize = 128;

/// Encodes one frame. `None` when this serializer has no form for it: bytes in version 1.
pub(super) fn packet(serializer: Serializer, frame: &Outgoing<'_>) -> Option<Bytes> {
    let mut buffer = Vec::with_capacity(HEAD_ROOM + ENVELOPE + payload_size(frame));
    buffer.resize(HEAD_ROOM, 0);
    match frame.encode(serializer, &mut buffer) {
        Ok(Encoding::Text) => Some(encode::finish(Opcode::Text, buffer)),
        Ok(Encoding::Binary) => Some(encode::finish(Opcode::Binary, buffer)),
        Err(error) => {
            tracing::debug!(%error, "a frame has no form for this client");
            None
        }
    }
}

fn payload_size(frame: &Outgoing<'_>) -> usize {
    match frame {
        Outgoing::Reply {
            response: payload, ..
        }
        | Outgoing::Push { payload, .. }
        | Outgoing::Broadcast { payload, .. } => match payload {
            Payload::Json(json) => json.len(),
            Payload::Binary(bytes) => bytes.len(),
        },
        Outgoing::Close { .. } | Outgoing::Crash { .. } => 0,
    }
}

/// One broadcast, encoded when the first client of a serializer asks for it and shared by all
/// others.
pub(super) struct Shared<'a> {
    frame: Outgoing<'a>,
    v1: Option<Option<Bytes>>,
    v2: Option<Option<Bytes>>,
}

impl<'a> Shared<'a> {
    pub(super) fn new(topic: &'a str, frame: Frame<'a>) -> Self {
        let Frame { event, payload } = frame;
        Self {
            frame: Outgoing::Broadcast {
                topic,
                event,
                payload,
            },
            v1: None,
            v2: None,
        }
    }

    pub(super) fn for_client(&mut self, serializer: Serializer) -> Option<Bytes> {
        let slot = match serializer {
            Serializer::V1 => &mut self.v1,
            Serializer::V2 => &mut self.v2,
        };
        slot.get_or_insert_with(|| packet(serializer, &self.frame))
            .clone()
    }
}
