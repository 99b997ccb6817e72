import { and, desc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Tx } from '../../../db/client.ts';
import { actionItem, actionNote, guest, seat, session } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import type { Limits } from '../../core/http/limits.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { followersOf, holdersOf, hosts } from '../audience.ts';
import { SALON } from '../refusals.ts';
import { chairOf } from '../sessions/find.ts';
import { asNobody, findVisit, openVisit } from '../sessions/visits.ts';
import type { progressInput, visitProgress } from './contract.ts';
import type { ActionItem } from './listActions.ts';
import { ownersPeople } from './owners.ts';
import { type AtAction, allowAction, type FoundAction, topicsOfSession } from './readAction.ts';
import { STEPS, type Step, stepOf } from './rules.ts';

type Progress = z.infer<typeof progressInput>;

/** Who writes: the host, or the unit that the item is given to. */
interface Writer {
  readonly unit: string;
  readonly isHost: boolean;
}

/**
 * 办理情况, by the owner or the host.
 * @throws {Refused} as allowAction, actionDone, actionNoWayBack
 */
export async function workOnAction(ctx: Context, at: AtAction, input: Progress): Promise<void> {
  await write(ctx, { name: 'action.progress', input: [at, input] }, (tx) => {
    const found = allowAction(tx, ctx, 'action.work', at);
    takeStep(tx, ctx, found.item, writerOf(tx, found), input);
  });
}

/**
 * A guest's part, by their link alone.
 * @throws {Refused} guestLinkDead, tooMany, notFound, and as workOnAction
 */
export async function workOnVisit(
  given: Context,
  limits: Limits,
  { pass, action, ...input }: z.infer<typeof visitProgress>,
): Promise<void> {
  await openVisit(given, limits, pass);
  const ctx = asNobody(given);
  await write(ctx, { name: 'visit.progress', input: [action, input] }, (tx) => {
    const visitor = findVisit(tx, ctx, pass).guest;
    const item = tx
      .select()
      .from(actionItem)
      .where(
        and(
          eq(actionItem.id, action),
          eq(actionItem.guestId, visitor.id),
          eq(actionItem.published, true),
        ),
      )
      .get();
    if (!item) throw new Refused(CORE.notFound);
    takeStep(tx, ctx, item, { unit: visitor.unit, isHost: false }, input);
  });
}

/** Units under their names of today. */
export function writerOf(tx: Tx, { salon, item, standings }: FoundAction): Writer {
  if (standings.has('host')) return { unit: salon.hostUnit, isHost: true };
  const place =
    item.seatId !== null
      ? tx.select({ unit: seat.community }).from(seat).where(eq(seat.id, item.seatId)).get()
      : tx
          .select({ unit: guest.unit })
          .from(guest)
          .where(eq(guest.id, item.guestId ?? ''))
          .get();
  return { unit: place?.unit ?? item.unit, isHost: false };
}

function takeStep(tx: Tx, ctx: Context, item: ActionItem, by: Writer, input: Progress): void {
  const { id, salonId } = item;
  const last = tx
    .select()
    .from(actionNote)
    .where(eq(actionNote.actionId, id))
    .orderBy(desc(actionNote.position))
    .limit(1)
    .get();
  const { state, text } = input;
  // The very same once more is a second click, and a link sends no key to tell it by.
  if (last?.state === state && last.text === text && last.unit === by.unit) return;
  const step = stepOf(item.state, state, by.isHost);
  if (step === 'noWayBack') throw new Refused(SALON.actionNoWayBack);
  if (step === 'alreadyDone') throw new Refused(SALON.actionDone);
  const at = ctx.clock();
  const ended = state === 'done';
  tx.update(actionItem)
    .set({ state, result: ended ? text : '', doneAt: ended ? at : null })
    .where(eq(actionItem.id, id))
    .run();
  const position = (last?.position ?? 0) + 1;
  tx.insert(actionNote).values({ actionId: id, position, unit: by.unit, state, text, at }).run();
  record(tx, ctx, { action: 'action.progress', salonId, subject: id, detail: { state } });
  tell(tx, ctx, item, step);
}

/** Whoever cares for the topic hears of the topic, the others of the item; nobody twice. */
function tell(tx: Tx, ctx: Context, item: ActionItem, step: Step): void {
  const { id, salonId, what, unit } = item;
  const state = STEPS[step];
  const told = new Set<string>();
  const fresh = (people: readonly string[]): string[] => {
    const rest = people.filter((person) => !told.has(person));
    for (const person of rest) told.add(person);
    return rest;
  };
  for (const { id: topic, title } of topicsOfSession(tx, item.sessionId)) {
    const data = { topic, title, what, state };
    notify(tx, ctx, { salonId, kind: 'topic.progress', data, to: fresh(followersOf(tx, topic)) });
  }
  const data = { action: id, what, unit, state };
  const others = [...hosts(tx, salonId), ...chairs(tx, item), ...ownersPeople(tx, item)];
  notify(tx, ctx, { salonId, kind: 'action.progress', data, to: fresh(others) });
}

function chairs(tx: Tx, { sessionId, salonId }: ActionItem): string[] {
  const held = tx
    .select({ month: session.month })
    .from(session)
    .where(eq(session.id, sessionId))
    .get();
  const chair = held && chairOf(tx, { salonId, month: held.month });
  return chair ? holdersOf(tx, [chair.seatId]) : [];
}
