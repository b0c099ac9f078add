//! Installing with apt-get.

use std::process::Command;

use crate::environment::{find_program, is_root};
use crate::interrupt::Interrupt;
use crate::provision::Need;
use crate::{report, run};

/// The packages for the needs, each once.
pub(super) fn packages_for(needs: &[Need]) -> Vec<&'static str> {
    let mut packages: Vec<_> = needs
        .iter()
        .flat_map(|need| need.packages())
        .copied()
        .collect();
    packages.sort_unstable();
    packages.dedup();
    packages
}

/// Installs the packages, or says what to run where we may not.
pub(super) fn install(interrupt: &Interrupt, packages: &[&str]) -> Result<(), String> {
    let advice = format!("run: sudo apt-get install {}", packages.join(" "));
    if find_program("apt-get").is_none() {
        return Err(format!(
            "not a Debian machine; install what Debian calls {}",
            packages.join(", ")
        ));
    }
    if !is_root() {
        return Err(advice);
    }
    report::line(&format!("installing {}", packages.join(", ")));
    run::succeed(interrupt, apt_get().arg("update"))
        .and_then(|()| {
            run::succeed(
                interrupt,
                apt_get().args(["install", "--yes"]).args(packages),
            )
        })
        .map_err(|reason| format!("{reason}; to see why, {advice}"))
}

/// apt-get that asks nothing and waits for another one to finish.
fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args([
        "--quiet",
        "--no-install-recommends",
        "--option=DPkg::Lock::Timeout=300",
    ]);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_named_once() {
        assert_eq!(
            packages_for(&[Need::Python, Need::Node, Need::Python]),
            ["nodejs", "python3", "python3-venv"]
        );
    }
}
