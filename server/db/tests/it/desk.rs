//! A desk with conversations in it, written straight to the tables: many, quickly.

use crate::bed::{Bed, START};
use frontdesk_db::{Args, DbError, Sql, Unit, queries};
use frontdesk_domain::account::{Inbox, User};
use frontdesk_domain::{AccountId, InboxId, TagId, UserId};

/// Rows are made by the database itself from their number, so that a hundred thousand take
/// about a second. Number 0 is the newest.
pub(crate) struct Desk {
    pub(crate) account_id: AccountId,
    pub(crate) inboxes: [InboxId; 2],
    pub(crate) users: [UserId; 2],
    pub(crate) tags: [TagId; 2],
}

/// PostgreSQL does this by itself after a while; on SQLite the statements name their indexes.
static STATISTICS: Sql = Sql::split("STATISTICS", "SELECT 1 WHERE 1 = 0", "ANALYZE");

pub(crate) async fn fill(bed: &Bed, conversations: i64) -> Desk {
    let account_id = bed.account.id;
    let (inbox, user) = (bed.inbox.clone(), bed.user.clone());
    let desk = bed
        .db
        .write(account_id, move |unit| {
            let desk = people(unit, &inbox, &user)?;
            numbered(unit, &desk, conversations)?;
            queries::counts::rebuild(unit, account_id)?;
            Ok::<_, DbError>(desk)
        })
        .await
        .unwrap();
    bed.db
        .write_global(|unit| unit.exec(&STATISTICS, &[]))
        .await
        .map_err(|error: DbError| error)
        .unwrap();
    desk
}

fn people(unit: &mut Unit<'_>, inbox: &Inbox, user: &User) -> Result<Desk, DbError> {
    let account_id = inbox.account_id;
    let second = Inbox {
        id: InboxId::random(),
        is_primary: false,
        ..inbox.clone()
    };
    queries::inboxes::insert(unit, &second)?;
    let colleague = User {
        email: "bob@acme.test".to_owned(),
        ..user.clone()
    };
    let colleague = queries::users::insert(unit, &colleague, "no hash")?;
    Ok(Desk {
        account_id,
        inboxes: [inbox.id, second.id],
        users: [user.id, colleague],
        tags: [TagId::random(), TagId::random()],
    })
}

/// A statement over the numbers below `?1`, which go by `i`.
fn over(sqlite: &str, postgres: &str) -> Sql {
    let both = |text: &str, numbers: &str| text.replace("NUMBERS", numbers);
    let leak = |text: String| -> &'static str { Box::leak(text.into_boxed_str()) };
    Sql::split(
        "FILL",
        leak(both(
            sqlite,
            "(WITH RECURSIVE k(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM k WHERE i + 1 < ?1) SELECT i FROM k) s",
        )),
        leak(both(
            postgres,
            "(SELECT i FROM generate_series(0::BIGINT, ?1::BIGINT - 1) AS i) s",
        )),
    )
}

/// The same text for both, but for how an id is made of a text.
fn run(unit: &mut Unit<'_>, text: &str, args: Args<'_>) -> Result<u64, DbError> {
    let sqlite = text
        .replace("ID(", "randomblob(16 + 0 * length(")
        .replace(")ID", "))");
    let postgres = text
        .replace("ID(", "decode(md5((")
        .replace(")ID", ")::TEXT), 'hex')");
    unit.exec(&over(&sqlite, &postgres), args)
}

