-- The audit log says from where something was done and what it was before and after, and each
-- entry's hash covers the one before it. Entries that are there already are chained by the program
-- right after this.
ALTER TABLE audit ADD COLUMN address TEXT;
ALTER TABLE audit ADD COLUMN before_value TEXT;
ALTER TABLE audit ADD COLUMN after_value TEXT;
ALTER TABLE audit ADD COLUMN hash BYTEA NOT NULL DEFAULT '';

-- The newest entry of each account: a log that was cut at its end is told by it.
CREATE TABLE audit_heads (
    account_id BYTEA PRIMARY KEY,
    n BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

-- Up to where an account's log was pruned, and the hash from which the rest goes on.
CREATE TABLE audit_anchors (
    account_id BYTEA NOT NULL,
    n BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    entries BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (account_id, n)
);

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit FOR EACH ROW
WHEN (OLD.hash <> '') EXECUTE FUNCTION refuse_audit_change();

CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_anchors WHERE account_id = OLD.account_id AND n >= OLD.n) THEN
        RAISE EXCEPTION 'the audit log is append-only';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();

-- Emptying what is empty does no harm: a database that is moved here begins so.
CREATE FUNCTION keep_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM audit) THEN
        RAISE EXCEPTION 'the audit log is append-only';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_log();
