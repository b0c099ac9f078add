//! The example file: every key with what it means, commented out, at its default.

use super::{Config, keys};

/// The example as it lies in the repository.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

const HEAD: &str = "\
# Configuration of frontdesk-server. Every key is here, at its default; remove a # to change one.
#
# A key can also be set by an environment variable, which wins over this file (limits.body is
# FRONTDESK_LIMITS_BODY), and by a flag, which wins over both (--set limits.body=2MiB).
# `frontdesk-server config check` says what is in force.
";

/// Makes the example from the list of keys.
#[must_use]
pub fn render() -> String {
    let defaults = Config::default();
    let mut text = HEAD.to_owned();
    let mut table = "";
    for key in keys() {
        let (here, name) = key.path.split_once('.').unwrap_or(("", key.path));
        if here != table {
            text.push_str(&format!("\n[{here}]\n"));
            table = here;
        }
        text.push('\n');
        for line in key.help.lines() {
            text.push_str(&format!("# {line}\n"));
        }
        text.push_str(&format!("# {name} = {}\n", (key.show)(&defaults)));
    }
    text
}
