-- What is told to models about single inboxes, in place of what the account says.
CREATE TABLE inbox_contexts (
    inbox_id BLOB PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    business_name TEXT,
    business_description TEXT,
    services TEXT,
    scheduling_link TEXT,
    faqs TEXT,
    additional_context TEXT,
    instructions TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Folders and addresses that knowledge is read from.
CREATE TABLE knowledge_sources (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    place TEXT NOT NULL,
    audience TEXT NOT NULL,
    synced_at INTEGER,
    trouble TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX knowledge_sources_place ON knowledge_sources (account_id, place);

-- Texts that replies may rest on.
CREATE TABLE knowledge_entries (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    source_id BLOB REFERENCES knowledge_sources (id) ON DELETE CASCADE,
    path TEXT,
    title TEXT NOT NULL,
    body TEXT NOT NULL,
    audience TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The conversation it was learnt from.
    conversation_id BLOB REFERENCES conversations (id) ON DELETE SET NULL,
    decided_by INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX knowledge_entries_account ON knowledge_entries (account_id, state, n);
CREATE INDEX knowledge_entries_source ON knowledge_entries (source_id);
CREATE INDEX knowledge_entries_conversation ON knowledge_entries (conversation_id);

CREATE VIRTUAL TABLE knowledge_search USING fts5 (
    account, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER knowledge_search_forget AFTER DELETE ON knowledge_entries BEGIN
    DELETE FROM knowledge_search WHERE rowid = old.n;
END;
