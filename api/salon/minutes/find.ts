import { eq } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { minutes } from '../../../db/schema/index.ts';
import type { Action } from '../../access/rules.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';
import { type Allowed, type Place, relationsTo, requireSession } from '../sessions/find.ts';

export type Minutes = typeof minutes.$inferSelect;

export interface Found extends Allowed {
  readonly stored: Minutes | undefined;
}

/**
 * The minutes of a session that is over, if the actor may do this with them.
 * @param action or, where it depends on whether they are published, what tells
 * @throws {Refused} as `allow`, notFound, minutesTooEarly
 */
export function findMinutes(
  reader: Reader,
  ctx: Context,
  { salon: slug, number }: Place,
  action: Action | ((stored: Minutes | undefined) => Action),
): Found {
  const salon = findSalon(reader, slug);
  const session = requireSession(reader, salon.id, number);
  const stored = reader.select().from(minutes).where(eq(minutes.sessionId, session.id)).get();
  const asked = typeof action === 'function' ? action(stored) : action;
  const standings = allow(reader, ctx, asked, salon, relationsTo(reader, ctx, session));
  if (session.state !== 'closed') throw new Refused(SALON.minutesTooEarly);
  return { salon, session, stored, standings };
}

/** Drafts are for those who write them; published minutes for all who may see the session. */
export const reading = (stored: Minutes | undefined): Action =>
  stored?.publishedAt ? 'session.read' : 'minutes.draft';

/** Minutes that are still being written. @throws {Refused} as findMinutes, minutesPublished */
export function findDraft(reader: Reader, ctx: Context, at: Place, action: Action): Found {
  const found = findMinutes(reader, ctx, at, action);
  if (found.stored?.publishedAt) throw new Refused(SALON.minutesPublished);
  return found;
}
