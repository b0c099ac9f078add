//! Reads a file line by line and knows where it is.

use super::{ImportError, Problem};
use serde::de::DeserializeOwned;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::marker::PhantomData;
use std::path::Path;

/// The lines of one file, read as `T`.
pub(super) struct Lines<T> {
    name: &'static str,
    reader: BufReader<File>,
    text: String,
    line: u64,
    kind: PhantomData<fn() -> T>,
}

/// What one line was.
pub(super) struct Line<T> {
    pub(super) at: At,
    pub(super) content: Result<T, Problem>,
}

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) file: &'static str,
    pub(super) line: u64,
}

impl At {
    /// Says what is wrong there.
    pub(super) fn problem(self, what: impl Into<String>) -> Problem {
        Problem {
            file: self.file,
            line: self.line,
            what: what.into(),
        }
    }
}

impl<T: DeserializeOwned> Lines<T> {
    pub(super) fn open(folder: &Path, name: &'static str) -> Result<Self, ImportError> {
        let path = folder.join(name);
        let file = File::open(&path).map_err(|source| ImportError::File { path, source })?;
        Ok(Self {
            name,
            reader: BufReader::with_capacity(1 << 20, file),
            text: String::new(),
            line: 0,
            kind: PhantomData,
        })
    }

    /// The next line that is not empty.
    pub(super) fn next(&mut self) -> Result<Option<Line<T>>, ImportError> {
        loop {
            self.text.clear();
            self.line += 1;
            let at = At {
                file: self.name,
                line: self.line,
            };
            match self.reader.read_line(&mut self.text) {
                Ok(0) => return Ok(None),
                Ok(_) if self.text.trim().is_empty() => {}
                Ok(_) => {
                    let content = serde_json::from_str(self.text.trim_end())
                        .map_err(|error| at.problem(error.to_string()));
                    return Ok(Some(Line { at, content }));
                }
                Err(error) => return Err(ImportError::Line(at.problem(error.to_string()))),
            }
        }
    }
}
