//! What machines do to agents: their disks fill up. Only root may have small disks, which
//! `cargo xtask test --only faults` sees to.

#[cfg(test)]
#[path = "../it/bed.rs"]
#[expect(dead_code, reason = "these tests need a part of what the others have")]
mod bed;
#[cfg(test)]
mod full;
#[cfg(test)]
#[path = "../it/window.rs"]
#[expect(dead_code, reason = "these tests need a part of what the others have")]
mod window;
