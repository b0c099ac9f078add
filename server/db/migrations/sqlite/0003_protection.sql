-- The audit log says from where something was done and what it was before and after, and each
-- entry's hash covers the one before it. Entries that are there already are chained by the program
-- right after this.
ALTER TABLE audit ADD COLUMN address TEXT;
ALTER TABLE audit ADD COLUMN before_value TEXT;
ALTER TABLE audit ADD COLUMN after_value TEXT;
ALTER TABLE audit ADD COLUMN hash BLOB NOT NULL DEFAULT x'';

-- The newest entry of each account: a log that was cut at its end is told by it.
CREATE TABLE audit_heads (
    account_id BLOB PRIMARY KEY,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Up to where an account's log was pruned, and the hash from which the rest goes on.
CREATE TABLE audit_anchors (
    account_id BLOB NOT NULL,
    n INTEGER NOT NULL,
    hash BLOB NOT NULL,
    entries INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (account_id, n)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit WHEN OLD.hash <> x''
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
WHEN NOT EXISTS (SELECT 1 FROM audit_anchors WHERE account_id = OLD.account_id AND n >= OLD.n)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
