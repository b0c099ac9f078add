-- What a user needs beside the password to sign in: codes of an app, made from a sealed secret.
CREATE TABLE second_factors (
    id BYTEA PRIMARY KEY,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id BIGINT NOT NULL UNIQUE REFERENCES users (id) ON DELETE CASCADE,
    -- Sealed.
    secret BYTEA NOT NULL,
    -- Nothing is asked of the user before that.
    confirmed_at BIGINT,
    -- The newest step of time whose code was used; none is accepted twice.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX second_factors_account ON second_factors (account_id);

-- Codes that stand in for the app once each. Those that were used are gone.
CREATE TABLE recovery_codes (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    account_id BYTEA NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash BYTEA NOT NULL,
    PRIMARY KEY (user_id, code_hash)
);
CREATE INDEX recovery_codes_account ON recovery_codes (account_id);

-- Whether everybody in the account needs one.
ALTER TABLE accounts ADD COLUMN second_factor_required BIGINT NOT NULL DEFAULT 0;

-- Tokens of push services are sealed, and what is sealed is bound to the id of its row.
ALTER TABLE notification_settings ADD COLUMN id BYTEA;
UPDATE notification_settings SET id = uuid_send(gen_random_uuid());
ALTER TABLE notification_settings ALTER COLUMN id SET NOT NULL;
ALTER TABLE notification_settings ADD UNIQUE (id);
