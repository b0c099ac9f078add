//! Makes one script of several modules.
//!
//! The modules import from each other by name, so that editors and tests can read them one by one.
//! All of them end up in one scope, in the order they are listed: an import needs no code there, and
//! an export is a plain declaration.

/// A file of a script or of a style, by its name and its text.
pub(super) type Piece = (&'static str, &'static str);

/// Names the files of a folder below `server/widget`, in the order they are put together.
macro_rules! pieces {
    ($folder:literal: $($file:literal)+) => {
        &[$((
            $file,
            include_str!(concat!("../../widget/", $folder, "/", $file)),
        )),+]
    };
}
pub(super) use pieces;

/// The modules as one.
pub(super) fn modules(pieces: &[Piece]) -> String {
    let mut combined = String::new();
    for (name, text) in pieces {
        combined.push_str(&format!("// {name}\n"));
        for line in text.lines().filter(|line| !line.starts_with("import ")) {
            combined.push_str(line.strip_prefix("export ").unwrap_or(line));
            combined.push('\n');
        }
    }
    combined
}

/// The modules as one script that is no module and leaves no names behind.
pub(super) fn classic(pieces: &[Piece]) -> String {
    format!("(() => {{\n'use strict';\n{}}})();\n", modules(pieces))
}

/// The styles as one.
pub(super) fn styles(pieces: &[Piece]) -> String {
    pieces.iter().map(|(_, text)| *text).collect()
}

#[cfg(test)]
mod tests {
    use super::{classic, modules};

    #[test]
    fn modules_become_one_scope() {
        let pieces = [
            ("one.js", "export const one = 1;\n"),
            (
                "two.js",
                "import { one } from './one.js';\n\nexport function two() {\n  return one + one;\n}\n",
            ),
        ];
        assert_eq!(
            modules(&pieces),
            "// one.js\nconst one = 1;\n// two.js\n\nfunction two() {\n  return one + one;\n}\n"
        );
        assert!(classic(&pieces).starts_with("(() => {\n'use strict';\n// one.js\n"));
    }
}
