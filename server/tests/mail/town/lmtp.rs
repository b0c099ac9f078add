//! Puts mails into a mailbox without a detour, many over one connection.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

pub(crate) struct Lmtp {
    stream: BufReader<TcpStream>,
}

impl Lmtp {
    pub(crate) fn to(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let mut it = Self {
            stream: BufReader::new(stream),
        };
        it.hear();
        it.say("LHLO here");
        it
    }

    /// Delivers a mail.
    pub(crate) fn deliver(&mut self, from: &str, to: &str, mail: &str) {
        self.say(&format!("MAIL FROM:<{from}>"));
        self.say(&format!("RCPT TO:<{to}>"));
        self.say("DATA");
        self.say(&format!("{mail}\r\n."));
    }

    fn say(&mut self, line: &str) {
        let stream = self.stream.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes()).unwrap();
        self.hear();
    }

    /// The answer, which is no refusal.
    fn hear(&mut self) {
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            assert!(line.starts_with(['2', '3']), "{line}");
            if line.as_bytes()[3] == b' ' {
                return;
            }
        }
    }
}
