INSERT INTO accounts (id, company_name, plan, working_hours, created_at, updated_at)
    VALUES (x'00000000000000000000000000000001', 'Acme', 'team', '[]', 0, 0);
INSERT INTO account_counters (account_id, last_seq, oldest_seq, last_number)
    VALUES (x'00000000000000000000000000000001', 3, 1, 1);
INSERT INTO users (id, account_id, email, password_hash, role, visibility, availability, created_at, updated_at)
    VALUES (1, x'00000000000000000000000000000001', 'ada@acme.test', 'none', 'admin', 'all', 'online', 0, 0);
INSERT INTO inboxes (id, account_id, name, channel, is_primary, is_private, identity_required, created_at, updated_at)
    VALUES (x'00000000000000000000000000000002', x'00000000000000000000000000000001', 'Website', 'chat', 1, 0, 0, 0, 0);
INSERT INTO customers (n, id, account_id, name, first_seen, last_seen_at, verified, version, created_at, updated_at)
    VALUES (1, x'00000000000000000000000000000003', x'00000000000000000000000000000001', 'Grace', 0, 0, 0, 1, 0, 0);
INSERT INTO conversations (n, id, account_id, number, inbox_id, customer_id, source, status, snoozed_until_reply,
    priority, is_read, answered, sorted_at, last_message_seq, version, created_at, updated_at)
    VALUES (1, x'00000000000000000000000000000004', x'00000000000000000000000000000001', 1,
    x'00000000000000000000000000000002', x'00000000000000000000000000000003', 'chat', 'open', 0, 'not_priority', 0, 0,
    0, 3, 1, 0, 0);
INSERT INTO conversation_counts (account_id, status, priority, is_read, source, assignee_id, inbox_id, total)
    VALUES (x'00000000000000000000000000000001', 'open', 'not_priority', 0, 'chat', 0,
    x'00000000000000000000000000000002', 1);
INSERT INTO messages (n, id, account_id, conversation_id, seq, kind, is_private, source, body, customer_id, has_files,
    delivery_state, created_at, updated_at)
    VALUES (1, x'00000000000000000000000000000005', x'00000000000000000000000000000001',
    x'00000000000000000000000000000004', 3, 'reply', 0, 'chat', 'Hello', x'00000000000000000000000000000003', 0, 'sent',
    0, 0);
INSERT INTO events (account_id, seq, at, kind, conversation_id, subject, moved) VALUES
    (x'00000000000000000000000000000001', 1, 0, 'customer.created', NULL, x'00000000000000000000000000000003', 0),
    (x'00000000000000000000000000000001', 2, 0, 'conversation.created', x'00000000000000000000000000000004', NULL, 0),
    (x'00000000000000000000000000000001', 3, 0, 'message.created', x'00000000000000000000000000000004',
    x'00000000000000000000000000000005', 0);
