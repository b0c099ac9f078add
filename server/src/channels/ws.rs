//! The WebSocket transport: a small server side of RFC 6455 without compression, and one task
//! per socket. An idle socket owns no buffer.

pub(super) mod accept;
pub(super) mod decode;
pub(super) mod driver;
pub(super) mod encode;
mod input;
mod output;

#[cfg(test)]
mod tests;
