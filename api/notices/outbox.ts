import { and, eq, inArray, isNull, lt, sql } from 'drizzle-orm';
import type { Database, Orm, Tx } from '../../db/client.ts';
import { delivery, dispatch, notice } from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { effectiveChoices } from './chosen.ts';
import { groupOf } from './kinds.ts';
import { dueAt, type MailChoice, type Timing, USUAL_TIMING, usualChoice } from './rules.ts';

/** What is to leave the house, written with the event itself. */

/** Lets SQL ask the rule, so that a whole county is written in one statement. */
export function teachDueTime({ sqlite }: Pick<Database, 'sqlite'>): void {
  sqlite.function(
    'due_at',
    { deterministic: true },
    (at: unknown, choice: unknown, digest: unknown, quietFrom: unknown, quietUntil: unknown) =>
      dueAt(Number(at), choice === 'each' ? 'each' : 'digest', {
        digest: digest === 'weekly' ? 'weekly' : 'daily',
        quietFrom: Number(quietFrom),
        quietUntil: Number(quietUntil),
      }),
  );
}

/** Of a `person` p and their `notice_timing` t: whether anything can be mailed to them at all. */
export const mailable = (production: boolean) =>
  sql`p.email IS NOT NULL AND p.deactivated_at IS NULL AND p.erased_at IS NULL
    AND t.refused_at IS NULL AND t.stopped_at IS NULL ${production ? sql`AND p.is_demo = 0` : sql``}`;

/** One row for each person who wants a mail of this; none where no mail is sent. */
export function putOut(
  tx: Tx,
  ctx: Context,
  { seq, kind, at, people }: { seq: number; kind: string; at: number; people: readonly string[] },
): void {
  if (!ctx.sendMail) return;
  const group = groupOf(kind);
  const usual = USUAL_TIMING;
  const choice = sql`coalesce(c.mail, ${usualChoice(group)})`;
  tx.run(sql`
    INSERT INTO delivery (notice_seq, person_id, due_at)
    SELECT ${seq}, p.id, due_at(${at}, ${choice}, coalesce(t.digest, ${usual.digest}),
      coalesce(t.quiet_from, ${usual.quietFrom}), coalesce(t.quiet_until, ${usual.quietUntil}))
    FROM json_each(${JSON.stringify(people)})
    JOIN person p ON p.id = value
    LEFT JOIN notice_choice c ON c.person_id = p.id AND c."group" = ${group}
    LEFT JOIN notice_timing t ON t.person_id = p.id
    WHERE ${mailable(ctx.production)} AND ${choice} <> 'off'`);
}

/** What still waits for its time goes by the choices as they are now. */
export function reschedule(tx: Tx, personId: string): void {
  const { choices, timing } = effectiveChoices(tx, personId);
  for (const row of waitingOf(tx, personId)) {
    const due = dueBy(choices.get(groupOf(row.kind)) ?? 'off', row.at, timing);
    const same = eq(delivery.seq, row.seq);
    if (due === undefined) tx.delete(delivery).where(same).run();
    else if (due !== row.dueAt) tx.update(delivery).set({ dueAt: due }).where(same).run();
  }
}

const dueBy = (choice: MailChoice, at: number, timing: Timing): number | undefined =>
  choice === 'off' ? undefined : dueAt(at, choice, timing);

const waitingOf = (tx: Tx, personId: string) =>
  tx
    .select({ seq: delivery.seq, dueAt: delivery.dueAt, kind: notice.kind, at: notice.at })
    .from(delivery)
    .innerJoin(notice, eq(notice.seq, delivery.noticeSeq))
    .where(and(eq(delivery.personId, personId), isNull(delivery.dispatchId)))
    .all();

/** Nothing more of what waits is sent to them; what is in a mail already is asked about again. */
export function emptyOutbox(tx: Tx, personId: string): void {
  tx.delete(delivery)
    .where(and(eq(delivery.personId, personId), isNull(delivery.dispatchId)))
    .run();
}

/** What was sent is known this long. */
const KEPT_MS = 30 * 24 * 3600_000;
const AT_ONCE = 1000;

/** Forgets what has long been sent, a piece at each time of tidying. */
export function clearOutbox(orm: Orm, now: number): void {
  orm.transaction((tx) => {
    const old = tx
      .select({ id: dispatch.id })
      .from(dispatch)
      .where(lt(dispatch.doneAt, now - KEPT_MS))
      .limit(AT_ONCE);
    const ids = old.all().map(({ id }) => id);
    tx.delete(delivery).where(inArray(delivery.dispatchId, ids)).run();
    tx.delete(dispatch).where(inArray(dispatch.id, ids)).run();
  });
}
