-- Who begins drafts in an inbox. An inbox without a row has the default.
CREATE TABLE ai_modes (
    inbox_id BYTEA PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mode TEXT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX ai_modes_account ON ai_modes (account_id);

-- The ledger of tries to make a draft. It has ids and numbers, and outlives what it was about.
CREATE TABLE ai_runs (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BYTEA,
    conversation_id BYTEA NOT NULL,
    draft_id BYTEA,
    model TEXT NOT NULL,
    -- SHA-256 of all that was sent to the model.
    prompt_hash TEXT,
    -- The ids of what the draft rests on.
    sources TEXT,
    tokens_in BIGINT NOT NULL,
    tokens_out BIGINT NOT NULL,
    -- In millionths of the currency of the prices.
    cost BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    reason TEXT,
    began_at BIGINT NOT NULL,
    took_ms BIGINT NOT NULL
);
CREATE INDEX ai_runs_account ON ai_runs (account_id, began_at, id);
CREATE INDEX ai_runs_conversation ON ai_runs (conversation_id);
