-- The files that go along with a command and with a text, as a list. Copies of them lie in a folder
-- beside this file.

ALTER TABLE intents ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
ALTER TABLE texts ADD COLUMN files TEXT NOT NULL DEFAULT '[]';
