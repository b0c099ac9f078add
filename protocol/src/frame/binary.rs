//! Binary frames of version 2: one-byte lengths, then the texts, then the payload.

use super::{FrameError, Message, Outgoing, Payload, Ref, Status};
use std::borrow::Cow;

const PUSH: u8 = 0;
const REPLY: u8 = 1;
const BROADCAST: u8 = 2;

pub(super) fn decode_client_push(bytes: &[u8]) -> Result<Message<'_>, FrameError> {
    let (&kind, rest) = bytes.split_first().ok_or(FrameError::Malformed)?;
    if kind != PUSH {
        return Err(FrameError::Malformed);
    }
    let ([join_ref, reference, topic, event], payload) = take_texts(rest)?;
    Ok(Message {
        join_ref: Ref::from_bare_text(join_ref),
        reference: Ref::from_bare_text(reference),
        topic: Cow::Borrowed(topic),
        event: Cow::Borrowed(event),
        payload: Payload::Binary(payload),
    })
}

pub(super) fn encode_client_push(
    message: &Message<'_>,
    payload: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), FrameError> {
    let (join_ref, reference) = (
        message.join_ref.to_bare_text(),
        message.reference.to_bare_text(),
    );
    let texts: [&str; 4] = [&join_ref, &reference, &message.topic, &message.event];
    put(out, PUSH, &texts, payload)
}

pub(super) fn encode_outgoing(
    frame: &Outgoing<'_>,
    payload: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), FrameError> {
    match frame {
        Outgoing::Reply {
            join_ref,
            reference,
            topic,
            status,
            ..
        } => {
            let (join_ref, reference) = (join_ref.to_bare_text(), reference.to_bare_text());
            put(
                out,
                REPLY,
                &[&join_ref, &reference, topic, status.as_str()],
                payload,
            )
        }
        Outgoing::Push {
            join_ref,
            topic,
            event,
            ..
        } => put(
            out,
            PUSH,
            &[&join_ref.to_bare_text(), topic, event],
            payload,
        ),
        Outgoing::Broadcast { topic, event, .. } => put(out, BROADCAST, &[topic, event], payload),
        Outgoing::Close { .. } | Outgoing::Crash { .. } => Err(FrameError::Malformed),
    }
}

/// What a client does with a binary frame of the server, handed over as parts because the refs
/// are texts here and JSON everywhere else.
pub(super) fn decode_outgoing<T>(
    bytes: &[u8],
    read: impl FnOnce(&Outgoing<'_>) -> T,
) -> Result<T, FrameError> {
    let (&kind, rest) = bytes.split_first().ok_or(FrameError::Malformed)?;
    match kind {
        PUSH => {
            let ([join_ref, topic, event], payload) = take_texts(rest)?;
            let join_ref = &Ref::from_bare_text(join_ref);
            Ok(read(&Outgoing::Push {
                join_ref,
                topic,
                event,
                payload: Payload::Binary(payload),
            }))
        }
        REPLY => {
            let ([join_ref, reference, topic, status], payload) = take_texts(rest)?;
            let status = Status::from_text(status).ok_or(FrameError::Malformed)?;
            let (join_ref, reference) = (
                &Ref::from_bare_text(join_ref),
                &Ref::from_bare_text(reference),
            );
            let response = Payload::Binary(payload);
            Ok(read(&Outgoing::Reply {
                join_ref,
                reference,
                topic,
                status,
                response,
            }))
        }
        BROADCAST => {
            let ([topic, event], payload) = take_texts(rest)?;
            Ok(read(&Outgoing::Broadcast {
                topic,
                event,
                payload: Payload::Binary(payload),
            }))
        }
        _ => Err(FrameError::Malformed),
    }
}

fn put(out: &mut Vec<u8>, kind: u8, texts: &[&str], payload: &[u8]) -> Result<(), FrameError> {
    if texts.iter().any(|text| text.len() > usize::from(u8::MAX)) {
        return Err(FrameError::TooLong);
    }
    out.push(kind);
    for text in texts {
        out.push(u8::try_from(text.len()).map_err(|_| FrameError::TooLong)?);
    }
    for text in texts {
        out.extend_from_slice(text.as_bytes());
    }
    out.extend_from_slice(payload);
    Ok(())
}

fn take_texts<const N: usize>(bytes: &[u8]) -> Result<([&str; N], &[u8]), FrameError> {
    let (lengths, mut rest) = bytes.split_at_checked(N).ok_or(FrameError::Malformed)?;
    let mut texts = [""; N];
    for (text, length) in texts.iter_mut().zip(lengths) {
        let (taken, left) = rest
            .split_at_checked(usize::from(*length))
            .ok_or(FrameError::Malformed)?;
        *text = std::str::from_utf8(taken).map_err(|_| FrameError::Malformed)?;
        rest = left;
    }
    Ok((texts, rest))
}
