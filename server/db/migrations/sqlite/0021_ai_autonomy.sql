-- How automatic replies are given in an inbox. An inbox without a row has the defaults.
CREATE TABLE ai_replies (
    inbox_id BLOB PRIMARY KEY REFERENCES inboxes (id) ON DELETE CASCADE,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    max_turns INTEGER NOT NULL,
    apology TEXT NOT NULL,
    hand_off TEXT NOT NULL,
    team_id BLOB REFERENCES teams (id) ON DELETE SET NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ai_replies_team ON ai_replies (team_id);

-- Who begins drafts in conversations with a tag, in place of what the inbox says.
CREATE TABLE ai_topics (
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    inbox_id BLOB NOT NULL REFERENCES inboxes (id) ON DELETE CASCADE,
    tag_id BLOB NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    mode TEXT NOT NULL,
    PRIMARY KEY (inbox_id, tag_id)
) STRICT;
CREATE INDEX ai_topics_tag ON ai_topics (tag_id);
