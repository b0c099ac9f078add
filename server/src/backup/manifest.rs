//! What a backup says about itself.

use frontdesk_db::carry::{Search, Survey};
use frontdesk_domain::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The form of archives this program writes and reads.
pub(super) const FORMAT: u32 = 1;

/// The last entry of a backup.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    /// The program that made it.
    pub program: String,
    pub taken_at: String,
    /// Where the desk was: `sqlite` or `postgres`.
    pub engine: String,
    pub schema: i64,
    /// Whether the search indexes are in it, or made anew when it is restored.
    pub search_included: bool,
    pub entries: Vec<Entry>,
    /// Uploads the database knows that had gone from the disk when the backup was made.
    pub missing: Vec<String>,
    /// The bucket that the uploads stayed in, when they were not on the disk.
    #[serde(default)]
    pub bucket: Option<String>,
    /// Rows by table.
    pub rows: BTreeMap<String, u64>,
    pub accounts: Vec<Account>,
    pub not_included: Vec<String>,
}

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub path: String,
    pub bytes: u64,
    pub sha256: String,
}

/// An account and the event numbers it keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    pub id: String,
    pub oldest_event: i64,
    pub newest_event: i64,
}

/// What a copy says about itself once everything is in the archive.
pub(super) struct Facts<'a> {
    pub(super) survey: &'a Survey,
    pub(super) engine: &'a str,
    pub(super) search: Search,
    pub(super) now: Timestamp,
    pub(super) entries: Vec<Entry>,
    pub(super) missing: Vec<String>,
    pub(super) bucket: Option<String>,
}

impl Manifest {
    pub(super) fn of(facts: Facts<'_>) -> Self {
        let mut not_included = vec![
            format!(
                "{}: the key that stored secrets are sealed with",
                crate::config::key_file::NAME
            ),
            "the configuration file, certificates and logs".to_owned(),
        ];
        not_included.extend(facts.bucket.as_ref().map(|bucket| {
            let count = facts.survey.files.len();
            format!("{count} uploads, which are in {bucket}: keep copies of that too")
        }));
        Self {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            taken_at: facts.now.to_utc_stamp(),
            engine: facts.engine.to_owned(),
            schema: facts.survey.schema,
            search_included: facts.search == Search::Included,
            entries: facts.entries,
            missing: facts.missing,
            bucket: facts.bucket,
            rows: facts.survey.tables.iter().cloned().collect(),
            accounts: accounts(facts.survey),
            not_included,
        }
    }

    /// In what way a copy is not what this manifest tells of.
    pub(super) fn unlike(&self, survey: &Survey) -> Vec<String> {
        let mut problems = Vec::new();
        let there: BTreeMap<_, _> = survey.tables.iter().cloned().collect();
        for (table, rows) in &self.rows {
            let found = there.get(table).copied().unwrap_or(0);
            if found != *rows {
                problems.push(format!(
                    "{table}: {rows} rows in the manifest, {found} in the copy"
                ));
            }
        }
        if self.schema != survey.schema {
            let (said, found) = (self.schema, survey.schema);
            problems.push(format!(
                "schema {said} in the manifest, {found} in the copy"
            ));
        }
        if self.accounts != accounts(survey) {
            problems.push("the accounts' event numbers are not those of the manifest".to_owned());
        }
        problems
    }
}

fn accounts(survey: &Survey) -> Vec<Account> {
    let account = |counter: &frontdesk_db::carry::Counter| Account {
        id: counter.account_id.to_string(),
        oldest_event: counter.oldest.0,
        newest_event: counter.newest.0,
    };
    survey.counters.iter().map(account).collect()
}

/// A checksum as it is written.
pub(super) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
