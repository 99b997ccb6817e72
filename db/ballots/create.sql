-- The ballot file (salon-rules §6). A vote has no seat and no time. Every table is kept in the order
-- of its key, so that after VACUUM its pages tell nothing of the order in which rows came.

CREATE TABLE ballot (
  id TEXT PRIMARY KEY NOT NULL,
  question TEXT NOT NULL,
  -- What a vote may be, and what the counts mean: see api/ballot/rules.ts.
  paper TEXT NOT NULL CHECK (json_valid(paper)),
  rule TEXT CHECK (json_valid(rule)),
  -- sealing: taking is closed, its key not yet certainly destroyed. counting: casting is closed, the
  -- file not yet rewritten.
  phase TEXT NOT NULL CHECK (phase IN ('taking', 'sealing', 'casting', 'counting', 'closed', 'void')),
  void_reason TEXT,
  -- SPKI, base64url.
  public_key TEXT NOT NULL,
  -- Fixed when taking closes: 应到, 实到, 发出, and how long may be cast.
  due INTEGER,
  attending INTEGER,
  issued INTEGER,
  casting_ms INTEGER,
  -- By the clock on the wall, for a restart.
  cast_until INTEGER,
  -- Of a second paper, once closed: all that is kept of what was on it.
  summary TEXT CHECK (json_valid(summary)),
  CHECK ((phase = 'void') = (void_reason IS NOT NULL)),
  CHECK (issued <= attending AND attending <= due)
) STRICT, WITHOUT ROWID;

-- Who took a ballot. What was signed is deleted at the close.
CREATE TABLE issued (
  ballot TEXT NOT NULL REFERENCES ballot (id),
  seat TEXT NOT NULL,
  blinded TEXT,
  blind_signature TEXT,
  PRIMARY KEY (ballot, seat)
) STRICT, WITHOUT ROWID;

CREATE TABLE "cast" (
  ballot TEXT NOT NULL REFERENCES ballot (id),
  token TEXT NOT NULL,
  prefix TEXT NOT NULL,
  signature TEXT NOT NULL,
  -- As JSON. Of a second paper nothing stays.
  choice TEXT,
  PRIMARY KEY (ballot, token)
) STRICT, WITHOUT ROWID;
