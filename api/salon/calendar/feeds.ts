import { and, eq, isNull } from 'drizzle-orm';
import { calendarFeed, membership, person, salon, seat, tenure } from '../../../db/schema/index.ts';
import { allowIn, type Salon, signedIn } from '../../access/standings.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newCode } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { type Asked, actionEvents, sessionEvents, voteEvents } from './events.ts';
import { type CalendarEvent, calendarFeed as writeFeed } from './feed.ts';

/** Letters and digits in groups of four; 118 bits. */
const GROUPS = 6;

/** The salon's calendar; public. @returns iCalendar text */
export function salonCalendar(ctx: Context, slug: string): string {
  const place = allowIn(ctx.db.orm, ctx, 'calendar.read', slug);
  const asked = { salon: place, origin: ctx.origin, now: ctx.clock() };
  return writeFeed({ name: place.name, events: sessionEvents(ctx.db.orm, asked) });
}

export const hasFeed = (ctx: Context): boolean =>
  ctx.db.orm
    .select()
    .from(calendarFeed)
    .where(eq(calendarFeed.personId, signedIn(ctx)))
    .get() !== undefined;

/** A new address for my calendar; the one before is dead. */
export function openFeed(ctx: Context): Promise<{ url: string }> {
  const personId = signedIn(ctx);
  return write(ctx, { name: 'calendar.open', input: null }, (tx) => {
    const secret = newCode(GROUPS);
    const row = { digest: ctx.secret.digest('calendar', secret), createdAt: ctx.clock() };
    tx.insert(calendarFeed)
      .values({ personId, ...row })
      .onConflictDoUpdate({ target: calendarFeed.personId, set: row })
      .run();
    record(tx, ctx, { action: 'calendar.open', subject: personId });
    return { url: `${ctx.origin}/api/calendars/${secret}/mine.ics` };
  });
}

export async function closeFeed(ctx: Context): Promise<void> {
  const personId = signedIn(ctx);
  await write(ctx, { name: 'calendar.close', input: null }, (tx) => {
    tx.delete(calendarFeed).where(eq(calendarFeed.personId, personId)).run();
    record(tx, ctx, { action: 'calendar.close', subject: personId });
    return null;
  });
}

/**
 * My sessions, turns, votes and action items, for a calendar programme that cannot sign in.
 * @throws {Refused} notFound, for an address that was never given or is no longer
 */
export function myCalendar(ctx: Context, secret: string): string {
  const reader = ctx.db.orm;
  const found = reader
    .select({ id: person.id })
    .from(calendarFeed)
    .innerJoin(person, eq(person.id, calendarFeed.personId))
    .where(
      and(
        eq(calendarFeed.digest, ctx.secret.digest('calendar', secret)),
        isNull(person.deactivatedAt),
        isNull(person.erasedAt),
      ),
    )
    .get();
  if (!found) throw new Refused(CORE.notFound);
  const events = placesOf(ctx, found.id).flatMap((place) => eventsIn(ctx, place));
  return writeFeed({ name: '圆桌：我的沙龙', events });
}

interface MyPlace {
  readonly salon: Salon;
  readonly seatId: string | undefined;
}

/** The salons someone belongs to now, with the seat they hold there. */
function placesOf({ db: { orm } }: Context, personId: string): MyPlace[] {
  const seated = orm
    .select({ salon, seatId: seat.id })
    .from(tenure)
    .innerJoin(seat, eq(seat.id, tenure.seatId))
    .innerJoin(salon, eq(salon.id, seat.salonId))
    .where(and(eq(tenure.personId, personId), isNull(tenure.until), isNull(seat.retiredOn)))
    .all();
  const others = orm
    .selectDistinct({ salon })
    .from(membership)
    .innerJoin(salon, eq(salon.id, membership.salonId))
    .where(
      and(eq(membership.personId, personId), isNull(membership.until), eq(membership.role, 'host')),
    )
    .all()
    .filter(({ salon: { id } }) => seated.every((one) => one.salon.id !== id));
  return [...seated, ...others.map(({ salon: place }) => ({ salon: place, seatId: undefined }))];
}

function eventsIn(ctx: Context, { salon: place, seatId }: MyPlace): CalendarEvent[] {
  const reader = ctx.db.orm;
  const asked: Asked = { salon: place, origin: ctx.origin, now: ctx.clock() };
  if (seatId === undefined) return sessionEvents(reader, asked, '');
  return [
    ...sessionEvents(reader, asked, seatId),
    ...voteEvents(reader, asked),
    ...actionEvents(reader, asked, seatId),
  ];
}
