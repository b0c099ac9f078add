-- What entries of knowledge mean, as a model for embeddings says it.
CREATE TABLE knowledge_vectors (
    n INTEGER PRIMARY KEY REFERENCES knowledge_entries (n) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    -- A signed byte for each part.
    vector BLOB NOT NULL
) STRICT;
CREATE INDEX knowledge_vectors_account ON knowledge_vectors (account_id, model);

-- What is asked about knowledge belongs to no conversation.
CREATE TABLE ai_runs_of_all (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB,
    conversation_id BLOB,
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
    took_ms INTEGER NOT NULL,
    -- What a model was asked for.
    task TEXT NOT NULL DEFAULT 'draft'
) STRICT;
INSERT INTO ai_runs_of_all (id, account_id, inbox_id, conversation_id, draft_id, model, prompt_hash, sources, tokens_in,
    tokens_out, cost, outcome, reason, began_at, took_ms, task)
    SELECT id, account_id, inbox_id, conversation_id, draft_id, model, prompt_hash, sources, tokens_in,
    tokens_out, cost, outcome, reason, began_at, took_ms, task FROM ai_runs;
DROP TABLE ai_runs;
ALTER TABLE ai_runs_of_all RENAME TO ai_runs;
CREATE INDEX ai_runs_account ON ai_runs (account_id, began_at, id);
CREATE INDEX ai_runs_conversation ON ai_runs (conversation_id);
