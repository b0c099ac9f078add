//! The text that is being written to a customer or for colleagues.

mod follow;

pub use follow::Followed;

use crate::cell;
use crate::msg::{Origin, Typed, WrittenKind};
use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::{ConversationId, EventSeq};
use frontdesk_protocol::time::Timestamp;
use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

/// A text in the making.
#[derive(Debug, Clone)]
pub struct Composer {
    pub conversation_id: ConversationId,
    pub kind: WrittenKind,
    pub area: TextArea<'static>,
    /// The newest event the agent has had time to notice while this was written.
    pub seen: EventSeq,
    pub origin: Origin,
    /// What has come in so far of a draft that is being written, while this text follows it.
    pub follows: Option<String>,
    /// How much of a draft has been taken in, sentence by sentence, in bytes.
    pub taken: usize,
    /// Whether keys go into it; a text that is kept waits without.
    pub focus: Writing,
    /// When what was typed is written to disk.
    pub save_at: Option<Timestamp>,
    /// When the customer was last told that somebody types.
    pub typing_told_at: Option<Timestamp>,
    /// What is to follow the sending, while a question about it is open.
    pub after: After,
    /// The files that go along with it.
    pub files: Vec<Enclosure>,
    /// How many files are being copied to go along.
    pub copying: usize,
}

/// Whether keys go into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    Now,
    Kept,
}

/// What happens to the conversation after its message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum After {
    #[default]
    Nothing,
    Close,
    SnoozeUntilReply,
    /// The message itself waits until then.
    Later(Timestamp),
}

impl Composer {
    /// A composer with this text, the cursor at its end.
    #[must_use]
    pub fn new(typed: &Typed, seen: EventSeq) -> Self {
        Self {
            conversation_id: typed.conversation_id,
            kind: typed.kind,
            area: area(&typed.text),
            seen: typed.seen.unwrap_or(seen),
            origin: typed.origin,
            follows: None,
            taken: 0,
            focus: Writing::Now,
            save_at: None,
            typing_told_at: None,
            after: After::Nothing,
            files: typed.files.clone(),
            copying: 0,
        }
    }

    /// Whether keys go into it.
    #[must_use]
    pub fn has_focus(&self) -> bool {
        self.focus == Writing::Now
    }

    /// What stands in it.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is nothing in it that anybody would miss.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.has_no_words() && self.files.is_empty() && self.copying == 0
    }

    /// Whether nothing was typed, whatever goes along.
    #[must_use]
    pub fn has_no_words(&self) -> bool {
        self.area.lines().iter().all(|line| line.trim().is_empty())
    }

    /// Puts another text in its place in a way that can be undone.
    pub fn rewrite(&mut self, text: &str) {
        self.area.select_all();
        self.area.cut();
        self.area.insert_str(text);
    }

    /// Puts another text in its place.
    pub fn replace(&mut self, text: &str) {
        self.area = area(text);
    }

    /// The text with what it is for.
    #[must_use]
    pub fn typed(&self) -> Typed {
        Typed {
            conversation_id: self.conversation_id,
            kind: self.kind,
            text: self.text(),
            seen: Some(self.seen),
            origin: self.origin,
            files: self.files.clone(),
        }
    }

    /// How many rows the text takes at this width, counted up to `most`.
    #[must_use]
    pub fn rows(&self, width: usize, most: usize) -> usize {
        let mut rows = 0;
        for line in self.area.lines() {
            rows += cell::wrap(line, width).len();
            if rows >= most {
                return most;
            }
        }
        rows
    }
}

fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_cursor_line_style(Style::default());
    // The terminal's own cursor stands there instead.
    area.set_cursor_style(Style::default());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_max_histories(500);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Texts that were begun and put aside, at most one of a kind for each conversation. They are
/// on disk as well; here they also keep what can be undone in them.
#[derive(Debug, Clone, Default)]
pub struct Aside(Vec<Composer>);

/// How many texts are put aside in memory; the older ones are on disk alone.
const ASIDE: usize = 50;

impl Aside {
    /// Puts a text aside.
    pub fn put(&mut self, composer: Composer) {
        self.drop(composer.conversation_id, composer.kind);
        self.0.push(composer);
        if self.0.len() > ASIDE {
            self.0.remove(0);
        }
    }

    /// Takes out a text of this kind.
    pub fn take(&mut self, id: ConversationId, kind: WrittenKind) -> Option<Composer> {
        let at = self.place(id, kind)?;
        Some(self.0.remove(at))
    }

    /// Takes out the text of a conversation that was put aside last.
    pub fn take_any(&mut self, id: ConversationId) -> Option<Composer> {
        let at = self.0.iter().rposition(|it| it.conversation_id == id)?;
        Some(self.0.remove(at))
    }

    /// The text of a conversation that was put aside last.
    pub fn last_mut(&mut self, id: ConversationId) -> Option<&mut Composer> {
        let mut latest = self.0.iter_mut().rev();
        latest.find(|it| it.conversation_id == id)
    }

    /// A text of which this holds.
    pub fn find_mut(&mut self, is_it: impl Fn(&Composer) -> bool) -> Option<&mut Composer> {
        self.0.iter_mut().find(|it| is_it(it))
    }

    /// A text of this kind.
    #[must_use]
    pub fn get(&self, id: ConversationId, kind: WrittenKind) -> Option<&Composer> {
        self.place(id, kind).and_then(|at| self.0.get(at))
    }

    /// Forgets a text.
    pub fn drop(&mut self, id: ConversationId, kind: WrittenKind) {
        if let Some(at) = self.place(id, kind) {
            self.0.remove(at);
        }
    }

    fn place(&self, id: ConversationId, kind: WrittenKind) -> Option<usize> {
        self.0
            .iter()
            .position(|it| (it.conversation_id, it.kind) == (id, kind))
    }
}
