-- What the agent did and typed, and the server has not confirmed. Nobody else has it.

-- Commands in the order they were made.
CREATE TABLE intents (
    n            INTEGER PRIMARY KEY AUTOINCREMENT,
    id           BLOB    NOT NULL UNIQUE,
    conversation BLOB    NOT NULL,
    command      TEXT    NOT NULL,
    made_at      INTEGER NOT NULL,
    hold_until   INTEGER,
    -- waiting, sending, held, failed
    state        TEXT    NOT NULL,
    -- Why it failed, or what it is held for.
    detail       TEXT    NOT NULL DEFAULT ''
) STRICT;

-- Text that is being written.
CREATE TABLE texts (
    conversation BLOB NOT NULL,
    kind         TEXT NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (conversation, kind)
) STRICT, WITHOUT ROWID;
