-- How much the files of an account take, so that nobody has to add them up.
CREATE TABLE file_usage (
    account_id BLOB PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO file_usage (account_id, files, bytes)
    SELECT account_id, COUNT(*), CAST(SUM(size) AS INTEGER) FROM files GROUP BY account_id;

-- Bytes on their way in are noted here before they are written, and go at this time unless their
-- file became known meanwhile. What was forgotten is due at once.
ALTER TABLE doomed_files ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
CREATE INDEX doomed_files_due ON doomed_files (due_at);

CREATE INDEX files_age ON files (created_at);
CREATE INDEX message_files_file ON message_files (file_id);
