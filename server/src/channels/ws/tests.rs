use super::decode::{Decoder, Event, MAX_MESSAGE, Violation};
use super::encode::{self, Opcode};
use proptest::prelude::*;

/// A frame as a client writes it: masked.
fn client(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x37, 0xfa, 0x21, 0x3d];
    let mut frame = vec![first];
    match payload.len() {
        short @ 0..=125 => frame.push(0x80 | u8::try_from(short).unwrap()),
        medium @ 126..=0xffff => {
            frame.push(0x80 | 126);
            frame.extend(u16::try_from(medium).unwrap().to_be_bytes());
        }
        long => {
            frame.push(0x80 | 127);
            frame.extend((long as u64).to_be_bytes());
        }
    }
    frame.extend(mask);
    frame.extend(
        payload
            .iter()
            .zip(mask.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
    frame
}

/// What a decoder says, with everything owned.
#[derive(Debug, PartialEq, Eq)]
enum Heard {
    Text(String),
    Binary(Vec<u8>),
    Ping(Vec<u8>),
    Pong,
    Close(u16),
}

/// Feeds bytes in pieces of `size`, as a socket would.
fn hear(bytes: &[u8], size: usize) -> Result<Vec<Heard>, Violation> {
    let (mut decoder, mut left, mut heard) = (Decoder::default(), Vec::new(), Vec::new());
    for piece in bytes.chunks(size.max(1)) {
        left.extend_from_slice(piece);
        while let Some((used, event)) = decoder.decode(&mut left)? {
            match event {
                Event::Text(text) => heard.push(Heard::Text(text.to_owned())),
                Event::Binary(bytes) => heard.push(Heard::Binary(bytes.to_vec())),
                Event::Ping(bytes) => heard.push(Heard::Ping(bytes.to_vec())),
                Event::Pong => heard.push(Heard::Pong),
                Event::Close(code) => heard.push(Heard::Close(code)),
                Event::Fragment => {}
            }
            left.drain(..used);
        }
    }
    Ok(heard)
}

#[test]
fn the_masked_hello_of_the_rfc() {
    let hello = [
        0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58,
    ];
    assert_eq!(hear(&hello, 99), Ok(vec![Heard::Text("Hello".to_owned())]));
}

#[test]
fn frames_may_arrive_in_any_pieces() {
    let stream = [
        client(0x81, "grüße".as_bytes()),
        client(0x01, b"one "),
        client(0x89, b"still there?"),
        client(0x00, b"two "),
        client(0x8a, b""),
        client(0x80, b"three"),
        client(0x82, &[7; 70_000]),
        client(0x82, b""),
        client(0x88, &[0x03, 0xe8, b'x']),
    ]
    .concat();
    let whole = hear(&stream, stream.len()).unwrap();
    assert_eq!(whole[0], Heard::Text("grüße".to_owned()));
    assert_eq!(whole[1], Heard::Ping(b"still there?".to_vec()));
    assert_eq!(
        (&whole[2], &whole[3]),
        (&Heard::Pong, &Heard::Text("one two three".to_owned()))
    );
    assert_eq!(whole[4], Heard::Binary(vec![7; 70_000]));
    assert_eq!(
        (&whole[5], &whole[6]),
        (&Heard::Binary(vec![]), &Heard::Close(1000))
    );
    for size in [1, 2, 3, 7, 1000] {
        assert_eq!(hear(&stream, size).as_ref(), Ok(&whole), "pieces of {size}");
    }
}

#[test]
fn violations_and_their_codes() {
    let mut unmasked = client(0x81, b"x");
    unmasked[1] &= 0x7f;
    let declared = |length: u64| {
        let masked = [0; 4];
        [&[0x82, 0xff][..], &length.to_be_bytes(), &masked].concat()
    };
    let cases = [
        ("not masked", unmasked, 1002),
        ("reserved bit", client(0xc1, b"x"), 1002),
        ("reserved opcode", client(0x83, b"x"), 1002),
        ("reserved control opcode", client(0x8b, b""), 1002),
        ("control in fragments", client(0x09, b"x"), 1002),
        ("long control", client(0x89, &[0; 126]), 1002),
        ("nothing to continue", client(0x80, b"x"), 1002),
        (
            "new message inside another",
            [client(0x01, b"a"), client(0x81, b"b")].concat(),
            1002,
        ),
        ("half a close code", client(0x88, &[3]), 1002),
        (
            "close code nobody may send",
            client(0x88, &1005_u16.to_be_bytes()),
            1002,
        ),
        ("close reason", client(0x88, &[0x03, 0xe8, 0xff]), 1007),
        ("text", client(0x81, &[0xff]), 1007),
        (
            "text in fragments",
            [client(0x01, &[0xc3]), client(0x80, b"x")].concat(),
            1007,
        ),
        ("declared length", declared(MAX_MESSAGE as u64 + 1), 1009),
        ("absurd length", declared(u64::MAX), 1009),
    ];
    for (name, bytes, code) in cases {
        assert_eq!(
            hear(&bytes, 1).map_err(Violation::code),
            Err(code),
            "{name}"
        );
    }
}

#[test]
fn a_violation_is_the_same_however_the_bytes_are_cut() {
    // A ping that goes on, and far too long: the end of its length arrives before its mask.
    let ping = [0x09, 0xff, 0, 0, 0, 0, 0, 16, 0, 1, 0, 0, 0, 0];
    for size in 1..=ping.len() {
        assert_eq!(
            hear(&ping, size),
            Err(Violation::Protocol),
            "{size} at a time"
        );
    }
}

#[test]
fn fragments_count_together() {
    let half = vec![0; MAX_MESSAGE / 2];
    let fits = [client(0x02, &half), client(0x80, &half)].concat();
    assert_eq!(hear(&fits, 1 << 16).map(|heard| heard.len()), Ok(1));
    let exceeds = [client(0x02, &half), client(0x00, &half), client(0x80, b"x")].concat();
    assert_eq!(hear(&exceeds, 1 << 16), Err(Violation::TooBig));
}

#[test]
fn our_frames_read_back() {
    for size in [0, 1, 125, 126, 127, 65_535, 65_536] {
        let payload = vec![b'x'; size];
        let frame = encode::frame(Opcode::Text, &payload);
        let (unframed, is_text) = encode::unframe(&frame);
        assert_eq!(
            (unframed.len(), is_text, frame[0], frame[1] & 0x80),
            (size, true, 0x81, 0)
        );
    }
    assert!(!encode::unframe(&encode::frame(Opcode::Binary, b"x")).1);
    assert_eq!(encode::close(1012, "restart")[..4], [0x88, 9, 0x03, 0xf4]);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), size in 1_usize..50) {
        prop_assert_eq!(hear(&bytes, size), hear(&bytes, 400));
    }

    #[test]
    fn text_comes_through(text in ".*", size in 1_usize..50) {
        prop_assert_eq!(hear(&client(0x81, text.as_bytes()), size), Ok(vec![Heard::Text(text)]));
    }
}
