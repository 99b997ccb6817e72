import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { person, post, postVersion, thread } from '../../db/schema/index.ts';
import { bump } from './moderation/tally.ts';
import { indexPost } from './writing/postText.ts';
import { textOf } from './writing/sanitize.ts';

const NOBODY = '@已注销用户';
/** Typed either way. */
const CALLS = ['@', '＠'];

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Before an account is erased: posts of others that call it by name call nobody any more. */
export function forgetCalls(tx: Tx, personId: string): void {
  const who = tx.select({ name: person.name }).from(person).where(eq(person.id, personId)).get();
  const calls = CALLS.map((mark) => `${mark}${who?.name ?? ''}`);
  const forget = (text: string): string =>
    calls.reduce((left, call) => left.replaceAll(call, NOBODY), text);
  // Only where it is a call: the text around may speak of someone else.
  const forgetHtml = (html: string): string =>
    calls.reduce(
      (left, call) => left.replaceAll(`>${escaped(call)}</span>`, `>${NOBODY}</span>`),
      html,
    );
  for (const { post: row, title } of callingPosts(tx, personId, calls)) {
    const [source, html] = [forget(row.source), forgetHtml(row.html)];
    forgetInVersions(tx, row.seq, forget);
    if (source === row.source && html === row.html) continue;
    tx.update(post).set({ source, html }).where(eq(post.seq, row.seq)).run();
    if (row.state === 'shown') {
      indexPost(tx, row.seq, textOf(html), row.n === 1 ? title : undefined);
    }
    bump(tx, row.threadId);
  }
}

/**
 * Posts of the salons they ever were in that call them, told or not: a quotation calls nobody anew,
 * nor does who calls themselves or someone who may not read there.
 */
function callingPosts(tx: Tx, personId: string, calls: readonly string[]) {
  const salons = sql`SELECT salon_id FROM membership WHERE person_id = ${personId}
    UNION SELECT salon_id FROM tenure JOIN seat ON seat.id = seat_id WHERE person_id = ${personId}`;
  const naming = calls.map((call) => sql`instr(${post.html}, ${`>${escaped(call)}</span>`})`);
  const told = sql`SELECT post_seq FROM mention WHERE person_id = ${personId}`;
  return tx
    .select({ post, title: thread.title })
    .from(post)
    .innerJoin(thread, eq(thread.id, post.threadId))
    .where(
      or(sql`${post.seq} IN (${told})`, and(sql`${thread.salonId} IN (${salons})`, or(...naming))),
    )
    .all();
}

function forgetInVersions(tx: Tx, seq: number, forget: (text: string) => string): void {
  const former = tx.select().from(postVersion).where(eq(postVersion.postSeq, seq)).all();
  for (const { nth, source } of former) {
    tx.update(postVersion)
      .set({ source: forget(source) })
      .where(and(eq(postVersion.postSeq, seq), eq(postVersion.nth, nth)))
      .run();
  }
}
