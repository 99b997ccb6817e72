import { and, eq, isNull } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { actionItem, minutes } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { SALON } from '../refusals.ts';
import type { Place } from '../sessions/find.ts';
import type { actionInput, minutesInput } from './contract.ts';
import { type Found, findDraft } from './find.ts';
import { readMeeting } from './meeting.ts';
import { columnsOf, type Owner, ownersFor, sameOwner } from './owners.ts';
import { itemsOf } from './readMinutes.ts';
import type { Meeting } from './rules.ts';

type Input = z.infer<typeof minutesInput>;

/**
 * Keeps a draft as it was typed, complete or not, with its action items.
 * @throws {Refused} as findDraft; minutesStale when somebody saved meanwhile; ownerUnknown, invalid
 */
export function saveMinutes(ctx: Context, at: Place, input: Input) {
  return write(ctx, { name: 'minutes.save', input: [at, input] }, (tx) => {
    const found = findDraft(tx, ctx, at, 'minutes.draft');
    const meeting = readMeeting(tx, found.salon, found.session);
    checkAbsences(meeting, input);
    const version = keepText(tx, ctx, found, input);
    keepItems(tx, found, meeting, input.actions);
    const { salonId, id: subject } = found.session;
    record(tx, ctx, { action: 'minutes.save', salonId, subject, detail: { version } });
    return { version };
  });
}

/** Reasons are given for seats that did not come, and for no other. */
function checkAbsences({ seats }: Meeting, { absences }: Input): void {
  const absent = new Set(seats.filter(({ present }) => !present).map(({ seatId }) => seatId));
  const errors = Object.keys(absences)
    .filter((seatId) => !absent.has(seatId))
    .map((seatId) => ({ path: `/absences/${seatId}`, message: '这个席位不在缺席之列' }));
  if (errors.length > 0) throw new Refused(CORE.invalid, { errors });
}

/** @returns the new version */
function keepText(
  tx: Tx,
  ctx: Context,
  { session: { id: sessionId } }: Found,
  { version: seen, summary, conclusions, recorder, absences }: Input,
): number {
  const version = seen + 1;
  const text = { summary, conclusions, recorder, absences, version, updatedAt: ctx.clock() };
  const kept =
    seen === 0
      ? tx
          .insert(minutes)
          .values({ sessionId, ...text })
          .onConflictDoNothing()
          .run()
      : tx
          .update(minutes)
          .set(text)
          .where(
            and(
              eq(minutes.sessionId, sessionId),
              eq(minutes.version, seen),
              isNull(minutes.publishedAt),
            ),
          )
          .run();
  if (kept.changes === 0) throw new Refused(SALON.minutesStale);
  return version;
}

/** The action items are those given, in this order. Before publication nothing hangs on them. */
function keepItems(
  tx: Tx,
  { salon, session }: Found,
  meeting: Meeting,
  items: readonly z.infer<typeof actionInput>[],
): void {
  const owners = ownersFor(tx, salon, session.id, meeting);
  const unitOf = (one: Owner, index: number): string => {
    const known = owners.find(({ owner }) => sameOwner(owner, one));
    if (known) return known.unit;
    const message = SALON.ownerUnknown.detail;
    throw new Refused(SALON.ownerUnknown, {
      errors: [{ path: `/actions/${index}/owner`, message }],
    });
  };
  const spare = new Set(itemsOf(tx, session.id).map(({ id }) => id));
  const rows = items.map(({ id, what, owner, dueOn }, index) => {
    if (id !== undefined && !spare.delete(id)) {
      const message = '不是这份草稿里的待办，或者写了两次';
      throw new Refused(CORE.invalid, { errors: [{ path: `/actions/${index}/id`, message }] });
    }
    return {
      id: id ?? newId(),
      salonId: salon.id,
      sessionId: session.id,
      position: index + 1,
      what,
      ...columnsOf(owner),
      unit: unitOf(owner, index),
      dueOn,
    };
  });
  tx.delete(actionItem).where(eq(actionItem.sessionId, session.id)).run();
  if (rows.length > 0) tx.insert(actionItem).values(rows).run();
}