fn numbered(unit: &mut Unit<'_>, desk: &Desk, count: i64) -> Result<(), DbError> {
    let (account, start) = (desk.account_id, START.0);
    run(
        unit,
        "INSERT INTO customers (id, account_id, name, email, external_id, first_seen, last_seen_at, verified, version,
            created_at, updated_at)
         SELECT ID('c' || i)ID, ?2, 'Customer ' || i, 'c' || i || '@example.org', CAST(i AS TEXT), ?3, ?3, 0, 1, ?3, ?3
         FROM NUMBERS",
        &[&(count / 5).max(1), &account, &start],
    )?;
    run(
        unit,
        "INSERT INTO conversations (id, account_id, number, inbox_id, customer_id, source, status,
            snoozed_until_reply, priority, assignee_id, is_read, answered, last_activity_at, sorted_at,
            last_message_seq, version, created_at, updated_at)
         SELECT ID('v' || i)ID, ?2, CAST(?1 AS BIGINT) - i, CASE WHEN i % 10 = 0 THEN (SELECT id FROM inboxes WHERE id = ?4) ELSE (SELECT id FROM inboxes WHERE id = ?5) END,
            (SELECT c.id FROM customers c WHERE c.account_id = ?2 AND c.external_id = CAST(i / 5 AS TEXT)),
            CASE WHEN i % 2 = 0 THEN 'chat' ELSE 'email' END,
            CASE WHEN i % 100 < 3 THEN 'open' WHEN i % 100 = 3 THEN 'snoozed' ELSE 'closed' END,
            0, CASE WHEN i % 50 = 0 THEN 'priority' ELSE 'not_priority' END,
            CASE WHEN i % 3 = 0 THEN NULL WHEN i % 3 = 1 THEN CAST(?6 AS BIGINT) ELSE CAST(?7 AS BIGINT) END,
            CASE WHEN i % 20 = 0 THEN 0 ELSE 1 END, 1, ?3 - i / 2 * 60000000, ?3 - i / 2 * 60000000,
            2 * (?1 - i), 1, ?3 - i / 2 * 60000000, ?3 - i / 2 * 60000000
         FROM NUMBERS",
        &[
            &count,
            &account,
            &start,
            &desk.inboxes[1],
            &desk.inboxes[0],
            &desk.users[0],
            &desk.users[1],
        ],
    )?;
    hung_on(unit, desk)
}

/// What hangs on the conversations: two messages each, tags on a third and on a fiftieth,
/// mentions of the first user in a hundredth.
fn hung_on(unit: &mut Unit<'_>, desk: &Desk) -> Result<(), DbError> {
    let account = desk.account_id;
    for (from, user) in [(-1_i64, None), (0, Some(desk.users[0]))] {
        run(
            unit,
            "INSERT INTO messages (id, account_id, conversation_id, seq, kind, is_private, source, body, user_id,
                customer_id, has_files, delivery_state, created_at, updated_at)
             SELECT ID('m' || CAST(?3 AS BIGINT) || '.' || c.number)ID, ?2, c.id, 2 * c.number + CAST(?3 AS BIGINT), 'reply', 0, c.source,
                'message of ' || c.number, CAST(?4 AS BIGINT),
                CASE WHEN CAST(?4 AS BIGINT) IS NULL THEN c.customer_id END,
                CASE WHEN c.number % 97 = ?1 THEN 1 ELSE 0 END, 'sent', c.sorted_at, c.sorted_at
             FROM conversations c WHERE c.account_id = ?2",
            &[&from, &account, &from, &user],
        )?;
    }
    for (tag, every) in [(desk.tags[0], 3_i64), (desk.tags[1], 50)] {
        run(
            unit,
            "INSERT INTO tags (id, account_id, name, created_at, updated_at) SELECT ?2, ?3, 'tag ' || CAST(?4 AS TEXT), 0, 0
             FROM NUMBERS",
            &[&1_i64, &tag, &account, &every.to_string()],
        )?;
        run(
            unit,
            "INSERT INTO conversation_tags (conversation_id, tag_id) SELECT id, ?3 FROM conversations
             WHERE account_id = ?2 AND number % ?1 = 0",
            &[&every, &account, &tag],
        )?;
    }
    run(
        unit,
        "INSERT INTO mentions (id, account_id, conversation_id, message_id, user_id, created_at)
         SELECT ID('k' || m.seq)ID, ?2, m.conversation_id, m.id, ?3, m.created_at FROM messages m
         WHERE m.account_id = ?2 AND m.seq % ?1 = 0",
        &[&200_i64, &account, &desk.users[0]],
    )?;
    let last = 1_000_000_i64;
    run(
        unit,
        "UPDATE account_counters SET last_seq = (SELECT COALESCE(MAX(seq), 0) FROM messages WHERE account_id = ?2),
         last_number = ?1 WHERE account_id = ?2",
        &[&last, &account],
    )?;
    Ok(())
}
