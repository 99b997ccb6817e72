import { eq } from 'drizzle-orm';
import type { Reader } from '../../../db/client.ts';
import { minutes } from '../../../db/schema/index.ts';
import type { Action, Standing } from '../../access/rules.ts';
import { allow, findSalon, type Salon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { Refused } from '../../core/refused.ts';
import { SALON } from '../refusals.ts';
import { relationsTo, requireSession, type Session } from '../sessions/find.ts';

export type Minutes = typeof minutes.$inferSelect;

/** Which session's minutes. */
export interface At {
  readonly salon: string;
  readonly number: number;
}

export interface Found {
  readonly salon: Salon;
  readonly session: Session & { readonly number: number };
  readonly stored: Minutes | undefined;
  /** What the actor is to this session. */
  readonly standings: ReadonlySet<Standing>;
}

/**
 * The minutes of a session that is over, if the actor may do this with them.
 * @param action or, where it depends on whether they are published, what tells
 * @throws {Refused} as `allow`, notFound, minutesTooEarly
 */
export function findMinutes(
  reader: Reader,
  ctx: Context,
  { salon: slug, number }: At,
  action: Action | ((stored: Minutes | undefined) => Action),
): Found {
  const salon = findSalon(reader, slug);
  const session = requireSession(reader, salon.id, number);
  const stored = reader.select().from(minutes).where(eq(minutes.sessionId, session.id)).get();
  const asked = typeof action === 'function' ? action(stored) : action;
  const standings = allow(reader, ctx, asked, salon, relationsTo(reader, ctx, session));
  if (session.state !== 'closed') throw new Refused(SALON.minutesTooEarly);
  return { salon, session: { ...session, number }, stored, standings };
}

/** Drafts are for those who write them; published minutes for all who may see the session. */
export const reading = (stored: Minutes | undefined): Action =>
  stored?.publishedAt ? 'session.read' : 'minutes.draft';

/** Minutes that are still being written. @throws {Refused} as findMinutes, minutesPublished */
export function findDraft(reader: Reader, ctx: Context, at: At, action: Action): Found {
  const found = findMinutes(reader, ctx, at, action);
  if (found.stored?.publishedAt) throw new Refused(SALON.minutesPublished);
  return found;
}
