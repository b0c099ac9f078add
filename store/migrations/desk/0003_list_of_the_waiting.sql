-- The ninth list has what is open and waits for an answer. Whatever belongs there is put there when
-- the file is opened, as everything is that is marked so.
UPDATE conversations SET overlaid = 1
    WHERE json_extract(truth, '$.status') = 'open'
        AND json_extract(truth, '$.waiting_since') IS NOT NULL;
