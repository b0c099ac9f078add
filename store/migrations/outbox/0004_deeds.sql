-- What the agent did and can take back, in the order it was done. Parts are a list: which
-- conversation, what was done to it, and what takes that back.
CREATE TABLE deeds (
    n     INTEGER PRIMARY KEY AUTOINCREMENT,
    id    BLOB    NOT NULL UNIQUE,
    title TEXT    NOT NULL,
    at    INTEGER NOT NULL,
    -- The run by which the server did it, if it did.
    run   BLOB,
    parts TEXT    NOT NULL
) STRICT;
