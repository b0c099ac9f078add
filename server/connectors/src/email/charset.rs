//! Which letters the bytes of a mail mean where it does not say so, or says what cannot be: UTF-8 where
//! they are that, else what the text looks like. What a mail says of itself counts before any guess.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use std::borrow::Cow;

/// By which texts in seven bits change their letters.
const ESCAPE: u8 = 0x1b;

/// Names that say no more than that nothing was said; who writes them often sends more than ASCII.
const ASCII: [&str; 3] = ["us-ascii", "ascii", "ansi_x3.4-1968"];

/// What a part says.
pub(super) fn text<'p>(message: &'p Message<'_>, part: &'p MessagePart<'_>) -> Cow<'p, str> {
    let bytes = bytes(message, part);
    if is_told(part) || is_plain(&bytes) {
        return String::from_utf8_lossy(part.contents());
    }
    match bytes {
        Cow::Borrowed(bytes) => read(bytes),
        Cow::Owned(bytes) => Cow::Owned(read(&bytes).into_owned()),
    }
}

/// The bytes of a part as they were sent: those of a text, too, whatever letters they mean.
pub(super) fn bytes<'p>(message: &'p Message<'_>, part: &'p MessagePart<'_>) -> Cow<'p, [u8]> {
    let shown = part.contents();
    if matches!(part.body, PartType::Text(_) | PartType::Html(_))
        && let Some(sent) = sent(message, part)
        && by_the_parser(part, &sent).as_bytes() == shown
    {
        return sent;
    }
    Cow::Borrowed(shown)
}

/// The mail with headers in UTF-8, where some were sent in other letters without saying so.
pub(super) fn with_headers_in_utf8(raw: &[u8], message: &Message<'_>) -> Option<Vec<u8>> {
    let mut told = Vec::new();
    let mut done = 0;
    for part in &message.parts {
        let header = part.raw_header_offset() as usize..part.raw_body_offset() as usize;
        let Some(bytes) = raw.get(header.clone()) else {
            continue;
        };
        if header.start >= done && !is_utf8(bytes) {
            told.extend_from_slice(&raw[done..header.start]);
            told.extend_from_slice(read(bytes).as_bytes());
            done = header.end;
        }
    }
    (done > 0).then(|| {
        told.extend_from_slice(&raw[done..]);
        told
    })
}

/// Whether the part names letters that can be told.
fn is_told(part: &MessagePart<'_>) -> bool {
    charset(part).is_some_and(|name| {
        let says_nothing = ASCII.iter().any(|it| name.eq_ignore_ascii_case(it));
        !says_nothing && charset_decoder(name.as_bytes()).is_some()
    })
}

fn charset<'p>(part: &'p MessagePart<'_>) -> Option<&'p str> {
    part.content_type()?.attribute("charset")
}

/// The bytes between the part's header and its end, without what they were wrapped in.
fn sent<'m>(message: &'m Message<'_>, part: &MessagePart<'_>) -> Option<Cow<'m, [u8]>> {
    let place = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let wrapped = message.raw_message.get(place)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(wrapped)),
        Encoding::Base64 => base64_decode(wrapped).map(Cow::Owned),
        Encoding::QuotedPrintable => quoted_printable_decode(wrapped).map(Cow::Owned),
    }
}

/// What the parser makes of these bytes: where it made the same of the part, they are the part's.
fn by_the_parser<'b>(part: &MessagePart<'_>, bytes: &'b [u8]) -> Cow<'b, str> {
    match charset(part).and_then(|name| charset_decoder(name.as_bytes())) {
        Some(decode) => Cow::Owned(decode(bytes)),
        None => String::from_utf8_lossy(bytes),
    }
}

/// Whether the bytes mean the same in all letters that anybody sends without saying so.
fn is_plain(bytes: &[u8]) -> bool {
    bytes.is_ascii() && !bytes.contains(&ESCAPE)
}

/// Whether the bytes are UTF-8. A few that were damaged on the way do not make them anything else.
fn is_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|it| !it.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    broken == 0 || letters > broken
}

/// Reads bytes that nobody told the letters of.
fn read(bytes: &[u8]) -> Cow<'_, str> {
    if is_utf8(bytes) && !bytes.contains(&ESCAPE) {
        return String::from_utf8_lossy(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Allow);
    guessed.decode_without_bom_handling(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_KR, Encoding, KOI8_R, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
    use encoding_rs::{ISO_2022_JP, UTF_8, WINDOWS_1253};

    #[test]
    fn what_nobody_named_is_read_as_it_was_meant() {
        let table: [(&Encoding, &str); 9] = [
            (UTF_8, "Grüße"),
            (WINDOWS_1252, "Grüße"),
            (WINDOWS_1252, "C’est déjà réglé, merci à vous."),
            (WINDOWS_1251, "Здравствуйте, где мой заказ?"),
            (KOI8_R, "Здравствуйте, где мой заказ?"),
            (WINDOWS_1253, "Καλημέρα, πού είναι η παραγγελία μου;"),
            (SHIFT_JIS, "注文した商品はどこですか？"),
            (ISO_2022_JP, "注文した商品はどこですか？"),
            (EUC_KR, "주문한 물건은 어디에 있습니까?"),
        ];
        for (encoding, said) in table {
            let (bytes, ..) = encoding.encode(said);
            assert_eq!(read(&bytes), said, "{}", encoding.name());
        }
    }

    #[test]
    fn a_letter_that_was_damaged_makes_no_other_letters_of_the_rest() {
        let mut bytes = "Grüße aus Köln".as_bytes().to_vec();
        bytes.push(0xc3);
        assert_eq!(read(&bytes), "Grüße aus Köln\u{fffd}");
    }
}
