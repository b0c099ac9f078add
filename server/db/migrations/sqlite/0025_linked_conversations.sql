-- Conversations that show each other, each pair once: the lesser id stands first.
CREATE TABLE conversation_links (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    one_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    other_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    -- The one of them that is the talk with somebody the other was forwarded to.
    side_id BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (one_id, other_id)
) STRICT;
CREATE INDEX conversation_links_other ON conversation_links (other_id);
CREATE INDEX conversation_links_side ON conversation_links (side_id) WHERE side_id IS NOT NULL;

-- Who has the same number on another channel.
CREATE INDEX customers_phone ON customers (account_id, phone) WHERE phone IS NOT NULL;
