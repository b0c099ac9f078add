-- The eighth list, which has the spam, the latest activity first. What is shown with something of the
-- outbox is put where it belongs whenever the file is opened.
INSERT INTO standing (view, rank, n)
    SELECT 7, -1 - activity, n FROM conversations
    WHERE json_extract(truth, '$.status') = 'spam'
        AND json_extract(truth, '$.archived_at') IS NULL
        AND json_extract(truth, '$.merged_into') IS NULL;
INSERT INTO counts (view, count)
    SELECT view, count(*) FROM standing WHERE view = 7 GROUP BY view;
