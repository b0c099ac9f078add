-- From which confidence on, in percent, an inbox's conversations are sorted by themselves. NULL is never.
CREATE TABLE ai_sorting (
    inbox_id BYTEA PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    tags BIGINT,
    team BIGINT,
    priority BIGINT,
    updated_at BIGINT NOT NULL
);

-- What was sorted by itself, once for each conversation, so that it can be shown and taken back.
CREATE TABLE ai_sorted (
    conversation_id BYTEA PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    done TEXT NOT NULL,
    sorted_at BIGINT NOT NULL,
    undone_at BIGINT
);
