//! Who may call which route: `table.txt`, read.

/// Who may call a route, by the least they need to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    /// Anybody, and it works for anybody.
    Anyone,
    /// Anybody; what comes of it depends on what is sent, so only harm is looked for.
    Open,
    /// Anybody, but it would end the session that asks.
    SignsOut,
    /// Visitors as visitors; who is signed in needs what [`Who::Work`] needs.
    Mixed,
    /// Everybody in the account, and every key.
    Read,
    /// Everybody in the account, and keys that may write: it is about oneself.
    Own,
    /// As [`Who::Own`], but what is sent is a guess, so that nobody gets further.
    Proven,
    /// Members, and keys that may write.
    Work,
    /// Members, and keys that may do everything.
    Keys,
    /// Admins, and keys that may do everything.
    Admin,
}

/// A line of the table.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) who: Who,
    /// The names of the rows in the path, with commas between; empty when there are none.
    pub(crate) rows: &'static str,
    /// The query, the body, or nothing.
    pub(crate) send: &'static str,
}

/// Every line.
pub(crate) fn all() -> Vec<Line> {
    let lines = include_str!("table.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(read).collect()
}

fn read(line: &'static str) -> Line {
    let (method, rest) = line.split_once(' ').unwrap();
    let mut parts = rest.trim_start().splitn(4, ' ');
    let mut next = || parts.next().unwrap_or_default();
    Line {
        method,
        path: next(),
        who: who(next(), line),
        rows: next().trim_matches('-'),
        send: next(),
    }
}

fn who(text: &str, line: &str) -> Who {
    match text {
        "Anyone" => Who::Anyone,
        "Open" => Who::Open,
        "SignsOut" => Who::SignsOut,
        "Mixed" => Who::Mixed,
        "Read" => Who::Read,
        "Own" => Who::Own,
        "Proven" => Who::Proven,
        "Work" => Who::Work,
        "Keys" => Who::Keys,
        "Admin" => Who::Admin,
        other => panic!("{other} is nobody: {line}"),
    }
}
