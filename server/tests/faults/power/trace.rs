//! What `strace` noted.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

/// Something that was done to a file of the database, and when it began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) at: Duration,
    pub(super) what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    Write {
        file: String,
        offset: usize,
        bytes: Vec<u8>,
    },
    Truncate {
        file: String,
        length: usize,
    },
    Sync {
        file: String,
    },
}

/// Reads the steps that concern this database, in their order. A call that another thread
/// interrupted stands in two lines: a write counts from its first, a sync from its second.
pub(super) fn read(noted: &Path, database: &Path) -> Vec<Step> {
    let name = database.display().to_string();
    let mut begun: BTreeMap<String, Step> = BTreeMap::new();
    let mut steps = Vec::new();
    for line in std::fs::read_to_string(noted).unwrap().lines() {
        let (thread, rest) = line.split_once(' ').unwrap();
        let (time, call) = rest.trim_start().split_once(' ').unwrap();
        if call.contains("resumed>") {
            steps.extend(begun.remove(thread));
            continue;
        }
        let Some(what) = call
            .split_once('(')
            .and_then(|(name, rest)| what(name, rest))
        else {
            continue;
        };
        let step = Step {
            at: Duration::from_secs_f64(time.parse().unwrap()),
            what: match what.named(&name) {
                Some(what) => what,
                None => continue,
            },
        };
        if call.ends_with("<unfinished ...>") && matches!(step.what, What::Sync { .. }) {
            begun.insert(thread.to_owned(), step);
        } else {
            steps.push(step);
        }
    }
    assert!(!steps.is_empty(), "nothing was noted of {name}");
    steps
}

/// The call `name(descriptor<path>, ...`.
fn what(name: &str, rest: &str) -> Option<What> {
    let (_, rest) = rest.split_once('<')?;
    let (path, rest) = rest.split_once('>')?;
    let file = path.to_owned();
    let numbers = |text: &str| -> Option<usize> {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    match name {
        "pwrite64" => {
            let mut parts = rest.strip_prefix(", \"")?.splitn(2, "\", ");
            let bytes = bytes(parts.next()?);
            let (_, offset) = parts.next()?.split_once(", ")?;
            Some(What::Write {
                file,
                offset: numbers(offset)?,
                bytes,
            })
        }
        "ftruncate" => Some(What::Truncate {
            file,
            length: numbers(rest.strip_prefix(", ")?)?,
        }),
        "fsync" | "fdatasync" => Some(What::Sync { file }),
        _ => None,
    }
}

impl What {
    /// The same with the file's name after that of the database, if it is one of its files that
    /// outlive it: `""` or `"-wal"`.
    fn named(self, database: &str) -> Option<Self> {
        let short = |path: &str| -> Option<String> {
            let path = String::from_utf8(match path.starts_with("\\x") {
                true => bytes(path),
                false => path.as_bytes().to_vec(),
            });
            let kind = path.ok()?.strip_prefix(database)?.to_owned();
            (kind != "-shm").then_some(kind)
        };
        Some(match self {
            Self::Write {
                file,
                offset,
                bytes,
            } => Self::Write {
                file: short(&file)?,
                offset,
                bytes,
            },
            Self::Truncate { file, length } => Self::Truncate {
                file: short(&file)?,
                length,
            },
            Self::Sync { file } => Self::Sync {
                file: short(&file)?,
            },
        })
    }
}

/// Bytes as `strace -xx` writes them: `\x00\xff`.
fn bytes(text: &str) -> Vec<u8> {
    text.split("\\x")
        .skip(1)
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}
