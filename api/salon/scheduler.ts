import { setImmediate as others } from 'node:timers/promises';
import { and, desc, eq, gt, inArray, lte, max, min, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Reader } from '../../db/client.ts';
import { isBusy } from '../../db/constraints.ts';
import { round, salon, session, turn } from '../../db/schema/index.ts';
import { findSalon, type Salon } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context, Services } from '../core/context.ts';
import { monthOf } from '../core/day.ts';
import { systemContext } from '../core/systemContext.ts';
import { write } from '../core/write.ts';
import { notify } from '../notices/notify.ts';
import { hosts } from './audience.ts';
import { settingsOf } from './charter.ts';
import { committeesDue, settleCommittee } from './committee/tick.ts';
import { remind } from './reminders.ts';
import { settleRotation } from './rotation/settle.ts';
import { decidedSettings } from './salons.ts';
import { advance } from './topics/advance.ts';
import { convene } from './topics/convene.ts';
import { type DueMonth, monthDue } from './topics/rules.ts';

const EVERY_MS = 5000;
const REMIND_EVERY_MS = 60_000;

/**
 * What the salons' calendars make due. Each step is a transaction of its own that asks again whether
 * it is due, so that it happens once, whenever and however often the clock is looked at, and a stop
 * of the server only makes it late. Between two steps others are served: all salons' votes may close
 * in the same instant.
 */
export async function tick(services: Services): Promise<void> {
  const ctx = systemContext(services);
  await conveneDue(ctx);
  await advanceDue(ctx);
  await settleCommittees(ctx);
  emptyLog(ctx);
}

/** Gives the reminders that are due, and once more clears what was deleted from the log. */
export async function giveReminders(services: Services): Promise<void> {
  const ctx = systemContext(services);
  emptied.delete(services.db);
  await write(ctx, { name: 'remind', input: null }, (tx) => remind(tx, ctx));
}

/** Databases whose write-ahead log was emptied since this process last closed a vote in them. */
const emptied = new WeakSet<Services['db']>();

/**
 * Deleted choices leave the write-ahead log too. After a start it is emptied in any case, since the
 * process before may have ended in between; while another connection reads, it is tried again.
 */
function emptyLog({ db }: Services): void {
  if (emptied.has(db)) return;
  const [log] = db.sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  if (log?.busy === 0) emptied.add(db);
}

/** Rounds that have something due; by index, so that the past costs nothing. */
async function advanceDue(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const due = ctx.db.orm
    .select({ id: round.id })
    .from(round)
    .where(
      or(
        and(eq(round.state, 'waiting'), lte(round.opensAt, now)),
        and(eq(round.state, 'proposing'), lte(round.votingAt, now)),
        and(eq(round.state, 'voting'), lte(round.closesAt, now)),
      ),
    )
    .all();
  for (const { id } of due) {
    emptied.delete(ctx.db);
    await alone(ctx, () =>
      write(ctx, { name: 'round.advance', input: id }, (tx) => advance(tx, ctx, id)),
    );
    await others();
  }
}

async function settleCommittees(ctx: Context): Promise<void> {
  for (const salonId of committeesDue(ctx.db.orm, ctx)) {
    await alone(ctx, () =>
      write(ctx, { name: 'committee.settle', input: salonId }, (tx) =>
        settleCommittee(tx, ctx, salonId),
      ),
    );
    await others();
  }
}

/** One salon's trouble is not another's: it is logged, and the next look tries again. */
async function alone(ctx: Context, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isBusy(error)) ctx.log.error({ err: error }, 'a step of the calendar failed');
  }
}

/** The next month of each salon without a session, once its round would open. */
async function conveneDue(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const month = monthOf(now);
  const ahead = monthsAhead(ctx.db.orm, month);
  for (const { salon: place, last } of begunSalons(ctx.db.orm, month)) {
    const settings = settingsOf(decidedSettings(place));
    const due = last && monthDue(last, now, settings, ahead.get(place.id));
    if (!due) continue;
    await others();
    await alone(ctx, () => conveneMonth(ctx, place.slug, due));
  }
}

