//! Everything about a customer or an account in one archive, for whoever it is about and for whoever
//! leaves. The lines are of one moment; their format is in `docs/EXPORT.md`. There is no secret in it.

mod archive;
mod lines;
mod patient;

pub(crate) use archive::archive;
pub(crate) use patient::soon;

use crate::failure::{Failure, Outcome};
use crate::use_cases::record;
use frontdesk_db::queries::customers;
use frontdesk_db::{Db, Unit};
use frontdesk_domain::policy::{Permission, allows};
use frontdesk_domain::{AccountId, Actor, CustomerId, FileId, Refusal};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Account,
    Customer(CustomerId),
}

/// A file that belongs to an export.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Belonging {
    id: FileId,
    size: u64,
}

/// The lines of an export, written down, and the files that go with them.
#[derive(Debug)]
pub(crate) struct Export {
    account_id: AccountId,
    lines: File,
    length: u64,
    files: Vec<Belonging>,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    #[error(transparent)]
    Failed(#[from] Failure),
    #[error("the export cannot be written")]
    Disk(#[from] io::Error),
    #[error("a line of the export cannot be written")]
    Line(#[from] serde_json::Error),
}

impl From<frontdesk_db::DbError> for ExportError {
    fn from(error: frontdesk_db::DbError) -> Self {
        Self::Failed(Failure::Db(error))
    }
}

/// Permits an export, and notes in the audit log who asked for what.
///
/// # Errors
/// When the actor may not, or there is no such customer.
pub(crate) fn permit(unit: &mut Unit<'_>, actor: &Actor, subject: Subject) -> Outcome<()> {
    allows(actor, Permission::ManagePrivacy)?;
    let (action, named) = match subject {
        Subject::Account => ("account.exported", format!("account:{}", actor.account_id)),
        Subject::Customer(id) => {
            let found = customers::by_id(unit.conn(), actor.account_id, id)?;
            found.ok_or(Refusal::NotFound)?;
            ("customer.exported", format!("customer:{id}"))
        }
    };
    record::audited(unit, actor, action, named, None)?;
    Ok(())
}

/// Reads one moment of the subject and writes it down in the data folder, in a file without a name:
/// a slow reader holds up no one, and a crash leaves nothing.
///
/// # Errors
/// When the database does not answer, or the disk takes nothing.
pub(crate) async fn prepare(
    db: &Db,
    data: &Path,
    account_id: AccountId,
    subject: Subject,
) -> Result<Export, ExportError> {
    let file = nameless(data)?;
    let now = db.now();
    db.read(move |conn| {
        let mut out = BufWriter::new(file);
        let files = lines::write(conn, account_id, subject, now, &mut out)?;
        out.flush()?;
        let mut lines = out.into_inner().map_err(io::Error::from)?;
        let length = lines.stream_position()?;
        lines.rewind()?;
        Ok(Export {
            account_id,
            lines,
            length,
            files,
        })
    })
    .await
}

fn nameless(data: &Path) -> io::Result<File> {
    let path = data.join(format!(".export.{}", FileId::random()));
    let file = OpenOptions::new()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)?;
    fs::remove_file(&path)?;
    Ok(file)
}
