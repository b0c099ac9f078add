-- Whose a token is that is lent for a run, as the server said it. The token itself is not kept.
CREATE TABLE lent_tokens (
    fingerprint BLOB    PRIMARY KEY,
    sign_in     INTEGER NOT NULL REFERENCES sign_ins (id) ON DELETE CASCADE,
    key_scope   TEXT
) STRICT, WITHOUT ROWID;
