-- A salon's months: whose turn it is to chair, the rounds in which topics are chosen, the sessions,
-- their minutes and action items, and what people are told of it all (salon-rules §1–3).
-- Months are 'YYYY-MM' in Asia/Shanghai. Who acted stands in the audit; here are seats and units.

-- §1: the seat that chairs a month, once announced. Past months keep theirs.
CREATE TABLE turn (
  salon_id TEXT NOT NULL REFERENCES salon (id),
  month TEXT NOT NULL CONSTRAINT turn_month_form CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  PRIMARY KEY (salon_id, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX turn_by_seat ON turn (salon_id, seat_id, month);

-- A month in which a seat cannot chair.
CREATE TABLE leave (
  seat_id TEXT NOT NULL REFERENCES seat (id),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (seat_id, month)
) STRICT, WITHOUT ROWID;

-- 调换: offered by one holder, agreed to by the other.
CREATE TABLE swap (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  from_seat_id TEXT NOT NULL REFERENCES seat (id),
  from_month TEXT NOT NULL,
  to_seat_id TEXT NOT NULL REFERENCES seat (id),
  to_month TEXT NOT NULL,
  message TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('offered', 'agreed', 'declined', 'withdrawn', 'void')),
  offered_at INTEGER NOT NULL,
  settled_at INTEGER,
  CONSTRAINT swap_between_two CHECK (from_seat_id <> to_seat_id AND from_month <> to_month)
) STRICT;
CREATE UNIQUE INDEX swap_one_open ON swap (salon_id, from_month) WHERE state = 'offered';
CREATE INDEX swap_by_salon ON swap (salon_id, offered_at);

CREATE TABLE session (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]'),
  -- 第 n 期; a cancelled session gives its number back.
  number INTEGER CHECK (number >= 1),
  starts_at INTEGER NOT NULL,
  place TEXT NOT NULL DEFAULT '',
  -- e.g. that the demo's date is made up
  note TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('planned', 'open', 'closed', 'cancelled')),
  opened_at INTEGER,
  closed_at INTEGER,
  cancel_reason TEXT NOT NULL DEFAULT '',
  -- Of the agenda item that is being dealt with, and since when: the screen's timer.
  current_item_id TEXT,
  current_since INTEGER,
  updated_at INTEGER NOT NULL,
  CHECK ((state = 'cancelled') = (number IS NULL))
) STRICT;
CREATE UNIQUE INDEX session_month ON session (salon_id, month);
CREATE UNIQUE INDEX session_number ON session (salon_id, number);
CREATE INDEX session_by_state ON session (state, starts_at);

CREATE TABLE agenda_item (
  id TEXT PRIMARY KEY NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  position INTEGER NOT NULL,
  title TEXT NOT NULL,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 480),
  topic_id TEXT REFERENCES topic (id)
) STRICT;
CREATE INDEX agenda_item_by_session ON agenda_item (session_id, position);

-- §2: one for each session.
CREATE TABLE round (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  session_id TEXT NOT NULL UNIQUE REFERENCES session (id),
  month TEXT NOT NULL,
  opens_at INTEGER NOT NULL,
  voting_at INTEGER NOT NULL CHECK (voting_at >= opens_at),
  closes_at INTEGER NOT NULL CHECK (closes_at > voting_at),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'proposing', 'voting', 'review', 'decided')),
  -- Set at the close, from then on for ever: seats entitled and seats that voted.
  seats INTEGER,
  voters INTEGER,
  decided_at INTEGER,
  decision_note TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX round_month ON round (salon_id, month);
CREATE INDEX round_by_state ON round (state, closes_at);

CREATE TABLE topic (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  title TEXT NOT NULL,
  situation TEXT NOT NULL,
  tried TEXT NOT NULL,
  invite TEXT NOT NULL,
  -- Ids of cases in the library.
  cases TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(cases) AND json_type(cases) = 'array'),
  state TEXT NOT NULL CHECK (state IN (
    'draft', 'proposed', 'withdrawn', 'declined', 'on-ballot', 'rolled-over', 'lapsed',
    'confirmed', 'scheduled', 'discussed', 'closed'
  )),
  -- The round it is proposed in or voted on in; of an earlier one see round_topic.
  round_id TEXT REFERENCES round (id),
  -- The round it was new in, which counts against its seat.
  new_in_round_id TEXT REFERENCES round (id),
  session_id TEXT REFERENCES session (id),
  -- The lapsed topic that it proposes again.
  again_of_id TEXT REFERENCES topic (id),
  supports INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX topic_by_round ON topic (round_id);
