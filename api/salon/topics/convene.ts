import { and, eq, max } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { round, session } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { monthOf } from '../../core/day.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { timesFrom } from './rules.ts';

/**
 * Makes a month's session and its round.
 * @throws {Refused} sessionPast, monthTaken, sessionTooSoon
 */
export function convene(
  tx: Tx,
  ctx: Context,
  salon: Salon,
  input: { readonly startsAt: number; readonly place: string; readonly note?: string },
): { readonly number: number; readonly month: string } {
  const { startsAt } = input;
  const now = ctx.clock();
  const month = monthOf(startsAt);
  if (startsAt <= now) throw new Refused(SALON.sessionPast);
  const taken = tx
    .select({ id: session.id })
    .from(session)
    .where(and(eq(session.salonId, salon.id), eq(session.month, month)))
    .get();
  if (taken) throw new Refused(SALON.monthTaken);
  const times = timesFrom(now, startsAt, settingsOf(decidedSettings(salon)));
  if (!times) throw new Refused(SALON.sessionTooSoon);
  const last = tx
    .select({ number: max(session.number) })
    .from(session)
    .where(eq(session.salonId, salon.id))
    .get();
  const id = newId();
  const number = (last?.number ?? 0) + 1;
  tx.insert(session)
    .values({ id, salonId: salon.id, month, number, state: 'planned', updatedAt: now, ...input })
    .run();
  tx.insert(round)
    .values({ id: newId(), salonId: salon.id, sessionId: id, month, state: 'waiting', ...times })
    .run();
  record(tx, ctx, {
    action: 'session.convene',
    salonId: salon.id,
    subject: id,
    detail: { number, month },
  });
  return { number, month };
}
