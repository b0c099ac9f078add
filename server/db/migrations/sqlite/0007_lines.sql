-- How a conversation reaches its customer by a connection: from which of our addresses to which of
-- theirs.
CREATE TABLE lines (
    conversation_id BLOB PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    connection_id BLOB NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    ours TEXT NOT NULL,
    theirs TEXT NOT NULL,
    -- When the customer last wrote.
    heard_at INTEGER,
    -- Since when the customer wants to hear no more.
    stopped_at INTEGER,
    UNIQUE (connection_id, ours, theirs)
) STRICT;
