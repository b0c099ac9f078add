-- One change made to many conversations, one after the other.
CREATE TABLE bulk_runs (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    -- What the key may do that the user came with.
    scope TEXT,
    -- Which conversations, and what to do with them.
    asked TEXT NOT NULL,
    -- A run is taken back once.
    undoes BLOB UNIQUE REFERENCES bulk_runs (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    total INTEGER NOT NULL,
    done INTEGER NOT NULL,
    skipped INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;

CREATE INDEX bulk_runs_of_user ON bulk_runs (account_id, user_id, created_at);

CREATE TABLE bulk_items (
    run_id BLOB NOT NULL REFERENCES bulk_runs (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL,
    place INTEGER NOT NULL,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    outcome TEXT NOT NULL,
    reason TEXT,
    -- How the conversation was and what was made of it, for the way back.
    kept TEXT,
    PRIMARY KEY (run_id, place)
) STRICT, WITHOUT ROWID;

CREATE INDEX bulk_items_waiting ON bulk_items (run_id, place) WHERE outcome = 'waiting';
CREATE INDEX bulk_items_of_conversation ON bulk_items (conversation_id);
