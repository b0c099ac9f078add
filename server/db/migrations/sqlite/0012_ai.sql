-- Who begins drafts in an inbox. An inbox without a row has the default.
CREATE TABLE ai_modes (
    inbox_id BLOB PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mode TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ai_modes_account ON ai_modes (account_id);

-- The ledger of tries to make a draft. It has ids and numbers, and outlives what it was about.
CREATE TABLE ai_runs (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB,
    conversation_id BLOB NOT NULL,
    draft_id BLOB,
    model TEXT NOT NULL,
    -- SHA-256 of all that was sent to the model.
    prompt_hash TEXT,
    -- The ids of what the draft rests on.
    sources TEXT,
    tokens_in INTEGER NOT NULL,
    tokens_out INTEGER NOT NULL,
    -- In millionths of the currency of the prices.
    cost INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    began_at INTEGER NOT NULL,
    took_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX ai_runs_account ON ai_runs (account_id, began_at, id);
CREATE INDEX ai_runs_conversation ON ai_runs (conversation_id);
