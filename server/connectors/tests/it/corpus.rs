//! Every mail of the corpus, as it is read. A change of a snapshot is a change of what agents see.

use frontdesk_connectors::email::{Inbound, MOST_DEPTH, Nature, Shortfall, classify, parse, split};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

pub(crate) fn mails() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let named = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        (name, fs::read(path).unwrap())
    };
    paths.into_iter().map(named).collect()
}

fn told(mail: &Inbound) -> String {
    let mut out = String::new();
    let nature = match classify(mail, &["support@desk.test"]) {
        Nature::Report(_) => "Report".to_owned(),
        other => format!("{other:?}"),
    };
    writeln!(out, "id {} nature {nature}", mail.external_id).unwrap();
    writeln!(out, "from {:?} to {:?}", mail.from, mail.to).unwrap();
    writeln!(out, "subject {:?} at {:?}", mail.subject, mail.sent_at).unwrap();
    if !mail.answers.is_empty() {
        let (reply_to, cc) = (&mail.reply_to, &mail.cc);
        writeln!(out, "answers {:?} {reply_to:?} {cc:?}", mail.answers).unwrap();
        writeln!(out, "delivered {:?}", mail.delivered_to).unwrap();
    }
    writeln!(out, "{:?}", split(&mail.body.text)).unwrap();
    writeln!(out, "html {:?}", mail.body.html).unwrap();
    for file in &mail.attachments {
        let (name, kind, cid) = (&file.name, &file.media_type, &file.content_id);
        writeln!(
            out,
            "file {name:?} {kind} {cid:?} {} bytes",
            file.content.len()
        )
        .unwrap();
    }
    if let Some(report) = &mail.report {
        writeln!(out, "{report:?}").unwrap();
    }
    writeln!(out, "shortfalls {:?}", mail.shortfalls).unwrap();
    out
}

#[test]
fn every_mail_is_read_as_before() {
    let all: String = mails()
        .iter()
        .map(|(name, raw)| match parse(raw) {
            Ok(mail) => format!("== {name}\n{}", told(&mail)),
            Err(why) => format!("== {name}\nunreadable: {why}\n"),
        })
        .collect();
    insta::assert_snapshot!("corpus", all);
}

#[test]
fn what_is_no_mail_is_refused() {
    assert!(parse(b"").is_err());
    assert!(parse(b"\n\n").is_err());
}

#[test]
fn a_mail_without_an_id_is_one_mail_whoever_delivered_it() {
    let first = parse(b"Received: by a\n via b\nSubject: x\n\nHi\n").unwrap();
    let again = parse(b"Delivered-To: c@d.test\nSubject: x\n\nHi\n").unwrap();
    let other = parse(b"Subject: y\n\nHi\n").unwrap();
    assert_eq!(first.external_id, again.external_id);
    assert_ne!(first.external_id, other.external_id);
}

#[test]
fn an_attached_text_keeps_its_bytes_whatever_letters_they_mean() {
    let mails = mails();
    let (_, raw) = mails
        .iter()
        .find(|(name, _)| name == "attachment_text_latin1")
        .unwrap();
    let files = parse(raw).unwrap().attachments;
    let contents: Vec<&[u8]> = files.iter().map(|it| it.content.as_slice()).collect();
    assert_eq!(contents, [&b"Gr\xf6\xdfe;1\n"[..], b"Gr\xf6\xdfe;1"]);
}

#[test]
fn a_lone_carriage_return_smuggles_no_header_in() {
    let mail = parse(b"Subject: a\rReply-To: x@y.test\r\n\r\nHi\r\n").unwrap();
    assert_eq!(mail.reply_to, None);
    assert!(mail.subject.starts_with('a'), "{}", mail.subject);
}

#[test]
fn parts_beyond_the_limits_are_left_in_the_raw_mail() {
    let parts = "--b\nContent-Type: application/zip\n\nPK\n".repeat(600);
    let wide = format!("Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n");
    let mail = parse(wide.as_bytes()).unwrap();
    assert_eq!(mail.shortfalls, [Shortfall::TooManyParts]);
    assert_eq!(mail.attachments.len(), 499);

    let mut deep = "Subject: x\n".to_owned();
    for level in 0..=MOST_DEPTH {
        write!(
            deep,
            "Content-Type: multipart/mixed; boundary=n{level}\n\n--n{level}\n"
        )
        .unwrap();
    }
    deep.push_str("Content-Type: text/plain\n\nDeep\n");
    let mail = parse(deep.as_bytes()).unwrap();
    assert_eq!(mail.shortfalls, [Shortfall::TooDeep]);
}
