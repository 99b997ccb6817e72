import { and, eq, isNull } from 'drizzle-orm';
import { ballot } from '../../../db/schema/index.ts';
import { allow, findSalon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { SALON } from '../refusals.ts';
import { seatOf } from '../sessions/find.ts';
import { type BallotPlace, requireBallot } from './find.ts';

/**
 * 监票人 has recounted the bulletin and signs. Twice is once.
 * @throws {Refused} as `allow`, notFound, notYetCounted
 */
export async function scrutinise(ctx: Context, place: BallotPlace): Promise<void> {
  await write(ctx, { name: 'ballot.scrutinise', input: place }, (tx) => {
    const salon = findSalon(tx, place.salon);
    allow(tx, ctx, 'ballot.list', salon);
    const found = requireBallot(tx, salon.id, place.ballot);
    const mine = seatOf(tx, ctx, salon.id)?.id;
    const isScrutineer = mine !== undefined && mine === found.scrutineerSeatId;
    allow(tx, ctx, 'ballot.scrutinise', salon, isScrutineer ? ['scrutineer'] : []);
    if (found.state !== 'decided') throw new Refused(SALON.notYetCounted);
    const signed = tx
      .update(ballot)
      .set({ scrutinisedAt: ctx.clock() })
      .where(and(eq(ballot.id, found.id), isNull(ballot.scrutinisedAt)))
      .run();
    if (signed.changes === 0) return;
    const detail = { bulletin: found.bulletin };
    record(tx, ctx, { action: 'ballot.scrutinise', salonId: salon.id, subject: found.id, detail });
  });
}
