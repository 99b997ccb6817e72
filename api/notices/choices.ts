import { desc, eq, sql } from 'drizzle-orm';
import type { z } from 'zod';
import { dispatch, noticeChoice, person } from '../../db/schema/index.ts';
import { signedIn } from '../access/standings.ts';
import type { Context } from '../core/context.ts';
import { write } from '../core/write.ts';
import { effectiveChoices, setTiming, timingOf } from './chosen.ts';
import type { choicesInput, noticeChoices } from './contract.ts';
import { reschedule } from './outbox.ts';
import { usualChoice } from './rules.ts';

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const two = (number: number): string => String(number).padStart(2, '0');
const time = (of: number): string => `${two(Math.floor(of / 60))}:${two(of % 60)}`;
const moment = (ms: number | null | undefined): string | null =>
  ms ? new Date(ms).toISOString() : null;

/** What the actor has chosen, and whether mail reaches them. */
export function readChoices(ctx: Context): z.infer<typeof noticeChoices> {
  const personId = signedIn(ctx);
  const { orm } = ctx.db;
  const { choices, timing } = effectiveChoices(orm, personId);
  const kept = timingOf(orm, personId);
  const self = orm.select().from(person).where(eq(person.id, personId)).get();
  const last = orm
    .select({ trouble: dispatch.trouble })
    .from(dispatch)
    .where(eq(dispatch.personId, personId))
    .orderBy(desc(dispatch.madeAt))
    .limit(1)
    .get();
  return {
    mail: {
      available: ctx.sendMail !== undefined,
      address: self?.email ?? null,
      refusedAt: moment(kept?.refusedAt),
      stoppedAt: moment(kept?.stoppedAt),
      trouble: last?.trouble ?? null,
    },
    groups: [...choices].map(([group, mail]) => ({ group, mail, usual: usualChoice(group) })),
    timing: {
      digest: timing.digest,
      quietFrom: time(timing.quietFrom),
      quietUntil: time(timing.quietUntil),
    },
  };
}

/** What waits is sent or not by the new choices. */
export async function changeChoices(
  ctx: Context,
  input: z.infer<typeof choicesInput>,
): Promise<z.infer<typeof noticeChoices>> {
  const personId = signedIn(ctx);
  const { groups = {}, timing, resume } = input;
  await write(ctx, { name: 'notice.choose', input }, (tx) => {
    const values = Object.entries(groups).map(([group, mail]) => ({ personId, group, mail }));
    if (values.length > 0)
      tx.insert(noticeChoice)
        .values(values)
        .onConflictDoUpdate({
          target: [noticeChoice.personId, noticeChoice.group],
          set: { mail: sql`excluded.mail` },
        })
        .run();
    setTiming(tx, personId, {
      ...(timing && {
        digest: timing.digest,
        quietFrom: minutes(timing.quietFrom),
        quietUntil: minutes(timing.quietUntil),
      }),
      ...(resume && { refusedAt: null, stoppedAt: null }),
    });
    reschedule(tx, personId);
    return null;
  });
  return readChoices(ctx);
}
