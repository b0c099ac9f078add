//! What each character may do to a reader.

/// The kinds of characters that cleaning tells apart.
pub(super) enum Class {
    Plain,
    Break,
    Tab,
    /// Stands over or under the letter before it.
    Mark,
    /// Chooses a form of the ideograph before it; anywhere else it can carry hidden bytes.
    Variant,
    /// Has no look of its own and no honest use in a message: it goes.
    Hidden,
    /// Acts on a terminal: its picture is shown in its place.
    Pictured(char),
    /// Turns the text around: its name is shown in its place.
    Named(&'static str),
}

/// The class of a character.
pub(super) fn of(c: char) -> Class {
    match c {
        '\t' => Class::Tab,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        '\0'..='\u{1f}' => Class::Pictured(picture_of(c)),
        '\u{7f}' => Class::Pictured('\u{2421}'),
        '\u{80}'..='\u{9f}' => Class::Pictured(char::REPLACEMENT_CHARACTER),
        '\u{202d}' => Class::Named("‹LRO›"),
        '\u{202e}' => Class::Named("‹RLO›"),
        _ if is_hidden(c) => Class::Hidden,
        _ if is_mark(c) => Class::Mark,
        '\u{e0100}'..='\u{e01ef}' => Class::Variant,
        _ => Class::Plain,
    }
}

/// Whether a character comes in forms that a variation selector may choose from.
pub(super) fn has_variants(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The pictures of the ASCII controls stand in their order.
fn picture_of(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Characters without a look. Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F,
/// U+061C) stay: Persian, emoji and punctuation in Hebrew and Arabic need them, and they reorder
/// no letters. Embeddings and isolates go, since telephones put them around copied numbers:
/// without them the text reads in the order in which it was written, which is the honest one.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'                        // soft hyphen
        | '\u{180e}'                    // Mongolian vowel separator
        | '\u{200b}'                    // zero width space
        | '\u{202a}'..='\u{202c}'       // embeddings and their end
        | '\u{2060}'..='\u{206f}'       // word joiner, invisible operators, isolates, deprecated
        | '\u{feff}'                    // byte order mark
        | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
        | '\u{1d173}'..='\u{1d17a}'     // musical format controls
        | '\u{e0000}'..='\u{e007f}'     // tags: whole sentences that only machines read
    )
}

fn is_mark(c: char) -> bool {
    matches!(
        c,
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}'
    )
}
