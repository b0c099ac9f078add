-- Replies that go out by the clock. What has gone out is a message, and no longer here.
CREATE TABLE scheduled_replies (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    send_at INTEGER NOT NULL,
    -- The newest message its writer knew.
    seen_seq INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- Why it is held.
    reason TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE INDEX scheduled_replies_due ON scheduled_replies (state, send_at);
CREATE INDEX scheduled_replies_of_conversation ON scheduled_replies (conversation_id);
CREATE INDEX scheduled_replies_of_account ON scheduled_replies (account_id, send_at);
CREATE INDEX scheduled_replies_of_user ON scheduled_replies (user_id);
