import { and, eq } from 'drizzle-orm';
import { statement, type Tx } from '../../../db/client.ts';
import { mention, post } from '../../../db/schema/index.ts';
import { signedIn } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { notify } from '../../notices/notify.ts';
import { inPlace, readersAmong, readersListed, THESE } from '../audience.ts';
import type { Post, Thread } from '../find.ts';

type Said = Pick<Post, 'seq' | 'n' | 'unit' | 'replyTo'>;

/**
 * Tells those who are called for the first time in this post, whatever else they want to hear.
 * @returns who was told now
 */
export function tellCalled(
  tx: Tx,
  ctx: Context,
  thread: Thread,
  { seq, n, unit }: Said,
  called: readonly string[],
): string[] {
  if (called.length === 0) return [];
  const me = signedIn(ctx);
  const fresh = readersAmong(tx, thread, called).filter((personId) => {
    if (personId === me) return false;
    const row = { postSeq: seq, personId };
    return tx.insert(mention).values(row).onConflictDoNothing().run().changes > 0;
  });
  const data = { thread: thread.id, title: thread.title, n, unit };
  notify(tx, ctx, { salonId: thread.salonId, kind: 'post.mentioned', data, to: fresh });
  return fresh;
}

/** Whoever is listed and hears of replies in @thread: not the muted, nor who has not read the last notice. */
const openEared = (listed: string) =>
  readersListed(`
  SELECT one.person_id FROM (${listed}) AS one
  LEFT JOIN follow ON follow.person_id = one.person_id AND follow.thread_id = @thread
  LEFT JOIN thread_reading AS reading
    ON reading.person_id = one.person_id AND reading.thread_id = @thread
  LEFT JOIN inbox ON inbox.person_id = one.person_id AND inbox.notice_seq = reading.told_seq
  WHERE follow.level IS NOT 'mute' AND (inbox.person_id IS NULL OR inbox.read_at IS NOT NULL)`);

const HEARING = {
  'post.answered': openEared(THESE),
  'post.followed': openEared(
    "SELECT person_id FROM follow WHERE thread_id = @thread AND level = 'follow' AND @people <> ''",
  ),
};

function authorOf(tx: Tx, { id }: Thread, n: number): string | undefined {
  const here = and(eq(post.threadId, id), eq(post.n, n));
  return tx.select({ authorId: post.authorId }).from(post).where(here).get()?.authorId;
}

/**
 * Tells of a reply: who began the thread and whoever it replies to that they are answered, those
 * who follow that there is one. Nobody hears of one post twice, or of one thread again before they
 * have read what they were told of it last.
 * @param told who hears of this post already
 */
export function tellReply(
  tx: Tx,
  ctx: Context,
  thread: Thread,
  { n, unit, replyTo }: Said,
  told: readonly string[],
): void {
  const known = new Set([...told, signedIn(ctx)]);
  const data = { thread: thread.id, title: thread.title, n, unit };
  const answered = replyTo === null ? undefined : authorOf(tx, thread, replyTo);
  const people = JSON.stringify([...new Set([thread.authorId, ...(answered ? [answered] : [])])]);
  const asked = { ...inPlace(thread), thread: thread.id, people };
  for (const kind of ['post.answered', 'post.followed'] as const) {
    const to = HEARING[kind](tx)
      .all(asked)
      .flatMap(({ id }) => (known.has(id) ? [] : id));
    for (const id of to) known.add(id);
    if (notify(tx, ctx, { salonId: thread.salonId, kind, data, to })) remember(tx, thread, to);
  }
}

const remembered = statement(`
  INSERT INTO thread_reading (person_id, thread_id, n, told_seq)
  SELECT value, @thread, 0, (SELECT max(seq) FROM notice) FROM json_each(@people) WHERE true
  ON CONFLICT DO UPDATE SET told_seq = excluded.told_seq`);

/** Remembers the notice that was just given. */
function remember(tx: Tx, { id }: Thread, people: readonly string[]): void {
  remembered(tx).run({ thread: id, people: JSON.stringify(people) });
}
