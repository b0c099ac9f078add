//! Files that go along with a message, and how each channel carries them.

use frontdesk_protocol::id::FileId;
use frontdesk_protocol::kind::Source;
use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;
/// The most bytes of files that go along with a mail.
const MAIL_BYTES: u64 = 18 * MIB;
/// The most files beside a text message, and beside one by WhatsApp.
const SMS_FILES: usize = 10;
const WHATSAPP_FILES: usize = 1;

/// A file that goes along with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosure {
    /// The name of the copy in the private folder, and of the file on the server: sent again under
    /// the same one, it is kept once.
    pub id: FileId,
    /// What it was called where it lay. Anything may stand in it.
    pub filename: String,
    pub content_type: String,
    /// In bytes.
    pub size: u64,
}

/// How a channel carries files, where that is not as one would think.
#[must_use]
pub const fn carriage(source: Source) -> Option<&'static str> {
    match source {
        Source::Sms => Some("goes as MMS, which not every network takes"),
        Source::Slack | Source::Telegram | Source::Custom => {
            Some("goes as a link, which does not hold for ever")
        }
        Source::Email
        | Source::Chat
        | Source::Whatsapp
        | Source::Mattermost
        | Source::Api
        | Source::Sandbox => None,
    }
}

/// Why a channel will not take these files with one message.
#[must_use]
pub fn objection(source: Source, files: &[Enclosure]) -> Option<String> {
    let count = files.len();
    let too_many = |channel: &str, most: usize| {
        let plural = if most == 1 { "file" } else { "files" };
        (count > most).then(|| {
            format!("{channel} takes {most} {plural} with a message, and this has {count}.")
        })
    };
    match source {
        Source::Email => {
            let bytes = files.iter().map(|it| it.size).sum::<u64>();
            (bytes > MAIL_BYTES).then(|| {
                format!(
                    "The files have {} together, and a mail takes {}.",
                    size_words(bytes),
                    size_words(MAIL_BYTES)
                )
            })
        }
        Source::Sms => too_many("A text message", SMS_FILES),
        Source::Whatsapp => too_many("WhatsApp", WHATSAPP_FILES),
        _ => None,
    }
}

/// How large something is, in words.
#[must_use]
pub fn size_words(bytes: u64) -> String {
    const KIB: u64 = 1024;
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10).div_ceil(unit);
        match (tenths / 10, tenths % 10) {
            (whole, 0) => whole.to_string(),
            (whole @ 10.., _) => (whole + 1).to_string(),
            (whole, part) => format!("{whole}.{part}"),
        }
    };
    match bytes {
        ..KIB => format!("{bytes} B"),
        KIB..MIB => format!("{} KiB", tenths(KIB)),
        MIB.. => format!("{} MiB", tenths(MIB)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(sizes: &[u64]) -> Vec<Enclosure> {
        let file = |size: &u64| Enclosure {
            id: FileId::random(),
            filename: "a.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
            size: *size,
        };
        sizes.iter().map(file).collect()
    }

    #[test]
    fn a_channel_takes_so_many_and_so_much() {
        let table = [
            (Source::Email, vec![18 * MIB], None),
            (
                Source::Email,
                vec![18 * MIB, 1],
                Some("The files have 19 MiB together, and a mail takes 18 MiB."),
            ),
            (Source::Chat, vec![18 * MIB; 20], None),
            (Source::Sms, vec![1; 10], None),
            (
                Source::Sms,
                vec![1; 11],
                Some("A text message takes 10 files with a message, and this has 11."),
            ),
            (
                Source::Whatsapp,
                vec![1; 2],
                Some("WhatsApp takes 1 file with a message, and this has 2."),
            ),
            (Source::Slack, vec![1; 20], None),
        ];
        for (source, sizes, said) in table {
            let objection = objection(source, &files(&sizes));
            assert_eq!(objection.as_deref(), said, "{source}");
        }
    }

    #[test]
    fn sizes_are_told_in_the_largest_unit_that_fits() {
        let table = [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KiB"),
            (1500, "1.5 KiB"),
            (120 * 1024 + 1, "121 KiB"),
            (MIB, "1 MiB"),
            (5 * MIB / 2, "2.5 MiB"),
            (100 * MIB, "100 MiB"),
        ];
        for (bytes, words) in table {
            assert_eq!(size_words(bytes), words);
        }
    }
}
