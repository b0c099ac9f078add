-- Inboxes that were there before drafts were have them made when an agent asks, until somebody says more: an
-- upgrade begins nothing by itself that costs money or tells a model what customers wrote.
INSERT INTO ai_modes (inbox_id, account_id, mode, updated_at)
SELECT i.id, i.account_id, 'request', i.updated_at FROM inboxes i
WHERE i.created_at < (SELECT applied_at FROM schema_migrations WHERE version = 12)
AND NOT EXISTS (SELECT 1 FROM ai_modes m WHERE m.inbox_id = i.id);
