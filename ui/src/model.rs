//! Everything that is on the screen, as data. No handles, no clock: time and news arrive in
//! messages, wishes leave as effects.

pub mod assist;
pub mod beside;
pub mod bulk;
pub mod compare;
pub mod composer;
pub mod connection;
pub mod field;
pub mod find;
pub mod history;
pub mod kept;
pub mod layer;
pub mod lines;
pub mod list;
pub mod picker;
pub mod presence;
pub mod recorder;
pub mod related;
pub mod review;
pub mod rights;
pub mod settings;
pub mod sheet;
pub mod story;
pub mod suggestions;
pub mod templates;
pub mod thread;
pub mod toast;
pub mod tutor;
pub mod uploads;
pub mod writing;

use crate::action::Context;
use crate::glyph::Glyphs;
use crate::key::Key;
use crate::keymap::Keymap;
use crate::macros::Macro;
use crate::msg::{Focus, Planned};
use crate::own_command::OwnCommand;
use beside::Beside;
use composer::{Aside, Composer};
use connection::Connection;
use find::Wanted;
use frontdesk_inbox::{Counts, Directory, IntentId, Queued, Row, Thread};
use frontdesk_protocol::entity::KnowledgeEntry;
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::time::Timestamp;
use history::History;
use jiff::tz::TimeZone;
use kept::Kept;
use layer::Layer;
use list::List;
use presence::Everybody;
use recorder::Recorder;
use related::Relations;
use review::Review;
use rights::Rights;
use settings::Settings;
use story::Story;
use suggestions::AllSuggestions;
use templates::Templates;
use thread::Threads;
use toast::Toasts;
use tutor::Tutor;
use uploads::Uploads;
use writing::Writings;

const SECOND: i64 = 1_000_000;
/// How long an age in the list stays true.
const MINUTE: i64 = 60 * SECOND;

/// The whole state of the screen.
#[derive(Debug, Clone)]
pub struct Model {
    pub now: Timestamp,
    pub zone: TimeZone,
    pub size: Size,
    pub window: Focus,
    pub glyphs: Glyphs,
    pub settings: Settings,
    pub keymap: Keymap,
    /// The agent's own macros.
    pub macros: Vec<Macro>,
    /// The agent's own commands.
    pub commands: Vec<OwnCommand>,
    /// Keys that are recorded and played.
    pub recorder: Recorder,
    pub rights: Rights,
    pub directory: Directory,
    pub counts: Counts,
    /// Views that are kept under a name.
    pub kept: Kept,
    pub connection: Connection,
    pub presence: Everybody,
    /// What stands beside the conversations that were looked at lately.
    pub related: Relations,
    /// Boxed, for it is seldom there and the model is carried about.
    pub templates: Box<Templates>,
    pub outbox: Vec<Queued>,
    /// What of the outbox the store has not told of yet: it is still to be written down.
    pub unwritten: Vec<IntentId>,
    pub list: List,
    pub threads: Threads,
    /// The conversation that is open in its own right, not only previewed.
    pub open: Option<ConversationId>,
    /// The conversations that are held beside each other.
    pub beside: Beside,
    /// The whole story of the customer of the open conversation, while it is told.
    pub story: Option<Box<Story>>,
    /// A sitting over the drafts that wait.
    pub review: Option<Review>,
    /// Drafts that are being written.
    pub writings: Writings,
    /// Where the agent asked for a draft, and has not heard what came of it.
    pub asked: Vec<ConversationId>,
    /// How conversations may be sorted.
    pub suggestions: AllSuggestions,
    /// Knowledge that was proposed, as the server said last.
    pub proposals: Vec<KnowledgeEntry>,
    pub pane: Pane,
    /// Where the agent has put the borders between panes.
    pub split: Split,
    /// The border that is held by the mouse.
    pub dragged: Option<Border>,
    /// How many lines of the customer's pane are above what is seen.
    pub context_top: usize,
    pub composer: Option<Composer>,
    /// How far the files are that go along with what is written.
    pub uploads: Uploads,
    /// Texts that were begun and are not on the screen.
    pub aside: Aside,
    /// What lies in front, the topmost last.
    pub layers: Vec<Layer>,
    pub typed: TypedKeys,
    pub toasts: Toasts,
    pub history: History,
    /// Replies that go out later, as the server said last.
    pub later: Vec<Planned>,
    /// What the server does to many conversations, while it goes on.
    pub bulk: Option<Box<bulk::Running>>,
    /// Where the guided tour is, if there is one.
    pub tutor: Option<Tutor>,
    /// How many searches were asked for; only the last one's hits count.
    pub searches: u64,
    /// A search the server is to be asked too.
    pub server_search: Option<Wanted>,
    /// How often the palette has named the keys of what was run from it.
    pub taught: u8,
}

/// The terminal's size in cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    pub width: u16,
    pub height: u16,
}

/// A border between two panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Between the list and the thread beside it.
    Beside,
    /// Between the list and the preview below it.
    Below,
}

/// Where the borders stand; nothing for where the program puts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Split {
    pub list_width: Option<u16>,
    pub preview_height: Option<u16>,
}

/// Where keys go when nothing lies in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pane {
    #[default]
    List,
    Thread,
    Context,
}

/// Keys that do not mean anything by themselves yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedKeys {
    pub chord: Vec<Key>,
    /// The number that was typed before.
    pub count: Option<u16>,
    /// When the last of them was typed; which-key opens some time after.
    pub since: Timestamp,
}

