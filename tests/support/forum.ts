import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { eq } from 'drizzle-orm';
import { newId } from '../../api/core/id.ts';
import { filesFolder, storedPath } from '../../api/files/store.ts';
import { indexPost } from '../../api/forum/writing/postText.ts';
import { textOf } from '../../api/forum/writing/sanitize.ts';
import { file, picture, post, thread } from '../../db/schema/index.ts';
import { salonId } from './months.ts';
import { DEMO, type TestApp } from './testApp.ts';
import { png } from './uploads.ts';

/** A post as a test wants it; the rest is made up. */
export interface SeededPost {
  /** By user name. */
  readonly by?: string;
  readonly unit?: string;
  /** One paragraph; its HTML and Markdown too where these are not given. */
  readonly text?: string;
  readonly html?: string;
  readonly source?: string;
  readonly at?: number;
  readonly replyTo?: number;
  readonly editedAt?: number;
  readonly edits?: number;
  readonly state?: 'shown' | 'deleted' | 'hidden';
  readonly marks?: number;
}

export interface SeededThread {
  readonly slug?: string;
  /** `key` as the database has it: a session's id, not its number. */
  readonly place?: Pick<typeof thread.$inferInsert, 'placeKind' | 'placeKey'>;
  readonly title?: string;
  /** User name of who begins it. */
  readonly by?: string;
  readonly asks?: boolean;
  readonly isPublic?: boolean;
  readonly at?: number;
  /** The first opens it. */
  readonly posts?: readonly SeededPost[];
  readonly accepted?: number;
  readonly pinnedAt?: number;
  readonly lockedAt?: number;
  readonly hiddenAt?: number;
}

const FIRST = { by: 'weiyun', unit: '渭运社区' };
const MINUTE = 60_000;
const UNDER_CASE = { placeKind: 'case', placeKey: 'weiwang-shige' } as const;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A thread by plain inserts, as the verbs would leave it: public, a question under 微网实格. @returns its id */
export function seedThread(t: TestApp, given: SeededThread = {}): string {
  const { slug = DEMO, place = UNDER_CASE, by = FIRST.by, posts = [{}], ...columns } = given;
  const { title = '微网格长怎么补贴', asks = true, isPublic = true, ...rest } = columns;
  const { at = t.services.clock(), ...states } = rest;
  const id = newId();
  const counted = { createdAt: at, lastAt: at, lastUnit: FIRST.unit };
  t.services.db.orm
    .insert(thread)
    .values({
      id,
      salonId: salonId(t, slug),
      ...place,
      title,
      asks,
      isPublic,
      authorId: t.personId(by),
      ...counted,
      ...states,
    })
    .run();
  seedPosts(
    t,
    id,
    posts.map((one, index) => ({ by, at: at + index * MINUTE, ...one })),
  );
  return id;
}

/** More posts at the end of a thread, one minute after another. @returns the number of the last */
export function seedPosts(t: TestApp, id: string, posts: readonly SeededPost[]): number {
  const { orm } = t.services.db;
  const found = orm.select().from(thread).where(eq(thread.id, id)).get();
  if (!found) throw new Error(`There is no thread ${id}`);
  let { posts: n, replies, lastAt, lastUnit } = found;
  orm.transaction((tx) => {
    for (const one of posts) {
      n += 1;
      const { by = FIRST.by, unit = FIRST.unit, state = 'shown', text = `第${n}楼的话` } = one;
      const at = one.at ?? lastAt + MINUTE;
      const gone = state === 'deleted';
      const row = {
        threadId: id,
        n,
        authorId: t.personId(by),
        unit,
        source: gone ? '' : (one.source ?? text),
        html: gone ? '' : (one.html ?? `<p>${escaped(text)}</p>`),
        replyTo: one.replyTo ?? null,
        at,
        editedAt: one.editedAt ?? null,
        edits: one.edits ?? 0,
        state,
        marks: one.marks ?? 0,
      };
      const { seq } = tx.insert(post).values(row).returning({ seq: post.seq }).get();
      if (state === 'shown') {
        indexPost(tx, seq, textOf(row.html), n === 1 ? found.title : undefined);
        if (n > 1) replies += 1;
      }
      if (at >= lastAt) [lastAt, lastUnit] = [at, unit];
    }
    tx.update(thread)
      .set({ posts: n, replies, lastAt, lastUnit, version: found.version + 1 })
      .where(eq(thread.id, id))
      .run();
  });
  t.services.changes.count += 1;
  return n;
}

/** A picture of weiyun's, of a post to come. @returns its id */
export function addPicture(t: TestApp): string {
  const content = png(4, 4);
  const hash = createHash('sha256').update(content).digest('hex');
  const path = storedPath(filesFolder(t.services.db.file), hash) ?? '';
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const { orm } = t.services.db;
  const stored = { hash, kind: 'png', size: content.length, addedAt: 1 } as const;
  orm.insert(file).values(stored).onConflictDoNothing().run();
  const own = { id: newId(), salonId: salonId(t, DEMO), ownerId: t.personId('weiyun') };
  orm
    .insert(picture)
    .values({ ...own, hash, width: 4, height: 4, at: t.services.clock() })
    .run();
  return own.id;
}

export function inThread(t: TestApp, id: string, threadId: string): void {
  t.services.db.orm.update(picture).set({ threadId }).where(eq(picture.id, id)).run();
}

/** Every table of the forum, those that refer to others first. */
const TABLES = ['post_version', 'post_mark', 'mention', 'follow', 'thread_reading', 'forum_seen']
  .concat(['post_draft', 'report', 'moderation', 'picture', 'post', 'thread'])
  .map((table) => `DELETE FROM ${table};`)
  .join('');

/** Takes the demo's talk away, for a test that counts its own. */
export function forgetForum({ services }: TestApp): void {
  services.db.sqlite.exec(`${TABLES} DELETE FROM post_text; DELETE FROM inbox;`);
}
