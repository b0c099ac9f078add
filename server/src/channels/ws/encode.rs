//! Frames as the server writes them: never masked, never in fragments. A frame is built once,
//! head included, and shared by everybody who gets it.

use bytes::{Buf, Bytes};

/// Room for the longest head, left free in front of a payload.
pub(crate) const HEAD_ROOM: usize = 10;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opcode {
    Text = 1,
    Binary = 2,
    Close = 8,
    Pong = 10,
}

/// Turns a buffer whose payload starts at [`HEAD_ROOM`] into a frame.
pub(crate) fn finish(opcode: Opcode, mut buffer: Vec<u8>) -> Bytes {
    let length = buffer.len().saturating_sub(HEAD_ROOM);
    let mut head = [0_u8; HEAD_ROOM];
    head[0] = 0x80 | opcode as u8;
    let size = match (u8::try_from(length), u16::try_from(length)) {
        (Ok(short @ 0..=125), _) => {
            head[1] = short;
            2
        }
        (_, Ok(medium)) => {
            head[1] = 126;
            head[2..4].copy_from_slice(&medium.to_be_bytes());
            4
        }
        _ => {
            head[1] = 127;
            head[2..10].copy_from_slice(&(length as u64).to_be_bytes());
            10
        }
    };
    let start = HEAD_ROOM - size;
    buffer[start..HEAD_ROOM].copy_from_slice(&head[..size]);
    let mut frame = Bytes::from(buffer);
    frame.advance(start);
    frame
}

/// A whole frame around this payload.
pub(crate) fn frame(opcode: Opcode, payload: &[u8]) -> Bytes {
    let mut buffer = Vec::with_capacity(HEAD_ROOM + payload.len());
    buffer.resize(HEAD_ROOM, 0);
    buffer.extend_from_slice(payload);
    finish(opcode, buffer)
}

/// A close frame.
pub(crate) fn close(code: u16, reason: &str) -> Bytes {
    frame(
        Opcode::Close,
        &[&code.to_be_bytes(), reason.as_bytes()].concat(),
    )
}

/// The payload of a frame made here, and whether it is text: for transports without frames.
pub(crate) fn unframe(frame: &Bytes) -> (Bytes, bool) {
    let size = match frame.get(1) {
        Some(126) => 4,
        Some(127) => 10,
        _ => 2,
    };
    let is_text = frame.first() == Some(&(0x80 | Opcode::Text as u8));
    (frame.slice(size.min(frame.len())..), is_text)
}
