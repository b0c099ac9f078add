//! What machines do to servers: they die between two writes, fill up, run out of something, lie
//! about the time. Whatever it is, what was acknowledged is there afterwards, once.
//!
//! These tests need a machine that lets them: root, for small file systems, and strace and
//! libfaketime. `cargo xtask test --only faults` sees to it and runs a short round of each;
//! `cargo xtask torture` sets `FRONTDESK_FAULT_ROUNDS` and runs long ones.

#[cfg(test)]
mod backup;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod full;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod pause;
#[cfg(test)]
mod postgres;
#[cfg(test)]
mod power;
#[cfg(test)]
mod secure;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod stop;
#[cfg(test)]
mod sync_points;
#[cfg(test)]
mod takeover;
#[cfg(test)]
mod upgrade;
#[cfg(test)]
mod wrap;

use frontdesk_testkit::setting;

/// How many times something happens, unless more is asked for.
fn rounds(usual: u64) -> u64 {
    setting("FRONTDESK_FAULT_ROUNDS").map_or(usual, |asked| asked.max(usual))
}
