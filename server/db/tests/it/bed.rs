//! A fresh database of each kind, with an account to work in.

use frontdesk_db::{Clock, Db, DbError, ManualClock, Place, queries};
use frontdesk_domain::account::{Account, Inbox, User};
use frontdesk_domain::{
    AccountId, Availability, ChannelKind, InboxId, Role, Timestamp, UserId, Visibility,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// When every test begins.
pub(crate) const START: Timestamp = Timestamp::from_seconds(1_795_000_000);

/// A database with one account, one admin and one inbox in it.
pub(crate) struct Bed {
    pub(crate) db: Db,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) account: Account,
    pub(crate) inbox: Inbox,
    pub(crate) user: User,
    /// Where the database is.
    pub(crate) place: Place,
    _folder: tempfile::TempDir,
}

/// Runs a test on every engine there is. PostgreSQL is one when `TEST_POSTGRES_URL` names it.
pub(crate) fn on_each_engine<F, T>(test: F)
where
    F: Fn(Bed) -> T,
    T: Future<Output = ()>,
{
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        test(Bed::new(|folder| Place::Sqlite(folder.join("desk.sqlite3"))).await).await;
        if let Some(server) = postgres_url() {
            let url = fresh_database(&server).await;
            let place = Place::Postgres {
                url: url.clone(),
                writers: 2,
                readers: 2,
            };
            test(Bed::new(|_| place).await).await;
            drop_database(&server, &url).await;
        }
    });
}

#[expect(
    clippy::disallowed_methods,
    reason = "the environment is a test's configuration"
)]
pub(crate) fn postgres_url() -> Option<String> {
    std::env::var("TEST_POSTGRES_URL").ok()
}

/// Makes an empty database on the test server and says its address.
pub(crate) async fn fresh_database(server: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "t{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    command(
        server,
        &[
            &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            &format!("CREATE DATABASE {name}"),
        ],
    )
    .await;
    let mut url = server.to_owned();
    let path = url.rfind('/').unwrap();
    let query = url[path..].find('?').map_or(url.len(), |at| path + at);
    url.replace_range(path + 1..query, &name);
    url
}

/// Removes a database that [`fresh_database`] made.
async fn drop_database(server: &str, url: &str) {
    let name = url.rsplit('/').next().and_then(|end| end.split('?').next());
    let name = name.unwrap();
    command(server, &[&format!("DROP DATABASE {name} WITH (FORCE)")]).await;
}

async fn command(server: &str, statements: &[&str]) {
    let (client, connection) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .unwrap();
    let driver =
        tokio::task::spawn_blocking(move || tokio::runtime::Handle::current().block_on(connection));
    for statement in statements {
        client.batch_execute(statement).await.unwrap();
    }
    drop(client);
    driver.await.unwrap().unwrap();
}

impl Bed {
    async fn new(place: impl FnOnce(&std::path::Path) -> Place) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(ManualClock::at(START));
        let shared: Arc<dyn Clock> = Arc::<ManualClock>::clone(&clock);
        let place = place(folder.path());
        let db = Db::open(&place, shared).unwrap();
        let account = account();
        let (inbox, user) = (inbox(account.id), user(account.id));
        let stored = (account.clone(), inbox.clone(), user.clone());
        let user_id = db
            .write_global(move |unit| {
                queries::accounts::insert(unit, &stored.0)?;
                queries::inboxes::insert(unit, &stored.1)?;
                queries::users::insert(unit, &stored.2, "no hash")
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let user = User {
            id: user_id,
            ..user
        };
        Self {
            db,
            clock,
            account,
            inbox,
            user,
            place,
            _folder: folder,
        }
    }
}

fn account() -> Account {
    Account {
        id: AccountId::random(),
        company_name: "Acme".to_owned(),
        company_logo_url: None,
        time_zone: Some("Europe/Berlin".to_owned()),
        plan: "team".to_owned(),
        settings: None,
        working_hours: Vec::new(),
        created_at: START,
        updated_at: START,
    }
}

fn inbox(account_id: AccountId) -> Inbox {
    Inbox {
        id: InboxId::random(),
        account_id,
        name: "Primary".to_owned(),
        description: None,
        slug: None,
        channel: ChannelKind::Chat,
        is_primary: true,
        is_private: false,
        identity_required: false,
        created_at: START,
        updated_at: START,
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
        full_name: Some("Ada".to_owned()),
        display_name: None,
        profile_photo_url: None,
        disabled_at: None,
        archived_at: None,
        created_at: START,
        updated_at: START,
    }
}
