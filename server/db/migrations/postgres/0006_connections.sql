-- Mailboxes, numbers and bots: what comes in and goes out by them belongs to an inbox.
CREATE TABLE connections (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BYTEA NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    -- What its conversations come from.
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- JSON, without secrets.
    settings TEXT NOT NULL,
    -- JSON, sealed.
    secrets BYTEA,
    -- How far it has read, in words of its kind.
    position TEXT,
    state TEXT NOT NULL,
    reason TEXT,
    failing_since BIGINT,
    checked_at BIGINT,
    worked_at BIGINT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX connections_account ON connections (account_id, created_at, id);
CREATE INDEX connections_inbox ON connections (inbox_id);
