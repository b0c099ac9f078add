//! What a client sent, found in bytes as they come. It performs no I/O: the caller brings bytes
//! and is told how many of them one event took.

/// The longest message taken, whole or in fragments. It is the *declared* length that counts.
pub(crate) const MAX_MESSAGE: usize = 1024 * 1024;
const MAX_CONTROL: usize = 125;

/// Something a client said.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event<'a> {
    Text(&'a str),
    Binary(&'a [u8]),
    Ping(&'a [u8]),
    Pong,
    /// The client closes; the code to answer with.
    Close(u16),
    /// A part of a message whose end is still to come.
    Fragment,
}

/// Why the connection cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Violation {
    /// Against RFC 6455.
    Protocol,
    /// Text that is not UTF-8.
    NotUtf8,
    /// Longer than [`MAX_MESSAGE`].
    TooBig,
}

impl Violation {
    /// The close code that says so.
    pub(crate) fn code(self) -> u16 {
        match self {
            Self::Protocol => 1002,
            Self::NotUtf8 => 1007,
            Self::TooBig => 1009,
        }
    }
}

/// The memory between frames: a fragmented message, and nothing else.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    fragments: Option<Box<Fragments>>,
}

#[derive(Debug)]
struct Fragments {
    is_text: bool,
    is_complete: bool,
    bytes: Vec<u8>,
}

impl Decoder {
    /// Reads one frame from the start of `input`. `None`: more bytes are needed.
    pub(crate) fn decode<'a>(
        &'a mut self,
        input: &'a mut [u8],
    ) -> Result<Option<(usize, Event<'a>)>, Violation> {
        if self
            .fragments
            .as_ref()
            .is_some_and(|message| message.is_complete)
        {
            self.fragments = None;
        }
        let Some(head) = Head::read(input)? else {
            return Ok(None);
        };
        self.check(&head)?;
        let end = head.size + head.length;
        let Some(payload) = input.get_mut(head.size..end) else {
            return Ok(None);
        };
        unmask(payload, head.mask);
        Ok(Some((end, self.event(&head, payload)?)))
    }

    /// What can be known before the payload is there.
    fn check(&self, head: &Head) -> Result<(), Violation> {
        let collected = self.fragments.as_ref().map(|message| message.bytes.len());
        match head.opcode {
            Opcode::Continuation if collected.is_none() => return Err(Violation::Protocol),
            Opcode::Text | Opcode::Binary if collected.is_some() => {
                return Err(Violation::Protocol);
            }
            Opcode::Ping | Opcode::Pong | Opcode::Close => {
                let sound = head.is_final && head.length <= MAX_CONTROL;
                return if sound {
                    Ok(())
                } else {
                    Err(Violation::Protocol)
                };
            }
            _ => {}
        }
        if head.length > MAX_MESSAGE - collected.unwrap_or(0).min(MAX_MESSAGE) {
            return Err(Violation::TooBig);
        }
        Ok(())
    }

    fn event<'a>(&'a mut self, head: &Head, payload: &'a [u8]) -> Result<Event<'a>, Violation> {
        match head.opcode {
            Opcode::Ping => Ok(Event::Ping(payload)),
            Opcode::Pong => Ok(Event::Pong),
            Opcode::Close => close_code(payload).map(Event::Close),
            Opcode::Text | Opcode::Binary if head.is_final => {
                whole(head.opcode == Opcode::Text, payload)
            }
            Opcode::Text | Opcode::Binary => {
                self.fragments = Some(Box::new(Fragments {
                    is_text: head.opcode == Opcode::Text,
                    is_complete: false,
                    bytes: payload.to_vec(),
                }));
                Ok(Event::Fragment)
            }
            Opcode::Continuation => {
                let message = self.fragments.as_mut().ok_or(Violation::Protocol)?;
                message.bytes.extend_from_slice(payload);
                message.is_complete = head.is_final;
                if head.is_final {
                    whole(message.is_text, &message.bytes)
                } else {
                    Ok(Event::Fragment)
                }
            }
        }
    }
}

fn whole(is_text: bool, bytes: &[u8]) -> Result<Event<'_>, Violation> {
    if is_text {
        std::str::from_utf8(bytes)
            .map(Event::Text)
            .map_err(|_| Violation::NotUtf8)
    } else {
        Ok(Event::Binary(bytes))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opcode {
    Continuation,
    Text,
    Binary,
    Close,
    Ping,
    Pong,
}

struct Head {
    opcode: Opcode,
    is_final: bool,
    mask: [u8; 4],
    /// Of the head itself.
    size: usize,
    /// Of the payload.
    length: usize,
}

impl Head {
    fn read(input: &[u8]) -> Result<Option<Self>, Violation> {
        let &[first, second, ref rest @ ..] = input else {
            return Ok(None);
        };
        if first & 0x70 != 0 || second & 0x80 == 0 {
            return Err(Violation::Protocol);
        }
        let opcode = match first & 0x0f {
            0 => Opcode::Continuation,
            1 => Opcode::Text,
            2 => Opcode::Binary,
            8 => Opcode::Close,
            9 => Opcode::Ping,
            10 => Opcode::Pong,
            _ => return Err(Violation::Protocol),
        };
        let (length, rest) = match second & 0x7f {
            126 => match rest.split_first_chunk::<2>() {
                Some((bytes, rest)) => (u64::from(u16::from_be_bytes(*bytes)), rest),
                None => return Ok(None),
            },
            127 => match rest.split_first_chunk::<8>() {
                Some((bytes, rest)) => (u64::from_be_bytes(*bytes), rest),
                None => return Ok(None),
            },
            short => (u64::from(short), rest),
        };
        // Far above the limit is as good as above it; `check` knows the exact one.
        let length = usize::try_from(length.min(u64::from(u32::MAX) / 2)).unwrap_or(usize::MAX / 2);
        // Nothing is refused before the whole head is there: however the bytes are cut, the first
        // violation is the same.
        let Some((mask, rest)) = rest.split_first_chunk::<4>() else {
            return Ok(None);
        };
        let size = input.len() - rest.len();
        Ok(Some(Self {
            opcode,
            is_final: first & 0x80 != 0,
            mask: *mask,
            size,
            length,
        }))
    }
}

fn unmask(payload: &mut [u8], mask: [u8; 4]) {
    let wide = u64::from_ne_bytes([
        mask[0], mask[1], mask[2], mask[3], mask[0], mask[1], mask[2], mask[3],
    ]);
    let (chunks, rest) = payload.as_chunks_mut::<8>();
    for chunk in chunks {
        *chunk = (u64::from_ne_bytes(*chunk) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(mask.iter().cycle()) {
        *byte ^= key;
    }
}

fn close_code(payload: &[u8]) -> Result<u16, Violation> {
    let Some((code, reason)) = payload.split_first_chunk::<2>() else {
        return if payload.is_empty() {
            Ok(1000)
        } else {
            Err(Violation::Protocol)
        };
    };
    let code = u16::from_be_bytes(*code);
    if !matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999) {
        return Err(Violation::Protocol);
    }
    match std::str::from_utf8(reason) {
        Ok(_) => Ok(code),
        Err(_) => Err(Violation::NotUtf8),
    }
}
