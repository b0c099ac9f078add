//! Runs the commands of a part and turns their ends into outcomes.

use std::io::{self, BufRead as _, BufReader, PipeReader};
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal};

use crate::interrupt::{Interrupt, signal_group};
use crate::outcome::{Counts, Outcome};
use crate::report;
use crate::tally::Tally;

/// How long the rest of the output may take once the command itself has ended.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// Runs a command that is one check: it holds when the command succeeds.
pub(crate) fn check(interrupt: &Interrupt, command: &mut Command) -> Outcome {
    match succeed(interrupt, command) {
        Ok(()) => Outcome::passed(),
        Err(reason) => Outcome::failed(reason),
    }
}

/// Runs a command that has to succeed for the rest to make sense.
pub(crate) fn succeed(interrupt: &Interrupt, command: &mut Command) -> Result<(), String> {
    let program = name_of(command);
    verdict(&program, interrupt, interrupt.run(command))
}

/// Runs a test runner, shows its output and counts its tests.
///
/// A run without a single test fails: it proves nothing.
pub(crate) fn counted(interrupt: &Interrupt, command: Command, tally: Tally) -> Outcome {
    match counted_if_any(interrupt, command, tally) {
        Outcome::Empty(reason) => Outcome::failed(reason),
        outcome => outcome,
    }
}

/// The same where there may be no test to run.
pub(crate) fn counted_if_any(interrupt: &Interrupt, command: Command, tally: Tally) -> Outcome {
    let program = name_of(&command);
    match counts_of(interrupt, &program, command, tally) {
        Err(error) => Outcome::failed(format!("cannot run {program}: {error}")),
        Ok((counts, Err(reason))) => Outcome::Failed { reason, counts },
        Ok((counts, Ok(()))) if counts.failed > 0 => Outcome::Failed {
            reason: "the runner succeeded in spite of failures".to_owned(),
            counts,
        },
        Ok((counts, Ok(()))) if counts == Counts::default() => {
            Outcome::Empty("no test was run".to_owned())
        }
        Ok((counts, Ok(()))) => Outcome::Passed(counts),
    }
}

fn counts_of(
    interrupt: &Interrupt,
    program: &str,
    mut command: Command,
    tally: Tally,
) -> io::Result<(Counts, Result<(), String>)> {
    let (reader, writer) = io::pipe()?;
    command.stdout(writer.try_clone()?).stderr(writer);
    let child = interrupt.start(&mut command)?;
    // The command holds the pipe's other end too; as long as it does, the output has no end.
    drop(command);
    let group = Pid::from_child(&child);
    let counts = forward(reader, tally)?;
    let ended = interrupt.finish(child);
    signal_group(group, Signal::KILL);
    let verdict = verdict(program, interrupt, ended);
    match counts.recv_timeout(LAST_WORDS) {
        Ok(counts) => Ok((counts, verdict)),
        Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => Ok((
            Counts::default(),
            Err("a process that a test started outlived the tests".to_owned()),
        )),
    }
}

/// Shows every line as it comes; the counts arrive when the output ends.
fn forward(reader: PipeReader, tally: Tally) -> io::Result<Receiver<Counts>> {
    let (finished, counts) = sync_channel(1);
    thread::Builder::new()
        .name("output".to_owned())
        .spawn(move || {
            let mut total = Counts::default();
            for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line);
                report::line(&line);
                total += tally(&line);
            }
            // Nobody waits for the counts any more only after they came too late.
            finished.send(total).ok();
        })?;
    Ok(counts)
}

/// The program without its folder.
fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn verdict(
    program: &str,
    interrupt: &Interrupt,
    ended: io::Result<ExitStatus>,
) -> Result<(), String> {
    match ended {
        _ if interrupt.is_requested() => Err("interrupted".to_owned()),
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{program} ended with {status}")),
        Err(error) => Err(format!("cannot run {program}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::pytest;

    fn counted_script(script: &str) -> Outcome {
        let interrupt = Interrupt::unwatched();
        let mut shell = Command::new("sh");
        shell.args(["-c", script]);
        counted(&interrupt, shell, pytest)
    }

    #[test]
    fn tests_are_counted_from_both_streams() {
        let outcome = counted_script("echo '2 passed in 0.1s'; echo '3 passed in 0.1s' >&2");
        assert_eq!(
            outcome,
            Outcome::Passed(Counts {
                passed: 5,
                failed: 0,
                skipped: 0
            })
        );
    }

    #[test]
    fn a_failing_run_keeps_its_counts() {
        let outcome = counted_script("echo '1 failed, 3 passed in 0.1s'; exit 1");
        let Outcome::Failed { reason, counts } = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(
            counts,
            Counts {
                passed: 3,
                failed: 1,
                skipped: 0
            }
        );
        assert_eq!(reason, "sh ended with exit status: 1");
    }

    #[test]
    fn a_run_without_tests_fails() {
        assert_eq!(counted_script("true"), Outcome::failed("no test was run"));
    }

    #[test]
    fn a_process_left_behind_does_not_keep_the_run_alive() {
        let outcome = counted_script("sleep 600 & echo '1 passed in 0.1s'");
        assert_eq!(outcome, Outcome::passed());
    }
}
