-- The forum beside the library and the salon, and how notices leave the house.

-- A thread never changes its name, wherever it is moved: its address holds for good.
CREATE TABLE thread (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  -- What it is about. key: the id of a theme, case or method of the library, or of a row here.
  place_kind TEXT NOT NULL CHECK (place_kind IN ('theme', 'case', 'method', 'topic', 'session')),
  place_key TEXT NOT NULL,
  title TEXT NOT NULL,
  -- A question waits for an answer; the rest is talk.
  asks INTEGER NOT NULL CHECK (asks IN (0, 1)),
  is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
  author_id TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  -- Kept with every post, so that no list counts them: the highest number, replies that are shown,
  -- time and unit of the last one.
  posts INTEGER NOT NULL DEFAULT 0,
  replies INTEGER NOT NULL DEFAULT 0,
  last_at INTEGER NOT NULL,
  last_unit TEXT NOT NULL,
  -- 采纳: the number of the post that helped.
  accepted INTEGER,
  pinned_at INTEGER,
  locked_at INTEGER,
  -- Taken away by a moderator, or by its author before anybody replied.
  hidden_at INTEGER,
  -- Counts every change of what is shown in it.
  version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX thread_latest ON thread (salon_id, last_at, id) WHERE hidden_at IS NULL;
CREATE INDEX thread_at_place ON thread (place_kind, place_key, last_at, id) WHERE hidden_at IS NULL;
CREATE INDEX thread_waiting ON thread (salon_id, last_at, id)
  WHERE asks = 1 AND replies = 0 AND accepted IS NULL AND hidden_at IS NULL;
CREATE INDEX thread_solved ON thread (salon_id, last_at, id)
  WHERE accepted IS NOT NULL AND hidden_at IS NULL;
CREATE INDEX thread_pinned ON thread (salon_id, pinned_at) WHERE pinned_at IS NOT NULL AND hidden_at IS NULL;
CREATE INDEX thread_by_author ON thread (author_id);

CREATE TABLE post (
  -- Also its row in post_text.
  seq INTEGER PRIMARY KEY NOT NULL,
  thread_id TEXT NOT NULL REFERENCES thread (id),
  -- From 1, which opens the thread; never given twice.
  n INTEGER NOT NULL CHECK (n >= 1),
  author_id TEXT NOT NULL REFERENCES person (id),
  -- What the author spoke for then: 渭运社区.
  unit TEXT NOT NULL,
  -- Markdown as typed, and the HTML made of it; both empty once deleted.
  source TEXT NOT NULL,
  html TEXT NOT NULL,
  reply_to INTEGER CHECK (reply_to < n),
  at INTEGER NOT NULL,
  -- Changed later than half an hour after it was written.
  edited_at INTEGER,
  edits INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'shown' CHECK (state IN ('shown', 'deleted', 'hidden')),
  -- 有用; of the opening post 同问.
  marks INTEGER NOT NULL DEFAULT 0,
  UNIQUE (thread_id, n),
  CHECK (state <> 'deleted' OR (source = '' AND html = ''))
) STRICT;
CREATE INDEX post_by_author ON post (author_id, at);

-- What a post said before each change.
CREATE TABLE post_version (
  post_seq INTEGER NOT NULL REFERENCES post (seq),
  nth INTEGER NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (post_seq, nth)
) STRICT, WITHOUT ROWID;

-- A token for each character that counts: see api/forum/tokens.ts. The first post carries its
-- thread's title. It keeps its text, as only then what is removed leaves the index at once and not
-- when it is next tidied.
CREATE VIRTUAL TABLE post_text USING fts5 (
  text, columnsize = 0, tokenize = 'ascii'
);
INSERT INTO post_text (post_text, rank) VALUES ('secure-delete', 1);

-- 同问 and 有用.
CREATE TABLE post_mark (
  post_seq INTEGER NOT NULL REFERENCES post (seq),
  person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL,
  PRIMARY KEY (post_seq, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX post_mark_by_person ON post_mark (person_id);

-- Who was named with @ and told of it, once however often the post is changed.
CREATE TABLE mention (
  post_seq INTEGER NOT NULL REFERENCES post (seq),
  person_id TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (post_seq, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_by_person ON mention (person_id);

CREATE TABLE follow (
  person_id TEXT NOT NULL REFERENCES person (id),
  thread_id TEXT NOT NULL REFERENCES thread (id),
  -- follow: told of each reply. mute: told of nothing but one's own name.
  level TEXT NOT NULL CHECK (level IN ('follow', 'mute')),
  PRIMARY KEY (person_id, thread_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX follow_by_thread ON follow (thread_id) WHERE level = 'follow';

-- How far someone has read, on whatever device.
CREATE TABLE thread_reading (
  person_id TEXT NOT NULL REFERENCES person (id),
  thread_id TEXT NOT NULL REFERENCES thread (id),
  -- 0 while they have read nothing.
  n INTEGER NOT NULL,
  -- The last notice of a reply in it: while that is unread, no further one is given.
  told_seq INTEGER REFERENCES notice (seq),
  PRIMARY KEY (person_id, thread_id)
) STRICT, WITHOUT ROWID;

-- Everything in a salon's forum up to then counts as read.
CREATE TABLE forum_seen (
  person_id TEXT NOT NULL REFERENCES person (id),
  salon_id TEXT NOT NULL REFERENCES salon (id),
  before INTEGER NOT NULL,
  PRIMARY KEY (person_id, salon_id)
) STRICT, WITHOUT ROWID;

-- What was typed and not yet sent. place: `new`, `reply <thread>` or `edit <thread> <n>`.
CREATE TABLE post_draft (
  person_id TEXT NOT NULL REFERENCES person (id),
  salon_id TEXT NOT NULL REFERENCES salon (id),
  place TEXT NOT NULL,
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (person_id, salon_id, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE report (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  post_seq INTEGER NOT NULL REFERENCES post (seq),
  reporter_id TEXT NOT NULL REFERENCES person (id),
  reason TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- HTML of a post that its author deleted meanwhile: for moderators, until they have decided.
  kept TEXT,
  decision TEXT CHECK (decision IN ('hidden', 'kept')),
  decided_at INTEGER,
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  CHECK (kept IS NULL OR decision IS NULL)
) STRICT;
CREATE UNIQUE INDEX report_once ON report (post_seq, reporter_id) WHERE decision IS NULL;
CREATE INDEX report_open ON report (salon_id, at) WHERE decision IS NULL;

-- What moderators did, with the reason that everybody reads.
CREATE TABLE moderation (
  seq INTEGER PRIMARY KEY NOT NULL,
  thread_id TEXT NOT NULL REFERENCES thread (id),
  post_seq INTEGER REFERENCES post (seq),
  action TEXT NOT NULL CHECK (action IN
    ('hide', 'show', 'lock', 'unlock', 'pin', 'unpin', 'move', 'open', 'close', 'hideThread', 'showThread')),
  reason TEXT NOT NULL,
  person_id TEXT NOT NULL REFERENCES person (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX moderation_by_thread ON moderation (thread_id);

-- Pictures in posts, re-encoded. Without a thread only its owner sees one, and it goes after a day.
CREATE TABLE picture (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  owner_id TEXT NOT NULL REFERENCES person (id),
  hash TEXT NOT NULL REFERENCES file (hash),
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  thread_id TEXT REFERENCES thread (id),
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX picture_by_hash ON picture (hash);
CREATE INDEX picture_unused ON picture (at) WHERE thread_id IS NULL;

-- How someone wants to be told; a group without a row is as its default says.
CREATE TABLE notice_choice (
  person_id TEXT NOT NULL REFERENCES person (id),
  "group" TEXT NOT NULL,
  mail TEXT NOT NULL CHECK (mail IN ('off', 'each', 'digest')),
  PRIMARY KEY (person_id, "group")
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_timing (
  person_id TEXT PRIMARY KEY NOT NULL REFERENCES person (id),
  digest TEXT NOT NULL CHECK (digest IN ('daily', 'weekly')),
  -- Minutes since midnight in Asia/Shanghai; equal where there are no quiet hours.
  quiet_from INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 1439),
  quiet_until INTEGER NOT NULL CHECK (quiet_until BETWEEN 0 AND 1439),
  -- Their address refused what was sent; until they change it or ask again nothing is.
  refused_at INTEGER,
  -- 退订: they want no mail at all; their choices stay as they were.
  stopped_at INTEGER
) STRICT, WITHOUT ROWID;

-- A group chat's robot, or another program, that hears what concerns the whole salon.
CREATE TABLE webhook (
  id TEXT PRIMARY KEY NOT NULL,
  salon_id TEXT NOT NULL REFERENCES salon (id),
  name TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('plain', 'wecom', 'dingtalk', 'feishu')),
  -- Whoever has the address may write to the group: sealed, as its secret is.
  sealed_url TEXT NOT NULL,
  sealed_secret TEXT,
  groups TEXT NOT NULL CHECK (json_valid(groups) AND json_type(groups) = 'array'),
  created_by TEXT NOT NULL REFERENCES person (id),
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  last_ok_at INTEGER,
  -- In Chinese; null after a success.
  trouble TEXT
) STRICT;
CREATE INDEX webhook_by_salon ON webhook (salon_id) WHERE removed_at IS NULL;

-- The outbox: what is to leave the house, in the transaction of the event itself.
CREATE TABLE delivery (
  seq INTEGER PRIMARY KEY NOT NULL,
  notice_seq INTEGER NOT NULL REFERENCES notice (seq),
  person_id TEXT REFERENCES person (id),
  webhook_id TEXT REFERENCES webhook (id),
  -- Later than the event for a digest and in quiet hours.
  due_at INTEGER NOT NULL,
  -- The message it went into; those that are due together for one person go in one.
  dispatch_id TEXT REFERENCES dispatch (id),
  CHECK ((person_id IS NULL) <> (webhook_id IS NULL))
) STRICT;
CREATE UNIQUE INDEX delivery_to_person ON delivery (notice_seq, person_id) WHERE person_id IS NOT NULL;
CREATE UNIQUE INDEX delivery_to_webhook ON delivery (notice_seq, webhook_id) WHERE webhook_id IS NOT NULL;
CREATE INDEX delivery_due ON delivery (due_at) WHERE dispatch_id IS NULL;
CREATE INDEX delivery_by_person ON delivery (person_id, due_at) WHERE dispatch_id IS NULL;
CREATE INDEX delivery_by_dispatch ON delivery (dispatch_id);

-- One mail or one call, tried until it is accepted; its id is the mail's Message-ID.
CREATE TABLE dispatch (
  id TEXT PRIMARY KEY NOT NULL,
  person_id TEXT REFERENCES person (id),
  webhook_id TEXT REFERENCES webhook (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'accepted', 'given up', 'not needed')),
  made_at INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  -- A try has begun whose end nobody knows: the receiver may have it, so nothing joins it any more.
  in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
  done_at INTEGER,
  trouble TEXT,
  CHECK ((person_id IS NULL) <> (webhook_id IS NULL)),
  CHECK ((state = 'waiting') = (done_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX dispatch_waiting ON dispatch (next_at) WHERE state = 'waiting';
CREATE INDEX dispatch_done ON dispatch (done_at) WHERE done_at IS NOT NULL;
CREATE INDEX dispatch_to_person ON dispatch (person_id, made_at) WHERE person_id IS NOT NULL;
-- One at a time for each receiver: what becomes due meanwhile joins it or waits for its end.
CREATE UNIQUE INDEX dispatch_one_to_person ON dispatch (person_id) WHERE state = 'waiting';
CREATE UNIQUE INDEX dispatch_one_to_webhook ON dispatch (webhook_id) WHERE state = 'waiting';
