-- What stands below the mails that a user writes.
ALTER TABLE user_settings ADD COLUMN signature TEXT;
