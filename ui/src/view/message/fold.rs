//! Tells what somebody wrote from what their mail program added: quotes and signatures.

/// A run of lines that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Part<'a> {
    pub(super) kind: Kind,
    pub(super) lines: Vec<&'a str>,
}

/// What a run of lines is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Words,
    Quoted,
    Signature,
}

/// How far below its first line the others of a forwarded head may stand.
const HEAD_LINES: usize = 5;

/// The words between which mail programs name who wrote what they quote.
const WROTE: &[&str] = &[
    " wrote",
    " schrieb",
    " a écrit",
    " escribió",
    " ha scritto",
    " escreveu",
    " schreef",
    " skrev",
    " kirjoitti",
    " napisał",
];

/// The parts of a text, in order, without empty lines between them.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let lines: Vec<&str> = text.lines().collect();
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut rest = lines.as_slice();
    while !rest.is_empty() {
        let (kind, count) = next(rest);
        let (run, others) = rest.split_at(count);
        push(&mut parts, kind, run);
        rest = others;
    }
    for part in &mut parts {
        while part.lines.last().is_some_and(|line| line.trim().is_empty()) {
            part.lines.pop();
        }
    }
    parts.retain(|part| !part.lines.is_empty());
    parts
}

fn push<'a>(parts: &mut Vec<Part<'a>>, kind: Kind, run: &[&'a str]) {
    match parts.last_mut() {
        Some(last) if last.kind == kind => last.lines.extend(run),
        _ => parts.push(Part {
            kind,
            lines: run.to_vec(),
        }),
    }
}

/// What the first lines are, and how many of them.
fn next(lines: &[&str]) -> (Kind, usize) {
    if is_quoted(lines[0]) {
        return (Kind::Quoted, quoted_run(lines));
    }
    if is_signature_mark(lines[0]) {
        let end = lines[1..]
            .iter()
            .position(|line| is_quoted(line) || is_separator(line));
        return (Kind::Signature, end.map_or(lines.len(), |at| at + 1));
    }
    if is_separator(lines[0]) || is_mail_head(lines) {
        return (Kind::Quoted, lines.len());
    }
    match attribution(lines) {
        Some(count) => (Kind::Quoted, attributed(lines, count)),
        None => (Kind::Words, 1),
    }
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

/// A quote with the empty lines in it.
fn quoted_run(lines: &[&str]) -> usize {
    let is_end = |line: &&str| !is_quoted(line) && !line.trim().is_empty();
    let end = lines.iter().position(is_end).unwrap_or(lines.len());
    let last = lines[..end].iter().rposition(|line| is_quoted(line));
    last.map_or(1, |at| at + 1)
}

/// Two dashes and a space, which some programs trim.
fn is_signature_mark(line: &str) -> bool {
    line.trim_end() == "--"
}

/// `-----Original Message-----` in any language, or a line of underscores.
fn is_separator(line: &str) -> bool {
    let line = line.trim();
    let words = line.trim_matches('-').trim();
    let has_dashes = line.starts_with("-----") && line.ends_with("-----");
    let is_rule = line.len() >= 20 && line.bytes().all(|byte| byte == b'_');
    is_rule || (has_dashes && !words.is_empty() && words.len() < 40)
}

/// `From:`, and soon after it a date and a receiver or a subject: the head Outlook puts above
/// what it quotes.
fn is_mail_head(lines: &[&str]) -> bool {
    let name = |line: &str| {
        let (name, _) = line.trim_start_matches(['*', ' ']).split_once(':')?;
        Some(name.trim_end_matches('*').to_lowercase())
    };
    let first = name(lines[0]).unwrap_or_default();
    if !matches!(first.as_str(), "from" | "von" | "de" | "da" | "lähettäjä") {
        return false;
    }
    let below: Vec<String> = lines[1..]
        .iter()
        .take(HEAD_LINES)
        .filter_map(|line| name(line))
        .collect();
    let has = |names: &[&str]| below.iter().any(|it| names.contains(&it.as_str()));
    has(&[
        "sent",
        "date",
        "gesendet",
        "datum",
        "envoyé",
        "enviado",
        "inviato",
        "lähetetty",
    ]) && has(&[
        "to", "subject", "an", "betreff", "à", "objet", "para", "asunto", "a", "oggetto", "aihe",
    ])
}

/// How many lines say who wrote the quote below them: `On …, Dana wrote:`, on up to two lines.
fn attribution(lines: &[&str]) -> Option<usize> {
    let says = |text: &str| {
        let text = text.trim();
        text.len() < 300
            && text.ends_with(':')
            && text.chars().any(|c| c.is_ascii_digit())
            && WROTE.iter().any(|word| text.contains(word))
    };
    if says(lines[0]) {
        return Some(1);
    }
    let both = format!("{} {}", lines[0].trim(), lines.get(1)?.trim());
    let begins = lines[0].starts_with("On ") || lines[0].starts_with("Am ");
    (begins && says(&both)).then_some(2)
}

/// The quote below such a line: what is marked as one, or else everything that follows.
fn attributed(lines: &[&str], head: usize) -> usize {
    let gap = lines[head..]
        .iter()
        .take_while(|line| line.trim().is_empty())
        .count();
    let below = &lines[head + gap..];
    match below.first() {
        Some(first) if is_quoted(first) => head + gap + quoted_run(below),
        _ => lines.len(),
    }
}

#[cfg(test)]
mod tests;
