//! How the private server is set up.

/// The role that owns everything; anyone on the loopback may be it.
pub(super) const SUPERUSER: &str = "frontdesk";

/// Options for `initdb`. Trust reaches no further than the loopback and the socket in the server's
/// own folder, because the server listens nowhere else.
pub(super) const INITDB: &[&str] = &[
    "--username=frontdesk",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--no-sync",
    "--no-instructions",
];

/// Settings for `postgres`. Commits are synced as in earnest: tests that kill the server rely on it.
/// The connections are many, because every test brings a pool of its own.
pub(super) const POSTGRES: &[&str] = &[
    "fsync=on",
    "synchronous_commit=on",
    "listen_addresses=127.0.0.1",
    "max_connections=500",
    "max_locks_per_transaction=256",
    "shared_buffers=256MB",
    "autovacuum_naptime=5min",
    "log_min_messages=warning",
];
