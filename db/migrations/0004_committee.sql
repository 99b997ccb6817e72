-- The topic committee: elections, its terms and members, its motions, and the ballots at which it is
-- elected and evaluated (salon-rules §3–6). Of a ballot only who may vote and what came out of it
-- stands here; the votes themselves lie in a file of their own (db/ballots), and nothing here may
-- lead from a seat to one of them.

CREATE TABLE election (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  -- first: at the end of the pilot; full: at a due evaluation without enough members; by: for lost
  -- places; again: after a recall, or after one that lapsed or elected nobody.
  kind TEXT NOT NULL CHECK (kind IN ('first', 'full', 'by', 'again')),
  places INTEGER NOT NULL CHECK (places BETWEEN 1 AND 3),
  state TEXT NOT NULL CHECK (state IN ('nominating', 'extended', 'ready', 'decided', 'lapsed', 'dropped')),
  called_at INTEGER NOT NULL,
  -- Where it was held last.
  session_id TEXT REFERENCES session (id),
  -- Run-offs held so far; then who contests the places left, and who is elected already: seat ids.
  run_offs INTEGER NOT NULL DEFAULT 0 CHECK (run_offs BETWEEN 0 AND 2),
  tied TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tied) AND json_type(tied) = 'array'),
  elected TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(elected) AND json_type(elected) = 'array'),
  settled_at INTEGER
) STRICT;
CREATE UNIQUE INDEX election_one_open ON election (salon_id)
  WHERE state IN ('nominating', 'extended', 'ready');
CREATE INDEX election_by_salon ON election (salon_id, called_at);

