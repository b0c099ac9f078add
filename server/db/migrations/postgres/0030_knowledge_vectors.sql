-- What entries of knowledge mean, as a model for embeddings says it.
CREATE TABLE knowledge_vectors (
    n BIGINT PRIMARY KEY REFERENCES knowledge_entries (n) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    -- A signed byte for each part.
    vector BYTEA NOT NULL
);
-- Numbers without a pattern are not worth packing.
ALTER TABLE knowledge_vectors ALTER COLUMN vector SET STORAGE EXTERNAL;
CREATE INDEX knowledge_vectors_account ON knowledge_vectors (account_id, model);

-- What is asked about knowledge belongs to no conversation.
ALTER TABLE ai_runs ALTER COLUMN conversation_id DROP NOT NULL;
