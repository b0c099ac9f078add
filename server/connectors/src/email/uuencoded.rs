//! Files that old programs write into the text of a mail itself: a line that begins one and names it,
//! lines of letters that stand for bytes, a line that ends it. What is not wholly so stays text.

use super::inbound::Attachment;
use std::ops::Range;

/// How many of them are taken out of one text.
const MOST_FILES: usize = 100;

/// A text without the files that stood in it, and those files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Parted {
    pub(super) text: String,
    pub(super) files: Vec<Attachment>,
}

/// Takes the files out of a text.
pub(super) fn part(text: &str) -> Parted {
    let mut parted = Parted::default();
    let mut done = 0;
    while parted.files.len() < MOST_FILES
        && let Some((place, file)) = next(text, done)
    {
        parted.text.push_str(&text[done..place.start]);
        parted.files.push(file);
        done = place.end;
    }
    parted.text.push_str(&text[done..]);
    parted
}

/// The first file from here on, and where it stands.
fn next(text: &str, from: usize) -> Option<(Range<usize>, Attachment)> {
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        if let Some(name) = begun(line)
            && let Some((length, content)) = content(&text[start + line.len()..])
        {
            let file = Attachment {
                name: super::attachment::name(name).unwrap_or_else(|| "attachment".to_owned()),
                media_type: "application/octet-stream".to_owned(),
                content_id: None,
                content,
            };
            return Some((start..start + line.len() + length, file));
        }
        start += line.len();
    }
    None
}

/// The name of the file that a line begins: behind its rights, as three or four octal digits.
fn begun(line: &str) -> Option<&str> {
    let (rights, name) = line.trim_end().strip_prefix("begin ")?.split_once(' ')?;
    let are_rights =
        matches!(rights.len(), 3 | 4) && rights.bytes().all(|it| matches!(it, b'0'..=b'7'));
    are_rights.then_some(name)
}

/// The bytes of a file that was begun, and how much of the text they take with the line that ends them.
fn content(text: &str) -> Option<(usize, Vec<u8>)> {
    let (mut content, mut length) = (Vec::new(), 0);
    let mut lines = text.split_inclusive('\n');
    loop {
        let line = lines.next()?;
        length += line.len();
        let before = content.len();
        decode(line.trim_end_matches(['\r', '\n']).as_bytes(), &mut content)?;
        if content.len() == before {
            break;
        }
    }
    let last = lines.next()?;
    (last.trim_end() == "end").then_some((length + last.len(), content))
}

/// Adds what a line stands for: a letter says how many bytes there are, then four stand for three each.
fn decode(line: &[u8], content: &mut Vec<u8>) -> Option<()> {
    let (count, letters) = line.split_first()?;
    let count = usize::from(value(*count)?);
    if letters.len() != count.div_ceil(3) * 4 {
        return None;
    }
    let end = content.len() + count;
    for four in letters.chunks_exact(4) {
        let bits = four.iter().try_fold(0, |bits, letter| {
            Some(bits << 6 | u32::from(value(*letter)?))
        })?;
        content.extend_from_slice(&bits.to_be_bytes()[1..]);
    }
    content.truncate(end);
    Some(())
}

/// What a letter stands for. Zero is a space or, where spaces get lost, a grave accent.
fn value(letter: u8) -> Option<u8> {
    matches!(letter, b' '..=b'`').then(|| letter.wrapping_sub(b' ') & 0x3f)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CAT: &str = "begin 644 cat.txt\n#0V%T\n`\nend\n";

    fn named(parted: &Parted) -> Vec<(&str, &[u8])> {
        let files = parted.files.iter();
        files
            .map(|it| (it.name.as_str(), it.content.as_slice()))
            .collect()
    }

    #[test]
    fn files_come_out_of_the_text_around_them() {
        let text = format!("Here.\n{CAT}And\r\n{}There.", CAT.replace('\n', "\r\n"));
        let parted = part(&text);
        assert_eq!(parted.text, "Here.\nAnd\r\nThere.");
        let cat = ("cat.txt", b"Cat".as_slice());
        assert_eq!(named(&parted), [cat, cat]);
    }

    #[test]
    fn a_name_is_no_way_to_a_folder() {
        let parted = part(&CAT.replace("cat.txt", "../../.ssh/a b"));
        assert_eq!(named(&parted), [("a b", b"Cat".as_slice())]);
    }

    #[test]
    fn what_is_not_wholly_a_file_stays_text() {
        for broken in [
            CAT.replace("begin 644", "begin 9"),
            CAT.replace("begin 644", "> begin 644"),
            CAT.replace(" cat.txt", ""),
            CAT.replace("#0V%T", "#0V%"),
            CAT.replace("#0V%T", "#0V%Tx"),
            CAT.replace("#0V%T", "#0v%T"),
            CAT.replace("`\n", ""),
            CAT.replace("end", "end of it"),
            CAT.replace("end\n", ""),
            "begin 644 the talk\nWe should end\nend\n".to_owned(),
        ] {
            let parted = part(&broken);
            assert_eq!(
                (parted.text.as_str(), parted.files.len()),
                (broken.as_str(), 0)
            );
        }
        // One that is whole may begin within one that is not.
        let parted = part(&format!("begin 600 a\nno\n{CAT}"));
        assert_eq!(
            (parted.text.as_str(), parted.files.len()),
            ("begin 600 a\nno\n", 1)
        );
    }

    fn encoded(content: &[u8]) -> String {
        let letter = |value: u32| match value {
            0 => '`',
            value => char::from_u32(value + 32).unwrap(),
        };
        let mut text = "begin 600 x\n".to_owned();
        for line in content.chunks(45) {
            text.push(letter(u32::try_from(line.len()).unwrap()));
            for three in line.chunks(3) {
                let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
                let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
                text.extend([18, 12, 6, 0].map(|shift| letter(bits >> shift & 0x3f)));
            }
            text.push('\n');
        }
        text + "`\nend\n"
    }

    proptest! {
        #[test]
        fn every_byte_comes_back(content in prop::collection::vec(any::<u8>(), 0..300)) {
            let parted = part(&encoded(&content));
            prop_assert_eq!(named(&parted), [("x", content.as_slice())]);
        }

        #[test]
        fn no_text_is_lost_where_nothing_is_a_file(text in "(begin 644 a\n|[ -`]{0,5}\n|end\n){0,9}") {
            let parted = part(&text);
            if parted.files.is_empty() {
                prop_assert_eq!(parted.text, text);
            }
        }
    }
}
