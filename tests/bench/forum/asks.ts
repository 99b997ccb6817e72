import type { Ask } from '../api/loads.ts';
import { createRandom } from '../corpus/random.ts';
import { type ForumDatabase, SLUG } from './database.ts';

/** The requests that the bench puts on the server, by the number of each. */

const VIEWS = ['latest', 'unread', 'mine', 'waiting', 'solved', 'latest'];

const of = (cookies: readonly string[], number: number): string =>
  cookies[number % cookies.length] ?? '';

export const lists = ({ cookies }: ForumDatabase, count: number): Ask[] =>
  Array.from({ length: count }, (_, number) => ({
    method: 'GET',
    path: `/api/salons/${SLUG}/threads?view=${VIEWS[number % VIEWS.length]}`,
    cookie: of(cookies, number),
  }));

export const unread = ({ cookies }: ForumDatabase, count: number): Ask[] =>
  Array.from({ length: count }, (_, number) => ({
    method: 'GET',
    path: `/api/salons/${SLUG}/forum/unread`,
    cookie: of(cookies, number),
  }));

/** Replies by many to many, none twice by one within the limit of a person. */
export const replies = ({ cookies, answered }: ForumDatabase, count: number, salt: string): Ask[] =>
  Array.from({ length: count }, (_, number) => ({
    method: 'POST',
    path: `/api/threads/${answered[number % answered.length]}/posts`,
    cookie: of(cookies, number),
    body: {
      source: `我们也碰到过（${salt}第 ${number} 条）：先请党员楼栋长带头，**一户一户**上门说清楚。\n\n- 先定清单\n- 再分工`,
    },
  }));

/** Terms of one to four characters as they stand in posts: common ones often, rare ones too. */
export function searches(sources: readonly string[], count: number): Ask[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, number) => {
    const characters = [...random.pick(sources)];
    const length = 1 + (number % 4);
    const from = random.below(Math.max(1, characters.length - length));
    const term = characters.slice(from, from + length).join('');
    return { method: 'GET', path: `/api/forum/search?q=${encodeURIComponent(term)}` };
  });
}
