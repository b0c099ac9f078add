-- Mailboxes, numbers and bots: what comes in and goes out by them belongs to an inbox.
CREATE TABLE connections (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    -- What its conversations come from.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- JSON, without secrets.
    settings TEXT NOT NULL,
    -- JSON, sealed.
    secrets BLOB,
    -- How far it has read, in words of its kind.
    position TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    failing_since INTEGER,
    checked_at INTEGER,
    worked_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX connections_account ON connections (account_id, created_at, id);
CREATE INDEX connections_inbox ON connections (inbox_id);
