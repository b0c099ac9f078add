-- What came in by a connection and is not understood yet, as it came, in its order.
CREATE TABLE arrivals (
    n INTEGER PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    connection_id BLOB NOT NULL REFERENCES connections (id) ON DELETE CASCADE,
    body TEXT NOT NULL,
    came_at INTEGER NOT NULL,
    -- Why it could not be taken in; what has a problem is not tried again.
    problem TEXT
) STRICT;
CREATE INDEX arrivals_waiting ON arrivals (connection_id, n) WHERE problem IS NULL;
