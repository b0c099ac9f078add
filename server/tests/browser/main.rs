//! The chat as visitors have it: a real Chromium, the real server, and an agent who answers.
//!
//! `cargo xtask test --only browser` brings the browser, installs what `tests/browser/js` names and
//! runs these tests. `FRONTDESK_SCREENSHOTS` names a folder for pictures of what they saw.

#[cfg(test)]
mod access;
#[cfg(test)]
mod bed;
#[cfg(test)]
mod breaks;
#[cfg(test)]
mod button;
#[cfg(test)]
mod door;
#[cfg(test)]
mod dressed;
#[cfg(test)]
mod driver;
#[cfg(test)]
mod embed;
#[cfg(test)]
mod host;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod papercups;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod site;
#[cfg(test)]
mod talk;
#[cfg(test)]
mod who;
