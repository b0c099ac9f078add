-- What its writer knew when a text was begun, and the AI's draft it grew from. A text of an earlier
-- version has neither.

ALTER TABLE texts ADD COLUMN seen INTEGER;
ALTER TABLE texts ADD COLUMN draft BLOB;
ALTER TABLE texts ADD COLUMN draft_version INTEGER;
