import { and, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { round, session } from '../../../db/schema/index.ts';
import { allowIn, type Salon } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { dayOf, momentOf, monthOf, timeOf } from '../../core/day.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, guestsOf } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import { convene } from '../topics/convene.ts';
import { timesFrom } from '../topics/rules.ts';
import type { sessionChange, sessionInput } from './contract.ts';
import { allowInSession, inNotice, type Numbered, type Place, requireState } from './find.ts';

/** Sets the day of a month's session, and with it its round. @throws {Refused} as `convene` */
export function conveneSession(
  ctx: Context,
  slug: string,
  input: z.infer<typeof sessionInput>,
): Promise<{ number: number; month: string }> {
  return write(ctx, { name: 'session.convene', input: [slug, input] }, (tx) => {
    const salon = allowIn(tx, ctx, 'session.convene', slug);
    const { date, time, place } = input;
    return convene(tx, ctx, salon, { startsAt: momentOf(date, time), place });
  });
}

/**
 * Moves a session within its month, or to another place. Its round goes along while its vote has
 * not opened.
 * @throws {Refused} sessionState, sessionOtherMonth, sessionPast, sessionTooSoon
 */
export async function changeSession(
  ctx: Context,
  place: Place,
  change: z.infer<typeof sessionChange>,
): Promise<void> {
  await write(ctx, { name: 'session.change', input: [place, change] }, (tx) => {
    const { salon, session: found } = allowInSession(tx, ctx, 'session.convene', place);
    requireState(found, 'planned');
    const date = change.date ?? dayOf(found.startsAt);
    const time = change.time ?? timeOf(found.startsAt);
    const after: Numbered = {
      ...found,
      startsAt: momentOf(date, time),
      place: change.place ?? found.place,
    };
    const moved = after.startsAt !== found.startsAt;
    if (!moved && after.place === found.place) return;
    if (moved) moveTo(tx, ctx, salon, after);
    tx.update(session)
      .set({ startsAt: after.startsAt, place: after.place, updatedAt: ctx.clock() })
      .where(eq(session.id, found.id))
      .run();
    const fields = Object.keys(change).sort().join(' ');
    record(tx, ctx, {
      action: 'session.change',
      salonId: salon.id,
      subject: found.id,
      detail: { number: found.number, fields },
    });
    const to = [...everyone(tx, salon.id), ...guestsOf(tx, found.id)];
    notify(tx, ctx, { salonId: salon.id, kind: 'session.moved', data: inNotice(after), to });
  });
}

/** Whether the session can be then, and what that makes of its round. */
function moveTo(tx: Tx, ctx: Context, salon: Salon, { id, month, startsAt }: Numbered): void {
  const now = ctx.clock();
  if (monthOf(startsAt) !== month) throw new Refused(SALON.sessionOtherMonth);
  if (startsAt <= now) throw new Refused(SALON.sessionPast);
  const found = tx.select().from(round).where(eq(round.sessionId, id)).get();
  if (!found || found.state === 'review' || found.state === 'decided') return;
  if (found.state === 'voting') {
    // Nobody loses a vote that has begun.
    if (startsAt <= found.closesAt) throw new Refused(SALON.sessionTooSoon);
    return;
  }
  const times = timesFrom(now, startsAt, settingsOf(decidedSettings(salon)));
  if (!times) throw new Refused(SALON.sessionTooSoon);
  const opensAt = found.state === 'proposing' ? found.opensAt : times.opensAt;
  tx.update(round)
    .set({ ...times, opensAt })
    .where(and(eq(round.id, found.id), eq(round.state, found.state)))
    .run();
}
