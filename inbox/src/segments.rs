//! How many text messages a text becomes, and what they cost in letters.
//!
//! A message has 140 bytes. In the GSM alphabet of 7 bits that is 160 letters, in UCS-2 it is
//! 70; a text of several messages spends seven or three of them on putting it together again.
//! One letter outside the GSM alphabet turns the whole text to UCS-2.

/// The alphabet every phone has, each letter one unit.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?\
¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// Letters that take two units: a sign that another table is meant, and the letter.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// What a text takes as text messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    pub count: usize,
    /// Units the last message uses.
    pub used: usize,
    /// Units the last message has.
    pub room: usize,
    pub encoding: Encoding,
    /// The first letter that the GSM alphabet does not have.
    pub forced_by: Option<char>,
}

/// How letters become bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Gsm7,
    Ucs2,
}

impl Encoding {
    /// The units of a message alone, and of one among several.
    const fn rooms(self) -> (usize, usize) {
        match self {
            Self::Gsm7 => (160, 153),
            Self::Ucs2 => (70, 67),
        }
    }

    /// The units of a letter.
    fn units(self, letter: char) -> usize {
        match self {
            Self::Gsm7 if EXTENDED.contains(letter) => 2,
            Self::Gsm7 => 1,
            Self::Ucs2 => letter.len_utf16(),
        }
    }
}

/// What a text takes as text messages.
#[must_use]
pub fn of(text: &str) -> Segments {
    let is_foreign = |letter: &char| !BASIC.contains(*letter) && !EXTENDED.contains(*letter);
    let forced_by = text.chars().find(is_foreign);
    let encoding = match forced_by {
        Some(_) => Encoding::Ucs2,
        None => Encoding::Gsm7,
    };
    let (alone, among) = encoding.rooms();
    let total: usize = text.chars().map(|letter| encoding.units(letter)).sum();
    let (count, used, room) = if total <= alone {
        (1, total, alone)
    } else {
        let (full, used) = fill(text, encoding, among);
        (full + 1, used, among)
    };
    Segments {
        count,
        used,
        room,
        encoding,
        forced_by,
    }
}

/// How many messages are full, and what the one after them uses. A letter of two units is never
/// divided between messages, so the last unit of one may stay empty.
fn fill(text: &str, encoding: Encoding, room: usize) -> (usize, usize) {
    let (mut full, mut used) = (0, 0);
    for letter in text.chars() {
        let units = encoding.units(letter);
        if used + units > room {
            full += 1;
            used = 0;
        }
        used += units;
    }
    (full, used)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shape(text: &str) -> (usize, usize, usize) {
        let it = of(text);
        (it.count, it.used, it.room)
    }

    #[test]
    fn messages_fill_one_after_the_other() {
        assert_eq!(shape(""), (1, 0, 160));
        assert_eq!(shape(&"a".repeat(160)), (1, 160, 160));
        assert_eq!(shape(&"a".repeat(161)), (2, 8, 153));
        assert_eq!(shape(&"a".repeat(306)), (2, 153, 153));
        assert_eq!(shape(&"a".repeat(307)), (3, 1, 153));
        assert_eq!(shape(&"ж".repeat(70)), (1, 70, 70));
        assert_eq!(shape(&"ж".repeat(71)), (2, 4, 67));
        assert_eq!(shape("😀"), (1, 2, 70));
    }

    #[test]
    fn letters_of_the_second_table_take_two() {
        assert_eq!(shape("€"), (1, 2, 160));
        assert_eq!(shape("[{|}]~^\\"), (1, 16, 160));
        // The 153rd unit of the first message stays empty: the sign does not fit into it.
        let text = format!("{}€{}", "a".repeat(152), "a".repeat(20));
        assert_eq!(shape(&text), (2, 22, 153));
    }

    #[test]
    fn the_letter_that_turns_the_alphabet_is_named() {
        assert_eq!(of("Hi, é is fine").forced_by, None);
        assert_eq!(of("Hi, “quoted”").forced_by, Some('“'));
        assert_eq!(of("Hi, “quoted”").encoding, Encoding::Ucs2);
        assert_eq!(of("ça").forced_by, Some('ç'));
        assert_eq!(of("Ça").forced_by, None);
        assert_eq!(of("a…").forced_by, Some('…'));
    }

    #[test]
    fn the_alphabet_has_its_size() {
        // 128 places, one of which is the way to the second table.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENDED.chars().count(), 10);
    }

    proptest! {
        #[test]
        fn no_message_is_over_full(text in "[a-z€ж]{0,400}") {
            let it = of(&text);
            prop_assert!(it.used <= it.room);
            prop_assert!(it.count == 1 || it.used > 0);
        }
    }
}
