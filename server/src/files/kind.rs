//! What kind of content a file has: by its first bytes where they tell, else by what the sender
//! said, unless that would make a browser run or draw something that is not what it says.

/// What nothing better is known of.
const UNKNOWN: &str = "application/octet-stream";

/// The longest name of a kind that is believed.
const LONGEST: usize = 100;

/// The kind of a file that begins with `head` and was sent as `said`.
pub(crate) fn kind_of(head: &[u8], said: Option<&str>) -> String {
    let said = said.unwrap_or(UNKNOWN).to_ascii_lowercase();
    let said = said.split(';').next().unwrap_or_default().trim();
    // Some signatures are two letters long, and a text may begin with those.
    let text = said.starts_with("text/") && is_text(head);
    match infer::get(head) {
        Some(found) if !text && !is_active(found.mime_type()) => found.mime_type().to_owned(),
        Some(_) if !text => UNKNOWN.to_owned(),
        _ if is_believed(said) => said.to_owned(),
        _ => UNKNOWN.to_owned(),
    }
}

/// Whether these bytes are what a person could have typed. A letter may have been cut in the middle.
fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    valid
        .chars()
        .all(|c| !c.is_control() || "\t\n\r".contains(c))
}

/// Whether a browser would run it, or draw what it says.
fn is_active(kind: &str) -> bool {
    ["html", "xml", "script", "svg", "flash", "wasm"]
        .iter()
        .any(|word| kind.contains(word) && !kind.contains("officedocument"))
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
    kind.len() <= LONGEST
        && is_word(group)
        && is_word(name)
        // Every image we would show is known by its bytes.
        && group != "image"
        && group != "multipart"
        && !is_active(kind)
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
    fn a_text_may_begin_like_something_else() {
        let bmp = b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0";
        assert_eq!(kind_of(bmp, Some("text/plain")), "image/bmp");
        assert_eq!(kind_of(b"BMW, price list", Some("text/csv")), "text/csv");
        let cut = "Grüße".as_bytes();
        assert_eq!(kind_of(&cut[..3], Some("text/plain")), "text/plain");
        let page = b"<!DOCTYPE html><script>alert(1)</script>";
        assert_eq!(
            kind_of(page, Some("application/pdf")),
            "application/octet-stream"
        );
        assert_eq!(kind_of(b"PK\x03\x04", Some("image/png")), "application/zip");
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
