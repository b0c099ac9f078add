//! The chain through the audit log: how an entry's hash is made, and how a log is checked.

use super::{ANCHOR, CHAIN, Link, SET_HEAD, UNCHAINED, Written, head, link, onward};
use crate::conn::Conn;
use crate::error::DbError;
use frontdesk_domain::change::AuditEntry;
use frontdesk_domain::{AccountId, AuditId};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A link of the chain.
pub type Hash = [u8; 32];

/// What an account's first entry follows.
pub(super) const GENESIS: Hash = [0; 32];

/// Entries read at once while a log is checked.
const AT_ONCE: i64 = 1000;

/// What checking a log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Whole {
        entries: u64,
        /// The newest entry; nothing when there never was one.
        head: Option<Link>,
    },
    Broken(Broken),
}

/// Where a log is not what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// The first entry that is not what was written there, or that follows one that is missing.
    Entry { n: i64, id: AuditId },
    /// Entries are missing at the end; the last one that should be there is this.
    CutAfter { last: i64, wanted: i64 },
}

/// The hash of an entry: over the one before it, and over each of its fields with its length, so
/// that no two entries are written alike.
pub(super) fn next(before: &[u8], account_id: AccountId, written: &Written) -> Hash {
    let entry = &written.entry;
    let text = |text: &Option<String>| text.as_ref().map(|it| it.as_bytes().to_vec());
    let fields: [Option<Vec<u8>>; 10] = [
        Some(written.id.0.as_bytes().to_vec()),
        Some(account_id.0.as_bytes().to_vec()),
        entry.user_id.map(|id| id.0.to_be_bytes().to_vec()),
        Some(entry.action.as_bytes().to_vec()),
        Some(entry.subject.as_bytes().to_vec()),
        text(&entry.detail),
        text(&entry.before),
        text(&entry.after),
        text(&written.address),
        Some(written.at.0.to_be_bytes().to_vec()),
    ];
    let mut digest = Sha256::new_with_prefix(before);
    for field in fields {
        // Nothing is told apart from an empty text.
        let length = field.as_ref().map_or(u64::MAX, |it| it.len() as u64);
        digest.update(length.to_be_bytes());
        digest.update(field.unwrap_or_default());
    }
    digest.finalize().into()
}

/// Checks an account's log from where it begins to its end.
///
/// # Errors
/// When the database does not answer.
pub fn verify(conn: &mut dyn Conn, account_id: AccountId) -> Result<Verdict, DbError> {
    let start = conn.one(&ANCHOR, &[&account_id], link)?;
    let mut at = start.unwrap_or(Link {
        n: i64::MIN,
        hash: GENESIS.to_vec(),
    });
    let mut entries = 0;
    loop {
        let page = onward(conn, account_id, at.n, AT_ONCE)?;
        if page.is_empty() {
            break;
        }
        for written in page {
            if next(&at.hash, account_id, &written)[..] != written.hash {
                return Ok(Verdict::Broken(Broken::Entry {
                    n: written.n,
                    id: written.id,
                }));
            }
            entries += 1;
            at = Link {
                n: written.n,
                hash: written.hash,
            };
        }
    }
    let head = head(conn, account_id)?;
    let reached = match &head {
        Some(head) => *head == at,
        None => entries == 0,
    };
    if reached {
        return Ok(Verdict::Whole { entries, head });
    }
    Ok(Verdict::Broken(Broken::CutAfter {
        last: at.n,
        wanted: head.map_or(0, |head| head.n),
    }))
}

/// Chains the entries that were written before there was a chain.
pub(crate) fn existing(conn: &mut dyn Conn) -> Result<(), DbError> {
    let unchained = conn.all(&UNCHAINED, &[], |row| {
        let n = row.get()?;
        let id = row.get()?;
        let account_id: AccountId = row.get()?;
        let written = Written {
            n,
            id,
            entry: AuditEntry {
                user_id: row.get()?,
                action: row.get()?,
                subject: row.get()?,
                detail: row.get()?,
                ..AuditEntry::default()
            },
            address: None,
            at: row.get()?,
            hash: Vec::new(),
        };
        Ok((account_id, written))
    })?;
    let mut heads: HashMap<AccountId, (i64, Hash)> = HashMap::new();
    for (account_id, written) in unchained {
        let before = heads.get(&account_id).map_or(GENESIS, |(_, hash)| *hash);
        let hash = next(&before, account_id, &written);
        conn.exec(&CHAIN, &[&written.n, &hash])?;
        heads.insert(account_id, (written.n, hash));
    }
    for (account_id, (n, hash)) in heads {
        conn.exec(&SET_HEAD, &[&account_id, &n, &hash])?;
    }
    Ok(())
}
