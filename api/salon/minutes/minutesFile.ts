import { asc, eq } from 'drizzle-orm';
import { attachment } from '../../../db/schema/index.ts';
import type { Context } from '../../core/context.ts';
import type { Place } from '../sessions/find.ts';
import { type MinutesFacts, minutesDocument, minutesFileName } from './assemble.ts';
import { writeMinutes } from './document.ts';
import { findMinutes, reading } from './find.ts';
import { readMeeting } from './meeting.ts';
import { correctionsOf, itemsOf, textOf } from './readMinutes.ts';

function readFacts(ctx: Context, at: Place): MinutesFacts {
  const reader = ctx.db.orm;
  const { salon, session, stored } = findMinutes(reader, ctx, at, reading);
  const meeting = readMeeting(reader, salon, session);
  const attachments = reader
    .select({ name: attachment.name })
    .from(attachment)
    .where(eq(attachment.sessionId, session.id))
    .orderBy(asc(attachment.at), asc(attachment.id))
    .all();
  return {
    meeting,
    text: textOf(stored, meeting),
    actions: itemsOf(reader, session.id),
    attachments: attachments.map(({ name }) => name),
    corrections: correctionsOf(reader, session.id),
    publishedAt: stored?.publishedAt ?? null,
    now: ctx.clock(),
  };
}

/** The minutes as a Word file: for whoever may read them. */
export async function minutesFile(
  ctx: Context,
  at: Place,
): Promise<{ name: string; bytes: Uint8Array }> {
  const facts = readFacts(ctx, at);
  return { name: minutesFileName(facts), bytes: await writeMinutes(minutesDocument(facts)) };
}
