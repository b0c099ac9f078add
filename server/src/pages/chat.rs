//! The chat page: its document, its script and its style. Script and style carry their content's
//! hash in their names, so that browsers keep them for good.

use super::Compressed;
use super::combine::{Piece, modules, pieces, styles};
use std::sync::LazyLock;

const DOCUMENT: &str = include_str!("../../widget/chat.html");

const SCRIPT: &[Piece] = pieces!("chat":
    "words.js"
    "params.js"
    "color.js"
    "clock.js"
    "dom.js"
    "icons.js"
    "links.js"
    "keep.js"
    "api.js"
    "socket.js"
    "host.js"
    "thread.js"
    "outbox.js"
    "visitor.js"
    "presence.js"
    "typing.js"
    "talk.js"
    "uploads.js"
    "view_header.js"
    "view_message.js"
    "view_thread.js"
    "view_status.js"
    "view_composer.js"
    "view_preview.js"
    "main.js"
);

const STYLE: &[Piece] = pieces!("style":
    "ground.css"
    "header.css"
    "thread.css"
    "composer.css"
    "preview.css"
);

/// The files of the chat page.
#[derive(Debug)]
pub(crate) struct Chat {
    pub(crate) document: Compressed,
    pub(crate) script: Compressed,
    pub(crate) style: Compressed,
}

static CHAT: LazyLock<Chat> = LazyLock::new(|| {
    let script = Compressed::of(modules(SCRIPT));
    let style = Compressed::of(styles(STYLE));
    let document = DOCUMENT
        .replace("{{script}}", &name_of(&script, "js"))
        .replace("{{style}}", &name_of(&style, "css"));
    Chat {
        document: Compressed::of(document),
        script,
        style,
    }
});

impl Chat {
    /// The page as this program has it.
    pub(crate) fn get() -> &'static Self {
        &CHAT
    }

    /// The script or the style under this name, with its media type.
    pub(crate) fn file(&self, name: &str) -> Option<(&Compressed, &'static str)> {
        if name == name_of(&self.script, "js") {
            Some((&self.script, super::loader::JAVASCRIPT))
        } else if name == name_of(&self.style, "css") {
            Some((&self.style, "text/css; charset=utf-8"))
        } else {
            None
        }
    }
}

fn name_of(file: &Compressed, extension: &str) -> String {
    format!("chat.{}.{extension}", file.hash())
}

#[cfg(test)]
mod tests {
    use super::{Chat, SCRIPT, STYLE};
    use crate::pages::LOADER;
    use std::collections::BTreeSet;
    use std::path::Path;

    /// All that a visitor's browser fetches for a chat, in the form that every browser takes.
    #[test]
    fn everything_together_is_below_60_kb() {
        let chat = Chat::get();
        let files = [&chat.document, &chat.script, &chat.style, &LOADER];
        let size: usize = files.iter().map(|it| it.for_client("gzip").1.len()).sum();
        assert!(size < 60_000, "{size} bytes");
    }

    #[test]
    fn no_file_is_forgotten() {
        for (folder, named) in [("chat", SCRIPT), ("style", STYLE)] {
            let place = Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("widget")
                .join(folder);
            let there: BTreeSet<_> = std::fs::read_dir(place)
                .unwrap()
                .map(|file| file.unwrap().file_name().into_string().unwrap())
                .collect();
            let named: BTreeSet<_> = named.iter().map(|(name, _)| (*name).to_owned()).collect();
            assert_eq!(there, named, "{folder}");
        }
    }
}
