//! `cargo xtask test`: everything that must hold before a change lands.
//!
//! First what the tests need (`provision`, `postgres`), then the parts. A part that fails does not
//! keep the others from running, so that one run tells everything.

use std::fs;
use std::process::ExitCode;

use crate::clock::Stopwatch;
use crate::interrupt::Interrupt;
use crate::outcome::{Outcome, Row, Strictness, Summary};
use crate::parts::{self, Bench, Database, Part};
use crate::postgres::Cluster;
use crate::provision::{self, Need};
use crate::workspace::Workspace;
use crate::{environment, report};

/// Runs the parts with these names, or all of them.
pub(crate) fn run(workspace: &Workspace, only: &[String]) -> Result<ExitCode, String> {
    let interrupt = Interrupt::watch().map_err(|error| format!("cannot watch signals: {error}"))?;
    let chosen = parts::chosen(only);
    Ok(run_all(workspace, &interrupt, &chosen, |part, bench| {
        (part.run)(bench)
    }))
}

/// `cargo xtask torture`: the part with the faults, each so many times.
pub(crate) fn torture(workspace: &Workspace, rounds: u64) -> Result<ExitCode, String> {
    let interrupt = Interrupt::watch().map_err(|error| format!("cannot watch signals: {error}"))?;
    let chosen = parts::chosen(&["faults".to_owned()]);
    Ok(run_all(workspace, &interrupt, &chosen, |_, bench| {
        parts::torture(bench, rounds)
    }))
}

/// Brings what the parts need, runs each, and tells how it went.
fn run_all(
    workspace: &Workspace,
    interrupt: &Interrupt,
    chosen: &[&'static Part],
    run: impl Fn(&Part, &Bench<'_>) -> Outcome,
) -> ExitCode {
    let mut summary = Summary::new(strictness());

    provide(interrupt, chosen, &mut summary);
    let postgres = start_postgres(workspace, interrupt, chosen, &mut summary);
    let bench = Bench {
        workspace,
        interrupt,
        postgres: postgres.as_ref(),
    };
    for part in chosen {
        if interrupt.is_requested() {
            break;
        }
        timed(&mut summary, part.name, part.about, || {
            run_part(part, &bench, &run)
        });
    }
    drop(postgres);

    report::heading("summary", "what passed and what did not");
    for line in summary.lines() {
        report::line(&line);
    }
    exit_code(interrupt, &summary)
}

fn strictness() -> Strictness {
    if environment::is_ci() {
        Strictness::NothingSkipped
    } else {
        Strictness::SkippingAllowed
    }
}

fn provide(interrupt: &Interrupt, chosen: &[&Part], summary: &mut Summary) {
    let needs = parts::needs_of(chosen);
    if !needs.is_empty() {
        timed(
            summary,
            "provision",
            "what the tests need from this machine",
            || provision::provide(interrupt, &needs),
        );
    }
}

fn start_postgres(
    workspace: &Workspace,
    interrupt: &Interrupt,
    chosen: &[&Part],
    summary: &mut Summary,
) -> Option<Cluster> {
    if interrupt.is_requested() || chosen.iter().all(|part| part.database == Database::Unused) {
        return None;
    }
    let mut cluster = None;
    timed(
        summary,
        "postgres",
        "a private PostgreSQL for the tests",
        || {
            if let Some(lacking) = provision::lacking(&[Need::Postgres]) {
                return Outcome::Skipped(format!("{lacking}; the tests run on SQLite alone"));
            }
            match make_cluster(workspace, interrupt) {
                Err(reason) => Outcome::failed(reason),
                Ok(started) => {
                    report::line(&started.url());
                    cluster = Some(started);
                    Outcome::passed()
                }
            }
        },
    );
    cluster
}

fn make_cluster(workspace: &Workspace, interrupt: &Interrupt) -> Result<Cluster, String> {
    let programs = provision::postgres_programs().ok_or("PostgreSQL server missing")?;
    let workshop = workspace.workshop();
    fs::create_dir_all(&workshop).map_err(|error| format!("{}: {error}", workshop.display()))?;
    Cluster::start(interrupt, &programs, &workshop.join("postgres.log"))
}

fn run_part(part: &Part, bench: &Bench<'_>, run: impl Fn(&Part, &Bench<'_>) -> Outcome) -> Outcome {
    match provision::lacking(part.needs) {
        Some(lacking) => Outcome::Skipped(lacking),
        None => run(part, bench),
    }
}

fn timed(summary: &mut Summary, name: &'static str, about: &str, run: impl FnOnce() -> Outcome) {
    report::heading(name, about);
    let stopwatch = Stopwatch::start();
    let outcome = run();
    summary.add(Row {
        part: name,
        outcome,
        took: stopwatch.elapsed(),
    });
}

fn exit_code(interrupt: &Interrupt, summary: &Summary) -> ExitCode {
    if interrupt.is_requested() {
        // What a shell reports for a program that Ctrl-C ended.
        return ExitCode::from(130);
    }
    if summary.is_good() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
