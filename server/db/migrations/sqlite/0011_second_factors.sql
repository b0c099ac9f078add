-- What a user needs beside the password to sign in: codes of an app, made from a sealed secret.
CREATE TABLE second_factors (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    -- Sealed.
    secret BLOB NOT NULL,
    -- Nothing is asked of the user before that.
    confirmed_at INTEGER,
    -- The newest step of time whose code was used; none is accepted twice.
    last_step INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX second_factors_account ON second_factors (account_id);

-- Codes that stand in for the app once each. Those that were used are gone.
CREATE TABLE recovery_codes (
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash BLOB NOT NULL,
    PRIMARY KEY (user_id, code_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);

-- Whether everybody in the account needs one.
ALTER TABLE accounts ADD COLUMN second_factor_required INTEGER NOT NULL DEFAULT 0;

-- Tokens of push services are sealed, and what is sealed is bound to the id of its row.
CREATE TABLE notification_settings_with_id (
    id BLOB NOT NULL UNIQUE,
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- ntfy, gotify or webhook.
    service TEXT NOT NULL,
    url TEXT NOT NULL,
    -- Sealed.
    token BLOB,
    on_assigned INTEGER NOT NULL,
    on_mentioned INTEGER NOT NULL,
    on_unassigned INTEGER NOT NULL,
    with_text INTEGER NOT NULL,
    -- Minutes of the day in the user's time zone; both or neither.
    quiet_from INTEGER,
    quiet_until INTEGER,
    time_zone TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
INSERT INTO notification_settings_with_id (id, user_id, account_id, service, url, token, on_assigned, on_mentioned,
    on_unassigned, with_text, quiet_from, quiet_until, time_zone, updated_at)
SELECT randomblob(16), user_id, account_id, service, url, token, on_assigned, on_mentioned,
    on_unassigned, with_text, quiet_from, quiet_until, time_zone, updated_at FROM notification_settings;
DROP TABLE notification_settings;
ALTER TABLE notification_settings_with_id RENAME TO notification_settings;
CREATE INDEX notification_settings_account ON notification_settings (account_id);
