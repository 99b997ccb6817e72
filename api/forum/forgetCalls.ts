import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { mention, person, post, postVersion, thread } from '../../db/schema/index.ts';
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
  const calling = tx
    .select({ post, title: thread.title })
    .from(mention)
    .innerJoin(post, eq(post.seq, mention.postSeq))
    .innerJoin(thread, eq(thread.id, post.threadId))
    .where(eq(mention.personId, personId))
    .all();
  for (const { post: row, title } of calling) {
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

function forgetInVersions(tx: Tx, seq: number, forget: (text: string) => string): void {
  const former = tx.select().from(postVersion).where(eq(postVersion.postSeq, seq)).all();
  for (const { nth, source } of former) {
    tx.update(postVersion)
      .set({ source: forget(source) })
      .where(and(eq(postVersion.postSeq, seq), eq(postVersion.nth, nth)))
      .run();
  }
}
