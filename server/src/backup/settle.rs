//! What a restored desk must know before it runs: that it is a copy. What waited to go out when
//! the backup was taken may have gone since, so none of it goes by itself.

use super::{BackupError, Manifest};
use frontdesk_db::queries::parking::{self, Parked};
use frontdesk_db::queries::{accounts, audit, files};
use frontdesk_db::{Db, DbError, Place, SystemClock};
use frontdesk_domain::Actor;
use frontdesk_domain::change::AuditEntry;
use std::path::Path;
use std::sync::Arc;

/// Brings the database of a restored folder to this program's schema, parks what waited to go out,
/// and notes in every account's audit log that it was restored, and from when.
///
/// # Errors
/// When the database refuses it.
pub async fn settle(database: &Path, manifest: &Manifest) -> Result<Parked, BackupError> {
    let place = Place::Sqlite(database.to_owned());
    let db = Db::open(&place, Arc::new(SystemClock))?;
    let taken_at = manifest.taken_at.clone();
    let settled: Result<Parked, DbError> = db
        .write_global(move |unit| {
            for account_id in accounts::ids(unit.conn())? {
                let entry = AuditEntry {
                    user_id: None,
                    action: "backup.restored".to_owned(),
                    subject: format!("account:{account_id}"),
                    detail: Some(format!("taken at {taken_at}")),
                    ..AuditEntry::default()
                };
                audit::append(unit, &Actor::system(account_id), &entry)?;
            }
            // Bytes on their way then are by now, in a bucket that two desks see, the other's files.
            files::forget_expected(unit)?;
            parking::park(unit, &format!("restored from a backup of {taken_at}"))
        })
        .await;
    db.close();
    Ok(settled?)
}
