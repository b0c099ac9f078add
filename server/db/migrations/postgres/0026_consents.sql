-- When the owner of a mailbox last let this server in.
ALTER TABLE connections ADD COLUMN consented_at BIGINT;
-- What was perhaps sent is looked for afterwards.
CREATE INDEX messages_unknown ON messages (account_id, updated_at) WHERE delivery_state = 'unknown';
