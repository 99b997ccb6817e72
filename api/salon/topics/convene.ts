import { and, eq, max } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { round, session } from '../../../db/schema/index.ts';
import type { Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { dayOf, monthOf, timeOf } from '../../core/day.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { notify } from '../../notices/notify.ts';
import { everyone } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { settleRotation } from '../rotation/settle.ts';
import { decidedSettings } from '../salons.ts';
import { timesFrom } from './rules.ts';

/**
 * Makes a month's session and its round, and announces whose turns come.
 * @param startsAt ms since 1970
 * @throws {Refused} sessionPast, sessionTooSoon, monthTaken
 */
export function convene(
  tx: Tx,
  ctx: Context,
  salon: Salon,
  { startsAt, place, note = '' }: { startsAt: number; place: string; note?: string },
): { readonly number: number; readonly month: string } {
  const now = ctx.clock();
  if (startsAt <= now) throw new Refused(SALON.sessionPast);
  const month = monthOf(startsAt);
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
  const number = (last?.number ?? 0) + 1;
  const ids = { session: newId(), round: newId() };
  tx.insert(session)
    .values({
      id: ids.session,
      salonId: salon.id,
      month,
      number,
      startsAt,
      place,
      note,
      state: 'planned',
      updatedAt: now,
    })
    .run();
  const links = { salonId: salon.id, sessionId: ids.session, month };
  tx.insert(round)
    .values({ id: ids.round, ...links, ...times, state: 'waiting' })
    .run();
  const detail = { number, month };
  record(tx, ctx, { action: 'session.convene', salonId: salon.id, subject: ids.session, detail });
  settleRotation(tx, ctx, salon);
  const data = { number, day: dayOf(startsAt), time: timeOf(startsAt), place };
  const to = everyone(tx, salon.id);
  notify(tx, ctx, { salonId: salon.id, kind: 'session.planned', data, to });
  return { number, month };
}
