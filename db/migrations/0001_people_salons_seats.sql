-- People, salons, seats, and how people sign in.
-- Times are milliseconds since 1970 (UTC); days are 'YYYY-MM-DD' in Asia/Shanghai.
-- Constraints carry names where db/constraints.ts turns them into a refusal.

CREATE TABLE person (
  id TEXT PRIMARY KEY NOT NULL,
  name TEXT NOT NULL CONSTRAINT person_name_length CHECK (length(name) BETWEEN 1 AND 40),
  user_name TEXT UNIQUE,
  phone TEXT UNIQUE CONSTRAINT person_phone_form CHECK (phone GLOB '1[3-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  email TEXT UNIQUE,
  password_hash TEXT,
  is_admin INTEGER NOT NULL DEFAULT 0 CHECK (is_admin IN (0, 1)),
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL,
  deactivated_at INTEGER,
  erased_at INTEGER,
  CONSTRAINT person_erased_is_empty CHECK (
    erased_at IS NULL
    OR (user_name IS NULL AND phone IS NULL AND email IS NULL AND password_hash IS NULL AND is_admin = 0)
  )
) STRICT;
CREATE INDEX person_by_creation ON person (created_at DESC, id DESC);

CREATE TABLE salon (
  id TEXT PRIMARY KEY NOT NULL,
  slug TEXT NOT NULL UNIQUE CONSTRAINT salon_slug_form CHECK (
    length(slug) BETWEEN 2 AND 40 AND slug NOT GLOB '*[^a-z0-9-]*' AND slug GLOB '[a-z]*'
  ),
  name TEXT NOT NULL,
  county TEXT NOT NULL,
  host_unit TEXT NOT NULL,
  -- Only what differs from the platform's defaults (api/salon/settings.ts).
  settings TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(settings) AND json_type(settings) = 'object'),
  is_demo INTEGER NOT NULL DEFAULT 0 CHECK (is_demo IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;

-- Host, trainer and learner. A secretary is whoever holds a seat: see tenure.
CREATE TABLE membership (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  role TEXT NOT NULL CHECK (role IN ('host', 'guest', 'trainer', 'learner')),
  unit TEXT NOT NULL DEFAULT '',
  since INTEGER NOT NULL,
  until INTEGER CHECK (until >= since)
) STRICT;
CREATE UNIQUE INDEX membership_current ON membership (salon_id, person_id, role) WHERE until IS NULL;
CREATE INDEX membership_by_person ON membership (person_id);

CREATE TABLE seat (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  community TEXT NOT NULL CONSTRAINT seat_community_length CHECK (length(community) BETWEEN 1 AND 40),
  -- The order round the table; also breaks ties in the rotation (salon-rules §1).
  position INTEGER NOT NULL CHECK (position >= 1),
  joined_on TEXT NOT NULL CHECK (joined_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  retired_on TEXT CHECK (retired_on >= joined_on),
  UNIQUE (salon_id, position)
) STRICT;
CREATE UNIQUE INDEX seat_community_current ON seat (salon_id, community) WHERE retired_on IS NULL;

-- Who held a seat from when to when. The seat is the vote; the person changes.
CREATE TABLE tenure (
  id TEXT PRIMARY KEY NOT NULL,
  seat_id TEXT NOT NULL REFERENCES seat (id),
  person_id TEXT NOT NULL REFERENCES person (id),
  since INTEGER NOT NULL,
  until INTEGER CHECK (until >= since)
) STRICT;
CREATE UNIQUE INDEX tenure_one_holder ON tenure (seat_id) WHERE until IS NULL;
CREATE UNIQUE INDEX tenure_one_seat ON tenure (person_id) WHERE until IS NULL;
CREATE INDEX tenure_by_seat ON tenure (seat_id, since);
CREATE INDEX tenure_by_person ON tenure (person_id);

-- A signed-in device. The cookie holds the session's id; here is only its SHA-256.
CREATE TABLE device_session (
  id TEXT PRIMARY KEY NOT NULL,
  token_hash TEXT NOT NULL UNIQUE,
  person_id TEXT NOT NULL REFERENCES person (id),
  device TEXT NOT NULL,
  second_factor INTEGER NOT NULL DEFAULT 0 CHECK (second_factor IN (0, 1)),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX device_session_by_person ON device_session (person_id);
CREATE INDEX device_session_by_expiry ON device_session (expires_at);

-- A link or code that lets its bearer set a password, once.
CREATE TABLE entry_pass (
  id TEXT PRIMARY KEY NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL CHECK (kind IN ('invitation', 'reset', 'setup')),
  digest TEXT NOT NULL UNIQUE,
  salon_id TEXT REFERENCES salon (id),
  issued_by TEXT REFERENCES person (id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at INTEGER
) STRICT;
-- A newer pass replaces the older one, which is deleted.
CREATE UNIQUE INDEX entry_pass_open ON entry_pass (person_id, kind) WHERE used_at IS NULL;

CREATE TABLE second_factor (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES person (id),
  sealed_secret TEXT NOT NULL,
  confirmed_at INTEGER,
  -- The last time step that was accepted: a code works once (RFC 6238 §5.2).
  last_step INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE recovery_code (
  person_id TEXT NOT NULL REFERENCES person (id),
  digest TEXT NOT NULL,
  used_at INTEGER,
  PRIMARY KEY (person_id, digest)
) STRICT, WITHOUT ROWID;

-- Keyed by a digest of what was typed, so that unknown names lock exactly like known ones.
CREATE TABLE sign_in_failure (
  login_digest TEXT PRIMARY KEY NOT NULL,
  failures INTEGER NOT NULL CHECK (failures >= 1),
  last_at INTEGER NOT NULL,
  locked_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_failure_by_time ON sign_in_failure (last_at);
