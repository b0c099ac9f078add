-- A conversation as a thread of the team's own channel.
CREATE TABLE seats (
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    connection_id BLOB NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The channel and its first message, as the provider names them.
    place TEXT NOT NULL,
    -- Up to which message the thread has been told.
    told_seq INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, connection_id),
    UNIQUE (connection_id, place)
) STRICT;
