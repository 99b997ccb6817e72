import type { Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import type { ThreadAnswer, ThreadList } from '../../site/lib/forum.ts';
import { at, filler, LIST, POST, POSTS, ROW, THREAD } from './scriptedPosts.ts';

export { THREAD };

export const THREAD_PAGE = `/forum/threads/${THREAD}/`;
export const FORUM_PAGE = `/forum/?salon=${DEMO_SALON.slug}`;
export const NEW_PAGE = `/forum/new/?kind=case&key=weiwang-shige&salon=${DEMO_SALON.slug}`;

interface Options {
  /** So many posts in the thread. */
  readonly posts?: number;
  readonly thread?: Partial<ThreadAnswer['thread']>;
  readonly mine?: Partial<NonNullable<ThreadAnswer['mine']>> | null;
  readonly list?: ThreadList;
}

/** The forum, by answers in the server's place: in the demo nobody has yet talked so much. */
export async function scriptForum(
  page: Pick<Page, 'route'>,
  { posts = POSTS.length, thread, mine, list = LIST }: Options = {},
) {
  let rows = Array.from({ length: posts }, (_, i) => POSTS[i] ?? filler(i + 1));
  let version = 1;
  let changes: Partial<ThreadAnswer['thread']> = thread ?? {};
  let refusal: { status: number; code: string; title: string; detail: string } | undefined;
  /** What was written, in order: method, path after /api, body. */
  const written: { what: string; body: unknown }[] = [];
  const seen: number[] = [];

  const answer = (from: number, limit: number): ThreadAnswer => {
    const page = rows.slice(from - 1, from - 1 + limit);
    return {
      thread: {
        ...ROW,
        salonName: DEMO_SALON.name,
        posts: rows.length,
        replies: rows.filter(({ n, state }) => n > 1 && state === 'shown').length,
        moderation: null,
        version,
        rows: page,
        ...changes,
      },
      mine:
        mine === null
          ? null
          : {
              own: page.filter(({ unit }) => unit === '渭运社区').map(({ n }) => n),
              marked: [3].filter((n) => n >= from && n < from + limit),
              read: rows.length,
              follow: 'follow',
              mayWrite: !changes.locked,
              mayAccept: true,
              mayModerate: false,
              ...mine,
            },
    };
  };

  await page.route('**/api/salons/*/threads**', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({ status: 201, json: { thread: THREAD } })
      : route.fulfill({ json: list }),
  );
  await page.route('**/api/salons/*/forum/**', (route) => {
    const url = route.request().url();
    if (url.includes('/names'))
      return route.fulfill({ json: { names: ['渭运社区', '静怡社区', '李书记（演示）'] } });
    if (url.includes('/preview')) {
      return route.fulfill({
        json: { html: '<p><strong>按事走访</strong></p>', missing: ['查无此人'] },
      });
    }
    if (route.request().method() === 'GET') {
      return route.fulfill({ json: { title: '', source: '', at: null } });
    }
    return route.fulfill({ json: { done: true } });
  });
  await page.route('**/api/forum/search**', (route) =>
    route.fulfill({
      json: {
        hits: [
          {
            thread: THREAD,
            salon: ROW.salon,
            title: ROW.title,
            n: 1,
            unit: ROW.unit,
            at: ROW.at,
            accepted: true,
            excerpt: '微网格员',
          },
        ],
        next: null,
      },
    }),
  );
  await page.route(`**/api/threads/${THREAD}**`, (route) => {
    const query = new URL(route.request().url()).searchParams;
    const [from, limit] = [Number(query.get('from') ?? 1), Number(query.get('limit') ?? 20)];
    return route.fulfill({ json: answer(from, limit) });
  });
  await page.route(`**/api/threads/${THREAD}/**`, (route) => {
    const request = route.request();
    const path = new URL(request.url()).pathname.split(THREAD)[1] ?? '';
    if (path.endsWith('/source')) {
      return route.fulfill({
        json: { source: '积分这个办法好，我们下个月试。', edits: 0, unit: '渭运社区' },
      });
    }
    if (path.endsWith('/history')) {
      return route.fulfill({ json: { versions: [{ source: '以前写的', at: at(50) }] } });
    }
    const body: unknown = request.postDataJSON();
    if (path === '/read') {
      seen.push(Number(request.postDataJSON().n));
      return route.fulfill({ json: { done: true } });
    }
    if (refusal) {
      const { status, code, title, detail } = refusal;
      const type = `urn:yuanzhuo:problem:${code}`;
      return route.fulfill({ status, json: { type, status, title, detail } });
    }
    written.push({ what: `${request.method()} ${path}`, body });
    if (path === '/posts') {
      const n = rows.length + 1;
      const source = String(request.postDataJSON().source);
      rows = [...rows, { ...POST, n, html: `<p>${source}</p>`, marks: 0, at: at(400) }];
      version += 1;
      return route.fulfill({ status: 201, json: { thread: THREAD, n } });
    }
    return route.fulfill({ json: { done: true } });
  });
  return {
    written,
    seen,
    /** Others write meanwhile. */
    addReplies(count: number): void {
      rows = [...rows, ...Array.from({ length: count }, (_, i) => filler(rows.length + i + 1))];
      version += 1;
    },
    /** From now on every write is refused, and the thread is so. */
    refuse(with_: typeof refusal, so: Partial<ThreadAnswer['thread']> = {}): void {
      refusal = with_;
      changes = { ...changes, ...so };
      version += 1;
    },
  };
}
