//! What each character may do to a terminal or to a reader.

use unicode_width::UnicodeWidthChar;

/// The kinds of characters that cleaning tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Plain,
    Break,
    Tab,
    /// Takes no cell of its own and changes the one before.
    Mark,
    /// Joins emoji, or shapes the letters of some scripts; elsewhere it only hides.
    Joiner,
    /// Has no look of its own and no honest use: it goes.
    Hidden,
    /// Acts on a terminal: its picture is shown in its place.
    Pictured(char),
    /// Turns the text around: its name is shown in its place.
    Named(&'static str),
}

/// The class of a character.
pub(super) fn of(c: char) -> Class {
    match c {
        ' '..='~' => Class::Plain,
        '\t' => Class::Tab,
        '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        '\0'..='\u{1f}' => Class::Pictured(picture_of(c)),
        '\u{7f}' => Class::Pictured('\u{2421}'),
        '\u{80}'..='\u{9f}' => Class::Pictured(char::REPLACEMENT_CHARACTER),
        '\u{202d}' => Class::Named("‹LRO›"),
        '\u{202e}' => Class::Named("‹RLO›"),
        '\u{200c}'..='\u{200f}' | '\u{61c}' => Class::Joiner,
        _ if is_hidden(c) => Class::Hidden,
        _ if UnicodeWidthChar::width(c) == Some(0) => Class::Mark,
        _ => Class::Plain,
    }
}

/// The pictures of the ASCII controls stand in their order.
fn picture_of(control: char) -> char {
    char::from_u32(0x2400 + u32::from(control)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Characters without a look. Embeddings and isolates are among them: without them the text
/// reads in the order in which it was written. So are variation selectors: terminals disagree
/// on the width of what they choose, and any number of them can carry hidden bytes.
fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'                        // soft hyphen
        | '\u{34f}'                     // combining grapheme joiner
        | '\u{115f}' | '\u{1160}'       // Hangul fillers
        | '\u{17b4}' | '\u{17b5}'       // Khmer inherent vowels
        | '\u{180b}'..='\u{180f}'       // Mongolian selectors and vowel separator
        | '\u{200b}'                    // zero width space
        | '\u{202a}'..='\u{202c}'       // embeddings and their end
        | '\u{2060}'..='\u{206f}'       // word joiner, invisible operators, isolates, deprecated
        | '\u{3164}' | '\u{ffa0}'       // Hangul fillers
        | '\u{fe00}'..='\u{fe0f}'       // variation selectors
        | '\u{feff}'                    // byte order mark
        | '\u{fff9}'..='\u{fffb}'       // interlinear annotation
        | '\u{1bca0}'..='\u{1bca3}'     // shorthand format controls
        | '\u{1d173}'..='\u{1d17a}'     // musical format controls
        | '\u{e0000}'..='\u{e0fff}'     // tags and more selectors: sentences only machines read
    )
}

/// Whether a letter belongs to a script whose writing needs joiners or direction marks: from
/// Hebrew and Arabic to the scripts of India and South-East Asia, and Mongolian.
pub(super) fn is_shaped(c: char) -> bool {
    matches!(
        c,
        '\u{590}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{e80}'..='\u{109f}'
        | '\u{1780}'..='\u{18af}' | '\u{1b00}'..='\u{1bff}' | '\u{a8e0}'..='\u{a8ff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}'
    )
}

/// Whether a character is a picture that can be joined with another, or a skin tone.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
