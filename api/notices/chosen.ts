import { eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/client.ts';
import { noticeChoice, noticeTiming } from '../../db/schema/index.ts';
import { NOTICE_GROUPS, type NoticeGroup } from './kind.ts';
import { type MailChoice, type Timing, USUAL_TIMING, usualChoice } from './rules.ts';

/** How someone wants to be told, where they have chosen; else as is usual. */
export function effectiveChoices(
  reader: Reader,
  personId: string,
): { choices: ReadonlyMap<NoticeGroup, MailChoice>; timing: Timing } {
  const rows = reader.select().from(noticeChoice).where(eq(noticeChoice.personId, personId)).all();
  const chosen = new Map<string, MailChoice>(rows.map(({ group, mail }) => [group, mail]));
  const choices = NOTICE_GROUPS.map(
    (group) => [group, chosen.get(group) ?? usualChoice(group)] as const,
  );
  return { choices: new Map(choices), timing: timingOf(reader, personId) ?? USUAL_TIMING };
}

export const timingOf = (reader: Reader, personId: string) =>
  reader.select().from(noticeTiming).where(eq(noticeTiming.personId, personId)).get();

/** Changes what is kept beside a person's times, which are the usual ones so far where none are. */
export function setTiming(
  tx: Tx,
  personId: string,
  set: Partial<Timing & { refusedAt: number | null; stoppedAt: number | null }>,
): void {
  if (Object.keys(set).length === 0) return;
  tx.insert(noticeTiming)
    .values({ personId, ...USUAL_TIMING, ...set })
    .onConflictDoUpdate({ target: noticeTiming.personId, set })
    .run();
}
