-- Finds under which names a message is known outside, so that changes of it go there.
CREATE INDEX receipts_message ON receipts (message_id) WHERE message_id IS NOT NULL;
