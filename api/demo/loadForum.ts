import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/client.ts';
import { DEMO_THREADS, type DemoThread } from '../../db/demo/forum.ts';
import { DEMO_SEATS } from '../../db/demo/fuping.ts';
import {
  follow,
  mention,
  moderation,
  post,
  postMark,
  thread,
  threadReading,
} from '../../db/schema/index.ts';
import type { Context } from '../core/context.ts';
import { newId } from '../core/id.ts';
import { THREAD_ACTS } from '../forum/moderation/acts.ts';
import { renderPost } from '../forum/writing/markdown.ts';
import { namesOf } from '../forum/writing/names.ts';
import { indexPost } from '../forum/writing/postText.ts';
import { notify } from '../notices/notify.ts';
import { holdersOf } from '../salon/audience.ts';
import { type DemoRound, roundIn } from './loadRounds.ts';
import type { TopicIds } from './loadTopics.ts';
import { type DemoPlace, required, type Told } from './place.ts';

const DAY_MS = 24 * 3600_000;

interface Author {
  readonly personId: string;
  readonly unit: string;
}
type Row = typeof thread.$inferInsert;

/** The demo's talk beside library and salon, as if it had been written over three weeks. */
export function loadForum(
  tx: Tx,
  ctx: Context,
  place: DemoPlace,
  rounds: readonly DemoRound[],
  topics: TopicIds,
): readonly Told[] {
  const authors = authorsOf(tx, place);
  const now = ctx.clock();
  const frozen: Context = { ...ctx, clock: () => now };
  return DEMO_THREADS.flatMap((one) => {
    const row = threadRow(frozen, place, one, authors, keyOf(one, rounds, topics));
    tx.insert(thread).values(row).run();
    insertPosts(tx, frozen, row, one, authors);
    insertModeration(tx, frozen, row, one, authors);
    return noticesOf(frozen, row, one, authors);
  });
}

/** Everybody of the demo by login, with what they speak for. */
function authorsOf(tx: Tx, { seats, members }: DemoPlace): ReadonlyMap<string, Author> {
  const secretaries = DEMO_SEATS.map(({ login, community: unit }) => {
    const [personId] = holdersOf(tx, [required(seats.get(login), login).id]);
    return [login, { personId: required(personId, login), unit }] as const;
  });
  return new Map<string, Author>([...secretaries, ...members]);
}

function keyOf({ place: [kind, key] }: DemoThread, rounds: readonly DemoRound[], topics: TopicIds) {
  if (kind === 'topic') return required(topics.get(key), key);
  return kind === 'session' ? roundIn(rounds, Number(key)).sessionId : key;
}

const before = (ctx: Context, ago: number): number => ctx.clock() - Math.round(ago * DAY_MS);
const authorOf = (authors: ReadonlyMap<string, Author>, login: string): Author =>
  required(authors.get(login), login);

function threadRow(
  ctx: Context,
  { salonId }: DemoPlace,
  one: DemoThread,
  authors: ReadonlyMap<string, Author>,
  placeKey: string,
): Row {
  const { posts, accepted, moderation: done, asks = false, membersOnly = false } = one;
  const first = required(posts[0], one.title);
  const last = required(posts.at(-1), one.title);
  return {
    id: newId(),
    salonId,
    placeKind: one.place[0],
    placeKey,
    title: one.title,
    asks,
    isPublic: !membersOnly,
    authorId: authorOf(authors, first.by).personId,
    createdAt: before(ctx, first.ago),
    posts: posts.length,
    replies: posts.length - 1,
    lastAt: before(ctx, last.ago),
    lastUnit: authorOf(authors, last.by).unit,
    accepted: accepted?.n ?? null,
    ...(done && THREAD_ACTS[done.action].change(before(ctx, done.ago))),
  };
}

function insertPosts(
  tx: Tx,
  ctx: Context,
  { id: threadId, title }: Row,
  { posts }: DemoThread,
  authors: ReadonlyMap<string, Author>,
): void {
  const people = namesOf(
    [...authors.values()].map(({ unit, personId }) => {
      return [unit, { ids: [personId], isPerson: false }] as const;
    }),
  );
  posts.forEach(({ by, ago, lines, replyTo = null, marked = [] }, index) => {
    const n = index + 1;
    const [source, at] = [lines.join('\n'), before(ctx, ago)];
    const { personId, unit } = authorOf(authors, by);
    const rendered = renderPost(source, { library: ctx.library, people: () => people });
    const { html, text } = rendered;
    const row = { threadId, n, authorId: personId, unit, source, html, replyTo, at };
    const { seq } = tx
      .insert(post)
      .values({ ...row, marks: marked.length })
      .returning({ seq: post.seq })
      .get();
    indexPost(tx, seq, text, n === 1 ? title : undefined);
    for (const login of marked) {
      const mark = { postSeq: seq, personId: authorOf(authors, login).personId, at };
      tx.insert(postMark).values(mark).run();
    }
    for (const one of rendered.people) {
      tx.insert(mention).values({ postSeq: seq, personId: one }).run();
    }
    const [mine, level] = [{ personId, threadId }, 'follow' as const];
    tx.insert(follow)
      .values({ ...mine, level })
      .onConflictDoNothing()
      .run();
    const target = [threadReading.personId, threadReading.threadId];
    tx.insert(threadReading)
      .values({ ...mine, n })
      .onConflictDoUpdate({ target, set: { n } })
      .run();
  });
}

function insertModeration(
  tx: Tx,
  ctx: Context,
  { id: threadId }: Row,
  { moderation: done }: DemoThread,
  authors: ReadonlyMap<string, Author>,
): void {
  if (!done) return;
  const { action, reason, ago } = done;
  const { personId } = authorOf(authors, 'minzheng');
  tx.insert(moderation)
    .values({ threadId, action, reason, personId, at: before(ctx, ago) })
    .run();
  tx.update(thread).set({ version: 1 }).where(eq(thread.id, threadId)).run();
}

/** Whoever began a thread was told of its first reply, of what it helped, and of what became of it. */
function noticesOf(
  ctx: Context,
  { id, salonId, title, authorId }: Row,
  { posts, accepted, moderation: done }: DemoThread,
  authors: ReadonlyMap<string, Author>,
): Told[] {
  const told: Told[] = [];
  const unitOf = (n: number): string => authorOf(authors, posts[n - 1]?.by ?? '').unit;
  const reply = posts[1];
  if (reply) {
    const data = { thread: id, title, n: 2, unit: unitOf(2) };
    const at = before(ctx, reply.ago);
    told.push({
      at,
      tell: (tx, then) =>
        notify(tx, then, { salonId, kind: 'post.answered', data, to: [authorId] }),
    });
  }
  if (accepted) {
    const { n, ago } = accepted;
    const to = [authorOf(authors, posts[n - 1]?.by ?? '').personId];
    const data = { thread: id, title, n, unit: unitOf(1) };
    told.push({
      at: before(ctx, ago),
      tell: (tx, then) => notify(tx, then, { salonId, kind: 'answer.accepted', data, to }),
    });
  }
  if (done && posts[0]?.by !== 'minzheng') {
    const data = { thread: id, title, what: THREAD_ACTS[done.action].what, reason: done.reason };
    told.push({
      at: before(ctx, done.ago),
      tell: (tx, then) =>
        notify(tx, then, { salonId, kind: 'thread.moderated', data, to: [authorId] }),
    });
  }
  return told;
}
