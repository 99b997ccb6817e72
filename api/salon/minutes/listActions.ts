import {
  and,
  asc,
  count,
  desc,
  eq,
  gt,
  inArray,
  isNull,
  lt,
  lte,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { actionItem, guest, seat, session } from '../../../db/schema/index.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { dayOf } from '../../core/day.ts';
import { type Cursor, cutPage, readCursor } from '../../core/page.ts';
import { seatOf } from '../sessions/find.ts';
import type { actionList, actionQuery } from './contract.ts';
import { isOverdue } from './rules.ts';

export type ActionItem = typeof actionItem.$inferSelect;
type Query = z.infer<typeof actionQuery>;

/** In these very words the partial indexes are declared; values instead would miss them. */
const OPEN = sql`${actionItem.published} = 1 AND ${actionItem.state} <> 'done'`;
const DONE = sql`${actionItem.state} = 'done'`;
/** With the sign the seat is looked at, not looked up: its index holds the finished ones, too. */
const ofSeat = (seatId: string): SQL => sql`+${actionItem.seatId} = ${seatId}`;
const OF_HOST = and(isNull(actionItem.seatId), isNull(actionItem.guestId));

/** What the actor answers for in a salon. */
export interface Own {
  readonly seatId: string | undefined;
  readonly guestIds: readonly string[];
  readonly host: boolean;
}

export function ownIn(reader: Reader, ctx: Context, salonId: string, host: boolean): Own {
  const personId = ctx.actor?.personId ?? '';
  const guestIds = reader
    .select({ id: guest.id })
    .from(guest)
    .innerJoin(session, eq(session.id, guest.sessionId))
    .where(and(eq(guest.personId, personId), isNull(guest.removedAt), eq(session.salonId, salonId)))
    .all()
    .map(({ id }) => id);
  return { seatId: seatOf(reader, ctx, salonId)?.id, guestIds, host };
}

const isMine = ({ seatId, guestId }: ActionItem, own: Own): boolean => {
  if (seatId !== null) return seatId === own.seatId;
  return guestId === null ? own.host : own.guestIds.includes(guestId);
};

function whereMine({ seatId, guestIds, host }: Own): SQL | undefined {
  const any = [
    ...(seatId ? [ofSeat(seatId)] : []),
    ...(guestIds.length > 0 ? [inArray(actionItem.guestId, [...guestIds])] : []),
    ...(host ? [OF_HOST] : []),
  ];
  return any.length > 0 ? or(...any) : sql`0`;
}

function whereUnit(unit: string | undefined): SQL | undefined {
  if (unit === undefined) return undefined;
  return unit === 'host' ? OF_HOST : ofSeat(unit);
}

function whereView(salonId: string, view: Query['view'], today: string): SQL | undefined {
  const inSalon = eq(actionItem.salonId, salonId);
  if (view === 'done') return and(inSalon, DONE);
  if (view === 'open') return and(inSalon, OPEN);
  const narrower = view === 'overdue' ? lt(actionItem.dueOn, today) : eq(actionItem.state, view);
  return and(inSalon, OPEN, narrower);
}

/** Where an item without a day stands among the open ones. */
const LAST = 9999_99_99;
const dayNumber = (day: string | null): number =>
  day === null ? LAST : Number(day.replaceAll('-', ''));
const dayText = (day: number): string => String(day).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

/** What follows the last row that was shown. */
function whereAfter(view: Query['view'], from: Cursor | undefined): SQL | undefined {
  if (!from) return undefined;
  const { dueOn, doneAt, id } = actionItem;
  if (view === 'done') {
    const { after: at } = from;
    return and(lte(doneAt, at), or(lt(doneAt, at), lt(id, from.id)));
  }
  if (from.after === LAST) return and(isNull(dueOn), gt(id, from.id));
  const day = dayText(from.after);
  return or(gt(dueOn, day), and(eq(dueOn, day), gt(id, from.id)), isNull(dueOn));
}

/** An item as lists and pages show it. */
export function actionRowOf(
  item: ActionItem,
  of: { readonly number: number | null; readonly month: string },
  own: Own,
  today: string,
) {
  const { id, what, unit, dueOn, state, result, doneAt } = item;
  return {
    id,
    what,
    unit,
    mine: isMine(item, own),
    dueOn,
    state,
    overdue: isOverdue(item, today),
    result,
    doneAt: doneAt === null ? null : new Date(doneAt).toISOString(),
    session: { number: of.number, month: of.month },
  };
}

/** The follow-up board: open items by their day, those without one last; done ones newest first. */
export function listActions(ctx: Context, slug: string, query: Query): z.infer<typeof actionList> {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  const standings = allow(reader, ctx, 'action.read', salon);
  const own = ownIn(reader, ctx, salon.id, standings.has('host'));
  const today = dayOf(ctx.clock());
  const { view, limit } = query;
  const whose = and(query.of === 'mine' ? whereMine(own) : undefined, whereUnit(query.unit));
  const order =
    view === 'done'
      ? [desc(actionItem.doneAt), desc(actionItem.id)]
      : [sql`${actionItem.dueOn} ASC NULLS LAST`, asc(actionItem.id)];
  const rows = reader
    .select({ item: actionItem, number: session.number, month: session.month })
    .from(actionItem)
    .innerJoin(session, eq(session.id, actionItem.sessionId))
    .where(and(whereView(salon.id, view, today), whose, whereAfter(view, readCursor(query.cursor))))
    .orderBy(...order)
    .limit(limit + 1)
    .all();
  const page = cutPage(rows, limit, ({ item }) => ({
    after: view === 'done' ? (item.doneAt ?? 0) : dayNumber(item.dueOn),
    id: item.id,
  }));
  return {
    actions: page.rows.map(({ item, ...of }) => actionRowOf(item, of, own, today)),
    counts: countsOf(reader, salon.id, today, whose),
    units: unitsOf(reader, salon, whereView(salon.id, view, today)),
    next: page.next,
  };
}

function countsOf(reader: Reader, salonId: string, today: string, whose: SQL | undefined) {
  const { state, dueOn } = actionItem;
  const open = reader
    .select({
      todo: sql<number>`count(*) FILTER (WHERE ${state} = 'todo')`,
      doing: sql<number>`count(*) FILTER (WHERE ${state} = 'doing')`,
      overdue: sql<number>`count(*) FILTER (WHERE ${dueOn} < ${today})`,
    })
    .from(actionItem)
    .where(and(whereView(salonId, 'open', today), whose))
    .get();
  const finished = reader
    .select({ done: count() })
    .from(actionItem)
    .where(and(whereView(salonId, 'done', today), whose))
    .get();
  return { todo: 0, doing: 0, overdue: 0, ...open, done: finished?.done ?? 0 };
}

/** Units that the view can be narrowed to: the host and communities, by their names of today. */
function unitsOf(reader: Reader, { hostUnit }: Salon, view: SQL | undefined) {
  const found = reader
    .selectDistinct({ seatId: actionItem.seatId, name: seat.community, position: seat.position })
    .from(actionItem)
    .leftJoin(seat, eq(seat.id, actionItem.seatId))
    .where(and(view, isNull(actionItem.guestId)))
    .all();
  return found
    .sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
    .map(({ seatId, name }) => ({ unit: seatId ?? 'host', name: name ?? hostUnit }));
}
