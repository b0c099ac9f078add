-- What messages are as mails.
CREATE TABLE mails (
    message_id BLOB PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    connection_id BLOB REFERENCES connections (id) ON DELETE SET NULL,
    direction TEXT NOT NULL,
    mail_id TEXT,
    -- Who wrote it, or to whom it went.
    theirs TEXT NOT NULL,
    topic TEXT NOT NULL,
    -- JSON: its header.
    details TEXT NOT NULL,
    -- Without anything that acts or fetches.
    html TEXT,
    -- The signature and what is quoted.
    rest TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_topic ON mails (account_id, theirs, topic, created_at);
CREATE INDEX mails_connection ON mails (connection_id);

-- The Message-IDs of mails. A provider may give one of its own on the way.
CREATE TABLE mail_ids (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mail_id TEXT NOT NULL,
    message_id BLOB NOT NULL REFERENCES mails (message_id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, mail_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mail_ids_message ON mail_ids (message_id);

-- Mails that nobody could tell what they are, with their bytes.
CREATE TABLE quarantined_mails (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    connection_id BLOB REFERENCES connections (id) ON DELETE SET NULL,
    reason TEXT NOT NULL,
    explanation TEXT NOT NULL,
    way TEXT NOT NULL,
    -- A line for each address.
    recipients TEXT NOT NULL,
    sender TEXT,
    subject TEXT,
    size INTEGER NOT NULL,
    fingerprint TEXT NOT NULL,
    raw BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    tried_at INTEGER
) STRICT;
CREATE INDEX quarantined_mails_account ON quarantined_mails (account_id, created_at, id);
CREATE INDEX quarantined_mails_same ON quarantined_mails (connection_id, fingerprint);
CREATE INDEX quarantined_mails_sender ON quarantined_mails (account_id, sender);