CREATE INDEX topic_by_first_round ON topic (new_in_round_id, seat_id);
CREATE INDEX topic_by_session ON topic (session_id);
CREATE INDEX topic_by_seat ON topic (seat_id, created_at);
CREATE INDEX topic_by_salon ON topic (salon_id, state, created_at);

-- Each step of a topic's way, with the reason that was given for it.
CREATE TABLE topic_step (
  topic_id TEXT NOT NULL REFERENCES topic (id),
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  by TEXT NOT NULL CHECK (by IN ('proposer', 'reviewer', 'host', 'chair', 'calendar')),
  reason TEXT NOT NULL DEFAULT '',
  at INTEGER NOT NULL,
  PRIMARY KEY (topic_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE support (
  topic_id TEXT NOT NULL REFERENCES topic (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  PRIMARY KEY (topic_id, seat_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX support_by_seat ON support (seat_id);

-- What a round's ballot held and how it ended. Votes and rank are unknown until the close.
CREATE TABLE round_topic (
  round_id TEXT NOT NULL REFERENCES round (id),
  topic_id TEXT NOT NULL REFERENCES topic (id),
  votes INTEGER,
  rank INTEGER,
  outcome TEXT CHECK (outcome IN ('confirmed', 'rolled-over', 'lapsed')),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (round_id, topic_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX round_topic_by_topic ON round_topic (topic_id);

-- Who votes for what, until the close only: then the totals are stored and these rows deleted (§2).
-- No time and no order.
CREATE TABLE vote (
  round_id TEXT NOT NULL REFERENCES round (id),
  seat_id TEXT NOT NULL REFERENCES seat (id),
  topic_id TEXT NOT NULL REFERENCES topic (id),
  PRIMARY KEY (round_id, seat_id, topic_id)
) STRICT, WITHOUT ROWID;

-- 嘉宾 of one session, with an account or a link of their own.
CREATE TABLE guest (
  id TEXT PRIMARY KEY NOT NULL,
  session_id TEXT NOT NULL REFERENCES session (id),
  unit TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT REFERENCES person (id),
  digest TEXT UNIQUE,
  answer TEXT NOT NULL DEFAULT 'open' CHECK (answer IN ('open', 'accepted', 'declined')),
  removed_at INTEGER
) STRICT;
CREATE INDEX guest_by_session ON guest (session_id);
CREATE INDEX guest_by_person ON guest (person_id);

-- 签到. Seats, and apart from them guests.
CREATE TABLE attendance (
  session_id TEXT NOT NULL REFERENCES session (id),
  party_id TEXT NOT NULL,
  seat_id TEXT REFERENCES seat (id),
  guest_id TEXT REFERENCES guest (id),
  at INTEGER NOT NULL,
  by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (session_id, party_id),
  CHECK ((seat_id IS NULL) <> (guest_id IS NULL) AND party_id = coalesce(seat_id, guest_id)),
  CONSTRAINT attendance_hand_reason CHECK (by_hand = 0 OR reason <> '')
) STRICT, WITHOUT ROWID;

-- §3: attendance closes with the session and then never changes.
CREATE TRIGGER attendance_only_while_open BEFORE INSERT ON attendance
WHEN (SELECT state FROM session WHERE id = NEW.session_id) IS NOT 'open'
BEGIN
  SELECT RAISE(ABORT, 'attendance_closed');
END;
CREATE TRIGGER attendance_no_update BEFORE UPDATE ON attendance
BEGIN
  SELECT RAISE(ABORT, 'attendance_closed');
END;
CREATE TRIGGER attendance_no_delete BEFORE DELETE ON attendance
BEGIN
  SELECT RAISE(ABORT, 'attendance_closed');
END;
CREATE TRIGGER session_stays_closed BEFORE UPDATE OF state ON session
WHEN OLD.state IN ('closed', 'cancelled') AND NEW.state <> OLD.state
BEGIN
  SELECT RAISE(ABORT, 'attendance_closed');
END;

-- Cases and methods of the library that a session reads.
CREATE TABLE reading (
  session_id TEXT NOT NULL REFERENCES session (id),
  kind TEXT NOT NULL CHECK (kind IN ('case', 'method')),
  entry TEXT NOT NULL,
  PRIMARY KEY (session_id, kind, entry)
) STRICT, WITHOUT ROWID;

CREATE TABLE minutes (
  session_id TEXT PRIMARY KEY NOT NULL REFERENCES session (id),
  summary TEXT NOT NULL,
  -- [{ "heading", "text" }]
  conclusions TEXT NOT NULL CHECK (json_valid(conclusions) AND json_type(conclusions) = 'array'),
  recorder TEXT NOT NULL,
  -- { seat id: reason } of those who did not come
  absences TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(absences) AND json_type(absences) = 'object'),
  -- Counts the savings; a save that has not seen the last one is refused.
  version INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The chair says that the host may publish.
  submitted_at INTEGER,
  published_at INTEGER
) STRICT;

CREATE TABLE correction (
  id TEXT PRIMARY KEY NOT NULL,
  session_id TEXT NOT NULL REFERENCES minutes (session_id),
  text TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_by_session ON correction (session_id, at);

-- 待办事项. Overdue is not stored: it is what is not done after its day.
CREATE TABLE action_item (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  session_id TEXT NOT NULL REFERENCES session (id),
  position INTEGER NOT NULL,
  what TEXT NOT NULL,
  -- 责任单位: a community's seat, a guest, or (neither) the host; and its name as written then.
  seat_id TEXT REFERENCES seat (id),
  guest_id TEXT REFERENCES guest (id),
  unit TEXT NOT NULL,
  due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  state TEXT NOT NULL DEFAULT 'todo' CHECK (state IN ('todo', 'doing', 'done')),
  result TEXT NOT NULL DEFAULT '',
  done_at INTEGER,
  -- Only published minutes put it on the board.
  published INTEGER NOT NULL DEFAULT 0 CHECK (published IN (0, 1)),
  CHECK (seat_id IS NULL OR guest_id IS NULL),
  CONSTRAINT action_done_has_result CHECK (state <> 'done' OR result <> '')
) STRICT;
CREATE INDEX action_item_by_session ON action_item (session_id, position);
CREATE INDEX action_item_open ON action_item (salon_id, due_on) WHERE published = 1 AND state <> 'done';
CREATE INDEX action_item_done ON action_item (salon_id, done_at) WHERE state = 'done';
CREATE INDEX action_item_by_seat ON action_item (seat_id);
CREATE INDEX action_item_by_guest ON action_item (guest_id);

-- 办理情况: each step of the work on an action item.
CREATE TABLE action_note (
  action_id TEXT NOT NULL REFERENCES action_item (id),
  position INTEGER NOT NULL,
  -- The unit that writes, as it was called then.
  unit TEXT NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (action_id, position)
) STRICT, WITHOUT ROWID;

-- Uploaded files by the hash of their content; the content lies outside the database.
CREATE TABLE file (
  hash TEXT PRIMARY KEY NOT NULL CHECK (length(hash) = 64),
  kind TEXT NOT NULL CHECK (kind IN ('pdf', 'docx', 'xlsx', 'pptx', 'png', 'jpg')),
  size INTEGER NOT NULL,
  added_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- A file as somebody put it to a session, or to an action item as its evidence.
CREATE TABLE attachment (
  id TEXT PRIMARY KEY NOT NULL,
  hash TEXT NOT NULL REFERENCES file (hash),
  name TEXT NOT NULL,
  session_id TEXT REFERENCES session (id),
  action_id TEXT REFERENCES action_item (id),
  unit TEXT NOT NULL,
  at INTEGER NOT NULL,
  CHECK ((session_id IS NULL) <> (action_id IS NULL))
) STRICT;
CREATE INDEX attachment_by_session ON attachment (session_id);
CREATE INDEX attachment_by_action ON attachment (action_id);
CREATE INDEX attachment_by_hash ON attachment (hash);

-- What people are told: one row for each event, in the event's own transaction.
CREATE TABLE notice (
  seq INTEGER PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  kind TEXT NOT NULL,
  -- Facts for the sentence and its link; never a choice in a vote.
  data TEXT NOT NULL CHECK (json_valid(data)),
  at INTEGER NOT NULL,
  -- Of a reminder: what it reminds of, so that it is given once however often the clock asks.
  once TEXT UNIQUE
) STRICT;

CREATE TABLE inbox (
  person_id TEXT NOT NULL REFERENCES person (id),
  notice_seq INTEGER NOT NULL REFERENCES notice (seq),
  read_at INTEGER,
  PRIMARY KEY (person_id, notice_seq)
) STRICT, WITHOUT ROWID;
-- With read_at, which is null in all of it: else SQLite counts along the primary key, read ones too.
CREATE INDEX inbox_unread ON inbox (person_id, read_at) WHERE read_at IS NULL;

-- A calendar address that only its owner knows; the digest of its secret.
CREATE TABLE calendar_feed (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES person (id),
  digest TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
