//! A text in front that is only read: what a model is told, a source, why there is a draft.

/// The text, and how far the reader is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    pub title: String,
    pub about: About,
    pub lines: Vec<SheetLine>,
    /// How many of its rows are above what is seen.
    pub top: usize,
}

/// Whether what it says may become different while it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum About {
    /// It stays as it is.
    #[default]
    Itself,
    /// How the connections are.
    Connections,
}

/// A line of it, as long as it likes. It is made safe where it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetLine {
    Heading(String),
    Text(String),
    Muted(String),
    /// What is wrong.
    Bad(String),
}

impl Sheet {
    /// An empty one.
    #[must_use]
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            ..Self::default()
        }
    }

    /// With a heading, which stands apart from what is above it.
    #[must_use]
    pub fn heading(mut self, words: &str) -> Self {
        if !self.lines.is_empty() {
            self.lines.push(SheetLine::Text(String::new()));
        }
        self.lines.push(SheetLine::Heading(words.to_owned()));
        self
    }

    /// With all lines of a text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        let lines = text.lines().map(|it| SheetLine::Text(it.to_owned()));
        self.lines.extend(lines);
        self
    }

    /// With what is wrong.
    #[must_use]
    pub fn bad(mut self, words: &str) -> Self {
        self.lines.push(SheetLine::Bad(words.to_owned()));
        self
    }

    /// With a remark.
    #[must_use]
    pub fn muted(mut self, words: &str) -> Self {
        self.lines.push(SheetLine::Muted(words.to_owned()));
        self
    }
}

impl SheetLine {
    /// Its words.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Heading(words) | Self::Text(words) | Self::Muted(words) | Self::Bad(words) => {
                words
            }
        }
    }
}
