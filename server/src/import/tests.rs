//! A small desk in files, imported whole, in part, twice and with mistakes.

use super::{ImportError, ImportOptions, Imported, OnProblem, import};
use frontdesk_db::queries::{counts, events, users};
use frontdesk_db::{Db, DbError, Place, SystemClock};
use frontdesk_domain::{AccountId, EventSeq, MessageKind};
use std::path::Path;
use std::sync::Arc;

const MESSAGES: &str = r#"{"id":1,"conversation_id":1,"kind":"incoming","author":"c1","body":"Where is my parcel?","sent_at":"2026-01-05T09:00:00Z","html":"<p>Where is my parcel?</p>"}
{"id":2,"conversation_id":1,"kind":"activity","author":"system","body":"Label delivery added","sent_at":"2026-01-05T09:01:00Z"}
{"id":3,"conversation_id":1,"kind":"note","author":"a1","body":"Lost by the carrier.","sent_at":"2026-01-05T09:02:00Z"}
{"id":4,"conversation_id":1,"kind":"outgoing","author":"a1","body":"We send a new one.","sent_at":"2026-01-05T09:03:00Z"}
{"id":5,"conversation_id":2,"kind":"incoming","author":"c2","body":"返金の手続き","sent_at":"2026-01-06T09:00:00Z"}
"#;

fn write_desk(folder: &Path, messages: &str) {
    let files = [
        ("accounts.jsonl", r#"{"id":"acc1","name":"Example"}"#),
        (
            "inboxes.jsonl",
            r#"{"id":"i1","account_id":"acc1","name":"Support","channel":"email"}"#,
        ),
        (
            "agents.jsonl",
            r#"{"id":"a1","account_id":"acc1","name":"Ana","email":"Ana@support.example","team":"tier1"}"#,
        ),
        (
            "customers.jsonl",
            r#"{"id":"c1","account_id":"acc1","name":"Jo","email":"jo@mail.example","phone":null,"company":"Acme","timezone":"UTC","created_at":"2026-01-01T00:00:00Z"}
{"id":"c2","account_id":"acc1","name":null,"email":null,"phone":"+81 3","company":null,"timezone":null,"created_at":"2026-01-01T00:00:00Z"}"#,
        ),
        (
            "conversations.jsonl",
            r#"{"id":1,"account_id":"acc1","inbox_id":"i1","customer_id":"c1","channel":"email","subject":"Parcel","status":"resolved","priority":"urgent","assignee":"a1","labels":["delivery"],"unread":false,"created_at":"2026-01-05T09:00:00Z","updated_at":"2026-01-05T09:03:00Z","snoozed_until":null}
{"id":2,"account_id":"acc1","inbox_id":null,"customer_id":"c2","channel":"sms","subject":null,"status":"pending","priority":"low","assignee":null,"labels":[],"unread":true,"created_at":"2026-01-06T09:00:00Z","updated_at":"2026-01-06T09:00:00Z","snoozed_until":null}"#,
        ),
        ("messages.jsonl", messages),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}

struct Bed {
    folder: tempfile::TempDir,
    db: Db,
}

impl Bed {
    fn new(messages: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        write_desk(folder.path(), messages);
        let place = Place::Sqlite(folder.path().join("desk.sqlite3"));
        let db = Db::open(&place, Arc::new(SystemClock)).unwrap();
        Self { folder, db }
    }

    fn options(&self) -> ImportOptions {
        ImportOptions {
            unit: 2,
            ..ImportOptions::new(self.folder.path().to_owned())
        }
    }

    async fn import(&self, options: &ImportOptions) -> Result<Imported, ImportError> {
        import(&self.db, options, &mut |_| {}).await
    }

    /// The kinds of the imported messages in the order of their events.
    async fn kinds(&self) -> Vec<(MessageKind, bool)> {
        let account_id = account();
        let found = self
            .db
            .read(move |conn| {
                assert_eq!(
                    counts::cells(conn, account_id)?,
                    counts::recount(conn, account_id)?
                );
                events::since(conn, account_id, EventSeq(0), 1_000)
            })
            .await
            .map_err(|error: DbError| error)
            .unwrap();
        let numbers = found.iter().map(|event| event.seq.0);
        assert!(numbers.eq(1..=i64::try_from(found.len()).unwrap()));
        found
            .into_iter()
            .filter_map(|event| match event.content {
                events::Content::Message { view, .. } => view,
                _ => None,
            })
            .map(|view| (view.message.kind, view.message.private))
            .collect()
    }
}

fn account() -> AccountId {
    super::ids::account("acc1", "Example")
}

#[tokio::test]
async fn a_second_import_finds_everything_in_place() {
    let bed = Bed::new(MESSAGES);
    let first = bed.import(&bed.options()).await.unwrap();
    assert_eq!(
        (first.customers, first.conversations, first.messages),
        (2, 2, 5)
    );
    let again = bed.import(&bed.options()).await.unwrap();
    assert_eq!((again.messages, again.already_there), (0, 12));
    let kinds = [
        (MessageKind::Reply, false),
        (MessageKind::System, true),
        (MessageKind::Note, true),
        (MessageKind::Reply, false),
        (MessageKind::Reply, false),
    ];
    assert_eq!(bed.kinds().await, kinds);
}

#[tokio::test]
async fn an_interrupted_import_goes_on_where_it_was() {
    let begun: String = MESSAGES.lines().take(3).collect::<Vec<_>>().join("\n");
    let bed = Bed::new(&begun);
    bed.import(&bed.options()).await.unwrap();
    write_desk(bed.folder.path(), MESSAGES);
    let rest = bed.import(&bed.options()).await.unwrap();
    assert_eq!(rest.messages, 2);
    assert_eq!(bed.kinds().await.len(), 5);
}

#[tokio::test]
async fn a_limit_brings_what_its_messages_need() {
    let bed = Bed::new(MESSAGES);
    let options = ImportOptions {
        limit: Some(4),
        ..bed.options()
    };
    let done = bed.import(&options).await.unwrap();
    assert_eq!(
        (done.customers, done.conversations, done.messages),
        (1, 1, 4)
    );
}

#[tokio::test]
async fn a_wrong_line_stops_or_is_left_out() {
    let wrong = MESSAGES.replace(r#""author":"c2""#, r#""author":"c9""#);
    let bed = Bed::new(&wrong);
    let stopped = bed.import(&bed.options()).await.unwrap_err();
    assert_eq!(
        stopped.to_string(),
        "messages.jsonl, line 5: there is no customer c9 in customers.jsonl; correct the line, \
         or leave out what cannot be imported with --skip-problems"
    );
    let options = ImportOptions {
        on_problem: OnProblem::Skip,
        ..bed.options()
    };
    let done = bed.import(&options).await.unwrap();
    assert_eq!((done.skipped, done.problems.len()), (1, 1));
    assert_eq!(bed.kinds().await.len(), 4);
}

#[tokio::test]
async fn imported_users_cannot_sign_in() {
    let bed = Bed::new(MESSAGES);
    bed.import(&bed.options()).await.unwrap();
    let found = bed
        .db
        .read(|conn| users::by_email(conn, "ana@support.example"))
        .await
        .map_err(|error: DbError| error)
        .unwrap();
    assert!(!found.unwrap().0.is_active());
}
