-- Accounts, users and what they sign in with.

CREATE TABLE accounts (
    id BLOB PRIMARY KEY,
    company_name TEXT NOT NULL,
    company_logo_url TEXT,
    time_zone TEXT,
    plan TEXT NOT NULL,
    settings TEXT,
    working_hours TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- One row per account: the last numbers given. Writers of an account take turns on it.
CREATE TABLE account_counters (
    account_id BLOB PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    last_seq INTEGER NOT NULL,
    oldest_seq INTEGER NOT NULL,
    last_number INTEGER NOT NULL
) STRICT;

CREATE TABLE users (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    role TEXT NOT NULL,
    visibility TEXT NOT NULL,
    availability TEXT NOT NULL,
    full_name TEXT,
    display_name TEXT,
    profile_photo_url TEXT,
    disabled_at INTEGER,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX users_account ON users (account_id, id);

CREATE TABLE user_settings (
    user_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    id BLOB NOT NULL,
    email_alert_on_new_message INTEGER NOT NULL,
    email_alert_on_new_conversation INTEGER NOT NULL,
    expo_push_token TEXT
) STRICT;

-- Tokens are kept as SHA-256 only. `family` stays the same over renewals: it is the session.
CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    family BLOB NOT NULL,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    access_hash BLOB NOT NULL UNIQUE,
    access_expires_at INTEGER NOT NULL,
    renew_hash BLOB NOT NULL UNIQUE,
    renew_expires_at INTEGER NOT NULL,
    renewed_at INTEGER,
    revoked_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id);
CREATE INDEX sessions_family ON sessions (family);

CREATE TABLE password_resets (
    token_hash BLOB PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;

CREATE TABLE api_keys (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    label TEXT NOT NULL,
    scope TEXT NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    hint TEXT NOT NULL,
    expires_at INTEGER,
    last_used_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX api_keys_account ON api_keys (account_id);

CREATE TABLE invitations (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash BLOB NOT NULL UNIQUE,
    invited_by INTEGER NOT NULL,
    role TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE teams (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE team_members (
    team_id BLOB NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (team_id, user_id)
) STRICT;

-- Inboxes and how they look.

CREATE TABLE inboxes (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    slug TEXT,
    channel TEXT NOT NULL,
    is_primary INTEGER NOT NULL,
    is_private INTEGER NOT NULL,
    identity_required INTEGER NOT NULL,
    identity_secret BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inboxes_account ON inboxes (account_id);

CREATE TABLE inbox_members (
    inbox_id BLOB NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    PRIMARY KEY (inbox_id, user_id)
) STRICT;
CREATE INDEX inbox_members_user ON inbox_members (user_id);

CREATE TABLE widget_settings (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB NOT NULL UNIQUE REFERENCES inboxes (id) ON DELETE CASCADE,
    title TEXT,
    subtitle TEXT,
    color TEXT,
    greeting TEXT,
    away_message TEXT,
    new_message_placeholder TEXT,
    email_input_placeholder TEXT,
    new_messages_notification_text TEXT,
    show_agent_availability INTEGER NOT NULL,
    agent_available_text TEXT,
    agent_unavailable_text TEXT,
    require_email_upfront INTEGER NOT NULL,
    is_open_by_default INTEGER NOT NULL,
    is_branding_hidden INTEGER NOT NULL,
    custom_icon_url TEXT,
    iframe_url_override TEXT,
    icon_variant TEXT NOT NULL,
    base_url TEXT,
    host TEXT,
    pathname TEXT,
    last_seen_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE forwarding_addresses (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    forwarding_email_address TEXT NOT NULL,
    source_email_address TEXT,
    state TEXT,
    description TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE business_contexts (
    account_id BLOB PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    business_name TEXT,
    business_description TEXT,
    services TEXT,
    scheduling_link TEXT,
    faqs TEXT,
    additional_context TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- Customers.

CREATE TABLE companies (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    external_id TEXT,
    website_url TEXT,
    description TEXT,
    logo_image_url TEXT,
    industry TEXT,
    slack_channel_id TEXT,
    slack_channel_name TEXT,
    slack_team_id TEXT,
    slack_team_name TEXT,
    metadata TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX companies_account ON companies (account_id);

CREATE TABLE customers (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT,
    email TEXT,
    phone TEXT,
    external_id TEXT,
    profile_photo_url TEXT,
    company_id BLOB REFERENCES companies (id) ON DELETE SET NULL,
    host TEXT,
    pathname TEXT,
    current_url TEXT,
    browser TEXT,
    os TEXT,
    ip TEXT,
    time_zone TEXT,
    metadata TEXT,
    first_seen INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    verified INTEGER NOT NULL,
    merged_into BLOB,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX customers_seen ON customers (account_id, last_seen_at, n);
CREATE INDEX customers_email ON customers (account_id, email);
CREATE INDEX customers_external ON customers (account_id, external_id);
CREATE INDEX customers_company ON customers (company_id);

CREATE TABLE identities (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BLOB NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (account_id, kind, value)
) STRICT;
CREATE INDEX identities_customer ON identities (customer_id);

CREATE TABLE notes (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BLOB NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    author_id INTEGER NOT NULL,
    body TEXT NOT NULL,
    content_type TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notes_customer ON notes (customer_id);
CREATE INDEX notes_account ON notes (account_id);

CREATE TABLE tags (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT,
    color TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE customer_tags (
    customer_id BLOB NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (customer_id, tag_id)
) STRICT;
CREATE INDEX customer_tags_tag ON customer_tags (tag_id);

CREATE TABLE issues (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    body TEXT,
    state TEXT NOT NULL,
    github_issue_url TEXT,
    creator_id INTEGER NOT NULL,
    assignee_id INTEGER,
    closed_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX issues_account ON issues (account_id);

CREATE TABLE customer_issues (
    customer_id BLOB NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    issue_id BLOB NOT NULL REFERENCES issues (id) ON DELETE CASCADE,
    PRIMARY KEY (customer_id, issue_id)
) STRICT;
CREATE INDEX customer_issues_issue ON customer_issues (issue_id);

-- Conversations and their messages.

CREATE TABLE conversations (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    inbox_id BLOB REFERENCES inboxes (id) ON DELETE SET NULL,
    customer_id BLOB NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
    source TEXT NOT NULL,
    subject TEXT,
    status TEXT NOT NULL,
    snoozed_until INTEGER,
    snoozed_until_reply INTEGER NOT NULL,
    priority TEXT NOT NULL,
    assignee_id INTEGER,
    team_id BLOB REFERENCES teams (id) ON DELETE SET NULL,
    is_read INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    waiting_since INTEGER,
    last_activity_at INTEGER,
    -- The last activity, or the birth where there was none: no list loses a row for a null.
    sorted_at INTEGER NOT NULL,
    last_message_seq INTEGER NOT NULL,
    closed_at INTEGER,
    archived_at INTEGER,
    merged_into BLOB,
    metadata TEXT,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (account_id, number)
) STRICT;
CREATE INDEX conversations_status ON conversations (account_id, status, sorted_at, n) WHERE archived_at IS NULL;
CREATE INDEX conversations_assignee ON conversations (account_id, assignee_id, status, sorted_at, n)
    WHERE archived_at IS NULL AND assignee_id IS NOT NULL;
CREATE INDEX conversations_inbox ON conversations (account_id, inbox_id, status, sorted_at, n) WHERE archived_at IS NULL;
-- Few rows are in these, and lists that ask for them find nothing else.
CREATE INDEX conversations_nobody ON conversations (account_id, status, sorted_at, n)
    WHERE archived_at IS NULL AND assignee_id IS NULL;
CREATE INDEX conversations_unread ON conversations (account_id, status, sorted_at, n)
    WHERE archived_at IS NULL AND is_read = 0;
CREATE INDEX conversations_high ON conversations (account_id, status, sorted_at, n)
    WHERE archived_at IS NULL AND priority = 'priority';
CREATE INDEX conversations_team ON conversations (account_id, team_id, status, sorted_at, n)
    WHERE archived_at IS NULL AND team_id IS NOT NULL;
CREATE INDEX conversations_customer ON conversations (customer_id, sorted_at, n);
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE snoozed_until IS NOT NULL;

-- How many conversations share a place: every filtered count is a short sum. The writer of
-- conversations keeps it. 0 and an empty value stand for nobody and no inbox.
CREATE TABLE conversation_counts (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    status TEXT NOT NULL,
    priority TEXT NOT NULL,
    is_read INTEGER NOT NULL,
    source TEXT NOT NULL,
    assignee_id INTEGER NOT NULL,
    inbox_id BLOB NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (account_id, status, priority, is_read, source, assignee_id, inbox_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversation_tags (
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    PRIMARY KEY (conversation_id, tag_id)
) STRICT;
CREATE INDEX conversation_tags_tag ON conversation_tags (tag_id);

CREATE TABLE conversation_shares (
    token_hash BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE messages (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    -- The number of the event that brought it.
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    is_private INTEGER NOT NULL,
    source TEXT NOT NULL,
    body TEXT,
    original TEXT,
    user_id INTEGER,
    customer_id BLOB,
    has_files INTEGER NOT NULL,
    delivery_state TEXT NOT NULL,
    delivery_reason TEXT,
    metadata TEXT,
    sent_at INTEGER,
    seen_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX messages_thread ON messages (conversation_id, seq);
CREATE INDEX messages_account ON messages (account_id, seq);
CREATE INDEX messages_with_files ON messages (account_id) WHERE has_files = 1;
CREATE INDEX messages_customer ON messages (customer_id, seq) WHERE customer_id IS NOT NULL;

CREATE TABLE mentions (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    message_id BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    seen_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mentions_conversation ON mentions (conversation_id);
CREATE INDEX mentions_user ON mentions (user_id, seen_at);

CREATE TABLE files (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    filename TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    user_id INTEGER,
    customer_id BLOB,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX files_account ON files (account_id);

CREATE TABLE message_files (
    message_id BLOB NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    file_id BLOB NOT NULL REFERENCES files (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (message_id, file_id)
) STRICT;

CREATE TABLE canned_responses (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (account_id, name)
) STRICT;

CREATE TABLE drafts (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    conversation_id BLOB NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    body TEXT,
    -- The newest event number the draft took into account.
    based_on_seq INTEGER NOT NULL,
    origin TEXT NOT NULL,
    sources TEXT,
    reason TEXT,
    decided_by INTEGER,
    message_id BLOB,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX drafts_conversation ON drafts (conversation_id, created_at);
CREATE INDEX drafts_account ON drafts (account_id, state);

-- Visits recorded by storytime.

CREATE TABLE browser_sessions (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    customer_id BLOB,
    metadata TEXT,
    started_at INTEGER,
    finished_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX browser_sessions_account ON browser_sessions (account_id, created_at);

CREATE TABLE browser_replay_events (
    n INTEGER PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    browser_session_id BLOB NOT NULL REFERENCES browser_sessions (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX browser_replay_events_session ON browser_replay_events (browser_session_id, n);

-- What others are told.

CREATE TABLE event_subscriptions (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    webhook_url TEXT NOT NULL,
    verified INTEGER NOT NULL,
    scope TEXT,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX event_subscriptions_account ON event_subscriptions (account_id);

-- Every change of an account, numbered without gaps in the transaction that makes it. An event
-- points at what changed; its content is read when it is told.
CREATE TABLE events (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    conversation_id BLOB,
    subject BLOB,
    entity TEXT,
    entity_id TEXT,
    -- Where the conversation was, when this event moved it. `moved` says whether it did.
    moved INTEGER NOT NULL,
    from_inbox BLOB,
    from_assignee INTEGER,
    actor_user INTEGER,
    PRIMARY KEY (account_id, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE merges (
    id BLOB PRIMARY KEY,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    what TEXT NOT NULL,
    detail TEXT NOT NULL,
    undone_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX merges_account ON merges (account_id);

-- What a customer merge moved, row by row.
CREATE TABLE merge_moves (
    merge_id BLOB NOT NULL REFERENCES merges (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    row_id BLOB NOT NULL,
    PRIMARY KEY (merge_id, kind, row_id)
) STRICT;

-- Never changed, never deleted.
CREATE TABLE audit (
    n INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    account_id BLOB NOT NULL,
    user_id INTEGER,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT,
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_account ON audit (account_id, n);

-- What makes a repeated request the same request.

CREATE TABLE idempotency (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    actor TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, actor, idempotency_key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE receipts (
    inbox_id BLOB NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    external_id TEXT NOT NULL,
    message_id BLOB,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (inbox_id, external_id)
) STRICT, WITHOUT ROWID;

-- Full text. Texts come in already cut into terms that suit every script; the account is a term
-- of its own, so that one account's search never walks through another's.
-- Three letters are the shortest beginning of a word that is looked for, and the dearest: many
-- words share it. `prefix` keeps their messages at hand.
CREATE VIRTUAL TABLE message_search USING fts5 (
    account, body, content = '', contentless_delete = 1, prefix = '3',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER message_search_forget AFTER DELETE ON messages BEGIN
    DELETE FROM message_search WHERE rowid = old.n;
END;

CREATE VIRTUAL TABLE customer_search USING fts5 (
    account, body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER customer_search_forget AFTER DELETE ON customers BEGIN
    DELETE FROM customer_search WHERE rowid = old.n;
END;
