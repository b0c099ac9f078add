-- The channels on which customers are answered without an agent, parted by commas.
ALTER TABLE ai_replies ADD COLUMN channels TEXT NOT NULL DEFAULT 'chat';
