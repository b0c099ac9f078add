//! Commands of the agent's own: programs that are handed the conversations that are selected. They
//! stand in the configuration.

/// A program, and what becomes of what it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCommand {
    pub name: String,
    /// What it is for, in the agent's words.
    pub about: Option<String>,
    /// The program and its arguments.
    pub run: Vec<String>,
    pub shows: Shows,
}

/// Where what it prints is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shows {
    /// Its first line, for a moment.
    #[default]
    Toast,
    /// All of it, in a box.
    Pager,
}

impl Shows {
    /// The one of a name in the configuration.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "toast" => Some(Self::Toast),
            "pager" => Some(Self::Pager),
            _ => None,
        }
    }
}

impl OwnCommand {
    /// What a list says beside the name.
    #[must_use]
    pub fn detail(&self) -> String {
        self.about.clone().unwrap_or_else(|| self.run.join(" "))
    }
}
