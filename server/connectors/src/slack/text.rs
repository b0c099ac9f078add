//! Slack's language of marks: what stands between `<` and `>` in what it sends becomes words, and what
//! agents write becomes text in which nothing acts but what they meant.

use crate::channel::Names;

/// A piece of a text as Slack sends it.
enum Piece<'a> {
    Words(&'a str),
    /// What stands between the angle brackets. Those that somebody typed come escaped.
    Mark(&'a str),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('<')
            && let Some(end) = inner.find('>')
        {
            rest = &inner[end + 1..];
            return Some(Piece::Mark(&inner[..end]));
        }
        let from = usize::from(rest.starts_with('<'));
        let end = rest[from..].find('<').map_or(rest.len(), |at| from + at);
        let (words, after) = rest.split_at(end);
        rest = after;
        Some(Piece::Words(words))
    })
}

/// The users and channels a text names.
pub(super) fn named(text: &str) -> Vec<String> {
    let marks = pieces(text).filter_map(|piece| match piece {
        Piece::Mark(mark) => Some(mark),
        Piece::Words(_) => None,
    });
    let ids = marks.filter_map(|mark| {
        let (id, label) = split(mark.strip_prefix(['@', '#'])?);
        (label.is_none() || mark.starts_with('@')).then(|| id.to_owned())
    });
    ids.filter(|id| is_id(id)).collect()
}

/// Ids are put into addresses.
pub(super) fn is_id(text: &str) -> bool {
    (2..=32).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// A text as Slack sends it, in words.
pub(super) fn plain(text: &str, names: &Names) -> String {
    let mut plain = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => plain.push_str(&unescaped(words)),
            Piece::Mark(mark) => plain.push_str(&said(mark, names)),
        }
    }
    plain
}

fn split(mark: &str) -> (&str, Option<&str>) {
    match mark.split_once('|') {
        Some((target, label)) => (target, Some(label).filter(|it| !it.is_empty())),
        None => (mark, None),
    }
}

/// A mark in words.
fn said(mark: &str, names: &Names) -> String {
    let (target, label) = split(mark);
    let named = |id: &str, sign: char| {
        let known = names.get(id).map(|it| it.short.clone());
        let label = label.map(|it| unescaped(it).trim_start_matches(sign).to_owned());
        let name = known.or(label).unwrap_or_else(|| id.to_owned());
        format!("{sign}{name}")
    };
    if let Some(id) = target.strip_prefix('@') {
        return named(id, '@');
    }
    if let Some(id) = target.strip_prefix('#') {
        return named(id, '#');
    }
    if let Some(command) = target.strip_prefix('!') {
        let word = command.split('^').next().unwrap_or_default();
        return match (word, label) {
            ("here" | "channel" | "everyone", _) => format!("@{word}"),
            (_, Some(label)) => unescaped(label),
            (_, None) => format!("<{}>", unescaped(command)),
        };
    }
    let address = unescaped(target);
    let bare = ["mailto:", "tel:"]
        .iter()
        .find_map(|it| address.strip_prefix(it));
    let shown = bare.unwrap_or(&address);
    match label.map(unescaped) {
        // A label may say one address and lead to another, so both are shown.
        Some(label) if label != shown && !is_short_for(&label, shown) => {
            format!("{label} ({shown})")
        }
        _ => shown.to_owned(),
    }
}

/// Slack leaves the scheme out where somebody typed none.
fn is_short_for(label: &str, address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.trim_end_matches('/') == label
}

/// Slack escapes three characters and no others; what was typed as an entity comes escaped twice.
fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        c => out.push(c),
    }
}

/// What could act, as text.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| escape(c, &mut out));
    out
}

