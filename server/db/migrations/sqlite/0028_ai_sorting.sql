-- From which confidence on, in percent, an inbox's conversations are sorted by themselves. NULL is never.
CREATE TABLE ai_sorting (
    inbox_id BLOB PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tags INTEGER,
    team INTEGER,
    priority INTEGER,
    updated_at INTEGER NOT NULL
) STRICT;

-- What was sorted by itself, once for each conversation, so that it can be shown and taken back.
CREATE TABLE ai_sorted (
    conversation_id BLOB PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    done TEXT NOT NULL,
    sorted_at INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;
