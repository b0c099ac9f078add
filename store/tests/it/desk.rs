//! All of one sign-in, as the program uses it.

mod acting;
mod deeds;
mod erased;
mod files;
mod filling;
mod kept;
mod lists;
mod live;
mod searching;

use crate::account::{Account, ME};
use frontdesk_inbox::{Command, IntentId, OutState, Queued, Row, View};
use frontdesk_protocol::id::ConversationId;
use frontdesk_protocol::time::Timestamp;
use frontdesk_store::Desk;
use frontdesk_store::desk::{Direction, Names, Place};
use tempfile::TempDir;

/// A desk in a folder of its own.
struct Bed {
    folder: TempDir,
    desk: Desk,
}

impl Bed {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let desk = Desk::open(folder.path()).unwrap().desk;
        Self { folder, desk }
    }

    /// A desk that has taken in all of an account.
    fn with(account: &Account) -> Self {
        let mut bed = Self::new();
        bed.desk
            .begin_snapshot(account.seq(), &account.directory())
            .unwrap();
        bed.desk.add(&account.snapshot()).unwrap();
        bed.desk.finish_snapshot(Names::All).unwrap();
        bed
    }

    /// The same folder, as the next run of the program finds it.
    fn again(self) -> Self {
        let Self { folder, desk } = self;
        drop(desk);
        let opened = Desk::open(folder.path()).unwrap();
        assert_eq!(opened.cache_set_aside, None);
        assert_eq!(opened.outbox_set_aside, None);
        Self {
            folder,
            desk: opened.desk,
        }
    }

    fn row(&self, id: ConversationId) -> Row {
        self.desk.rows(&[id]).unwrap().pop().unwrap()
    }

    fn listed(&self, view: View) -> Vec<ConversationId> {
        let page = self
            .desk
            .page(view, Place::Top, Direction::Below, 1_000)
            .unwrap();
        assert!(!page.has_before && !page.has_after);
        page.rows.iter().map(Row::id).collect()
    }

    fn does(&mut self, conversation: ConversationId, command: Command) -> IntentId {
        let queued = queued(conversation, command);
        self.desk.enqueue(std::slice::from_ref(&queued)).unwrap();
        queued.id
    }
}

fn queued(conversation_id: ConversationId, command: Command) -> Queued {
    Queued {
        id: IntentId::random(),
        conversation_id,
        command,
        files: Vec::new(),
        made_at: Timestamp::from_seconds(2_000_000_000),
        hold_until: None,
        state: OutState::Waiting,
    }
}
