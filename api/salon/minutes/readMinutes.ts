import { asc, eq } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader } from '../../../db/client.ts';
import { actionItem, correction } from '../../../db/schema/index.ts';
import { may } from '../../access/rules.ts';
import type { Context } from '../../core/context.ts';
import type { Place } from '../sessions/find.ts';
import type { minutesPage } from './contract.ts';
import { findMinutes, type Minutes, reading } from './find.ts';
import { readMeeting } from './meeting.ts';
import { ownerOf, ownersFor } from './owners.ts';
import { draftOf, type Meeting } from './rules.ts';

export const itemsOf = (reader: Reader, sessionId: string) =>
  reader
    .select()
    .from(actionItem)
    .where(eq(actionItem.sessionId, sessionId))
    .orderBy(asc(actionItem.position))
    .all();

export const correctionsOf = (reader: Reader, sessionId: string) =>
  reader
    .select({ at: correction.at, text: correction.text })
    .from(correction)
    .where(eq(correction.sessionId, sessionId))
    .orderBy(asc(correction.at), asc(correction.id))
    .all();

/** What is stored, or the draft to begin with, of which nothing is. */
export const textOf = (stored: Minutes | undefined, meeting: Meeting) =>
  stored ?? { ...draftOf(meeting), recorder: '', absences: {}, version: 0 };

export function stateOf(stored: Minutes | undefined) {
  if (!stored) return 'none';
  if (stored.publishedAt !== null) return 'published';
  return stored.submittedAt === null ? 'draft' : 'submitted';
}

const iso = (at: number | null | undefined): string | null =>
  typeof at === 'number' ? new Date(at).toISOString() : null;

/** A session's minutes: a draft for its chair and the host, published ones for its readers. */
export function readMinutes(ctx: Context, at: Place): z.infer<typeof minutesPage> {
  const reader = ctx.db.orm;
  const { salon, session, stored, standings } = findMinutes(reader, ctx, at, reading);
  const meeting = readMeeting(reader, salon, session);
  const { summary, conclusions, recorder, absences, version } = textOf(stored, meeting);
  const published = stored?.publishedAt ?? null;
  return {
    state: stateOf(stored),
    version,
    summary,
    conclusions: [...conclusions],
    recorder,
    absences,
    actions: itemsOf(reader, session.id).map(({ id, what, unit, dueOn, ...owned }) => ({
      id,
      what,
      owner: ownerOf(owned),
      unit,
      dueOn,
    })),
    owners: published === null ? ownersFor(reader, salon, session.id, meeting) : [],
    absent: meeting.seats
      .filter(({ present }) => !present)
      .map(({ seatId, community }) => ({ seatId, community })),
    updatedAt: iso(stored?.updatedAt),
    publishedAt: iso(published),
    corrections: correctionsOf(reader, session.id).map(({ at: made, text }) => ({
      at: new Date(made).toISOString(),
      text,
    })),
    mayPublish: published === null && may(standings, 'minutes.publish'),
  };
}
