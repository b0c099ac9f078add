//! Letters as terms hold them: in lower case and without accents.

/// Plain letters, and the Latin letters that are found by them.
const PLAIN: [(&str, &str); 25] = [
    ("a", "àáâãäåāăąǎạảấầẩẫậắằẳẵặ"),
    ("ae", "æ"),
    ("c", "çćĉċč"),
    ("d", "ďđð"),
    ("e", "èéêëēĕėęěẹẻẽếềểễệ"),
    ("g", "ĝğġģ"),
    ("h", "ĥħ"),
    ("i", "ìíîïĩīĭįıỉị"),
    ("j", "ĵ"),
    ("k", "ķ"),
    ("l", "ĺļľŀł"),
    ("n", "ñńņň"),
    ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợ"),
    ("oe", "œ"),
    ("r", "ŕŗř"),
    ("s", "śŝşšș"),
    ("ss", "ß"),
    ("t", "ţťŧț"),
    ("th", "þ"),
    ("u", "ùúûüũūŭůűųưụủứừửữự"),
    ("w", "ŵ"),
    ("y", "ýÿŷỳỵỷỹ"),
    ("z", "źżž"),
    // Marks that stand for themselves, after their letter.
    (
        "",
        "\u{300}\u{301}\u{302}\u{303}\u{304}\u{306}\u{307}\u{308}\u{309}\u{30a}\u{30b}\u{30c}",
    ),
    ("", "\u{31b}\u{323}\u{326}\u{327}\u{328}\u{331}"),
];

/// Writes a character in lower case and without its accent.
pub(super) fn fold(it: char, out: &mut String) {
    if it.is_ascii() {
        out.push(it.to_ascii_lowercase());
        return;
    }
    for it in it.to_lowercase() {
        match plain(it) {
            Some(text) => out.push_str(text),
            None => out.push(it),
        }
    }
}

fn plain(it: char) -> Option<&'static str> {
    if !matches!(u32::from(it), 0xC0..=0x24F | 0x300..=0x36F | 0x1E00..=0x1EFF) {
        return None;
    }
    PLAIN
        .iter()
        .find(|(_, accented)| accented.contains(it))
        .map(|(text, _)| *text)
}
