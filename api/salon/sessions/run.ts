import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { agendaItem, session, topic } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, followersOf, guestsOf, holdersOf, hosts } from '../audience.ts';
import { endExtension } from '../committee/elections.ts';
import { SALON } from '../refusals.ts';
import { moveTopic, type Step } from '../topics/move.ts';
import { countSeats } from './attendance.ts';
import {
  allowInSession,
  chairOf,
  inNotice,
  type Numbered,
  type Place,
  requireState,
} from './find.ts';
import { iso } from './row.ts';
import { mayOpen } from './rules.ts';

/** Begins a session, and with it the sign-in. @throws {Refused} sessionState */
export async function openSession(ctx: Context, place: Place): Promise<void> {
  await write(ctx, { name: 'session.open', input: place }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'session.run', place);
    requireState(found, 'planned');
    const now = ctx.clock();
    if (!mayOpen(now, found.startsAt)) {
      const detail = '会议当天才能开始；要提前开，请先改期。';
      throw new Refused(SALON.sessionState, { detail });
    }
    const { id, salonId, number } = found;
    tx.update(session)
      .set({ state: 'open', openedAt: now, updatedAt: now })
      .where(eq(session.id, id))
      .run();
    record(tx, ctx, { action: 'session.open', salonId, subject: id, detail: { number } });
    const to = [...everyone(tx, salonId), ...guestsOf(tx, id)];
    notify(tx, ctx, { salonId, kind: 'session.opened', data: inNotice(found), to });
  });
}

/** Says what is being dealt with now; null, that nothing is. @throws {Refused} sessionState */
export function setCurrent(ctx: Context, place: Place, item: string | null) {
  return write(ctx, { name: 'session.current', input: [place, item] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'session.run', place);
    requireState(found, 'open');
    const same = found.currentItemId === item && found.currentSince;
    const since = same || ctx.clock();
    if (item !== null) requireItem(tx, found.id, item);
    tx.update(session)
      .set({ currentItemId: item, currentSince: item === null ? null : since })
      .where(eq(session.id, found.id))
      .run();
    const { id, salonId, number } = found;
    record(tx, ctx, { action: 'session.current', salonId, subject: id, detail: { number } });
    return { current: item === null ? null : { item, since: iso(since) } };
  });
}

/** @throws {Refused} notFound */
function requireItem(tx: Tx, sessionId: string, id: string): void {
  const found = tx
    .select({ id: agendaItem.id })
    .from(agendaItem)
    .where(and(eq(agendaItem.id, id), eq(agendaItem.sessionId, sessionId)))
    .get();
  if (!found) throw new Refused(CORE.notFound);
}

/**
 * Ends a session: from now on nothing changes who was there. A ballot that is held at it (§6) has
 * to be over by then: its own sign-in will be asked for here.
 * @throws {Refused} sessionState
 */
export function closeSession(
  ctx: Context,
  place: Place,
): Promise<{ due: number; present: number }> {
  return write(ctx, { name: 'session.close', input: place }, (tx) => {
    const { session: found, standings } = allowInSession(tx, ctx, 'session.run', place);
    requireState(found, 'open');
    const now = ctx.clock();
    const { id, salonId, number } = found;
    const ended = { currentItemId: null, currentSince: null, updatedAt: now };
    tx.update(session)
      .set({ state: 'closed', closedAt: now, ...ended })
      .where(eq(session.id, id))
      .run();
    endExtension(tx, ctx, found);
    discussTopics(tx, ctx, found, standings.has('chair') ? 'chair' : 'host');
    record(tx, ctx, { action: 'session.close', salonId, subject: id, detail: { number } });
    const chair = chairOf(tx, found);
    const to = [...holdersOf(tx, chair ? [chair.seatId] : []), ...hosts(tx, salonId)];
    notify(tx, ctx, { salonId, kind: 'session.closed', data: inNotice(found), to });
    return countSeats(tx, ctx, { ...found, closedAt: now });
  });
}

function discussTopics(
  tx: Tx,
  ctx: Context,
  { id, salonId }: Numbered,
  by: Extract<Step['by'], 'chair' | 'host'>,
): void {
  const scheduled = tx
    .select()
    .from(topic)
    .where(and(eq(topic.sessionId, id), eq(topic.state, 'scheduled')))
    .all();
  for (const one of scheduled) {
    moveTopic(tx, ctx, one, 'sessionCloses', { by });
    const data = { topic: one.id, title: one.title };
    notify(tx, ctx, { salonId, kind: 'topic.discussed', data, to: followersOf(tx, one.id) });
  }
}
