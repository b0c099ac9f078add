//! Mail that was damaged on its way.

use crate::corpus;
use frontdesk_connectors::email::{parse, split};
use proptest::prelude::*;

#[derive(Debug, Clone)]
enum Damage {
    Cut(usize),
    Set(usize, u8),
    Repeat(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = 0..4_000_usize;
    prop_oneof![
        place.clone().prop_map(Damage::Cut),
        (place.clone(), any::<u8>()).prop_map(|(at, byte)| Damage::Set(at, byte)),
        (place, 1..200_usize).prop_map(|(at, length)| Damage::Repeat(at, length)),
    ]
}

fn apply(raw: &mut Vec<u8>, damage: &Damage) {
    if raw.is_empty() {
        return;
    }
    match *damage {
        Damage::Cut(at) => raw.truncate(at % raw.len() + 1),
        Damage::Set(at, byte) => {
            let at = at % raw.len();
            raw[at] = byte;
        }
        Damage::Repeat(at, length) => {
            let at = at % raw.len();
            let piece = raw[at..raw.len().min(at + length)].to_vec();
            raw.splice(at..at, piece);
        }
    }
}

proptest! {
    #[test]
    fn damaged_mail_is_read_or_refused_and_never_acts(
        which in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..12),
    ) {
        let mails = corpus::mails();
        let mut raw = mails[which.index(mails.len())].1.clone();
        damages.iter().for_each(|damage| apply(&mut raw, damage));
        if let Ok(mail) = parse(&raw) {
            prop_assert!(!mail.subject.contains(char::is_control));
            let names = mail.attachments.iter().map(|file| &file.name);
            for name in names {
                prop_assert!(!name.contains(['/', '\\', '\0', '\n']), "{name:?}");
            }
            let parts = split(&mail.body.text);
            let whole = [parts.written, parts.signature, parts.quoted].concat();
            prop_assert_eq!(whole, mail.body.text);
            let html = mail.body.html.unwrap_or_default();
            prop_assert!(!html.contains("<script"), "{}", html);
        }
    }
}