async function conveneMonth(ctx: Context, slug: string, due: DueMonth): Promise<void> {
  await write(ctx, { name: 'month.convene', input: [slug, due.month] }, (tx) => {
    const place = findSalon(tx, slug);
    const { id: salonId } = place;
    const taken = tx
      .select({ id: session.id })
      .from(session)
      .where(and(eq(session.salonId, salonId), eq(session.month, due.month)))
      .get();
    if (taken) return;
    const skipped = and(eq(turn.salonId, salonId), inArray(turn.month, [...due.skipped]));
    // Who was to chair then has not had the turn.
    tx.delete(turn).where(skipped).run();
    convene(tx, ctx, place, { startsAt: due.startsAt, place: lastPlace(tx, salonId) });
    if (due.skipped.length === 0) return;
    const detail = { months: due.skipped.join(' ') };
    record(tx, ctx, { action: 'month.skip', salonId, subject: salonId, detail });
    const data = { months: due.skipped };
    notify(tx, ctx, { salonId, kind: 'month.skipped', data, to: hosts(tx, salonId) });
  });
}

/**
 * Each salon that has begun, and the month of its last session up to now, or of its first where all
 * are to come; by index, so that the past costs nothing.
 */
function begunSalons(reader: Reader, month: string): { salon: Salon; last: string | null }[] {
  const any = alias(session, 'any_session');
  const mine = eq(any.salonId, salon.id);
  const before = reader
    .select({ month: max(any.month) })
    .from(any)
    .where(and(mine, lte(any.month, month)));
  const first = reader
    .select({ month: min(any.month) })
    .from(any)
    .where(mine);
  return reader
    .select({ salon, last: sql<string | null>`coalesce((${before}), (${first}))` })
    .from(salon)
    .all();
}

/** The months to come that have their session already, by salon. */
function monthsAhead(reader: Reader, month: string): ReadonlyMap<string, ReadonlySet<string>> {
  const ahead = new Map<string, Set<string>>();
  const rows = reader
    .select({ salonId: session.salonId, month: session.month })
    .from(session)
    .where(gt(session.month, month))
    .all();
  for (const one of rows) {
    ahead.set(one.salonId, (ahead.get(one.salonId) ?? new Set()).add(one.month));
  }
  return ahead;
}

/** Where the salon met last. */
const lastPlace = (reader: Reader, salonId: string): string =>
  reader
    .select({ place: session.place })
    .from(session)
    .where(eq(session.salonId, salonId))
    .orderBy(desc(session.month))
    .limit(1)
    .get()?.place ?? '';

/** A new month announces another turn, in every salon that has begun. */
export async function settleTurns(services: Services): Promise<void> {
  const ctx = systemContext(services);
  for (const { salon: known, last } of begunSalons(ctx.db.orm, monthOf(ctx.clock()))) {
    if (!last) continue;
    await write(ctx, { name: 'turn.settle', input: known.slug }, (tx) =>
      settleRotation(tx, ctx, findSalon(tx, known.slug)),
    );
    await others();
  }
}

/** Looks at the calendars at once and every few seconds. @returns stops it */
export function startScheduler(services: Services): () => Promise<void> {
  let settledFor = '';
  let remindedAt = Number.NEGATIVE_INFINITY;
  let running = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      const month = monthOf(services.clock());
      if (month !== settledFor) await settleTurns(services);
      settledFor = month;
      await tick(services);
      const now = services.clock();
      // A clock that was set back must not silence the reminders.
      if (Math.abs(now - remindedAt) < REMIND_EVERY_MS) return;
      remindedAt = now;
      await giveReminders(services);
    } catch (error) {
      if (!isBusy(error)) services.log.error({ err: error }, 'the calendar could not be looked at');
    }
  };
  const again = (): void => {
    running = running.then(look);
  };
  again();
  const timer = setInterval(again, EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
