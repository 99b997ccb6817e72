import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { ballot } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import type { SeatName } from '../committee/find.ts';
import { allowInSession, type Place, type Session, seatOf } from '../sessions/find.ts';
import { isoOrNull } from '../sessions/row.ts';
import { callableAt } from './call.ts';
import type { sessionBallot, sessionBallots } from './contract.ts';
import { type Ballot, presiderAt, rollOf, seatsAt, titleOfBallot } from './find.ts';
import { scrutineerOf } from './page.ts';
import { voidWords } from './rules.ts';
import { waitMs } from './start.ts';

/** What everybody who reads a session's ballots is to them. */
interface Reading {
  readonly salon: Salon;
  readonly session: Session;
  readonly present: readonly SeatName[];
  readonly mine: string | undefined;
  readonly mayPreside: boolean;
}

/** The ballots of a session, oldest first, and the one that can be called. @throws as `allow` */
export function readSessionBallots(ctx: Context, place: Place): z.infer<typeof sessionBallots> {
  const reader = ctx.db.orm;
  const { salon, session, standings } = allowInSession(reader, ctx, 'session.read', place);
  const mayPreside = standings.has(presiderAt(reader, session));
  const mine = seatOf(reader, ctx, salon.id)?.id;
  const present = seatsAt(reader, session.id);
  const reading: Reading = { salon, session, present, mine, mayPreside };
  const rows = reader
    .select()
    .from(ballot)
    .where(eq(ballot.sessionId, session.id))
    .orderBy(asc(ballot.calledAt), asc(ballot.id))
    .all();
  const running = session.state === 'planned' || session.state === 'open';
  const found = running ? callableAt(reader, ctx, salon, session) : undefined;
  const callable = found && {
    kind: found.plan.kind,
    title: found.plan.title,
    hindrance: found.hindrance,
    scrutineers: found.scrutineers,
    mayCall: mayPreside,
  };
  return {
    ballots: rows.map((row) => shown(reader, ctx, reading, row)),
    callable: callable ?? null,
  };
}

function shown(
  reader: Reader,
  ctx: Context,
  reading: Reading,
  row: Ballot,
): z.infer<typeof sessionBallot> {
  const { id, state, announcedAt, voidReason } = row;
  const roll = rollOf(reader, id);
  const taken = new Set(ctx.ballots.takers(id));
  const castUntil = state === 'casting' ? ctx.ballots.facts(id)?.castUntil : null;
  const closes = announcedAt === null ? null : announcedAt + waitMs(reading.salon);
  return {
    id,
    kind: row.termId === null ? 'election' : 'evaluation',
    title: titleOfBallot(reader, row),
    runOff: row.runOff,
    state,
    fingerprint: row.fingerprint,
    secondId: row.secondId,
    attending: roll.length,
    taken: taken.size,
    declined: roll.filter(({ declined }) => declined).length,
    announcedAt: isoOrNull(announcedAt),
    mayCloseAt: state === 'taking' ? isoOrNull(closes) : null,
    castUntil: isoOrNull(castUntil),
    voidReason: voidReason === null ? null : voidWords(voidReason),
    scrutineer: scrutineerOf(reader, row),
    ...missing(reading, row, roll, taken),
    mine: mineIn(reading, roll, taken),
    mayPreside: reading.mayPreside,
  };
}

/** Whom the one who leads the ballot may have to speak to, while it is being taken. */
function missing(
  { present, mayPreside }: Reading,
  { state }: Ballot,
  roll: ReturnType<typeof rollOf>,
  taken: ReadonlySet<string>,
): { waiting: SeatName[] | null; absent: SeatName[] | null } {
  if (!mayPreside || state !== 'taking') return { waiting: null, absent: null };
  const signedIn = new Set(roll.map(({ seatId }) => seatId));
  const waiting = roll.filter(({ seatId, declined }) => !declined && !taken.has(seatId));
  return {
    waiting: waiting.map(({ seatId, community }) => ({ seatId, community })),
    absent: present.filter(({ seatId }) => !signedIn.has(seatId)),
  };
}

function mineIn(
  { mine }: Reading,
  roll: ReturnType<typeof rollOf>,
  taken: ReadonlySet<string>,
): z.infer<typeof sessionBallot>['mine'] {
  if (mine === undefined) return null;
  const row = roll.find(({ seatId }) => seatId === mine);
  return {
    seatId: mine,
    signedIn: row !== undefined,
    taken: taken.has(mine),
    declined: row?.declined ?? false,
  };
}
