import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/client.ts';
import { actionItem, correction, minutes, topic } from '../../../db/schema/index.ts';
import { record } from '../../core/audit.ts';
import type { Context } from '../../core/context.ts';
import { newId } from '../../core/id.ts';
import { Refused } from '../../core/refused.ts';
import { write } from '../../core/write.ts';
import { notify } from '../../notices/notify.ts';
import { everyone, followersOf, hosts } from '../audience.ts';
import { settingsOf } from '../charter.ts';
import { callFirstElection } from '../committee/elections.ts';
import { publishedSessions } from '../committee/find.ts';
import { SALON } from '../refusals.ts';
import { decidedSettings } from '../salons.ts';
import type { Place } from '../sessions/find.ts';
import { moveTopic } from '../topics/move.ts';
import { type Found, findDraft, findMinutes } from './find.ts';
import { ownersPeople } from './owners.ts';
import { itemsOf } from './readMinutes.ts';
import { gapsIn } from './rules.ts';

/** @throws {Refused} minutesEmpty, naming what is missing */
function requireWhole({ stored }: Found): void {
  const errors = gapsIn(stored ?? { summary: '', conclusions: [] });
  if (errors.length > 0) throw new Refused(SALON.minutesEmpty, { errors });
}

/**
 * The writer says that the host may publish. Said again it changes nothing.
 * @throws {Refused} as findDraft, minutesEmpty
 */
export async function submitMinutes(ctx: Context, at: Place): Promise<void> {
  await write(ctx, { name: 'minutes.submit', input: at }, (tx) => {
    const found = findDraft(tx, ctx, at, 'minutes.draft');
    requireWhole(found);
    const { id, salonId, number } = found.session;
    const submitted = tx
      .update(minutes)
      .set({ submittedAt: ctx.clock() })
      .where(and(eq(minutes.sessionId, id), isNull(minutes.submittedAt)))
      .run();
    if (submitted.changes === 0) return;
    record(tx, ctx, { action: 'minutes.submit', salonId, subject: id });
    const to = hosts(tx, salonId);
    notify(tx, ctx, { salonId, kind: 'minutes.submitted', data: { number }, to });
  });
}

/**
 * Publishes the minutes: the session's topics are closed, its action items stand on the board, and
 * where it ends the pilot stage the first election is called.
 * @throws {Refused} as findDraft, minutesEmpty
 */
export async function publishMinutes(ctx: Context, at: Place): Promise<void> {
  await write(ctx, { name: 'minutes.publish', input: at }, (tx) => {
    const found = findDraft(tx, ctx, at, 'minutes.publish');
    requireWhole(found);
    const { id, salonId, number } = found.session;
    const published = tx
      .update(minutes)
      .set({ publishedAt: ctx.clock() })
      .where(and(eq(minutes.sessionId, id), isNull(minutes.publishedAt)))
      .run();
    if (published.changes === 0) throw new Refused(SALON.minutesPublished);
    record(tx, ctx, { action: 'minutes.publish', salonId, subject: id });
    const told = closeTopics(tx, ctx, found);
    const to = everyone(tx, salonId).filter((person) => !told.has(person));
    notify(tx, ctx, { salonId, kind: 'minutes.published', data: { number }, to });
    giveItems(tx, ctx, found);
    if (endsPilot(tx, found)) callFirstElection(tx, ctx, salonId, number);
  });
}

/** @returns whoever has heard of the minutes by the topic that they followed */
function closeTopics(tx: Tx, ctx: Context, { session: { id, salonId } }: Found): Set<string> {
  const told = new Set<string>();
  const discussed = tx
    .select()
    .from(topic)
    .where(and(eq(topic.sessionId, id), eq(topic.state, 'discussed')))
    .all();
  for (const one of discussed) {
    moveTopic(tx, ctx, one, 'minutesPublished', { by: 'host' });
    const data = { topic: one.id, title: one.title };
    const to = followersOf(tx, one.id);
    notify(tx, ctx, { salonId, kind: 'topic.closed', data, to });
    for (const person of to) told.add(person);
  }
  return told;
}

function giveItems(tx: Tx, ctx: Context, { session: { id, salonId } }: Found): void {
  tx.update(actionItem).set({ published: true }).where(eq(actionItem.sessionId, id)).run();
  for (const item of itemsOf(tx, id)) {
    const { what, unit, dueOn } = item;
    const data = { action: item.id, what, unit, ...(dueOn !== null && { dueOn }) };
    notify(tx, ctx, { salonId, kind: 'action.given', data, to: ownersPeople(tx, item) });
  }
}

/**
 * §2: the pilot stage ends with the publication of so many sessions, this one the last of them or,
 * where the number was lowered meanwhile, beyond it.
 */
function endsPilot(tx: Tx, { salon }: Found): boolean {
  const { pilotSessions } = settingsOf(decidedSettings(salon));
  return publishedSessions(tx, salon.id, pilotSessions) >= pilotSessions;
}

/** After publication only this: a dated correction. @throws {Refused} minutesNotPublished */
export async function correctMinutes(ctx: Context, at: Place, text: string): Promise<void> {
  await write(ctx, { name: 'minutes.correct', input: [at, text] }, (tx) => {
    const { session, stored } = findMinutes(tx, ctx, at, 'minutes.publish');
    if (!stored?.publishedAt) throw new Refused(SALON.minutesNotPublished);
    const { id: sessionId, salonId, number } = session;
    tx.insert(correction).values({ id: newId(), sessionId, text, at: ctx.clock() }).run();
    record(tx, ctx, { action: 'minutes.correct', salonId, subject: sessionId });
    const to = everyone(tx, salonId);
    notify(tx, ctx, { salonId, kind: 'minutes.corrected', data: { number }, to });
  });
}
