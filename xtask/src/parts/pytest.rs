//! A folder of Python tests with a `requirements.txt`, run by pytest in an environment of its own.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::Bench;
use crate::outcome::Outcome;
use crate::provision::python;
use crate::{run, tally};

/// Runs the tests of a folder; the environment's name is the folder's below `target/xtask`.
pub(super) fn run_folder(bench: &Bench<'_>, tests: &Path, environment: &str) -> Outcome {
    let environment = bench.workspace.workshop().join(environment);
    match prepare(bench, tests, &environment) {
        Err(reason) => Outcome::failed(reason),
        Ok(python) => {
            let mut pytest = bench.for_tests(Command::new(python));
            pytest
                .args(["-m", "pytest", "-p", "no:cacheprovider"])
                .arg(tests);
            pytest.env("PYTHONDONTWRITEBYTECODE", "1");
            run::counted(bench.interrupt, pytest, tally::pytest)
        }
    }
}

/// Makes the environment where there is none, and installs what the folder's programs import.
pub(super) fn prepare(
    bench: &Bench<'_>,
    tests: &Path,
    environment: &Path,
) -> Result<PathBuf, String> {
    let inside = environment.join("bin/python");
    if !inside.exists() {
        let outside = python().ok_or("Python 3 with venv is missing")?;
        let mut make = Command::new(outside);
        run::succeed(bench.interrupt, make.args(["-m", "venv"]).arg(environment))?;
    }
    let mut install = Command::new(&inside);
    install.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]);
    run::succeed(
        bench.interrupt,
        install.arg("-r").arg(tests.join("requirements.txt")),
    )?;
    Ok(inside)
}
