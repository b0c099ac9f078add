//! Stored secrets: sealed in the database, readable after every step of a rotation, and lost
//! alone when their key is.

use frontdesk_db::queries::{inboxes, notification_settings, sealed, users};
use frontdesk_db::{Db, DbError, Place, SystemClock};
use frontdesk_domain::account::{Inbox, User};
use frontdesk_domain::notify::Notify;
use frontdesk_domain::{
    AccountId, Availability, ChannelKind, InboxId, PushService, Role, Timestamp, UserId, Visibility,
};
use frontdesk_server::config::Config;
use frontdesk_server::use_cases::inboxes::secret_home;
use frontdesk_server::vault::{Home, Rotation, RotationError, Secret, Step, Vault, upgrade};
use frontdesk_testkit::{Engine, engines, fresh_postgres};
use std::sync::Arc;

/// More than are sealed in one unit.
const SECRETS: usize = 150;

struct Bed {
    config: Config,
    place: Place,
    account_id: AccountId,
    inboxes: Vec<InboxId>,
    _folder: tempfile::TempDir,
}

impl Bed {
    /// A database with many secrets, all as an older version stored them: in the clear.
    async fn new(engine: Engine) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = match engine {
            Engine::Sqlite => Place::Sqlite(folder.path().join("desk.sqlite3")),
            Engine::Postgres => Place::Postgres {
                url: fresh_postgres().await,
                writers: 1,
                readers: 1,
            },
        };
        let config = Config {
            data: folder.path().to_owned(),
            ..Config::default()
        };
        let mut bed = Self {
            config,
            place,
            account_id: AccountId::random(),
            inboxes: (0..SECRETS).map(|_| InboxId::random()).collect(),
            _folder: folder,
        };
        bed.inboxes.sort_unstable_by_key(|id| id.0);
        bed.fill().await;
        bed
    }

    fn db(&self) -> Db {
        Db::open(&self.place, Arc::new(SystemClock)).unwrap()
    }

    async fn fill(&self) {
        let (account_id, ids) = (self.account_id, self.inboxes.clone());
        let db = self.db();
        let filled: Result<(), DbError> = db
            .write_global(move |unit| {
                frontdesk_db::queries::accounts::insert(unit, &account(account_id))?;
                for (index, id) in ids.iter().enumerate() {
                    inboxes::insert(unit, &inbox(account_id, *id))?;
                    let secret = plain(index);
                    inboxes::set_identity_secret(unit, account_id, *id, Some(secret.as_bytes()))?;
                }
                Ok(())
            })
            .await;
        filled.unwrap();
        db.close();
    }

    /// Reads every secret with the keys that are in the file now.
    async fn all_open(&self) -> bool {
        let (db, vault) = (self.db(), Vault::open_for(&self.config).unwrap());
        let (account_id, ids) = (self.account_id, self.inboxes.clone());
        let stored: Result<Vec<_>, DbError> = db
            .read(move |conn| {
                ids.iter()
                    .map(|id| inboxes::identity_secret(conn, account_id, *id))
                    .collect()
            })
            .await;
        db.close();
        let stored = stored.unwrap();
        let opens = |(index, value): (usize, &Option<Vec<u8>>)| {
            let home = secret_home(self.account_id, self.inboxes[index]);
            vault.open(&home, value.as_ref().unwrap()) == Ok(Secret::new(plain(index)))
        };
        stored.iter().enumerate().all(opens)
    }

    async fn upgrade(&self) -> usize {
        let (db, vault) = (self.db(), Vault::open_for(&self.config).unwrap());
        let lost = upgrade(&db, &vault).await.unwrap();
        db.close();
        lost
    }
}

