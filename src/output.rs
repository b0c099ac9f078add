//! Everything that is printed. Text from outside passes through `text_safe` on its way here.

mod terminal;

use crate::config::{Config, Paths};
use crate::environment::Environment;
use crate::error::Error;
use crate::themes::Themes;
use frontdesk_ui::glyph::Glyphs;
use frontdesk_ui::painted::Line;
use frontdesk_ui::text_safe;
use frontdesk_ui::theme::{Ground, Theme};
use std::io::{self, Write as _};
use std::process::ExitCode;

/// Where results go, and how they look there.
#[derive(Debug, Clone)]
pub struct Output {
    theme: Theme,
    themes: Themes,
    glyphs: Glyphs,
    width: Option<usize>,
}

impl Output {
    /// Output to the standard output, in the colours it can show.
    #[must_use]
    pub fn new(config: &Config, environment: &Environment, paths: &Paths) -> Self {
        let depth = terminal::depth(config.color, terminal::is_terminal(), environment);
        let ground = environment.get("COLORFGBG").and_then(Ground::of_variable);
        let themes = Themes::new(paths, depth, ground);
        let (theme, problems) = themes.read(&config.theme);
        for problem in problems {
            say(&problem);
        }
        Self {
            theme,
            themes,
            glyphs: terminal::glyphs(config.glyphs, environment),
            width: terminal::width(),
        }
    }

    /// How everything looks.
    #[must_use]
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// Where other looks come from.
    #[must_use]
    pub fn themes(&self) -> &Themes {
        &self.themes
    }

    /// Which signs are drawn.
    #[must_use]
    pub fn glyphs(&self) -> Glyphs {
        self.glyphs
    }

    /// How many cells a line has; nothing where there is no terminal.
    #[must_use]
    pub fn width(&self) -> Option<usize> {
        self.width
    }

    /// Prints lines.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn lines<'a>(&self, lines: impl IntoIterator<Item = &'a Line>) -> Result<(), Error> {
        let mut text = String::new();
        for line in lines {
            text.push_str(&line.to_ansi(&self.theme));
            text.push('\n');
        }
        print(&text)
    }

    /// Prints words of our own.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn words(&self, words: &str) -> Result<(), Error> {
        tell(words)
    }

    /// Prints words of our own, one in each line, and nothing where there are none.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn each(&self, words: &[String]) -> Result<(), Error> {
        let lines: Vec<String> = words
            .iter()
            .map(|words| format!("{}\n", text_safe::line(words)))
            .collect();
        print(&lines.concat())
    }

    /// Prints a text as it stands, such as a file; what could act on a terminal is made visible.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn text(&self, text: &str) -> Result<(), Error> {
        print(&text_safe::block(text))
    }

    /// Prints JSON. The value stays what it is; what could act on a terminal is escaped.
    ///
    /// # Errors
    /// When the output is gone.
    pub fn json(&self, json: &str) -> Result<(), Error> {
        print(&format!("{}\n", text_safe::json(json)))
    }
}

/// Prints words of our own before anything is known of how they shall look.
///
/// # Errors
/// When the output is gone.
pub fn tell(words: &str) -> Result<(), Error> {
    print(&format!("{}\n", text_safe::block(words)))
}

/// Says something beside the results.
pub fn say(words: &str) {
    // There is nobody left to tell when even this cannot be written.
    drop(writeln!(io::stderr(), "{}", text_safe::block(words)));
}

/// Says what went wrong and what to do, and gives the code to exit with.
#[must_use]
pub fn fail(error: &Error) -> ExitCode {
    if let Error::Output(cause) = error {
        // Whoever read our output has read enough, as `head` does.
        if cause.kind() == io::ErrorKind::BrokenPipe {
            return ExitCode::SUCCESS;
        }
    }
    say(&format!("frontdesk: {}", with_causes(error)));
    if let Some(hint) = error.hint() {
        say(&format!("  hint: {hint}"));
    }
    ExitCode::from(error.exit_code())
}

/// The error and what caused it, without saying anything twice.
pub(crate) fn with_causes(error: &Error) -> String {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let more = error.to_string();
        if !words.contains(&more) {
            words.push_str(": ");
            words.push_str(&more);
        }
        cause = error.source();
    }
    words
}

fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(Error::Output)
}
