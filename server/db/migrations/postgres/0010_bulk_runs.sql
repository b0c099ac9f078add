-- One change made to many conversations, one after the other.
CREATE TABLE bulk_runs (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the key may do that the user came with.
    scope TEXT,
    -- Which conversations, and what to do with them.
    asked TEXT NOT NULL,
    -- A run is taken back once.
    undoes BYTEA UNIQUE REFERENCES bulk_runs (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    skipped BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    finished_at BIGINT
);

CREATE INDEX bulk_runs_of_user ON bulk_runs (account_id, user_id, created_at);

CREATE TABLE bulk_items (
    run_id BYTEA NOT NULL REFERENCES bulk_runs (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL,
    place BIGINT NOT NULL,
    conversation_id BYTEA NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    reason TEXT,
    -- How the conversation was and what was made of it, for the way back.
    kept TEXT,
    PRIMARY KEY (run_id, place)
);

CREATE INDEX bulk_items_waiting ON bulk_items (run_id, place) WHERE outcome = 'waiting';
CREATE INDEX bulk_items_of_conversation ON bulk_items (conversation_id);
