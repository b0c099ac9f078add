-- Work to do, written in the unit that decided upon it.
CREATE TABLE jobs (
    -- Never used twice: people name jobs by it.
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BLOB REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    queue TEXT NOT NULL,
    payload TEXT NOT NULL,
    unique_key TEXT,
    -- ready, running or dead.
    state TEXT NOT NULL,
    -- Asked for again while it ran.
    again INTEGER NOT NULL,
    -- Not before this time, and how long that wait was meant to be: a clock that was set back
    -- makes nobody wait longer.
    run_at INTEGER NOT NULL,
    wait INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    -- Under which lease it is held. Nobody else can settle it.
    lease BLOB,
    error TEXT,
    created_at INTEGER NOT NULL,
    -- When it was last claimed.
    tried_at INTEGER
) STRICT;
CREATE INDEX jobs_ready ON jobs (queue, run_at, n) WHERE state = 'ready';
CREATE INDEX jobs_running ON jobs (lease) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_unique ON jobs (kind, unique_key) WHERE unique_key IS NOT NULL AND state <> 'dead';
CREATE INDEX jobs_account ON jobs (account_id, state, n);
CREATE INDEX jobs_dead ON jobs (tried_at) WHERE state = 'dead';

-- Who holds jobs, and how often it said that it is there.
CREATE TABLE job_leases (
    lease BLOB PRIMARY KEY,
    beat INTEGER NOT NULL,
    taken_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The newest slot whose work was put into the queue, by what is done.
CREATE TABLE job_slots (
    name TEXT PRIMARY KEY,
    slot INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Up to which event an account's webhooks and notifications have been thought of. Accounts that
-- never had either are not here.
CREATE TABLE event_readers (
    account_id BLOB PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

ALTER TABLE event_subscriptions ADD COLUMN secret BLOB;
-- Calls that failed in a row, and since when.
ALTER TABLE event_subscriptions ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_subscriptions ADD COLUMN failing_since INTEGER;
ALTER TABLE event_subscriptions ADD COLUMN disabled_at INTEGER;
ALTER TABLE event_subscriptions ADD COLUMN disabled_reason TEXT;

-- What a webhook is told, in order. The content is read when it is sent.
CREATE TABLE webhook_deliveries (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subscription_id BLOB NOT NULL REFERENCES event_subscriptions (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    conversation_id BLOB NOT NULL,
    message_id BLOB,
    -- pending, delivered, failed, or skipped when there was nothing left to tell.
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    -- It stepped aside for those behind it until then.
    aside_until INTEGER,
    -- The last try.
    tried_at INTEGER,
    status INTEGER,
    took_ms INTEGER,
    answer TEXT,
    error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (subscription_id, n) WHERE state = 'pending';
CREATE INDEX webhook_deliveries_log ON webhook_deliveries (subscription_id, n);
CREATE INDEX webhook_deliveries_old ON webhook_deliveries (created_at);

-- How a user is told outside the program.
CREATE TABLE notification_settings (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- ntfy, gotify or webhook.
    service TEXT NOT NULL,
    url TEXT NOT NULL,
    token BLOB,
    on_assigned INTEGER NOT NULL,
    on_mentioned INTEGER NOT NULL,
    on_unassigned INTEGER NOT NULL,
    with_text INTEGER NOT NULL,
    -- Minutes of the day in the user's time zone; both or neither.
    quiet_from INTEGER,
    quiet_until INTEGER,
    time_zone TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notification_settings_account ON notification_settings (account_id);

-- How often somebody was reminded that a customer waits, for this wait of the customer's.
CREATE TABLE reply_reminders (
    conversation_id BLOB PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    waiting_since INTEGER NOT NULL,
    sent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX messages_outgoing ON messages (conversation_id, seq) WHERE delivery_state IN ('queued', 'sending');
CREATE INDEX conversations_stale ON conversations (account_id, closed_at) WHERE status = 'closed' AND archived_at IS NULL;
