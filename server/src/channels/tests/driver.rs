//! A socket's task, polled by hand.

use super::desk::{CONVERSATION, Desk};
use crate::channels::Identity;
use crate::channels::ws::driver::Driver;
use frontdesk_protocol::frame::Serializer;
use serde_json::json;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A text frame with a mask of zeros.
fn frame(text: &serde_json::Value) -> Vec<u8> {
    let text = text.to_string();
    let length = u8::try_from(text.len()).unwrap();
    assert!(length < 126);
    [&[0x81, 0x80 | length, 0, 0, 0, 0], text.as_bytes()].concat()
}

#[tokio::test]
async fn what_was_asked_is_done_even_if_the_socket_is_gone() {
    let desk = Desk::open();
    let (sink, session) = desk.session(Serializer::V2, Identity::Anonymous);
    let (_client, server) = tokio::io::duplex(4096);
    let topic = format!("conversation:{CONVERSATION}");
    let frames = [
        frame(&json!([1, 1, topic, "phx_join", {}])),
        frame(&json!([1, 2, topic, "shout", {"body": "wait"}])),
        frame(&json!([1, 3, topic, "shout", {"body": "late"}])),
    ];
    {
        let mut driver = pin!(Driver::new(server, sink, session, &frames.concat()));
        let mut cx = Context::from_waker(Waker::noop());
        assert_eq!(driver.as_mut().poll(&mut cx), Poll::Pending);
    }
    assert_eq!(
        (
            desk.channels.counts().sockets,
            desk.backend.kept.lock().len()
        ),
        (0, 0)
    );
    desk.backend.gate.notify_one();
    while desk.backend.kept.lock().is_empty() {
        tokio::task::yield_now().await;
    }
    // What had not been taken up yet was never acknowledged, and is not done.
    assert!(desk.backend.kept.lock()[0].contains("wait"));
}
