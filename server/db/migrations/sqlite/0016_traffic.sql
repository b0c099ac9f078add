-- When the last message came by a connection, and when the last went.
ALTER TABLE connections ADD COLUMN came_at INTEGER;
ALTER TABLE connections ADD COLUMN went_at INTEGER;
-- How many tries failed in a row, and when the next is.
ALTER TABLE connections ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN next_try_at INTEGER;
