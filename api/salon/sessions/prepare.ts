import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { agendaItem, reading, session } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, type FieldError, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import type { agendaInput, readingsInput } from './contract.ts';
import { allowInSession, type Numbered, type Place, requireState } from './find.ts';
import { agendaOf, readingsOf, topicsOf } from './page.ts';

/** Notes that something of the session's plan was changed. */
export function touchPlan(tx: Tx, ctx: Context, found: Numbered, fields: string): void {
  const { id, salonId, number } = found;
  tx.update(session).set({ updatedAt: ctx.clock() }).where(eq(session.id, id)).run();
  const detail = { number, fields };
  record(tx, ctx, { action: 'session.prepare', salonId, subject: id, detail });
}

type Items = z.infer<typeof agendaInput>['items'];

/** What does not belong to this session, or stands there twice. */
function faults(tx: Tx, sessionId: string, items: Items): FieldError[] {
  const known = new Set(agendaOf(tx, sessionId).map(({ id }) => id));
  const topics = new Set(topicsOf(tx, sessionId).map(({ id }) => id));
  return items.flatMap(({ id, topicId }, index) => {
    const twice = items.findIndex((other) => other.id === id) < index;
    const errors: FieldError[] = [];
    if (id !== undefined && (twice || !known.has(id))) {
      errors.push({ path: `/items/${index}/id`, message: '这一项已不在议程里，请刷新后重排' });
    }
    if (topicId !== null && !topics.has(topicId)) {
      errors.push({ path: `/items/${index}/topicId`, message: '请选本期的议题' });
    }
    return errors;
  });
}

/** Puts the agenda in order; items keep their ids. @throws {Refused} sessionState, invalid */
export function setAgenda(ctx: Context, place: Place, { items }: z.infer<typeof agendaInput>) {
  return write(ctx, { name: 'session.agenda', input: [place, items] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'session.prepare', place);
    requireState(found, 'planned', 'open');
    const errors = faults(tx, found.id, items);
    if (errors.length > 0) throw new Refused(CORE.invalid, { errors });
    const rows = items.map(({ id = newId(), ...item }, index) => ({
      ...item,
      id,
      sessionId: found.id,
      position: index + 1,
    }));
    tx.delete(agendaItem).where(eq(agendaItem.sessionId, found.id)).run();
    if (rows.length > 0) tx.insert(agendaItem).values(rows).run();
    if (!rows.some(({ id }) => id === found.currentItemId)) {
      const none = { currentItemId: null, currentSince: null };
      tx.update(session).set(none).where(eq(session.id, found.id)).run();
    }
    touchPlan(tx, ctx, found, 'agenda');
    return { agenda: agendaOf(tx, found.id) };
  });
}

/** Says which cases and methods are to be read. @throws {Refused} sessionState */
export function setReadings(
  ctx: Context,
  place: Place,
  { readings }: z.infer<typeof readingsInput>,
) {
  return write(ctx, { name: 'session.readings', input: [place, readings] }, (tx) => {
    const { session: found } = allowInSession(tx, ctx, 'session.prepare', place);
    requireState(found, 'planned', 'open');
    tx.delete(reading).where(eq(reading.sessionId, found.id)).run();
    const rows = readings.map((one) => ({ sessionId: found.id, ...one }));
    if (rows.length > 0) tx.insert(reading).values(rows).onConflictDoNothing().run();
    touchPlan(tx, ctx, found, 'readings');
    return { readings: readingsOf(tx, found.id) };
  });
}
