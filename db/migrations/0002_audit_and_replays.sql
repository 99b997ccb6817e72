-- What was done, by whom, in order; each row carries the hash of the one before it.
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY NOT NULL,
  at INTEGER NOT NULL,
  salon_id TEXT REFERENCES salon (id),
  actor_id TEXT REFERENCES person (id),
  action TEXT NOT NULL,
  subject TEXT NOT NULL DEFAULT '',
  detail TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(detail)),
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_salon ON audit (salon_id, seq);

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit_append_only');
END;

-- The last row's hash, sealed with a key that is not in the database: without it, whoever can
-- write the file could cut off the end or make the whole chain anew.
CREATE TABLE audit_head (
  only_row INTEGER PRIMARY KEY NOT NULL CHECK (only_row = 1),
  seq INTEGER NOT NULL,
  seal TEXT NOT NULL
) STRICT;

-- Answers kept for a retry with the same Idempotency-Key; sealed, since some hold a one-time link.
CREATE TABLE replay (
  person_id TEXT NOT NULL REFERENCES person (id),
  key TEXT NOT NULL,
  request TEXT NOT NULL,
  sealed_result TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (person_id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX replay_by_time ON replay (created_at);

-- Values of the installation as a whole, such as the check value of the secret key.
CREATE TABLE installation (
  name TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
