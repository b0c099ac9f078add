//! A folder of its own for each test.

use frontdesk_protocol::id::{AccountId, UserId};
use frontdesk_store::{NewSignIn, Store};
use std::path::PathBuf;
use tempfile::TempDir;

pub(crate) struct Bed {
    folder: TempDir,
}

impl Bed {
    pub(crate) fn new() -> Self {
        Self {
            folder: TempDir::new().unwrap(),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("deep").join("cache.db")
    }

    pub(crate) fn open(&self) -> Store {
        let opened = Store::open(&self.path()).unwrap();
        assert_eq!(opened.set_aside, None);
        opened.store
    }
}

pub(crate) fn somebody(server: &str, user: i64) -> NewSignIn {
    NewSignIn {
        server: server.to_owned(),
        user_id: UserId(user),
        account_id: AccountId::random(),
        email: "ana@example.com".to_owned(),
    }
}
