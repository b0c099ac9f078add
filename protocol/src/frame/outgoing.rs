//! The frames a server sends.

use super::{FrameError, Payload, Ref, Serializer, binary, text};

/// How an answer turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was done.
    Ok,
    /// It was not; the response says why.
    Error,
}

impl Status {
    /// The text on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
        }
    }

    /// Reads the text of the wire.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "ok" => Some(Self::Ok),
            "error" => Some(Self::Error),
            _ => None,
        }
    }
}

/// Whether an encoded frame is text or bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 text.
    Text,
    /// Bytes.
    Binary,
}

/// A frame from the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outgoing<'a> {
    /// The answer to one message.
    Reply {
        /// As at the join.
        join_ref: &'a Ref<'a>,
        /// Of the message answered.
        reference: &'a Ref<'a>,
        /// The topic of the message answered.
        topic: &'a str,
        /// How it turned out.
        status: Status,
        /// What there is to say; a JSON object or bytes.
        response: Payload<'a>,
    },
    /// News for this client alone.
    Push {
        /// As at the join.
        join_ref: &'a Ref<'a>,
        /// The topic.
        topic: &'a str,
        /// What happened.
        event: &'a str,
        /// The rest.
        payload: Payload<'a>,
    },
    /// News for everyone on the topic.
    Broadcast {
        /// The topic.
        topic: &'a str,
        /// What happened.
        event: &'a str,
        /// The rest.
        payload: Payload<'a>,
    },
    /// The subscription has ended.
    Close {
        /// Of the join that ended.
        join_ref: &'a Ref<'a>,
        /// The topic.
        topic: &'a str,
    },
    /// The subscription has failed; the client may join again.
    Crash {
        /// Of the join that failed.
        join_ref: &'a Ref<'a>,
        /// The topic.
        topic: &'a str,
    },
}

impl Outgoing<'_> {
    /// Appends the frame.
    ///
    /// # Errors
    /// When it does not fit the form: bytes in version 1, or a text over 255 bytes beside bytes.
    pub fn encode(
        &self,
        serializer: Serializer,
        out: &mut Vec<u8>,
    ) -> Result<Encoding, FrameError> {
        if let Some(bytes) = self.binary_payload() {
            if serializer == Serializer::V1 {
                return Err(FrameError::Malformed);
            }
            binary::encode_outgoing(self, bytes, out)?;
            return Ok(Encoding::Binary);
        }
        let (join_ref, reference, topic, event) = self.head();
        match serializer {
            Serializer::V1 => text::encode_v1(out, reference, topic, event, |out| self.body(out)),
            Serializer::V2 => {
                text::encode_v2(out, join_ref, reference, topic, event, |out| self.body(out));
            }
        }
        Ok(Encoding::Text)
    }

    /// Reads a binary frame as a client does, and hands it to `read`.
    ///
    /// # Errors
    /// When the bytes are not such a frame.
    pub fn read_binary<T>(
        bytes: &[u8],
        read: impl FnOnce(&Outgoing<'_>) -> T,
    ) -> Result<T, FrameError> {
        binary::decode_outgoing(bytes, read)
    }

    fn binary_payload(&self) -> Option<&[u8]> {
        match self {
            Self::Reply {
                response: Payload::Binary(bytes),
                ..
            }
            | Self::Push {
                payload: Payload::Binary(bytes),
                ..
            }
            | Self::Broadcast {
                payload: Payload::Binary(bytes),
                ..
            } => Some(bytes),
            _ => None,
        }
    }

    fn head(&self) -> (&str, &str, &str, &str) {
        match self {
            Self::Reply {
                join_ref,
                reference,
                topic,
                ..
            } => (join_ref.as_json(), reference.as_json(), topic, "phx_reply"),
            Self::Push {
                join_ref,
                topic,
                event,
                ..
            } => (join_ref.as_json(), "null", topic, event),
            Self::Broadcast { topic, event, .. } => ("null", "null", topic, event),
            Self::Close { join_ref, topic } => {
                (join_ref.as_json(), join_ref.as_json(), topic, "phx_close")
            }
            Self::Crash { join_ref, topic } => {
                (join_ref.as_json(), join_ref.as_json(), topic, "phx_error")
            }
        }
    }

    fn body(&self, out: &mut Vec<u8>) {
        match self {
            Self::Reply {
                status,
                response: Payload::Json(json),
                ..
            } => {
                out.extend_from_slice(b"{\"status\":\"");
                out.extend_from_slice(status.as_str().as_bytes());
                out.extend_from_slice(b"\",\"response\":");
                out.extend_from_slice(json.as_bytes());
                out.push(b'}');
            }
            Self::Push {
                payload: Payload::Json(json),
                ..
            }
            | Self::Broadcast {
                payload: Payload::Json(json),
                ..
            } => {
                out.extend_from_slice(json.as_bytes());
            }
            _ => out.extend_from_slice(b"{}"),
        }
    }
}
