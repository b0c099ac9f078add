//! What kind of content a file has: by its first bytes where they tell, else by what the sender
//! said, unless that would make a browser run or draw something that is not what it says.

/// What nothing better is known of.
const UNKNOWN: &str = "application/octet-stream";

/// The longest name of a kind that is believed.
const LONGEST: usize = 100;

/// The first bytes of well-known kinds.
const KNOWN: &[(&[u8], &str)] = &[
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
];

/// The kind of a file that begins with `head` and was sent as `said`.
pub(crate) fn kind_of(head: &[u8], said: Option<&str>) -> String {
    if let Some((_, kind)) = KNOWN.iter().find(|(bytes, _)| head.starts_with(bytes)) {
        return (*kind).to_owned();
    }
    if head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP") {
        return "image/webp".to_owned();
    }
    let said = said.unwrap_or(UNKNOWN).to_ascii_lowercase();
    let bare = said.split(';').next().unwrap_or_default().trim();
    if is_believed(bare) {
        bare.to_owned()
    } else {
        UNKNOWN.to_owned()
    }
}

fn is_believed(kind: &str) -> bool {
    let Some((group, name)) = kind.split_once('/') else {
        return false;
    };
    let is_word = |word: &str| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let active = ["html", "xml", "script", "svg", "flash", "wasm"];
    kind.len() <= LONGEST
        && is_word(group)
        && is_word(name)
        // Every image we would show is known by its bytes.
        && group != "image"
        && group != "multipart"
        && !active.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::kind_of;

    #[test]
    fn bytes_tell_more_than_words() {
        let png = b"\x89PNG\r\n\x1a\n....";
        assert_eq!(kind_of(png, Some("text/html")), "image/png");
        assert_eq!(kind_of(b"RIFF\0\0\0\0WEBPVP8 ", None), "image/webp");
        assert_eq!(kind_of(b"%PDF-1.7", Some("image/png")), "application/pdf");
    }

    #[test]
    fn words_are_believed_unless_they_act() {
        assert_eq!(kind_of(b"a,b", Some("text/csv; charset=utf-8")), "text/csv");
        assert_eq!(kind_of(b"hello", Some("Text/Plain")), "text/plain");
        for said in [
            "text/html",
            "image/svg+xml",
            "application/xhtml+xml",
            "text/javascript",
            "image/png",
            "nonsense",
            "text/",
            "text/pl ain",
            "text/plain\r\nx: y",
        ] {
            assert_eq!(
                kind_of(b"<b>", Some(said)),
                "application/octet-stream",
                "{said}"
            );
        }
        assert_eq!(kind_of(b"", None), "application/octet-stream");
    }
}
