//! The texts: every control character, the sequences that terminals know, and what turns, hides
//! or floods.

/// What follows the character that introduces a sequence, and may end it.
const SEQUENCES: &[&str] = &[
    "[2J",
    "[31m",
    "[6n",
    "[c",
    "[?1049l",
    "[?2004l",
    "[201~",
    "[>4;2m",
    "]0;a title\u{7}",
    "]2;a title\u{1b}\\",
    "]52;c;aGk=\u{7}",
    "]8;;http://evil.example\u{1b}\\a link\u{1b}]8;;\u{1b}\\",
    "]777;notify;a;b\u{7}",
    "]1337;File=name=a:aGk=\u{7}",
    "P+q544e\u{1b}\\",
    "_Gi=1,a=q;AAAA\u{1b}\\",
    "^private\u{1b}\\",
    "c",
    "#8",
    "(0",
    "[",
    "]",
];

/// The same introducers as one character, in UTF-8.
const SEQUENCES_OF_ONE: &[&str] = &[
    "\u{9b}2J",
    "\u{9b}31m",
    "\u{9d}52;c;aGk=\u{9c}",
    "\u{9d}0;a title\u{9c}",
    "\u{90}q\u{9c}",
    "\u{9f}Gi=1\u{9c}",
    "\u{9e}x\u{9c}",
    "\u{98}x\u{9c}",
];

/// Characters that turn text around, hide in it, or part its lines.
const UNSEEN: &[std::ops::RangeInclusive<char>] = &[
    '\u{ad}'..='\u{ad}',
    '\u{34f}'..='\u{34f}',
    '\u{61c}'..='\u{61c}',
    '\u{115f}'..='\u{1160}',
    '\u{180e}'..='\u{180e}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{2069}',
    '\u{3164}'..='\u{3164}',
    '\u{fe00}'..='\u{fe0f}',
    '\u{feff}'..='\u{feff}',
    '\u{ffa0}'..='\u{ffa0}',
    '\u{fff9}'..='\u{fffb}',
    '\u{e0001}'..='\u{e0001}',
    '\u{e0020}'..='\u{e007f}',
];

/// How many texts share a field.
const TOGETHER: usize = 24;

/// All small texts, some in each.
pub(super) fn groups() -> Vec<String> {
    let controls = ('\0'..='\u{1f}').chain('\u{7f}'..='\u{9f}');
    let unseen = UNSEEN.iter().flat_map(Clone::clone);
    let characters = controls.chain(unseen).map(|c| format!("a{c}b"));
    let escaped = SEQUENCES.iter().map(|it| format!("\u{1b}{it}"));
    let of_one = SEQUENCES_OF_ONE.iter().map(|it| (*it).to_owned());
    let flood = format!("a{}b", "\u{301}".repeat(500));
    let all: Vec<String> = characters
        .chain(escaped)
        .chain(of_one)
        .chain([flood])
        .collect();
    all.chunks(TOGETHER).map(|it| it.join(" ")).collect()
}

/// Texts that are too much.
pub(super) fn floods() -> [String; 2] {
    ["long ".repeat(200_000), "line\n".repeat(50_000)]
}

/// Whether a character acts on a terminal or on a reader wherever it stands.
pub(super) fn acts(c: char) -> bool {
    c.is_control() || UNSEEN.iter().any(|it| it.contains(&c))
}
