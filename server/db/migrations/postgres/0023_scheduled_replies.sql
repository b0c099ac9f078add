-- Replies that go out by the clock. What has gone out is a message, and no longer here.
CREATE TABLE scheduled_replies (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BYTEA NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    send_at BIGINT NOT NULL,
    -- The newest message its writer knew.
    seen_seq BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- Why it is held.
    reason TEXT,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE INDEX scheduled_replies_due ON scheduled_replies (state, send_at);
CREATE INDEX scheduled_replies_of_conversation ON scheduled_replies (conversation_id);
CREATE INDEX scheduled_replies_of_account ON scheduled_replies (account_id, send_at);
CREATE INDEX scheduled_replies_of_user ON scheduled_replies (user_id);
