-- What was erased, of whom by id alone, and the report of it.
CREATE TABLE erasures (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BYTEA NOT NULL,
    -- delete or anonymise.
    how TEXT NOT NULL,
    user_id BIGINT,
    report TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX erasures_account ON erasures (account_id, created_at);

-- Conversations that were kept without their texts.
CREATE TABLE erased_conversations (
    conversation_id BYTEA PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    at BIGINT NOT NULL
);

-- Files that nothing knows any more, until their bytes have gone from the disk.
CREATE TABLE doomed_files (
    file_id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL
);

-- How long conversations are kept. No inbox and no status stand for all.
CREATE TABLE retention_rules (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BYTEA REFERENCES inboxes (id) ON DELETE CASCADE,
    status TEXT,
    days BIGINT NOT NULL,
    how TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX retention_rules_account ON retention_rules (account_id, created_at);

-- What nobody may delete, whatever a rule says: a conversation, or all of a customer's.
CREATE TABLE legal_holds (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BYTEA REFERENCES customers (id),
    conversation_id BYTEA REFERENCES conversations (id),
    reason TEXT NOT NULL,
    user_id BIGINT,
    created_at BIGINT NOT NULL
);
CREATE INDEX legal_holds_account ON legal_holds (account_id, created_at);
CREATE INDEX legal_holds_customer ON legal_holds (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX legal_holds_conversation ON legal_holds (conversation_id) WHERE conversation_id IS NOT NULL;
