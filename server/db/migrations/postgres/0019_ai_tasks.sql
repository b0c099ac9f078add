-- What a model was asked for.
ALTER TABLE ai_runs ADD COLUMN task TEXT NOT NULL DEFAULT 'draft';
