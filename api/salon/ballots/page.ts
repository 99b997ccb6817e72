import { inArray } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { seat } from '../../../db/schema/index.ts';
import type { BallotBox } from '../../ballot/box.ts';
import type { Summary } from '../../ballot/rules.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { CORE, Refused } from '../../core/refused.ts';
import type { SeatName } from '../committee/find.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import { isoOrNull } from '../sessions/row.ts';
import type { ballotPage, bulletinQuery } from './contract.ts';
import { allowOnBallot, type Ballot, type BallotPlace, sessionOf, titleOfBallot } from './find.ts';
import { voidWords } from './rules.ts';

type Page = z.infer<typeof ballotPage>;

/** One ballot, for anybody: what was asked, and once it is over what came out. @throws as `allow` */
export function readBallot(ctx: Context, place: BallotPlace): Page {
  const reader = ctx.db.orm;
  const { salon, found } = allowOnBallot(reader, ctx, 'ballot.recount', place);
  const { id, voidReason, result } = found;
  const { number, startsAt } = sessionOf(reader, found);
  const facts = ctx.ballots.facts(id);
  const scrutineer = scrutineerOf(reader, found);
  const mine = seatOf(reader, ctx, salon.id)?.id;
  const unsigned = found.state === 'decided' && found.scrutinisedAt === null;
  return {
    id,
    kind: found.termId === null ? 'election' : 'evaluation',
    title: titleOfBallot(reader, found),
    question: facts?.question ?? '',
    runOff: found.runOff,
    state: found.state,
    session: { number, day: dayOf(startsAt) },
    fingerprint: found.fingerprint,
    attending: found.attending,
    due: found.due,
    castUntil: found.state === 'casting' ? isoOrNull(facts?.castUntil) : null,
    voidReason: voidReason === null ? null : voidWords(voidReason),
    result,
    names: namesIn(reader, found),
    bulletin: found.bulletin,
    second: secondOf(ctx.ballots, found),
    scrutineer: scrutineer && {
      ...scrutineer,
      signedAt: isoOrNull(found.scrutinisedAt),
      maySign: unsigned && mine === scrutineer.seatId,
    },
  };
}

export const scrutineerOf = (reader: Reader, { scrutineerSeatId }: Ballot): SeatName | null =>
  (scrutineerSeatId === null ? undefined : namesOf(reader, [scrutineerSeatId])[0]) ?? null;

const namesOf = (reader: Reader, seatIds: readonly string[]): SeatName[] =>
  reader
    .select({ seatId: seat.id, community: seat.community })
    .from(seat)
    .where(inArray(seat.id, [...seatIds]))
    .all();

/** The communities of all seats that the result names. */
function namesIn(reader: Reader, { result }: Ballot): Record<string, string> {
  if (!result) return {};
  const seats = result.kind === 'evaluation' ? result.members : result.counts;
  const named = namesOf(
    reader,
    seats.map(({ seatId }) => seatId),
  );
  return Object.fromEntries(named.map(({ seatId, community }) => [seatId, community]));
}

/** What was given on the second papers, once that ballot too is closed. */
function secondOf(ballots: BallotBox, { secondId, state }: Ballot): Page['second'] {
  const facts = secondId === null ? undefined : ballots.facts(secondId);
  if (!secondId || facts?.paper.kind !== 'marks') return null;
  const { topics } = facts.paper;
  const brief = state === 'decided' ? ballots.brief(secondId) : undefined;
  const { totals = null, comments = null } = brief?.summary ?? {};
  return {
    id: secondId,
    closed: brief !== undefined,
    papers: brief?.received ?? null,
    topics: topics.map(({ id, label }) => ({ id, title: label, given: givenTo(totals, id) })),
    comments: comments && [...comments],
    bulletin: brief?.hash ?? null,
  };
}

const givenTo = (totals: Summary['totals'], topic: string): number[] | null =>
  totals && [1, 2, 3, 4, 5].map((mark) => totals[topic]?.[mark] ?? 0);

export interface Bulletin {
  readonly id: string;
  /** SHA-256, hex. */
  readonly hash: string;
  readonly bytes: string;
}

/** 公示, once the result is stored. @throws {Refused} as `allow`, notFound, notYetCounted */
export function readBulletin(
  ctx: Context,
  place: BallotPlace,
  { paper }: z.infer<typeof bulletinQuery>,
): Bulletin {
  const { found } = allowOnBallot(ctx.db.orm, ctx, 'ballot.recount', place);
  const id = paper === 'first' ? found.id : found.secondId;
  if (id === null) throw new Refused(CORE.notFound);
  const outcome = found.state === 'decided' ? ctx.ballots.outcome(id) : undefined;
  if (!outcome) throw new Refused(SALON.notYetCounted);
  return { id, hash: outcome.hash, bytes: outcome.bulletin };
}
