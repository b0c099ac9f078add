-- What the client keeps of one account for one agent. All of it can be fetched again.

-- The cursor, how far a snapshot has come, the directory, how lists are sorted: small things by name.
CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A conversation as the server said it, with what a line of a list needs beside it.
CREATE TABLE conversations (
    n          INTEGER PRIMARY KEY,
    id         BLOB    NOT NULL UNIQUE,
    customer   BLOB    NOT NULL,
    number     INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    -- The latest activity, for the order of a customer's conversations.
    activity   INTEGER NOT NULL,
    -- When it was closed; null while it is not.
    closed     INTEGER,
    -- Whether older messages than those here exist: 0 when all are here.
    has_older  INTEGER NOT NULL,
    -- Which snapshot named it, or was under way when an event did.
    generation INTEGER NOT NULL,
    -- Whether the lists show it with something of the outbox done to it.
    overlaid   INTEGER NOT NULL DEFAULT 0,
    draft      INTEGER NOT NULL DEFAULT 0,
    mentioned  INTEGER NOT NULL DEFAULT 0,
    -- The end of the thread: 0 customer, 1 bot, 2 system, 3 the user in last_user.
    last_by    INTEGER,
    last_user  INTEGER,
    last_at    INTEGER,
    last_text  TEXT,
    tags       TEXT    NOT NULL DEFAULT '[]',
    truth      TEXT    NOT NULL
) STRICT;
CREATE INDEX conversations_customer ON conversations (customer, activity);
CREATE INDEX conversations_number ON conversations (number);
CREATE INDEX conversations_closed ON conversations (closed) WHERE closed IS NOT NULL;
CREATE INDEX conversations_overlaid ON conversations (n) WHERE overlaid = 1;
CREATE INDEX conversations_mentioned ON conversations (n) WHERE mentioned = 1;

-- Which conversations stand in which list, the lowest rank first. It is derived from what the
-- server said and from the outbox, and kept by whoever changes one of the two.
CREATE TABLE standing (
    view INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    n    INTEGER NOT NULL,
    PRIMARY KEY (view, rank, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX standing_n ON standing (n);

-- How many stand in each list, so that nobody has to count.
CREATE TABLE counts (
    view  INTEGER PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT;

-- Messages without the people in them, who are kept once. In the order they came to be known,
-- so that a snapshot appends.
CREATE TABLE messages (
    n            INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    message      TEXT    NOT NULL
) STRICT;
CREATE UNIQUE INDEX messages_seq ON messages (seq);
CREATE INDEX messages_thread ON messages (conversation, seq);

CREATE TABLE customers (
    n        INTEGER PRIMARY KEY,
    id       BLOB    NOT NULL UNIQUE,
    title    TEXT    NOT NULL,
    -- Whether tags, company and notes are in it too.
    whole    INTEGER NOT NULL,
    customer TEXT    NOT NULL
) STRICT;

CREATE TABLE drafts (
    id           BLOB PRIMARY KEY,
    conversation BLOB    NOT NULL,
    made_at      INTEGER NOT NULL,
    -- 0 when there is nothing to look at any more.
    mark         INTEGER NOT NULL,
    draft        TEXT    NOT NULL
) STRICT;
CREATE INDEX drafts_conversation ON drafts (conversation, made_at);
CREATE INDEX drafts_marked ON drafts (mark) WHERE mark <> 0;

-- What events told of while a snapshot came in. The snapshot's lines may be older and do not
-- overrule it.
CREATE TABLE overruled (
    id BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- Full text. Messages are indexed in shards by their number, search_N, made when the first
-- message of one comes: what is typed finds the newest first, so most searches end in the last
-- shard, and no search has to join long lists. Terms are cut and folded by the program; the
-- index keeps neither the text nor where in it a term stands.
CREATE TABLE shards (
    shard INTEGER PRIMARY KEY
) STRICT;

-- Subjects, by the conversation's number.
CREATE VIRTUAL TABLE subject_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);

-- Names, addresses and numbers of customers.
CREATE VIRTUAL TABLE customer_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'ascii'
);
