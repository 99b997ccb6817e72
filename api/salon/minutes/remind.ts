import { and, eq, gte, inArray, isNull, lte, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/client.ts';
import { actionItem, minutes, notice, salon, session } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import { addDays, dayOf } from '../../core/day.ts';
import { type Notice, notify } from '../../notices/notify.ts';
import { holdersOf, hosts } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { decidedSettings } from '../salons.ts';
import { chairOf } from '../sessions/find.ts';
import { ownersPeople } from './owners.ts';
import { itemReminder, lateMinutes, NOTICE_DAYS } from './reminders.ts';

/** A reminder by its name; whom it concerns is asked only if it was not given yet. */
interface Due {
  readonly once: string;
  readonly give: (tx: Tx, ctx: Context) => boolean;
}

const give =
  <K extends 'minutes.late' | 'action.due' | 'action.overdue'>(
    to: (tx: Tx) => string[],
    one: Omit<Notice<K>, 'to'>,
  ) =>
  (tx: Tx, ctx: Context): boolean =>
    notify(tx, ctx, { ...one, to: to(tx) });

const YEAR_MS = 366 * 24 * 3600_000;

/** Of the last year: what is older nobody writes any more, and asking must not take ever longer. */
function lateOnes(reader: Reader, now: number): Due[] {
  const today = dayOf(now);
  return reader
    .select({ session, settings: salon.settings })
    .from(session)
    .innerJoin(salon, eq(salon.id, session.salonId))
    .leftJoin(minutes, eq(minutes.sessionId, session.id))
    .where(
      and(
        eq(session.state, 'closed'),
        gte(session.startsAt, now - YEAR_MS),
        isNull(minutes.publishedAt),
      ),
    )
    .all()
    .flatMap(({ session: held, settings }) => {
      const { id: sessionId, salonId, number, closedAt, startsAt } = held;
      const { minutesDays } = settingsOf(decidedSettings({ settings }));
      const closedOn = dayOf(closedAt ?? startsAt);
      const once = lateMinutes({ sessionId, closedOn, minutesDays }, today);
      if (once === undefined || number === null) return [];
      const to = (tx: Tx): string[] => {
        const chair = chairOf(tx, held);
        return [...(chair ? holdersOf(tx, [chair.seatId]) : []), ...hosts(tx, salonId)];
      };
      return [{ once, give: give(to, { salonId, kind: 'minutes.late', data: { number }, once }) }];
    });
}

const ITEM = {
  id: actionItem.id,
  salonId: actionItem.salonId,
  what: actionItem.what,
  seatId: actionItem.seatId,
  guestId: actionItem.guestId,
  unit: actionItem.unit,
  dueOn: actionItem.dueOn,
};

/** Salon by salon, so that only what is open and due is read. */
function dueItems(reader: Reader, now: number): Due[] {
  const today = dayOf(now);
  return reader
    .select({ item: ITEM, publishedAt: minutes.publishedAt })
    .from(salon)
    .crossJoin(actionItem)
    .innerJoin(minutes, eq(minutes.sessionId, actionItem.sessionId))
    .where(
      and(
        eq(actionItem.salonId, salon.id),
        sql`${actionItem.published} = 1 AND ${actionItem.state} <> 'done'`,
        lte(actionItem.dueOn, addDays(today, NOTICE_DAYS)),
      ),
    )
    .all()
    .flatMap(({ item, publishedAt }) => {
      const { id, salonId, what, unit, dueOn } = item;
      if (dueOn === null) return [];
      const reminder = itemReminder({ id, dueOn, givenOn: dayOf(publishedAt ?? now) }, today);
      if (!reminder) return [];
      const to = (tx: Tx): string[] => [...ownersPeople(tx, item), ...hosts(tx, salonId)];
      const data = { action: id, what, unit, dueOn };
      return [{ once: reminder.once, give: give(to, { salonId, data, ...reminder }) }];
    });
}

/** Names in one query. */
const BATCH = 500;

function givenAlready(reader: Reader, names: readonly string[]): Set<string | null> {
  const given = new Set<string | null>();
  for (let from = 0; from < names.length; from += BATCH) {
    const rows = reader
      .select({ once: notice.once })
      .from(notice)
      .where(inArray(notice.once, names.slice(from, from + BATCH)))
      .all();
    for (const { once } of rows) given.add(once);
  }
  return given;
}

/**
 * Tells of minutes that are late and of action items that are due or overdue, in all salons. Asked
 * however often, it tells once.
 * @param most told in one transaction; what is left is told when asked again
 * @returns how many reminders were given
 */
export function remind(tx: Tx, ctx: Context, most = 500): number {
  const now = ctx.clock();
  const due = [...lateOnes(tx, now), ...dueItems(tx, now)];
  const given = givenAlready(
    tx,
    due.map(({ once }) => once),
  );
  let told = 0;
  for (const { once, give: tell } of due) {
    if (told >= most) break;
    if (!given.has(once) && tell(tx, ctx)) told += 1;
  }
  return told;
}
