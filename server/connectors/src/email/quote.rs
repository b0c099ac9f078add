//! Finds what a mail repeats of earlier ones and its signature. In doubt everything is shown: a
//! quote too much is a nuisance, a sentence too few is a loss.

/// A text in its three parts, which together are the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split<'t> {
    pub written: &'t str,
    pub signature: &'t str,
    pub quoted: &'t str,
}

/// Splits a mail's text into what was written, the signature below it and what is quoted last.
#[must_use]
pub fn split(text: &str) -> Split<'_> {
    let history = history(text).filter(|at| !text[..*at].trim().is_empty());
    let (own, quoted) = text.split_at(history.unwrap_or(text.len()));
    let mark = signature(own).filter(|at| !own[..*at].trim().is_empty());
    let (written, signature) = own.split_at(mark.unwrap_or(own.len()));
    Split {
        written,
        signature,
        quoted,
    }
}

/// Lines with the place where each begins.
fn lines(text: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let begins = at;
            at += line.len();
            (begins, line.trim_end_matches(['\n', '\r']))
        })
        .collect()
}

fn signature(text: &str) -> Option<usize> {
    let lines = lines(text);
    let found = lines.iter().rev().find(|(_, line)| *line == "-- ");
    found.map(|(at, _)| *at)
}

/// Where what is repeated begins: a separator that mail programs write, or a run of quoted lines
/// that lasts to the end, with the line above that says who wrote them.
fn history(text: &str) -> Option<usize> {
    let lines = lines(text);
    let separator = lines.iter().find(|(_, line)| is_separator(line));
    if let Some((at, _)) = separator {
        return Some(*at);
    }
    let quiet = |(_, line): &&(usize, &str)| line.trim().is_empty() || line.starts_with('>');
    let run = lines.iter().rev().take_while(quiet).count();
    let begin = lines.len() - run;
    let first = begin
        + lines[begin..]
            .iter()
            .position(|(_, line)| line.starts_with('>'))?;
    let said = attribution(&lines[..begin]).unwrap_or(first);
    Some(lines[said].0)
}

fn is_separator(line: &str) -> bool {
    const WORDS: [&str; 7] = [
        "original message",
        "ursprüngliche nachricht",
        "message d'origine",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
    ];
    let inner = line.trim().trim_matches('-').trim().to_lowercase();
    line.trim_start().starts_with("--") && WORDS.contains(&inner.as_str())
}

/// The line that says who wrote what follows; programs break it in two when it is long. Every
/// language has its own words, so what counts is the colon at its end and a year or a time in it.
fn attribution(above: &[(usize, &str)]) -> Option<usize> {
    let last = above.len().checked_sub(1)?;
    let line = above[last].1.trim_end();
    if !line.ends_with(':') {
        return None;
    }
    let dated = |line: &str| line.bytes().filter(u8::is_ascii_digit).count() >= 4;
    if dated(line) {
        return Some(last);
    }
    let before = last.checked_sub(1)?;
    dated(above[before].1).then_some(before)
}
