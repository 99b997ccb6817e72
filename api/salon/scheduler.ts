import { setImmediate as others } from 'node:timers/promises';
import { and, desc, eq, inArray, lte, max, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Reader } from '../../db/client.ts';
import { isBusy } from '../../db/constraints.ts';
import { round, salon, session, turn } from '../../db/schema/index.ts';
import { findSalon } from '../access/standings.ts';
import { record } from '../core/audit.ts';
import type { Context, Services } from '../core/context.ts';
import { monthOf } from '../core/day.ts';
import { systemContext } from '../core/systemContext.ts';
import { write } from '../core/write.ts';
import { notify } from '../notices/notify.ts';
import { hosts } from './audience.ts';
import { settingsOf } from './charter.ts';
import { remind } from './reminders.ts';
import { settleRotation } from './rotation/settle.ts';
import { decidedSettings } from './salons.ts';
import { advance } from './topics/advance.ts';
import { convene } from './topics/convene.ts';
import { monthDue } from './topics/rules.ts';

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
  emptyLog(ctx);
}

/** Gives the reminders that are due. */
export async function giveReminders(services: Services): Promise<void> {
  const ctx = systemContext(services);
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
    await write(ctx, { name: 'round.advance', input: id }, (tx) => advance(tx, ctx, id));
    await others();
  }
}

/** The month after the last one of each salon, once its round would open. */
async function conveneDue(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const { salon: known, month } of lastMonths(ctx.db.orm)) {
    const due = monthDue(month, now, settingsOf(decidedSettings(known)));
    if (!due) continue;
    await others();
    await write(ctx, { name: 'month.convene', input: [known.slug, due.month] }, (tx) => {
      const place = findSalon(tx, known.slug);
      const taken = tx
        .select({ id: session.id })
        .from(session)
        .where(and(eq(session.salonId, place.id), eq(session.month, due.month)))
        .get();
      if (taken) return;
      const salonId = place.id;
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
}

/** Each salon that has begun, and its last month; by index, so that the past costs nothing. */
function lastMonths(reader: Reader) {
  const any = alias(session, 'any_session');
  const last = reader
    .select({ month: max(any.month) })
    .from(any)
    .where(eq(any.salonId, salon.id));
  return reader
    .select({ salon, month: session.month })
    .from(salon)
    .innerJoin(session, and(eq(session.salonId, salon.id), eq(session.month, last)))
    .all();
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
  for (const { salon: known } of lastMonths(ctx.db.orm)) {
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
