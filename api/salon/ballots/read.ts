import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { ballot } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { allowInSession, type Place, seatOf } from '../sessions/find.ts';
import { isoOrNull } from '../sessions/row.ts';
import { callableAt } from './call.ts';
import type { sessionBallot, sessionBallots } from './contract.ts';
import { type Ballot, countRoll, missingAt, onRoll, presiderAt, titleOfBallot } from './find.ts';
import { scrutineerOf } from './page.ts';
import { voidWords } from './rules.ts';
import { waitMs } from './start.ts';

/** What everybody who reads a session's ballots is to them. */
interface Reading {
  readonly salon: Salon;
  readonly mine: string | undefined;
  readonly mayPreside: boolean;
}

/** The ballots of a session, oldest first, and the one that can be called. @throws as `allow` */
export function readSessionBallots(ctx: Context, place: Place): z.infer<typeof sessionBallots> {
  const reader = ctx.db.orm;
  const { salon, session, standings } = allowInSession(reader, ctx, 'session.read', place);
  const mayPreside = standings.has(presiderAt(reader, session));
  const mine = seatOf(reader, ctx, salon.id)?.id;
  const reading: Reading = { salon, mine, mayPreside };
  const rows = reader
    .select()
    .from(ballot)
    .where(eq(ballot.sessionId, session.id))
    .orderBy(asc(ballot.calledAt), asc(ballot.id))
    .all();
  const running = session.state === 'planned' || session.state === 'open';
  // While one is held, nobody calls another, and thousands read this.
  const held = rows.some(({ state }) => state === 'taking' || state === 'casting');
  const found = running && !held ? callableAt(reader, ctx, salon, session) : undefined;
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
  const { id, state, announcedAt, closedAt, voidReason } = row;
  const { issued = null, castUntil } = ctx.ballots.facts(id) ?? {};
  const closes = announcedAt === null ? null : announcedAt + waitMs(reading.salon);
  return {
    id,
    kind: row.termId === null ? 'election' : 'evaluation',
    title: titleOfBallot(reader, row),
    runOff: row.runOff,
    state,
    fingerprint: row.fingerprint,
    secondId: row.secondId,
    ...countRoll(reader, id),
    taken: issued ?? ctx.ballots.countTaken(id),
    announcedAt: isoOrNull(announcedAt),
    mayCloseAt: state === 'taking' ? isoOrNull(closes) : null,
    castFrom: isoOrNull(closedAt),
    castUntil: isoOrNull(state === 'casting' ? castUntil : null),
    voidReason: voidReason === null ? null : voidWords(voidReason),
    scrutineer: scrutineerOf(reader, row),
    ...missing(reader, ctx, reading, row),
    mine: mineIn(reader, ctx, reading, row),
    mayPreside: reading.mayPreside,
  };
}

/** Whom the one who leads the ballot may have to speak to, while it is being taken. */
function missing(
  reader: Reader,
  ctx: Context,
  { mayPreside }: Reading,
  row: Ballot,
): Pick<z.infer<typeof sessionBallot>, 'waiting' | 'absent'> {
  if (!mayPreside || row.state !== 'taking') return { waiting: null, absent: null };
  return missingAt(reader, ctx, row);
}

function mineIn(
  reader: Reader,
  { ballots }: Context,
  { mine }: Reading,
  { id }: Ballot,
): z.infer<typeof sessionBallot>['mine'] {
  if (mine === undefined) return null;
  const row = onRoll(reader, id, mine);
  return {
    seatId: mine,
    signedIn: row !== undefined,
    taken: ballots.isTaker(id, mine),
    declined: row?.declined ?? false,
  };
}
