-- What stands with buttons in a team's own channel, and is changed with what it shows: a
-- conversation's first line, or a draft.
CREATE TABLE seat_cards (
    connection_id BLOB NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    -- The id of the conversation or of the draft.
    subject_id BLOB NOT NULL,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- Its channel and its id there.
    place TEXT NOT NULL,
    -- A digest of what it shows.
    shown TEXT NOT NULL,
    PRIMARY KEY (connection_id, subject_id)
) STRICT;

CREATE INDEX seat_cards_by_conversation ON seat_cards (conversation_id);
