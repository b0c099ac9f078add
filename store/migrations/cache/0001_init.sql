-- What the client keeps about servers. All of it can be fetched or asked for again.

-- One row for each person at each server.
CREATE TABLE sign_ins (
    id         INTEGER PRIMARY KEY,
    server     TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    account_id TEXT    NOT NULL,
    email      TEXT    NOT NULL,
    current    INTEGER NOT NULL DEFAULT 0 CHECK (current IN (0, 1)),
    UNIQUE (server, user_id)
) STRICT;

-- At most one sign-in is the one in use.
CREATE UNIQUE INDEX sign_ins_current ON sign_ins (current) WHERE current = 1;

-- The number of the last event that was taken in.
CREATE TABLE cursors (
    sign_in INTEGER PRIMARY KEY REFERENCES sign_ins (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL
) STRICT;

-- How far each conversation has been read here, and the number people call it by.
CREATE TABLE conversations (
    sign_in  INTEGER NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    id       TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    seen_seq INTEGER,
    PRIMARY KEY (sign_in, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversations_number ON conversations (sign_in, number);
