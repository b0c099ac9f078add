-- When the last message came by a connection, and when the last went.
ALTER TABLE connections ADD COLUMN came_at BIGINT;
ALTER TABLE connections ADD COLUMN went_at BIGINT;
-- How many tries failed in a row, and when the next is.
ALTER TABLE connections ADD COLUMN failures BIGINT NOT NULL DEFAULT 0;
ALTER TABLE connections ADD COLUMN next_try_at BIGINT;
