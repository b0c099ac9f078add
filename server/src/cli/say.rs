//! What commands print: results on standard output, failures on standard error.

use super::error::CliError;
use crate::probe::Step;
use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

/// Prints a line. A reader that has gone away, as `head` does, is no failure.
pub(super) fn line(text: impl Display) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    let written = writeln!(out, "{text}").and_then(|()| out.flush());
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(CliError::Output(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints rows in columns, the first row being the heads.
pub(super) fn table<const N: usize>(
    heads: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<(), CliError> {
    let mut all = vec![heads.map(str::to_owned)];
    all.extend(rows.into_iter().map(|row| row.map(|cell| readable(&cell))));
    let width = |column: usize| all.iter().map(|row| row[column].chars().count()).max();
    let widths: [usize; N] = std::array::from_fn(|column| width(column).unwrap_or(0));
    for row in &all {
        let padded = row
            .iter()
            .zip(widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        line(padded.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

/// Prints what was tried, each with a sign.
pub(super) fn steps(steps: &[Step]) -> Result<(), CliError> {
    for step in steps {
        let (sign, said) = match &step.said {
            Ok(said) => ("ok ", said),
            Err(why) => ("BAD", why),
        };
        line(format_args!(
            "{sign}  {:<10}  {}",
            step.name,
            readable(said)
        ))?;
    }
    Ok(())
}

/// A name without anything that would act on the terminal.
pub(super) fn readable(text: &str) -> String {
    text.chars()
        .map(|letter| {
            if letter.is_control() {
                '\u{fffd}'
            } else {
                letter
            }
        })
        .collect()
}

/// Prints help, the version, or what is wrong with the arguments.
pub(super) fn usage(asked: &clap::Error) -> ExitCode {
    let code = if asked.use_stderr() {
        CliError::usage("").code()
    } else {
        0
    };
    match asked.print() {
        Ok(()) => ExitCode::from(code),
        Err(_) => ExitCode::FAILURE,
    }
}

/// Prints a failure and says what to end with.
pub(super) fn failure(error: &CliError) -> ExitCode {
    // Where standard error is closed there is nobody left to tell.
    drop(writeln!(io::stderr(), "error: {error}"));
    ExitCode::from(error.code())
}