fn plain(index: usize) -> String {
    format!("canary-secret-{index}")
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
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn inbox(account_id: AccountId, id: InboxId) -> Inbox {
    Inbox {
        id,
        account_id,
        name: "Shop".to_owned(),
        description: None,
        slug: None,
        channel: ChannelKind::Chat,
        is_primary: false,
        is_private: false,
        identity_required: false,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

#[tokio::test]
async fn a_rotation_may_end_after_every_step() {
    for engine in engines() {
        let bed = Bed::new(engine).await;
        assert_eq!(bed.upgrade().await, 0);
        assert!(bed.all_open().await);
        let file = bed.config.key_file();
        let before = file.load_or_create().unwrap();
        let mut steps = Vec::new();
        loop {
            // Each step by a rotation and on connections of its own, as after a crash.
            let db = bed.db();
            let step = Rotation::new(&file, &db).step().await.unwrap();
            db.close();
            assert!(bed.all_open().await, "after {steps:?} and {step:?}");
            steps.push(step);
            if step == Step::Finished {
                break;
            }
        }
        assert_eq!(steps[0], Step::Began);
        assert!(steps.len() > 4, "{steps:?}");
        let after = file.load_or_create().unwrap();
        assert_eq!(after.len(), 1);
        assert_ne!(after, before);
    }
}

#[tokio::test]
async fn nothing_is_stored_in_the_clear_and_a_row_cannot_be_moved() {
    for engine in engines() {
        let bed = Bed::new(engine).await;
        bed.upgrade().await;
        let (db, account_id) = (bed.db(), bed.account_id);
        let (one, other) = (bed.inboxes[0], bed.inboxes[1]);
        let stored: Result<_, DbError> = db
            .write(account_id, move |unit| {
                let value = inboxes::identity_secret(unit.conn(), account_id, one)?.unwrap();
                inboxes::set_identity_secret(unit, account_id, other, Some(&value))?;
                Ok(value)
            })
            .await;
        let value = stored.unwrap();
        db.close();
        assert!(!value.windows(6).any(|part| part == b"canary"));
        let vault = Vault::open_for(&bed.config).unwrap();
        assert!(vault.open(&secret_home(account_id, one), &value).is_ok());
        assert!(vault.open(&secret_home(account_id, other), &value).is_err());
    }
}

#[tokio::test]
async fn a_lost_key_loses_the_secrets_alone_and_says_so() {
    for engine in engines() {
        let bed = Bed::new(engine).await;
        bed.upgrade().await;
        std::fs::remove_file(bed.config.key_file().path()).unwrap();
        assert_eq!(bed.upgrade().await, SECRETS);
        assert!(!bed.all_open().await);
        let (db, file) = (bed.db(), bed.config.key_file());
        let mut rotation = Rotation::new(&file, &db);
        assert_eq!(rotation.step().await.unwrap(), Step::Began);
        let error = rotation.step().await.unwrap_err();
        assert!(matches!(error, RotationError::Unreadable(SECRETS)));
        assert!(error.to_string().contains("set those secrets anew"));
        // One secret that is set anew is readable at once; nothing else of the desk was touched.
        let (account_id, id) = (bed.account_id, bed.inboxes[0]);
        let home = secret_home(account_id, id);
        let vault = Vault::open_for(&bed.config).unwrap();
        let anew = vault.seal(&home, &Secret::new("anew"));
        let found: Result<_, DbError> = db
            .write(account_id, move |unit| {
                inboxes::set_identity_secret(unit, account_id, id, Some(&anew))?;
                let shown = inboxes::by_id(unit.conn(), account_id, id)?;
                let value = inboxes::identity_secret(unit.conn(), account_id, id)?;
                Ok((shown, value))
            })
            .await;
        let (shown, value) = found.unwrap();
        assert_eq!(shown.unwrap().name, "Shop");
        assert_eq!(vault.open(&home, &value.unwrap()), Ok(Secret::new("anew")));
        db.close();
        assert_eq!(sealed::COLUMNS[0].name, "inboxes.identity_secret");
    }
}

#[tokio::test]
async fn the_token_of_a_push_service_is_sealed_and_follows_a_rotation() {
    for engine in engines() {
        let bed = Bed::new(engine).await;
        let account_id = bed.account_id;
        let db = bed.db();
        let kept: Result<Notify, DbError> = db
            .write(account_id, move |unit| {
                let id = users::insert(unit, &user(account_id), "hash")?;
                // As an older version stored it: in the clear.
                let wish = wish(account_id, id);
                notification_settings::upsert(unit, &wish)?;
                Ok(wish)
            })
            .await;
        let kept = kept.unwrap();
        db.close();
        bed.upgrade().await;
        let sealed = bed.push_token(&kept).await;
        assert!(!sealed.windows(6).any(|part| part == b"canary"));
        let (db, file) = (bed.db(), bed.config.key_file());
        let mut rotation = Rotation::new(&file, &db);
        while rotation.step().await.unwrap() != Step::Finished {}
        db.close();
        let home = Home {
            column: &sealed::PUSH_TOKEN,
            account_id,
            row: kept.id,
        };
        let anew = bed.push_token(&kept).await;
        assert_ne!(anew, sealed);
        let vault = Vault::open_for(&bed.config).unwrap();
        assert_eq!(vault.open(&home, &anew), Ok(Secret::new("canary")));
    }
}

impl Bed {
    async fn push_token(&self, wish: &Notify) -> Vec<u8> {
        let (db, account_id, user_id) = (self.db(), wish.account_id, wish.user_id);
        let found = db
            .read(move |conn| notification_settings::by_user(conn, account_id, user_id))
            .await;
        db.close();
        found.unwrap().unwrap().token.unwrap()
    }
}

fn user(account_id: AccountId) -> User {
    User {
        id: UserId(0),
        account_id,
        email: "ada@acme.test".to_owned(),
        role: Role::Admin,
        visibility: Visibility::All,
        availability: Availability::Online,
        full_name: None,
        display_name: None,
        profile_photo_url: None,
        disabled_at: None,
        archived_at: None,
        created_at: Timestamp(0),
        updated_at: Timestamp(0),
    }
}

fn wish(account_id: AccountId, user_id: UserId) -> Notify {
    Notify {
        id: uuid::Uuid::new_v4(),
        user_id,
        account_id,
        service: PushService::Gotify,
        url: "https://push.test".to_owned(),
        token: Some(b"canary".to_vec()),
        on_assigned: true,
        on_mentioned: true,
        on_unassigned: false,
        with_text: false,
        quiet: None,
        time_zone: "UTC".to_owned(),
        updated_at: Timestamp(0),
    }
}
