//! Text frames of both versions.

use super::{FrameError, Message, Payload, Ref, Serializer};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

pub(super) fn decode_v2(text: &str) -> Result<Message<'_>, FrameError> {
    serde_json::from_str::<V2<'_>>(text)
        .map(|frame| frame.0)
        .map_err(|_| FrameError::Malformed)
}

pub(super) fn decode_v1(text: &str) -> Result<Message<'_>, FrameError> {
    serde_json::from_str::<V1<'_>>(text)
        .map(|frame| frame.0)
        .map_err(|_| FrameError::Malformed)
}

pub(super) fn encode_message(
    serializer: Serializer,
    message: &Message<'_>,
    payload: &str,
    out: &mut Vec<u8>,
) {
    let (join_ref, reference) = (message.join_ref.as_json(), message.reference.as_json());
    match serializer {
        Serializer::V2 => {
            encode_v2(
                out,
                join_ref,
                reference,
                &message.topic,
                &message.event,
                |out| {
                    out.extend_from_slice(payload.as_bytes());
                },
            );
        }
        Serializer::V1 => {
            encode_v1(out, reference, &message.topic, &message.event, |out| {
                out.extend_from_slice(payload.as_bytes());
            });
            out.pop();
            out.extend_from_slice(b",\"join_ref\":");
            out.extend_from_slice(join_ref.as_bytes());
            out.push(b'}');
        }
    }
}

pub(super) fn encode_v2(
    out: &mut Vec<u8>,
    join_ref: &str,
    reference: &str,
    topic: &str,
    event: &str,
    payload: impl FnOnce(&mut Vec<u8>),
) {
    out.push(b'[');
    out.extend_from_slice(join_ref.as_bytes());
    out.push(b',');
    out.extend_from_slice(reference.as_bytes());
    out.push(b',');
    push_string(out, topic);
    out.push(b',');
    push_string(out, event);
    out.push(b',');
    payload(out);
    out.push(b']');
}

pub(super) fn encode_v1(
    out: &mut Vec<u8>,
    reference: &str,
    topic: &str,
    event: &str,
    payload: impl FnOnce(&mut Vec<u8>),
) {
    out.extend_from_slice(b"{\"topic\":");
    push_string(out, topic);
    out.extend_from_slice(b",\"event\":");
    push_string(out, event);
    out.extend_from_slice(b",\"payload\":");
    payload(out);
    out.extend_from_slice(b",\"ref\":");
    out.extend_from_slice(reference.as_bytes());
    out.push(b'}');
}

fn push_string(out: &mut Vec<u8>, text: &str) {
    let plain = |byte: u8| byte >= 0x20 && byte != b'"' && byte != b'\\';
    if text.bytes().all(plain) {
        out.push(b'"');
        out.extend_from_slice(text.as_bytes());
        out.push(b'"');
    } else {
        out.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
    }
}

/// A string that is borrowed from the frame unless it holds an escape.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsText;
        impl<'de> Visitor<'de> for AsText {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(AsText)
    }
}

struct V2<'a>(Message<'a>);

impl<'de> Deserialize<'de> for V2<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(V2Visitor)
    }
}

struct V2Visitor;

fn element<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(seq: &mut A) -> Result<T, A::Error> {
    seq.next_element()?
        .ok_or_else(|| A::Error::custom("fewer than five elements"))
}

impl<'de> Visitor<'de> for V2Visitor {
    type Value = V2<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of at least five")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let join_ref = element::<&RawValue, A>(&mut seq)?;
        let reference = element::<&RawValue, A>(&mut seq)?;
        let topic = element::<Text<'_>, A>(&mut seq)?;
        let event = element::<Text<'_>, A>(&mut seq)?;
        let payload = element::<&RawValue, A>(&mut seq)?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(V2(Message {
            join_ref: Ref::from_json(join_ref.get()),
            reference: Ref::from_json(reference.get()),
            topic: topic.0,
            event: event.0,
            payload: Payload::Json(payload.get()),
        }))
    }
}

struct V1<'a>(Message<'a>);

impl<'de> Deserialize<'de> for V1<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(V1Visitor)
    }
}

struct V1Visitor;

impl<'de> Visitor<'de> for V1Visitor {
    type Value = V1<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with topic, event, payload and ref")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut topic, mut event) = (None::<Text<'_>>, None::<Text<'_>>);
        let (mut payload, mut reference, mut join_ref) = (None, None, None::<&RawValue>);
        while let Some(key) = map.next_key::<Text<'_>>()? {
            match &*key.0 {
                "topic" => topic = Some(map.next_value()?),
                "event" => event = Some(map.next_value()?),
                "payload" => payload = Some(map.next_value::<&RawValue>()?),
                "ref" => reference = Some(map.next_value::<&RawValue>()?),
                "join_ref" => join_ref = Some(map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let (Some(topic), Some(event), Some(payload), Some(reference)) =
            (topic, event, payload, reference)
        else {
            return Err(A::Error::custom("topic, event, payload or ref is missing"));
        };
        Ok(V1(Message {
            join_ref: join_ref.map_or(Ref::NULL, |json| Ref::from_json(json.get())),
            reference: Ref::from_json(reference.get()),
            topic: topic.0,
            event: event.0,
            payload: Payload::Json(payload.get()),
        }))
    }
}
