//! Names of mailboxes as servers write them: ASCII stands for itself, everything else as UTF-16 in a
//! Base64 of its own (RFC 3501, 5.1.3).

use base64::Engine;
use base64::alphabet::IMAP_MUTF7;
use base64::engine::GeneralPurpose;
use base64::engine::general_purpose::NO_PAD;

const ALPHABET: GeneralPurpose = GeneralPurpose::new(&IMAP_MUTF7, NO_PAD);

/// A name as a server writes it.
#[must_use]
pub fn folder_name(name: &str) -> String {
    let (mut written, mut others) = (String::new(), Vec::new());
    for letter in name.chars() {
        if matches!(letter, ' '..='~') {
            flush(&mut written, &mut others);
            written.push(letter);
            if letter == '&' {
                written.push('-');
            }
        } else {
            let mut units = [0; 2];
            let units = letter.encode_utf16(&mut units);
            others.extend(units.iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    flush(&mut written, &mut others);
    written
}

/// Ends a run of what is no ASCII.
fn flush(written: &mut String, others: &mut Vec<u8>) {
    if others.is_empty() {
        return;
    }
    written.push('&');
    written.push_str(&ALPHABET.encode(&*others));
    written.push('-');
    others.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_the_standard_has_them() {
        for (name, written) in [
            ("INBOX", "INBOX"),
            ("Support & Co", "Support &- Co"),
            ("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"),
            ("Posteingang/Größe", "Posteingang/Gr&APYA3w-e"),
            ("📮", "&2D3c7g-"),
            ("a\tb", "a&AAk-b"),
        ] {
            assert_eq!(folder_name(name), written);
        }
    }
}