CREATE TABLE nominee (
  election_id TEXT NOT NULL REFERENCES election (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  by_seat_id TEXT NOT NULL REFERENCES seat (id),
  state TEXT NOT NULL CHECK (state IN ('asked', 'accepted', 'declined')),
  PRIMARY KEY (election_id, seat_id)
) STRICT, WITHOUT ROWID;

-- From the day a committee took office until its recall or the next full election.
CREATE TABLE committee_term (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  election_id TEXT NOT NULL REFERENCES election (id),
  began_on TEXT NOT NULL CHECK (began_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_by TEXT CHECK (ended_by IN ('recall', 'succession')),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX committee_term_one_open ON committee_term (salon_id) WHERE ended_at IS NULL;

-- Membership belongs to the seat's secretary of that day: it ends with a hand-over.
CREATE TABLE committee_member (
  id TEXT PRIMARY KEY NOT NULL,
  term_id TEXT NOT NULL REFERENCES committee_term (id),
  election_id TEXT NOT NULL REFERENCES election (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  began_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_by TEXT CHECK (ended_by IN ('recall', 'succession', 'resignation', 'handOver', 'retirement')),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX committee_member_once ON committee_member (seat_id) WHERE ended_at IS NULL;
CREATE INDEX committee_member_by_term ON committee_member (term_id);

-- 表决 at a session; its id is the same in the ballot file.
CREATE TABLE ballot (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  session_id TEXT NOT NULL REFERENCES session (id),
  election_id TEXT REFERENCES election (id),
  -- Of an evaluation: whose choices, and the day it was due.
  term_id TEXT REFERENCES committee_term (id),
  due_on TEXT,
  -- 0 for the election itself.
  run_off INTEGER NOT NULL DEFAULT 0,
  -- The second paper's id in the ballot file.
  second_id TEXT UNIQUE,
  fingerprint TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('taking', 'casting', 'decided', 'void')),
  called_at INTEGER NOT NULL,
  -- When the closing of the sign-in was announced on the screen, and when it was closed.
  announced_at INTEGER,
  closed_at INTEGER,
  -- 应到 and 实到 in seats; fixed when the sign-in is closed.
  due INTEGER,
  attending INTEGER,
  void_reason TEXT,
  -- 监票人, where the salon has one.
  scrutineer_seat_id TEXT REFERENCES seat (id),
  scrutinised_at INTEGER,
  -- What came out, with its inputs, and the SHA-256 of the bulletin; stored once.
  result TEXT CHECK (json_valid(result)),
  bulletin TEXT CHECK (length(bulletin) = 64),
  settled_at INTEGER,
  CHECK ((election_id IS NULL) <> (term_id IS NULL)),
  CHECK ((term_id IS NULL) = (due_on IS NULL)),
  CHECK ((state = 'void') = (void_reason IS NOT NULL)),
  CHECK ((state = 'decided') = (result IS NOT NULL)),
  CHECK ((closed_at IS NULL) = (attending IS NULL) AND (attending IS NULL) = (due IS NULL)),
  CHECK (attending <= due)
) STRICT;
CREATE UNIQUE INDEX ballot_one_open ON ballot (salon_id) WHERE state IN ('taking', 'casting');
CREATE INDEX ballot_by_session ON ballot (session_id);
CREATE INDEX ballot_by_salon ON ballot (salon_id, called_at);
CREATE INDEX ballot_by_election ON ballot (election_id);
CREATE INDEX ballot_by_term ON ballot (term_id);

-- 表决签到 (§3): which seats are signed in for a ballot. No time.
CREATE TABLE ballot_roll (
  ballot_id TEXT NOT NULL REFERENCES ballot (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  -- 不领票: attends, and takes no ballot.
  declined INTEGER NOT NULL DEFAULT 0 CHECK (declined IN (0, 1)),
  -- Signed in by the one who presides.
  by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (ballot_id, seat_id),
  CONSTRAINT ballot_roll_hand_reason CHECK (by_hand = 0 OR reason <> '')
) STRICT, WITHOUT ROWID;

-- The sign-in is fixed when it is closed; whoever signs in is present at the session.
CREATE TRIGGER ballot_roll_insert BEFORE INSERT ON ballot_roll
WHEN (SELECT state FROM ballot WHERE id = NEW.ballot_id) IS NOT 'taking'
  OR NOT EXISTS (
    SELECT 1 FROM attendance JOIN ballot ON ballot.session_id = attendance.session_id
    WHERE ballot.id = NEW.ballot_id AND attendance.party_id = NEW.seat_id
  )
BEGIN
  SELECT RAISE(ABORT, 'ballot_roll_closed');
END;
CREATE TRIGGER ballot_roll_update BEFORE UPDATE ON ballot_roll
WHEN (SELECT state FROM ballot WHERE id = OLD.ballot_id) IS NOT 'taking'
BEGIN
  SELECT RAISE(ABORT, 'ballot_roll_closed');
END;
CREATE TRIGGER ballot_roll_delete BEFORE DELETE ON ballot_roll
WHEN (SELECT state FROM ballot WHERE id = OLD.ballot_id) IS NOT 'taking'
BEGIN
  SELECT RAISE(ABORT, 'ballot_roll_closed');
END;
-- §5: the result is stored once; attending never changes after the sign-in.
CREATE TRIGGER ballot_settled_once BEFORE UPDATE ON ballot
WHEN OLD.state IN ('decided', 'void') AND (
  NEW.state <> OLD.state OR NEW.result IS NOT OLD.result OR NEW.bulletin IS NOT OLD.bulletin
)
BEGIN
  SELECT RAISE(ABORT, 'ballot_settled');
END;
CREATE TRIGGER ballot_attending_fixed BEFORE UPDATE OF attending, due ON ballot
WHEN OLD.attending IS NOT NULL AND (NEW.attending IS NOT OLD.attending OR NEW.due IS NOT OLD.due)
BEGIN
  SELECT RAISE(ABORT, 'ballot_roll_closed');
END;

-- §2: a motion of the committee; passes with two members signing.
CREATE TABLE motion (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  term_id TEXT NOT NULL REFERENCES committee_term (id),
  -- The decision on a round, or that a proposed topic is declined.
  round_id TEXT REFERENCES round (id),
  topic_id TEXT REFERENCES topic (id),
  -- { "confirm", "note", "reasons" } or { "reason" }
  decision TEXT NOT NULL CHECK (json_valid(decision) AND json_type(decision) = 'object'),
  by_seat_id TEXT NOT NULL REFERENCES seat (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'passed', 'withdrawn', 'void')),
  moved_at INTEGER NOT NULL,
  settled_at INTEGER,
  CHECK ((round_id IS NULL) <> (topic_id IS NULL))
) STRICT;
CREATE INDEX motion_by_round ON motion (round_id);
CREATE INDEX motion_by_topic ON motion (topic_id);
CREATE INDEX motion_by_term ON motion (term_id, moved_at);

CREATE TABLE motion_signature (
  motion_id TEXT NOT NULL REFERENCES motion (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (motion_id, seat_id)
) STRICT, WITHOUT ROWID;

-- Who reviews a round, fixed with its decision, so that the record says so.
ALTER TABLE round ADD COLUMN decided_by TEXT CHECK (decided_by IN ('host', 'committee'));
UPDATE round SET decided_by = 'host' WHERE state = 'decided' AND decided_at IS NOT NULL;