/// What an agent wrote, in Slack's marks: bold, struck out and links as Markdown writes them; all
/// else, and all code, as it is.
pub(super) fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '`' {
            let fence = rest.len() - rest.trim_start_matches('`').len();
            let (open, after) = rest.split_at(fence);
            let end = after.find(open).map_or(after.len(), |at| at + fence);
            out.push_str(open);
            out.push_str(&escaped(&after[..end]));
            rest = &after[end..];
        } else if let Some((mark, after)) = link(rest).or_else(|| emphasis(rest)) {
            out.push_str(&mark);
            rest = after;
        } else {
            escape(c, &mut out);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// A link at the beginning, and what comes after it.
fn link(text: &str) -> Option<(String, &str)> {
    let (label, after) = text.strip_prefix('[')?.split_once("](")?;
    let (address, after) = after.split_once(')')?;
    let leads_out = ["https://", "http://", "mailto:"]
        .iter()
        .any(|it| address.starts_with(it));
    let is_plain = !label.is_empty() && !label.contains(['[', ']', '\n', '|']);
    if !leads_out || !is_plain || address.contains(|c: char| c.is_whitespace() || c == '|') {
        return None;
    }
    Some((format!("<{}|{}>", escaped(address), escaped(label)), after))
}

/// Bold or struck out at the beginning, and what comes after it.
fn emphasis(text: &str) -> Option<(String, &str)> {
    let (sign, mark) = match text.get(..2)? {
        "**" => ("**", '*'),
        "~~" => ("~~", '~'),
        _ => return None,
    };
    let (inner, after) = text[2..].split_once(sign)?;
    let is_plain = !inner.is_empty() && inner.trim() == inner && !inner.contains(['\n', '`', mark]);
    is_plain.then(|| (format!("{mark}{}{mark}", escaped(inner)), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Known;

    fn names() -> Names {
        let known = |short: &str| Known {
            short: short.to_owned(),
            ..Known::default()
        };
        Names::from([
            ("U1".to_owned(), known("ada")),
            ("C1".to_owned(), known("orders")),
        ])
    }

    #[test]
    fn marks_become_words() {
        for (sent, shown) in [
            (
                "hi <@U1>, see <#C1> or <#C2|lost>",
                "hi @ada, see #orders or #lost",
            ),
            ("<@U9> <@W9|bob>", "@U9 @bob"),
            (
                "<!here> <!channel> <!subteam^S1|@helpers>",
                "@here @channel @helpers",
            ),
            (
                "<!date^1392734382^{date}|18 February 2014>",
                "18 February 2014",
            ),
            ("<https://a.test/?x=1&amp;y=2>", "https://a.test/?x=1&y=2"),
            (
                "<http://a.test|a.test> <mailto:a@b.test|a@b.test>",
                "http://a.test a@b.test",
            ),
            (
                "<https://evil.test|https://bank.test>",
                "https://bank.test (https://evil.test)",
            ),
            ("1 &lt; 2 &amp;&amp; &amp;lt;", "1 < 2 && &lt;"),
            ("unclosed <@U1 and <", "unclosed <@U1 and <"),
            ("<>", ""),
        ] {
            assert_eq!(plain(sent, &names()), shown, "{sent}");
        }
        assert_eq!(
            named("<@U1> <#C1> <#C2|lost> <@../x> <!here>"),
            ["U1", "C1"]
        );
    }

    #[test]
    fn what_an_agent_writes_rings_nobody() {
        for (written, sent) in [
            ("<!channel> & <@U1>", "&lt;!channel&gt; &amp; &lt;@U1&gt;"),
            ("**now** and ~~then~~", "*now* and ~then~"),
            (
                "[our page](https://a.test/?x&y)",
                "<https://a.test/?x&amp;y|our page>",
            ),
            ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
            ("[a|b](https://a.test)", "[a|b](https://a.test)"),
            ("`**a** <b>` **c**", "`**a** &lt;b&gt;` *c*"),
            (
                "```\n[x](https://a.test)\n```",
                "```\n[x](https://a.test)\n```",
            ),
            ("2 ** 3 ** 4, ****, `open", "2 ** 3 ** 4, ****, `open"),
        ] {
            assert_eq!(marked(written), sent, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_without_marks_comes_back_as_it_was(text in "[^*~`\\[]*") {
            proptest::prop_assert_eq!(plain(&marked(&text), &Names::new()), text);
        }

        #[test]
        fn no_text_can_break_it(text in "[<>|@#!&;*~`\\[\\]()a-cé]*") {
            plain(&text, &names());
            named(&text);
            marked(&text);
        }
    }
}
