-- How a conversation reaches its customer by a connection: from which of our addresses to which of
-- theirs.
CREATE TABLE lines (
    conversation_id BYTEA PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    connection_id BYTEA NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    -- When the customer last wrote.
    heard_at BIGINT,
    -- Since when the customer wants to hear no more.
    stopped_at BIGINT,
    UNIQUE (connection_id, ours, theirs)
);
