//! Everything the chores print goes through here.

#[expect(clippy::print_stdout, reason = "printing is what this module is for")]
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Who speaks: a part by itself, or one that runs beside another and says whose lines are its own.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Voice {
    Alone,
    Beside(&'static str),
}

impl Voice {
    pub(crate) fn line(self, text: &str) {
        match self {
            Self::Alone => line(text),
            Self::Beside(name) => line(&format!("{name:<12} | {text}")),
        }
    }
}

/// Marks where a part begins.
pub(crate) fn heading(name: &str, about: &str) {
    line(&format!("\n== {name}: {about}"));
}

/// Something that went wrong, said where it is seen even when the output is redirected.
#[expect(clippy::print_stderr, reason = "printing is what this module is for")]
pub(crate) fn trouble(text: &str) {
    eprintln!("{text}");
}
