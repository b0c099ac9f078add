//! The addresses under which files are found from outside.

use crate::files::link::{self, Proof, Worth};
use crate::files::name;
use crate::vault::Vault;
use frontdesk_db::Clock;
use frontdesk_domain::{AccountId, FileId};
use std::sync::Arc;
use std::time::Duration;

/// Makes signed links, and knows its own again.
#[derive(Debug, Clone)]
pub(crate) struct Links {
    /// The server's own address, without a slash at its end.
    pub(crate) public_url: String,
    pub(crate) vault: Vault,
    pub(crate) clock: Arc<dyn Clock>,
    /// How long a link holds at least.
    pub(crate) age: Duration,
}

impl Links {
    /// The address of a file, for whoever is given it and as long as it holds.
    pub(crate) fn file(&self, account_id: AccountId, id: FileId, filename: &str) -> String {
        let filename = name::encode(filename);
        let query = link::query(&self.vault, account_id, id, self.clock.now(), self.age);
        format!(
            "{}/files/{account_id}/{id}/{filename}?{query}",
            self.public_url
        )
    }

    /// What the query of an address is worth.
    pub(crate) fn judge(&self, account_id: AccountId, id: FileId, proof: &Proof) -> Worth {
        link::judge(&self.vault, account_id, id, proof, self.clock.now())
    }
}
