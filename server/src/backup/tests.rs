//! Backups of a desk with an upload, and archives that were damaged or made by somebody else.

use super::*;
use frontdesk_db::{Db, SystemClock, queries};
use frontdesk_domain::file::File as Upload;
use frontdesk_domain::{AccountId, FileId, Timestamp};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);

/// A desk with one account and one upload, and a backup of it.
struct Bed {
    folder: TempDir,
    upload: PathBuf,
}

impl Bed {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("desk");
        let file = data.join("frontdesk.sqlite3");
        fs::create_dir(&data).unwrap();
        let db = Db::open(&place(&file), Arc::new(SystemClock)).unwrap();
        let (account_id, id) = (AccountId::random(), FileId::random());
        db.write_global(move |unit| {
            queries::accounts::insert(unit, &account(account_id))?;
            queries::files::insert(unit, &upload(account_id, id))
        })
        .await
        .map_err(|error: DbError| error)
        .unwrap();
        let upload = crate::files::disk::place(&data, account_id, id);
        fs::create_dir_all(upload.parent().unwrap()).unwrap();
        fs::write(&upload, "seven b").unwrap();
        // The database stays open, as a server would have it.
        std::thread::spawn(move || db.close()).join().unwrap();
        Self { folder, upload }
    }

    fn backup(&self) -> PathBuf {
        self.folder.path().join("desk.tar")
    }

    fn target(&self) -> PathBuf {
        self.folder.path().join("restored")
    }

    fn back_up(&self) -> Result<Manifest, BackupError> {
        let data = self.folder.path().join("desk");
        let wanted = BackUp {
            place: &place(&data.join("frontdesk.sqlite3")),
            uploads: Uploads::Here(&data),
            into: &self.backup(),
            now: NOW,
        };
        back_up(&wanted, &mut |_| {})
    }

    /// What is in the folder of the backup besides the desk.
    fn names(&self) -> Vec<String> {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> = files
            .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

fn place(file: &Path) -> frontdesk_db::Place {
    frontdesk_db::Place::Sqlite(file.to_owned())
}

fn account(id: AccountId) -> frontdesk_domain::account::Account {
    frontdesk_domain::account::Account {
        id,
        company_name: "Acme".to_owned(),
        company_logo_url: None,
        time_zone: None,
        plan: "team".to_owned(),
        settings: None,
        working_hours: Vec::new(),
        created_at: NOW,
        updated_at: NOW,
    }
}

fn upload(account_id: AccountId, id: FileId) -> Upload {
    Upload {
        id,
        account_id,
        filename: "a.txt".to_owned(),
        content_type: "text/plain".to_owned(),
        size: 7,
        user_id: None,
        customer_id: None,
        created_at: NOW,
    }
}

#[tokio::test]
async fn a_desk_comes_out_as_it_went_in() {
    let bed = Bed::new().await;
    let made = bed.back_up().unwrap();
    assert_eq!(made.entries.len(), 2);
    assert_eq!(bed.names(), ["desk", "desk.tar"]);
    assert!(matches!(bed.back_up(), Err(BackupError::Exists { .. })));
    let checked = restore(&bed.backup(), &bed.target()).unwrap();
    assert_eq!(checked.manifest, made);
    settle(&checked.database(), &checked.manifest)
        .await
        .unwrap();
    checked.keep().unwrap();
    let inside = bed
        .upload
        .strip_prefix(bed.folder.path().join("desk"))
        .unwrap();
    assert_eq!(
        fs::read_to_string(bed.target().join(inside)).unwrap(),
        "seven b"
    );
    let db = Db::open(&place(&bed.target().join(DATABASE)), Arc::new(SystemClock)).unwrap();
    let audit = db
        .read(|conn| {
            let account_id = queries::accounts::ids(conn)?[0];
            queries::audit::page(conn, account_id, None, 10)
        })
        .await
        .map_err(|error: DbError| error)
        .unwrap();
    assert_eq!(audit[0].entry.action, "backup.restored");
    let again = restore(&bed.backup(), &bed.target()).unwrap_err();
    assert!(matches!(again, BackupError::NotEmpty { .. }), "{again}");
}

#[tokio::test]
async fn a_backup_that_was_cut_or_changed_restores_nothing() {
    let bed = Bed::new().await;
    bed.back_up().unwrap();
    let whole = fs::read(bed.backup()).unwrap();
    for length in [0, 100, 512, whole.len() / 2, whole.len() - 6000] {
        fs::write(bed.backup(), &whole[..length]).unwrap();
        let refused = restore(&bed.backup(), &bed.target()).unwrap_err();
        assert!(
            matches!(refused, BackupError::NotWhole { .. }),
            "{length}: {refused}"
        );
    }
    let at = whole
        .windows(7)
        .position(|part| part == b"seven b")
        .unwrap();
    let mut changed = whole.clone();
    changed[at] = b'S';
    fs::write(bed.backup(), &changed).unwrap();
    let refused = restore(&bed.backup(), &bed.target())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("is damaged"), "{refused}");
    assert_eq!(bed.names(), ["desk", "desk.tar"]);
}

