-- What was made, before anybody changed it.
ALTER TABLE drafts ADD COLUMN made TEXT;
-- Of what was sent: the characters that stood in what was made, and those that could have.
ALTER TABLE drafts ADD COLUMN kept INTEGER;
ALTER TABLE drafts ADD COLUMN compared INTEGER;
CREATE INDEX drafts_decided ON drafts (account_id, updated_at);
