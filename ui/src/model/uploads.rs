//! How far files are on their way to the server.

use frontdesk_inbox::Enclosure;
use frontdesk_protocol::id::FileId;
use std::collections::HashMap;

/// How far one file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Upload {
    /// So many bytes have gone.
    Gone(u64),
    /// The server cannot be reached.
    Waits,
    /// The server has it.
    There,
    /// The server does not take it. Anything may stand in the reason.
    Refused(String),
}

/// How far each file is that was heard of.
#[derive(Debug, Clone, Default)]
pub struct Uploads(HashMap<FileId, Upload>);

impl Uploads {
    /// Takes in how far a file is.
    pub fn take(&mut self, id: FileId, upload: Upload) {
        self.0.insert(id, upload);
    }

    /// Forgets a file that does not go along any more.
    pub fn forget(&mut self, id: FileId) {
        self.0.remove(&id);
    }

    /// How far a file is, in a few words.
    #[must_use]
    pub fn words(&self, file: &Enclosure) -> Option<String> {
        match self.0.get(&file.id)? {
            Upload::Gone(gone) if *gone >= file.size => Some("arriving".to_owned()),
            Upload::Gone(gone) => Some(format!("{}%", gone * 100 / file.size.max(1))),
            Upload::Waits => Some("waits for the server".to_owned()),
            Upload::There => Some("uploaded".to_owned()),
            Upload::Refused(_) => None,
        }
    }

    /// Why the server does not take a file.
    #[must_use]
    pub fn refusal(&self, file: &Enclosure) -> Option<&str> {
        match self.0.get(&file.id)? {
            Upload::Refused(why) => Some(why),
            _ => None,
        }
    }
}
