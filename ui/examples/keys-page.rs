//! Writes the page about keys, `docs/keys.md`, to the standard output.

use std::io::Write as _;

fn main() -> std::io::Result<()> {
    let page = frontdesk_ui::keymap::docs::page();
    std::io::stdout().write_all(page.as_bytes())
}