#[tokio::test]
async fn an_upload_that_is_lost_is_told_and_one_that_is_short_is_refused() {
    let bed = Bed::new().await;
    fs::write(&bed.upload, "short").unwrap();
    bed.back_up().unwrap();
    let refused = restore(&bed.backup(), &bed.target())
        .unwrap_err()
        .to_string();
    assert!(refused.contains("shorter than it was"), "{refused}");
    fs::remove_file(&bed.upload).unwrap();
    fs::remove_file(bed.backup()).unwrap();
    assert_eq!(bed.back_up().unwrap().missing.len(), 1);
    restore(&bed.backup(), &bed.target()).unwrap();
}

#[tokio::test]
async fn uploads_in_a_bucket_stay_there() {
    let bed = Bed::new().await;
    let data = bed.folder.path().join("desk");
    let wanted = BackUp {
        place: &place(&data.join("frontdesk.sqlite3")),
        uploads: Uploads::Bucket("the bucket desk of https://s3.example"),
        into: &bed.backup(),
        now: NOW,
    };
    let made = back_up(&wanted, &mut |_| {}).unwrap();
    assert_eq!((made.entries.len(), made.missing.len()), (1, 0));
    let left = made.not_included.last().unwrap();
    assert!(
        left.contains("1 uploads, which are in the bucket desk"),
        "{left}"
    );
    let checked = restore(&bed.backup(), &bed.target()).unwrap();
    assert_eq!(checked.manifest.bucket, made.bucket);
}

#[test]
fn an_archive_of_somebody_else_writes_nothing_outside() {
    let folder = tempfile::tempdir().unwrap();
    let (backup, into) = (folder.path().join("b.tar"), folder.path().join("into"));
    let link = tar::EntryType::Symlink;
    let plain = tar::EntryType::Regular;
    for (name, kind) in [
        ("../outside", plain),
        ("/tmp/outside", plain),
        ("files/../../outside", plain),
        ("secret.key", plain),
        ("files/a", link),
        ("files/a", tar::EntryType::Link),
    ] {
        let mut header = tar::Header::new_gnu();
        let bytes = &mut header.as_old_mut().name;
        bytes[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(kind);
        header.set_size(0);
        header.set_mode(0o644);
        header.set_link_name("/etc/passwd").unwrap();
        header.set_cksum();
        let mut tar = tar::Builder::new(fs::File::create(&backup).unwrap());
        tar.append(&header, &[][..]).unwrap();
        tar.finish().unwrap();
        let refused = restore(&backup, &into).unwrap_err();
        assert!(
            refused.to_string().contains("no backup does"),
            "{name}: {refused}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
