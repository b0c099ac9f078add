//! What makes a mail one, by whatever way and however often it comes.

use super::inbound::Inbound;
use super::parse::without_trace;
use crate::verify::hex;
use sha2::{Digest, Sha256};

/// Names a mail by its Message-ID and what it says. The headers that each way adds are not in it, so
/// the same mail by two ways is one; and two mails that claim the same Message-ID are two.
#[must_use]
pub fn name(mail: &Inbound) -> String {
    let mut digest = Sha256::new();
    let mut add = |part: &[u8]| {
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part);
    };
    add(mail.message_id.as_deref().unwrap_or_default().as_bytes());
    let from = mail.from.as_ref().map(|from| from.address.as_str());
    add(from.unwrap_or_default().as_bytes());
    add(mail.subject.as_bytes());
    add(&mail.sent_at.unwrap_or_default().to_be_bytes());
    add(mail.body.text.as_bytes());
    for file in &mail.attachments {
        add(file.name.as_bytes());
        add(&file.content);
    }
    if mail.message_id.is_none() {
        add(mail.external_id.as_bytes());
    }
    hex(&digest.finalize())
}

/// Names bytes that may be no mail at all.
#[must_use]
pub fn fingerprint(raw: &[u8]) -> String {
    hex(&Sha256::digest(without_trace(raw)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::email::parse;

    fn named(raw: &str) -> String {
        name(&parse(raw.replace('\n', "\r\n").as_bytes()).unwrap())
    }

    const MAIL: &str =
        "Message-ID: <1@example.com>\nFrom: ada@example.com\nSubject: Hello\n\nIs it there?\n";

    #[test]
    fn another_way_changes_no_name() {
        let again = format!("Received: from mx\nReturn-Path: <ada@example.com>\n{MAIL}");
        let marked = MAIL.replacen("From:", "X-Spam-Score: 0\nFrom:", 1);
        assert_eq!(named(MAIL), named(&again));
        assert_eq!(named(MAIL), named(&marked));
    }

    #[test]
    fn another_text_under_the_same_id_is_another_mail() {
        assert_ne!(named(MAIL), named(&MAIL.replace("there", "here")));
        assert_ne!(named(MAIL), named(&MAIL.replace("Hello", "Bye")));
        assert_ne!(named(MAIL), named(&MAIL.replace("<1@", "<2@")));
        assert_ne!(named(MAIL), named(&MAIL.replace("ada@", "bob@")));
    }
}
