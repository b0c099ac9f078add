//! Phoenix Channels frames: what one message looks like as text of version 1, as text of
//! version 2 and as bytes of version 2.
//!
//! Refs are opaque. They are kept as the JSON the client wrote, so that an answer carries them
//! back exactly, type included. Payloads only pass through: they are checked to be JSON and
//! kept as the text they came as.

mod binary;
mod limit;
mod outgoing;
mod text;

#[cfg(test)]
mod tests;

pub use outgoing::{Encoding, Outgoing, Status};

use std::borrow::Cow;

/// How deeply arrays and objects may be nested in one frame.
pub const MAX_DEPTH: usize = 64;
/// How long a topic or an event name may be: what the binary form can carry.
pub const MAX_NAME: usize = 255;
/// How long a ref may be, as JSON.
pub const MAX_REF: usize = 128;

/// The form in which a connection's frames are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Serializer {
    /// A JSON object per frame; no binary frames.
    V1,
    /// A JSON array of five per frame, and binary frames for binary payloads.
    V2,
}

impl Serializer {
    /// Reads the `vsn` of a handshake. A client that says nothing speaks version 1; `None`
    /// means that the version is not one we speak.
    #[must_use]
    pub fn from_vsn(vsn: Option<&str>) -> Option<Self> {
        let Some(vsn) = vsn else {
            return Some(Self::V1);
        };
        let (serializer, patch) = match vsn.split_at_checked(4)? {
            ("1.0.", patch) => (Self::V1, patch),
            ("2.0.", patch) => (Self::V2, patch),
            _ => return None,
        };
        let is_number = !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit());
        is_number.then_some(serializer)
    }
}

/// A ref as the client wrote it: any JSON, most often a string, a number or null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ref<'a>(Cow<'a, str>);

impl<'a> Ref<'a> {
    /// The absent ref.
    pub const NULL: Ref<'static> = Ref(Cow::Borrowed("null"));

    /// A ref from text that is JSON already, such as one kept from an earlier frame.
    #[must_use]
    pub fn from_json(json: &'a str) -> Self {
        Self(Cow::Borrowed(json))
    }

    /// A ref that is this text.
    #[must_use]
    pub fn from_text(text: &str) -> Ref<'static> {
        Ref(Cow::Owned(serde_json::Value::from(text).to_string()))
    }

    /// The JSON of the ref.
    #[must_use]
    pub fn as_json(&self) -> &str {
        &self.0
    }

    /// Whether there is no ref.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.0 == "null"
    }

    /// The ref as the bare text of a binary frame: a string without its quotes, nothing for null.
    fn to_bare_text(&self) -> Cow<'_, str> {
        if self.is_null() {
            return Cow::Borrowed("");
        }
        serde_json::from_str::<String>(&self.0).map_or(Cow::Borrowed(&*self.0), Cow::Owned)
    }

    /// Reads the bare text of a binary frame.
    fn from_bare_text(text: &str) -> Ref<'static> {
        if text.is_empty() {
            Ref::NULL
        } else {
            Ref::from_text(text)
        }
    }
}

/// What a message carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payload<'a> {
    /// Text that is JSON.
    Json(&'a str),
    /// Bytes; only version 2 can carry them.
    Binary(&'a [u8]),
}

impl Payload<'_> {
    /// The empty object.
    pub const EMPTY: Payload<'static> = Payload::Json("{}");
}

/// One message, in the direction from client to server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message<'a> {
    /// The ref of the join the message belongs to, if the client said it.
    pub join_ref: Ref<'a>,
    /// The ref an answer must carry.
    pub reference: Ref<'a>,
    /// What the message is about.
    pub topic: Cow<'a, str>,
    /// What happened.
    pub event: Cow<'a, str>,
    /// The rest.
    pub payload: Payload<'a>,
}

/// Why bytes are not a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Not JSON, or not the shape of a frame.
    #[error("not a Phoenix Channels frame")]
    Malformed,
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("nested too deeply")]
    TooDeep,
    /// A topic, event name or ref is longer than allowed.
    #[error("a topic, event or ref is too long")]
    TooLong,
}

impl<'a> Message<'a> {
    /// Reads a text frame. A version 2 client may read what a server sent with it as well:
    /// both directions have one shape.
    ///
    /// # Errors
    /// When the text is not a frame of that version or exceeds a limit.
    pub fn from_text(serializer: Serializer, text: &'a str) -> Result<Self, FrameError> {
        if limit::deeper_than(text.as_bytes(), MAX_DEPTH) {
            return Err(FrameError::TooDeep);
        }
        let message = match serializer {
            Serializer::V1 => text::decode_v1(text)?,
            Serializer::V2 => text::decode_v2(text)?,
        };
        message.within_limits()
    }

    /// Reads a binary frame a client sent. Version 1 has none.
    ///
    /// # Errors
    /// When the bytes are not such a frame.
    pub fn from_binary(serializer: Serializer, bytes: &'a [u8]) -> Result<Self, FrameError> {
        match serializer {
            Serializer::V1 => Err(FrameError::Malformed),
            Serializer::V2 => binary::decode_client_push(bytes),
        }
    }

    /// Appends the frame a client sends.
    ///
    /// # Errors
    /// When the message does not fit the form: a binary payload in version 1, or a name over
    /// the one-byte length of a binary frame.
    pub fn encode(
        &self,
        serializer: Serializer,
        out: &mut Vec<u8>,
    ) -> Result<Encoding, FrameError> {
        match self.payload {
            Payload::Json(payload) => {
                text::encode_message(serializer, self, payload, out);
                Ok(Encoding::Text)
            }
            Payload::Binary(_) if serializer == Serializer::V1 => Err(FrameError::Malformed),
            Payload::Binary(payload) => {
                binary::encode_client_push(self, payload, out)?;
                Ok(Encoding::Binary)
            }
        }
    }

    fn within_limits(self) -> Result<Self, FrameError> {
        let fits = self.topic.len() <= MAX_NAME
            && self.event.len() <= MAX_NAME
            && self.join_ref.0.len() <= MAX_REF
            && self.reference.0.len() <= MAX_REF;
        if fits {
            Ok(self)
        } else {
            Err(FrameError::TooLong)
        }
    }
}
