//! Bytes no well-behaved client sends, and sound ones in odd pieces. One connection's fault never
//! touches another.

use crate::channels_desk::{CONVERSATION, Desk};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

fn upgrade() -> Vec<u8> {
    let key = STANDARD.encode([7; 16]);
    format!(
        "GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: desk\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"
    )
    .into_bytes()
}

/// A frame with a mask of zeros: masked, and readable here.
fn masked(first: u8, payload: &[u8]) -> Vec<u8> {
    let length = u8::try_from(payload.len()).unwrap();
    assert!(length < 126);
    [&[first, 0x80 | length, 0, 0, 0, 0], payload].concat()
}

fn heartbeat() -> Vec<u8> {
    masked(0x81, br#"[null,"1","phoenix","heartbeat",{}]"#)
}

/// A socket past its handshake.
async fn connect(desk: &Desk) -> TcpStream {
    let mut stream = TcpStream::connect(desk.address).await.unwrap();
    stream.write_all(&upgrade()).await.unwrap();
    skip_head(&mut stream).await;
    stream
}

async fn skip_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.unwrap());
    }
    assert!(
        head.starts_with(b"HTTP/1.1 101"),
        "{}",
        String::from_utf8_lossy(&head)
    );
}

/// Reads one short frame of the server.
async fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let (first, length) = (
        stream.read_u8().await.unwrap(),
        stream.read_u8().await.unwrap(),
    );
    let mut payload = vec![0; usize::from(length)];
    stream.read_exact(&mut payload).await.unwrap();
    (first, payload)
}

async fn close_code(stream: &mut TcpStream) -> u16 {
    let (first, payload) = frame(stream).await;
    assert_eq!(first, 0x88);
    u16::from_be_bytes([payload[0], payload[1]])
}

#[tokio::test]
async fn each_violation_has_its_code_and_touches_nobody_else() {
    let desk = Desk::open().await;
    let mut bystander = desk.joined().await;
    let oversized = [
        &[0x82, 0xff],
        &(1_u64 << 20).wrapping_add(1).to_be_bytes()[..],
        &[0; 4],
    ]
    .concat();
    let deep = format!("[null,1,\"t\",\"e\",{}", "[".repeat(64));
    let cases: [(&str, Vec<u8>, u16); 8] = [
        ("not masked", vec![0x81, 0x01, b'x'], 1002),
        ("reserved opcode", masked(0x83, b""), 1002),
        ("not UTF-8", masked(0x81, &[0xff, 0xfe]), 1007),
        ("declared too long", oversized, 1009),
        ("not JSON", masked(0x81, b"hello"), 1011),
        ("not five", masked(0x81, b"[1,2,3]"), 1011),
        ("too deep", masked(0x81, deep.as_bytes()), 1011),
        ("bytes that are no frame", masked(0x82, &[9, 9]), 1011),
    ];
    for (name, bytes, code) in cases {
        let mut stream = connect(&desk).await;
        stream.write_all(&bytes).await.unwrap();
        assert_eq!(close_code(&mut stream).await, code, "{name}");
        assert_eq!(
            stream.read(&mut [0; 8]).await.unwrap(),
            0,
            "{name}: the end follows"
        );
    }
    bystander
        .say(r#"[null,"9","phoenix","heartbeat",{}]"#)
        .await;
    assert_eq!(bystander.hear().await[1], "9");
}

#[tokio::test]
async fn the_first_frame_may_come_with_the_handshake() {
    let desk = Desk::open().await;
    let mut stream = TcpStream::connect(desk.address).await.unwrap();
    let both = [upgrade(), heartbeat(), heartbeat()].concat();
    stream.write_all(&both).await.unwrap();
    skip_head(&mut stream).await;
    for _ in 0..2 {
        assert!(
            frame(&mut stream)
                .await
                .1
                .starts_with(br#"[null,"1","phoenix","phx_reply""#)
        );
    }
}

#[tokio::test]
async fn pieces_of_one_byte_are_enough() {
    let desk = Desk::open().await;
    let mut stream = TcpStream::connect(desk.address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let join = format!(r#"["1","1","conversation:{CONVERSATION}","phx_join",{{}}]"#);
    let half = join.len() / 2;
    let fragments = [
        masked(0x01, &join.as_bytes()[..half]),
        masked(0x89, b"ping"),
        masked(0x80, &join.as_bytes()[half..]),
    ];
    for byte in [upgrade(), fragments.concat()].concat() {
        stream.write_all(&[byte]).await.unwrap();
    }
    skip_head(&mut stream).await;
    assert_eq!(frame(&mut stream).await, (0x8a, b"ping".to_vec()));
    let (first, payload) = frame(&mut stream).await;
    assert_eq!(first, 0x81);
    assert!(payload.ends_with(br#"{"status":"ok","response":{}}]"#));
}

#[tokio::test]
async fn the_end_of_the_stream_is_the_end() {
    let desk = Desk::open().await;
    let mut stream = connect(&desk).await;
    stream.write_all(&heartbeat()[..10]).await.unwrap();
    while desk.channels.counts().sockets == 0 {
        tokio::task::yield_now().await;
    }
    drop(stream);
    desk.empty().await;
}

#[tokio::test]
async fn what_is_no_upgrade_is_refused() {
    let desk = Desk::open().await;
    let mut stream = TcpStream::connect(desk.address).await.unwrap();
    stream
        .write_all(b"GET /socket/websocket HTTP/1.1\r\nHost: desk\r\n\r\n")
        .await
        .unwrap();
    let mut head = [0; 12];
    stream.read_exact(&mut head).await.unwrap();
    assert_eq!(&head, b"HTTP/1.1 400");
}
