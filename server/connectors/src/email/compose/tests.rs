//! What was composed is read again by the same reader that reads everybody's mail.

use super::super::parse;
use super::*;

fn mailbox(address: &str, name: Option<&str>) -> Mailbox {
    Mailbox {
        name: name.map(str::to_owned),
        address: address.to_owned(),
    }
}

fn letter<'a>() -> Letter<'a> {
    Letter {
        id: MessageId::random(),
        from: mailbox("support@acme.test", Some("Acme")),
        to: vec![mailbox("ada@example.com", Some("Ada"))],
        cc: Vec::new(),
        reply_to: None,
        subject: "Parcel",
        text: "It is on its way.",
        signature: "",
        quoted: None,
        answers: None,
        references: &[],
        date: Timestamp::from_seconds(1_795_000_000),
        writer: Writer::Person,
        files: Vec::new(),
    }
}

fn source(letter: Letter<'_>) -> String {
    String::from_utf8(compose(letter).unwrap().bytes).unwrap()
}

#[test]
fn a_letter_is_read_as_it_was_meant() {
    let references = vec!["a@x".to_owned(), "b@x".to_owned()];
    let it = Letter {
        cc: vec![
            mailbox("bob@example.com", None),
            mailbox("ada@example.com", None),
        ],
        reply_to: Some("support+abc@acme.test"),
        subject: "RE: re: Größe",
        text: "Grüße <b>\n\nSee https://acme.test/a?b=1&c=2.\n.\nEnd",
        signature: "Eve\nAcme",
        answers: Some("b@x"),
        references: &references,
        files: vec![Enclosed {
            filename: "Größe.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            content: b"%PDF\r\n\0\xff".to_vec(),
        }],
        ..letter()
    };
    let id = it.id;
    let composed = compose(it).unwrap();
    assert_eq!(composed.recipients, ["ada@example.com", "bob@example.com"]);
    let read = parse(&composed.bytes).unwrap();
    assert_eq!(read.message_id, Some(format!("{id}@acme.test")));
    assert_eq!(read.subject, "Re: Größe");
    assert_eq!(read.answers, ["b@x", "a@x"]);
    assert_eq!(read.cc.len(), 1, "nobody gets it twice");
    assert_eq!(read.reply_to.unwrap().address, "support+abc@acme.test");
    assert!(
        read.body.text.starts_with("Grüße <b>"),
        "{:?}",
        read.body.text
    );
    assert!(
        read.body.text.contains("-- \nEve\nAcme"),
        "{:?}",
        read.body.text
    );
    let html = read.body.html.unwrap();
    assert!(html.contains("&lt;b&gt;"), "{html}");
    assert!(html.contains("https://acme.test/a?b=1&amp;c=2"), "{html}");
    assert_eq!(read.attachments[0].name, "Größe.pdf");
    assert_eq!(read.attachments[0].content, b"%PDF\r\n\0\xff");
    assert!(read.signs.is_empty(), "{:?}", read.signs);
}

#[test]
fn nothing_in_a_header_begins_another() {
    let ids = ["a@x>\r\nBcc: eve@evil.test".to_owned(), "fine@x".to_owned()];
    let it = Letter {
        from: mailbox("support@acme.test", Some("Acme\r\nBcc: eve@evil.test")),
        to: vec![mailbox("ada@example.com", Some("Ada\nBcc: eve@evil.test"))],
        subject: "Hi\r\nBcc: eve@evil.test\r\n\r\nbody",
        answers: Some("b@x\r\nBcc: eve@evil.test"),
        references: &ids,
        files: vec![Enclosed {
            filename: "a\r\nBcc: eve@evil.test".to_owned(),
            content_type: "text/plain\r\nBcc: eve@evil.test".to_owned(),
            content: b"x".to_vec(),
        }],
        ..letter()
    };
    let source = source(it);
    for line in source.lines() {
        assert!(!line.starts_with("Bcc"), "{source}");
    }
    assert!(source.contains("References: <fine@x>"), "{source}");
    assert!(!source.contains("In-Reply-To"), "{source}");
}

#[test]
fn an_address_that_is_two_is_refused() {
    for address in [
        "a@x.test, b@y.test",
        "a@x.test\r\nRCPT TO:<b@y.test>",
        "a",
        "",
    ] {
        let it = Letter {
            to: vec![mailbox(address, None)],
            ..letter()
        };
        assert!(compose(it).is_err(), "{address:?}");
    }
    let nobody = Letter {
        to: Vec::new(),
        ..letter()
    };
    assert!(compose(nobody).unwrap_err().contains("no address"));
}

#[test]
fn a_long_thread_names_its_first_and_its_last() {
    let ids: Vec<String> = (0..90)
        .map(|n| format!("{n}@{}", "x".repeat(200)))
        .collect();
    let source = source(Letter {
        references: &ids,
        ..letter()
    });
    assert!(source.contains("<0@") && source.contains("<89@") && !source.contains("<50@"));
    assert!(source.lines().all(|line| line.len() <= 998), "{source}");
}

#[test]
fn only_a_program_says_that_it_is_one() {
    assert!(!source(letter()).contains("Auto-Submitted"));
    let writer = Writer::Program;
    let source = source(Letter { writer, ..letter() });
    assert!(source.contains("Auto-Submitted: auto-replied"), "{source}");
}

#[test]
fn what_is_quoted_is_found_as_a_quotation() {
    let quoted = Some(Quoted {
        author: "Ada",
        written_at: Timestamp::from_seconds(1_795_000_000),
        text: "Where is it?\n> earlier",
    });
    let composed = compose(Letter { quoted, ..letter() }).unwrap();
    let read = parse(&composed.bytes).unwrap();
    let split = super::super::split(&read.body.text);
    assert_eq!(split.written.trim(), "It is on its way.");
}
