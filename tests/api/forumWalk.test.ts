import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context } from '../../api/core/context.ts';
import { Refused } from '../../api/core/refused.ts';
import { acceptAnswer, unacceptAnswer } from '../../api/forum/moderation/accept.ts';
import { markPost, unmarkPost } from '../../api/forum/moderation/mark.ts';
import { moderate } from '../../api/forum/moderation/moderate.ts';
import { reportPost } from '../../api/forum/moderation/report.ts';
import { indexedText } from '../../api/forum/tokens.ts';
import { changeThread } from '../../api/forum/writing/changeThread.ts';
import { editPost } from '../../api/forum/writing/edit.ts';
import { removePost } from '../../api/forum/writing/remove.ts';
import { reply } from '../../api/forum/writing/reply.ts';
import { textOf } from '../../api/forum/writing/sanitize.ts';
import { forgetForum, seedThread } from '../support/forum.ts';
import { contextOf } from '../support/forumReading.ts';
import { createTestApp, type TestApp } from '../support/testApp.ts';

let now = Date.UTC(2026, 10, 20);
let t: TestApp;
beforeAll(async () => {
  t = await createTestApp({ clock: () => now });
});
afterAll(() => t.close());

const PEOPLE = ['weiyun', 'jingyi', 'shantuo'] as const;
const VERBS = [
  ...['reply', 'reply', 'reply', 'edit', 'remove', 'mark', 'unmark', 'accept', 'unaccept'],
  ...['report', 'hide', 'show', 'lock', 'unlock', 'close', 'open', 'title', 'move', 'clock'],
] as const;
const REASON = '与本主题无关';
const PLACE = { kind: 'method', key: 'sanjian-yiguan' } as const;

interface Step {
  readonly verb: (typeof VERBS)[number];
  readonly who: (typeof PEOPLE)[number];
  readonly n: number;
}

/** Each verb as a page would ask for it; what is refused changes nothing, and is no step. */
async function take({ verb, who, n }: Step, thread: string): Promise<void> {
  const ctx: Context = contextOf(t, who);
  const host = contextOf(t, 'minzheng');
  const place = { thread, n };
  const source = `${who} 在 ${now} 说`;
  switch (verb) {
    case 'reply':
      return void (await reply(ctx, thread, { source, replyTo: n }));
    case 'edit': {
      const asked = 'SELECT edits FROM post WHERE thread_id = ? AND n = ?';
      const edits = t.services.db.sqlite.prepare<unknown[], number>(asked).pluck().get(thread, n);
      return void (await editPost(ctx, place, { source, edits: edits ?? 0 }));
    }
    case 'remove':
      return removePost(ctx, place);
    case 'mark':
      return markPost(ctx, place);
    case 'unmark':
      return unmarkPost(ctx, place);
    case 'accept':
      return acceptAnswer(ctx, place);
    case 'unaccept':
      return unacceptAnswer(ctx, thread);
    case 'report':
      return reportPost(ctx, place, REASON);
    case 'title':
      return changeThread(ctx, thread, { title: `第 ${n} 个标题`, asks: n % 2 === 0 });
    case 'move':
      return moderate(host, thread, { action: 'move', reason: REASON, place: PLACE });
    case 'clock':
      now += (n - 3) * 60_000;
      return;
    case 'hide':
    case 'show':
      return moderate(host, thread, { action: verb, reason: REASON, n });
    default:
      return moderate(host, thread, { action: verb as 'lock', reason: REASON });
  }
}

interface Post {
  readonly seq: number;
  readonly n: number;
  readonly at: number;
  readonly unit: string;
  readonly state: 'shown' | 'hidden' | 'deleted';
  readonly html: string;
  readonly edits: number;
  readonly marks: number;
}

const all = <T>(sql: string, ...given: unknown[]): T[] =>
  t.services.db.sqlite.prepare<unknown[], T>(sql).all(...given);

/** What a thread says of itself, and what its posts say of it. */
function books(id: string) {
  const [thread] = all<Record<string, unknown>>('SELECT * FROM thread WHERE id = ?', id);
  const posts = all<Post>('SELECT * FROM post WHERE thread_id = ? ORDER BY n', id);
  const replies = posts.filter(({ state, n }) => state === 'shown' && n > 1);
  const dating = posts.filter(({ state, n }) => state === 'shown' || n === 1);
  const accepted = replies.find(({ n }) => n === thread?.['accepted'])?.n ?? null;
  const of = (table: string) =>
    all<{ seq: number; rows: number }>(
      `SELECT post_seq AS seq, count(*) AS rows FROM ${table} GROUP BY post_seq`,
    );
  const rows = (table: string, seq: number) => of(table).find((one) => one.seq === seq)?.rows ?? 0;
  const indexed = all<{ rowid: number; text: string }>('SELECT rowid, text FROM post_text');
  const said = [thread?.['posts'], thread?.['replies'], thread?.['last_at'], thread?.['last_unit']];
  return {
    stored: {
      thread: [...said, thread?.['accepted']],
      posts: posts.map(({ marks, edits, state }) => [marks, state === 'deleted' ? 0 : edits]),
      indexed: indexed.map(({ rowid, text }) => [rowid, text]),
    },
    counted: {
      thread: [
        ...[posts.at(-1)?.n, replies.length, Math.max(...dating.map(({ at }) => at))],
        ...[dating.at(-1)?.unit, accepted],
      ],
      posts: posts.map(({ seq }) => [rows('post_mark', seq), rows('post_version', seq)]),
      indexed: posts
        .filter(({ state }) => state === 'shown')
        .map(({ seq, n, html }) => {
          const title = n === 1 ? String(thread?.['title']) : undefined;
          return [seq, indexedText(textOf(html), title)];
        }),
    },
    numbers: posts.map(({ n }) => n),
    version: Number(thread?.['version']),
  };
}

it('a thread’s counts, its posts, their marks, versions and search agree after whatever is done', async () => {
  const step = fc.record({
    verb: fc.constantFrom(...VERBS),
    who: fc.constantFrom(...PEOPLE),
    n: fc.integer({ min: 1, max: 5 }),
  });
  let taken = 0;
  const walk = async (steps: Step[]): Promise<void> => {
    forgetForum(t);
    const id = seedThread(t, { posts: [{}, { by: 'jingyi', unit: '景翼社区' }] });
    let { version } = books(id);
    for (const one of steps) {
      const before = JSON.stringify(books(id).stored);
      try {
        await take(one, id);
        taken += 1;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        expect(JSON.stringify(books(id).stored)).toBe(before);
      }
      const { stored, counted, numbers, version: after } = books(id);
      expect(stored, JSON.stringify(one)).toEqual(counted);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      if (JSON.stringify(stored) !== before) expect(after).toBeGreaterThan(version);
      version = after;
    }
  };
  const walks = fc.array(step, { minLength: 12, maxLength: 30 });
  await fc.assert(fc.asyncProperty(walks, walk), { numRuns: 12 });
  expect(taken).toBeGreaterThan(50);
});
