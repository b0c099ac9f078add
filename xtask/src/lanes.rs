//! Runs parts side by side: each lane takes the next part that waits, until none does.

use std::thread;

use parking_lot::Mutex;

use crate::outcome::Row;
use crate::parts::{Bench, Part};
use crate::report::Voice;
use crate::run::Stage;

/// As many as leave no core idle while a part waits for a server or a browser.
const LANES: usize = 2;

/// Runs the parts and gives their rows back in the order of the parts.
///
/// One part by itself speaks for itself; two name themselves on every line.
pub(crate) fn run(
    parts: &[&'static Part],
    bench: Bench<'_>,
    run: &(impl Fn(&'static Part, &Bench<'_>) -> Row + Sync),
) -> Vec<Row> {
    let waiting = Mutex::new(parts.iter().copied().enumerate());
    let done = Mutex::new(Vec::new());
    let lane = || {
        while !bench.stage.interrupt.is_requested() {
            let Some((place, part)) = waiting.lock().next() else {
                return;
            };
            let row = run(part, &heard(bench, part, parts.len()));
            done.lock().push((place, row));
        }
    };
    thread::scope(|scope| {
        for _ in 0..LANES {
            scope.spawn(lane);
        }
    });
    let mut rows = done.into_inner();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, row)| row).collect()
}

fn heard<'a>(bench: Bench<'a>, part: &'static Part, parts: usize) -> Bench<'a> {
    let voice = if parts > 1 {
        Voice::Beside(part.name)
    } else {
        Voice::Alone
    };
    Bench {
        stage: Stage {
            voice,
            ..bench.stage
        },
        ..bench
    }
}
