//! `frontdesk config`: whether the configuration is right, what may stand in it, and mending it.

use crate::cli::{Configuration, ConfigurationWhat, Settings};
use crate::config::{self, Paths, Writing};
use crate::environment::Environment;
use crate::error::Error;
use crate::output::{say, tell};
use std::path::Path;

pub(super) fn run(
    args: &Configuration,
    settings: &Settings,
    environment: &Environment,
    paths: &Paths,
) -> Result<(), Error> {
    match &args.what {
        ConfigurationWhat::Schema => tell(&format!("{:#}", config::schema())),
        ConfigurationWhat::Check { file } => {
            let settings = Settings {
                config: file.clone().or_else(|| settings.config.clone()),
                ..settings.clone()
            };
            check(&settings, environment, paths)
        }
        ConfigurationWhat::Fix { file, dry_run } => {
            let usual = || config::file(settings, environment, paths);
            let writing = if *dry_run {
                Writing::Nothing
            } else {
                Writing::File
            };
            fix(&file.clone().unwrap_or_else(usual), writing)
        }
    }
}

fn check(settings: &Settings, environment: &Environment, paths: &Paths) -> Result<(), Error> {
    let mut problems = config::problems(settings, environment, paths);
    let Some(last) = problems.pop() else {
        return tell(&found(&config::file(settings, environment, paths)));
    };
    for problem in problems {
        say(&problem.to_string());
        if let Some(hint) = problem.hint {
            say(&format!("  hint: {hint}"));
        }
    }
    Err(last.into())
}

fn fix(file: &Path, writing: Writing) -> Result<(), Error> {
    let name = file.display();
    if !file.exists() {
        return tell(&format!("There is no {name}; nothing is to be mended."));
    }
    let mended = config::mend(file, writing)?;
    if mended.changes.is_empty() {
        return tell(&format!("{name} is right."));
    }
    for change in &mended.changes {
        tell(change)?;
    }
    match mended.kept {
        Some(kept) => tell(&format!("As it was, it is {}.", kept.display())),
        None => tell("Nothing was changed."),
    }
}

fn found(file: &Path) -> String {
    let name = file.display();
    if file.exists() {
        format!("{name} is right.")
    } else {
        format!("There is no {name}; everything is at its default.")
    }
}
