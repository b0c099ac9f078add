//! `frontdesk config`: whether the configuration is right, and what may stand in it.

use crate::cli::{Configuration, ConfigurationWhat, Settings};
use crate::config::{self, Paths};
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

fn found(file: &Path) -> String {
    let name = file.display();
    if file.exists() {
        format!("{name} is right.")
    } else {
        format!("There is no {name}; everything is at its default.")
    }
}