impl Model {
    /// A desk on which nothing has been loaded.
    #[must_use]
    pub fn new(size: Size, zone: TimeZone, glyphs: Glyphs, settings: Settings) -> Self {
        Self {
            now: Timestamp::default(),
            zone,
            size,
            window: Focus::Gained,
            glyphs,
            settings,
            keymap: Keymap::default(),
            macros: Vec::new(),
            commands: Vec::new(),
            recorder: Recorder::default(),
            rights: Rights::default(),
            directory: Directory::default(),
            counts: Counts::default(),
            kept: Kept::default(),
            connection: Connection::Starting,
            presence: Everybody::default(),
            related: Relations::default(),
            templates: Box::default(),
            outbox: Vec::new(),
            unwritten: Vec::new(),
            list: List::default(),
            threads: Threads::default(),
            open: None,
            beside: Beside::default(),
            story: None,
            review: None,
            writings: Writings::default(),
            asked: Vec::new(),
            suggestions: AllSuggestions::default(),
            proposals: Vec::new(),
            pane: Pane::List,
            split: Split::default(),
            dragged: None,
            context_top: 0,
            composer: None,
            uploads: Uploads::default(),
            aside: Aside::default(),
            layers: Vec::new(),
            typed: TypedKeys::default(),
            toasts: Toasts::default(),
            history: History::default(),
            later: Vec::new(),
            bulk: None,
            tutor: None,
            searches: 0,
            server_search: None,
            taught: 0,
        }
    }

    /// The contexts whose bindings hold now, the innermost first.
    #[must_use]
    pub fn contexts(&self) -> &'static [Context] {
        if self.layers.is_empty() {
            self.contexts_behind()
        } else {
            &[Context::Picker]
        }
    }

    /// The contexts that hold where nothing lies in front, and hold again afterwards.
    #[must_use]
    pub fn contexts_behind(&self) -> &'static [Context] {
        if self.composer.as_ref().is_some_and(Composer::has_focus) {
            return &[Context::Composer];
        }
        match self.pane {
            Pane::List => &[Context::List, Context::Desk],
            Pane::Thread | Pane::Context => &[Context::Thread, Context::Desk],
        }
    }

    /// The conversation that keys act on: the open one, or the selected one.
    #[must_use]
    pub fn current(&self) -> Option<ConversationId> {
        self.open.or(self.list.selected)
    }

    /// The conversation whose thread is on the screen: the open one, or the one on which the
    /// cursor has come to rest.
    #[must_use]
    pub fn shown(&self) -> Option<ConversationId> {
        let previewed = self.threads.on_screen;
        self.open
            .or_else(|| previewed.filter(|_| self.list.selected.is_some()))
    }

    /// What stands on the screen of it: its thread, or the story that it is a part of.
    #[must_use]
    pub fn told(&self) -> Option<&Thread> {
        match self.story_shown() {
            Some(story) => Some(&story.thread),
            None => self.threads.get(self.shown()?),
        }
    }

    /// The story on the screen: it has the screen to itself, whatever is held beside each other.
    #[must_use]
    pub fn story_shown(&self) -> Option<&Story> {
        let story = self.story.as_deref()?;
        story.parts.contains(&self.open?).then_some(story)
    }

    /// Which of the conversations that are held has the focus, while they stand beside each
    /// other.
    #[must_use]
    pub fn focus_beside(&self) -> Option<usize> {
        match self.story_shown() {
            Some(_) => None,
            None => self.beside.focus(self.open),
        }
    }

    /// The conversations that triage acts on: those that are marked, or the current one.
    #[must_use]
    pub fn targets(&self) -> Vec<ConversationId> {
        if self.pane == Pane::List && !self.list.marked.is_empty() {
            return self.list.marked.iter().copied().collect();
        }
        self.current().into_iter().collect()
    }

    /// Another conversation of the customer whose conversation is looked at.
    #[must_use]
    pub fn other(&self, id: ConversationId) -> Option<&Row> {
        let thread = self.threads.get(self.current()?)?;
        thread.others.iter().find(|row| row.id() == id)
    }

    /// When something on the screen changes by itself, so that somebody must wake the model
    /// with a tick; ages in the list do so every minute.
    #[must_use]
    pub fn next_deadline(&self) -> Option<Timestamp> {
        let which_key = (!self.typed.chord.is_empty())
            .then(|| self.settings.which_key_at(self.typed.since))
            .flatten();
        [
            which_key,
            self.toasts.next_deadline(),
            self.presence.next_deadline(),
            self.writings.next_deadline(),
            self.threads.read_at,
            self.threads.show_at,
            self.kept.due,
            self.server_search.as_ref().map(|it| it.due),
            self.composer.as_ref().and_then(|it| it.save_at),
            self.next_count_down(),
            Some(Timestamp(
                (self.now.0.div_euclid(MINUTE) + 1).saturating_mul(MINUTE),
            )),
        ]
        .into_iter()
        .flatten()
        .filter(|at| *at > self.now)
        .min()
    }

    /// When the number of seconds that a message is still held changes.
    fn next_count_down(&self) -> Option<Timestamp> {
        let until = self
            .outbox
            .iter()
            .filter_map(|it| it.hold_until)
            .filter(|until| *until > self.now)
            .min()?;
        let whole_seconds = (until.0 - self.now.0 - 1).div_euclid(SECOND);
        Some(Timestamp(until.0 - whole_seconds * SECOND))
    }
}
