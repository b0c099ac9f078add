-- Since when what a customer writes goes to the spam.
ALTER TABLE customers ADD COLUMN blocked_at INTEGER;
