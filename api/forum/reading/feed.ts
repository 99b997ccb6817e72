import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { Feed } from 'feed';
import type { Reader } from '../../../db/client.ts';
import { post, thread } from '../../../db/schema/index.ts';
import { allow, findSalon } from '../../access/standings.ts';
import type { Context } from '../../core/context.ts';
import { escapeMarkup } from '../../core/markup.ts';
import { CORE, Refused } from '../../core/refused.ts';
import { namedPlace, type Place } from '../places.ts';
import { withoutNames } from '../writing/sanitize.ts';
import { clean } from './clean.ts';
import { newestFirst } from './rows.ts';

const MOST = 50;

/** The newest posts of public threads. Among the threads that were last written in are all of them. */
function newestPosts(reader: Reader, where: SQL | undefined) {
  const threads = reader
    .select({ id: thread.id })
    .from(thread)
    .where(and(where, isNull(thread.hiddenAt), sql`${thread.isPublic} = 1`))
    .orderBy(newestFirst)
    .limit(MOST);
  return reader
    .select({ post, title: thread.title })
    .from(thread)
    .innerJoin(post, and(eq(post.threadId, thread.id), sql`${post.n} > ${thread.posts} - ${MOST}`))
    .where(and(sql`${thread.id} IN ${threads}`, eq(post.state, 'shown')))
    .orderBy(sql`${post.seq} DESC`)
    .limit(MOST)
    .all();
}

/** Whoever reads a feed is elsewhere: addresses are whole there. */
const absolute = (html: string, origin: string): string =>
  html.replace(/(<(?:a|img)\b[^>]*? (?:href|src)=")(?=\/)/g, `$1${origin}`);

interface About {
  readonly title: string;
  /** Where its page is, and the feed itself. */
  readonly link: string;
  readonly self: string;
}

function write(reader: Reader, { origin }: Context, where: SQL | undefined, about: About): string {
  const rows = newestPosts(reader, where);
  const changed = rows.map(({ post: { at, editedAt } }) => editedAt ?? at);
  const feed = new Feed({
    id: origin + about.link,
    link: origin + about.link,
    title: about.title,
    description: '公开的讨论',
    language: 'zh-CN',
    updated: new Date(Math.max(0, ...changed)),
    feedLinks: { atom: origin + about.self },
  });
  for (const { post: one, title } of rows) {
    const link = `${origin}/forum/threads/${one.threadId}/#${one.n}`;
    feed.addItem({
      id: link,
      link,
      // The library says that titles are HTML.
      title: escapeMarkup(one.n === 1 ? title : `${title}（${one.n} 楼）`),
      content: absolute(withoutNames(clean(one.html)), origin),
      author: [{ name: one.unit }],
      published: new Date(one.at),
      date: new Date(one.editedAt ?? one.at),
    });
  }
  return feed.atom1();
}

/** What is said in a salon in public. @returns Atom @throws {Refused} as `allow` */
export function salonFeed(ctx: Context, slug: string): string {
  const reader = ctx.db.orm;
  const salon = findSalon(reader, slug);
  allow(reader, ctx, 'thread.readPublic', salon);
  return write(reader, ctx, eq(thread.salonId, salon.id), {
    title: `${salon.name} · 交流区`,
    link: `/forum/?salon=${slug}`,
    self: `/api/salons/${slug}/forum.atom`,
  });
}

/** What is said in public about something of the library. @returns Atom @throws {Refused} notFound */
export function placeFeed(ctx: Context, { kind, key }: Place): string {
  const reader = ctx.db.orm;
  allow(reader, ctx, 'thread.readPublic');
  // Topics and sessions are a salon's, whose feed has them.
  if (kind === 'topic' || kind === 'session' || !ctx.library.find(kind, key)) {
    throw new Refused(CORE.notFound);
  }
  const stored = { salonId: '', placeKind: kind, placeKey: key };
  const { name, link } = namedPlace(reader, ctx.library, '', stored, false);
  return write(reader, ctx, and(eq(thread.placeKind, kind), eq(thread.placeKey, key)), {
    title: `${name} · 讨论`,
    link,
    self: `/api/places/${kind}/${key}/forum.atom`,
  });
}
