-- What was erased, of whom by id alone, and the report of it.
CREATE TABLE erasures (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BLOB NOT NULL,
    -- delete or anonymise.
    how TEXT NOT NULL,
    user_id INTEGER,
    report TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX erasures_account ON erasures (account_id, created_at);

-- Conversations that were kept without their texts.
CREATE TABLE erased_conversations (
    conversation_id BLOB PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files that nothing knows any more, until their bytes have gone from the disk.
CREATE TABLE doomed_files (
    file_id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- How long conversations are kept. No inbox and no status stand for all.
CREATE TABLE retention_rules (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB REFERENCES inboxes (id) ON DELETE CASCADE,
    status TEXT,
    days INTEGER NOT NULL,
    how TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX retention_rules_account ON retention_rules (account_id, created_at);

-- What nobody may delete, whatever a rule says: a conversation, or all of a customer's.
CREATE TABLE legal_holds (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BLOB REFERENCES customers (id),
    conversation_id BLOB REFERENCES conversations (id),
    reason TEXT NOT NULL,
    user_id INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX legal_holds_account ON legal_holds (account_id, created_at);
CREATE INDEX legal_holds_customer ON legal_holds (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX legal_holds_conversation ON legal_holds (conversation_id) WHERE conversation_id IS NOT NULL;
