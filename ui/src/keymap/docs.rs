//! The page about keys, made from the same data as the keys themselves.

use super::{Keymap, PICKER_KEYS};
use crate::action::{Action, Context};
use std::fmt::Write as _;

const HEAD: &str = "# Keys

These are the default keys. This page is made from the program's own list of actions; the program shows the
same with `?`, and everything that can be done with `:`.

In `config.toml`, `[keys.PLACE]` changes them: `\"g i\" = \"view-inbox\"` binds, `\"ctrl-d\" = false` unbinds. The
places are `desk` (list and conversation), `list`, `thread` and `composer`. `keys_preset = \"emacs\"`
at the top of the file begins with other keys: `vim`, `arrows`, `emacs` or `gmail`.
";

/// The page, as Markdown.
#[must_use]
pub fn page() -> String {
    let keymap = Keymap::default();
    let mut page = HEAD.to_owned();
    let mut group = None;
    for action in Action::ALL {
        if group != Some(action.group()) {
            group = Some(action.group());
            // Writing to a String cannot fail.
            let _ = write!(
                page,
                "\n## {}\n\n| keys | what | name |\n| --- | --- | --- |\n",
                action.group().title()
            );
        }
        let keys = keys(&keymap, *action);
        let _ = writeln!(
            page,
            "| {keys} | {} | `{}` |",
            action.title(),
            action.name()
        );
    }
    page.push_str("\n## In a box\n\nThese cannot be changed: a box can always be left.\n\n");
    page.push_str("| keys | what |\n| --- | --- |\n");
    for (keys, what) in PICKER_KEYS {
        let _ = writeln!(page, "| {keys} | {what} |");
    }
    page
}

/// All keys of an action, with the place where they do not hold everywhere.
fn keys(keymap: &Keymap, action: Action) -> String {
    let mut all = Vec::new();
    for context in Context::ALL {
        let keys = keymap.all_keys(&[context], action);
        if keys.is_empty() {
            continue;
        }
        // A bar would end the cell.
        let keys: Vec<String> = keys
            .replace('|', "\\|")
            .split(" / ")
            .map(|keys| format!("`{keys}`"))
            .collect();
        let place = match context {
            Context::Desk => String::new(),
            other => format!(" {}", other.place()),
        };
        all.push(format!("{}{place}", keys.join(" ")));
    }
    all.join(", ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_page_in_docs_is_this_one() {
        let written = include_str!("../../../docs/keys.md");
        let page = super::page();
        let how = "cargo run -p frontdesk-ui --example keys-page > docs/keys.md";
        assert_eq!(
            written, page,
            "docs/keys.md is older than the keymap: {how}"
        );
    }
}
