-- What the agent wished who had a draft made.
ALTER TABLE drafts ADD COLUMN hint TEXT;
