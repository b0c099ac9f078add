//! How a part ended, and the summary over all of them. Pure.

use std::ops::AddAssign;
use std::time::Duration;

/// Numbers of checks or tests. A skipped one is never counted as passed.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
    pub(crate) skipped: u64,
}

impl Counts {
    pub(crate) const ONE_PASSED: Self = Self {
        passed: 1,
        failed: 0,
        skipped: 0,
    };
    const ONE_FAILED: Self = Self {
        passed: 0,
        failed: 1,
        skipped: 0,
    };
    const ONE_SKIPPED: Self = Self {
        passed: 0,
        failed: 0,
        skipped: 1,
    };

    fn words(self) -> String {
        let Self {
            passed,
            failed,
            skipped,
        } = self;
        format!("{passed} passed, {failed} failed, {skipped} skipped")
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// How one part ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Outcome {
    Passed(Counts),
    Failed {
        reason: String,
        counts: Counts,
    },
    /// Something it needs is missing on this machine.
    Skipped(String),
    /// The repository has nothing for it to do.
    Empty(String),
}

impl Outcome {
    /// A part that is one check and held.
    pub(crate) fn passed() -> Self {
        Self::Passed(Counts::ONE_PASSED)
    }

    /// A part that is one check and did not hold.
    pub(crate) fn failed(reason: impl Into<String>) -> Self {
        Self::Failed {
            reason: reason.into(),
            counts: Counts::default(),
        }
    }

    /// What it adds to the closing line. A part that failed without a failed test counts itself.
    pub(crate) fn counts(&self) -> Counts {
        match self {
            Self::Passed(counts) => *counts,
            Self::Failed { counts, .. } if counts.failed > 0 => *counts,
            Self::Failed { counts, .. } => {
                let mut with_itself = *counts;
                with_itself += Counts::ONE_FAILED;
                with_itself
            }
            Self::Skipped(_) => Counts::ONE_SKIPPED,
            Self::Empty(_) => Counts::default(),
        }
    }

    fn word(&self) -> &'static str {
        match self {
            Self::Passed(_) => "passed",
            Self::Failed { .. } => "FAILED",
            Self::Skipped(_) => "skipped",
            Self::Empty(_) => "empty",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Passed(Counts::ONE_PASSED) => String::new(),
            Self::Passed(counts) => counts.words(),
            Self::Failed { reason, counts } if *counts == Counts::default() => reason.clone(),
            Self::Failed { reason, counts } => format!("{}; {reason}", counts.words()),
            Self::Skipped(reason) | Self::Empty(reason) => reason.clone(),
        }
    }
}

/// Whether anything may be skipped, be it a part for want of a program or a single test.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Strictness {
    SkippingAllowed,
    NothingSkipped,
}

/// A finished part, as the summary shows it.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) part: &'static str,
    pub(crate) outcome: Outcome,
    pub(crate) took: Duration,
}

/// All finished parts.
#[derive(Debug)]
pub(crate) struct Summary {
    strictness: Strictness,
    rows: Vec<Row>,
}

impl Summary {
    pub(crate) fn new(strictness: Strictness) -> Self {
        Self {
            strictness,
            rows: Vec::new(),
        }
    }

    pub(crate) fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Whether the change may land.
    pub(crate) fn is_good(&self) -> bool {
        let total = self.total();
        let skipping_matters = self.strictness == Strictness::NothingSkipped;
        total.failed == 0 && !(skipping_matters && total.skipped > 0)
    }

    /// The lines to print; the last one has the totals in a form that other tools read.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.rows.iter().map(row_line).collect();
        let total = self.total();
        if total.skipped > 0 {
            lines.push("Something was skipped; where CI=true that is a failure.".to_owned());
        }
        lines.push(total.words());
        lines
    }

    fn total(&self) -> Counts {
        let mut total = Counts::default();
        for row in &self.rows {
            total += row.outcome.counts();
        }
        total
    }
}

fn row_line(row: &Row) -> String {
    let Row {
        part,
        outcome,
        took,
    } = row;
    let line = format!(
        "{part:<12} {word:<8} {seconds:>7.1} s  {detail}",
        word = outcome.word(),
        seconds = took.as_secs_f64(),
        detail = outcome.detail(),
    );
    line.trim_end().to_owned()
}

#[cfg(test)]
mod tests;
