import type { Page } from '@playwright/test';
import { DEMO_SALON } from '../../db/demo/fuping.ts';
import type { Post, ThreadAnswer, ThreadList, ThreadRow } from '../../site/lib/forum.ts';

export const THREAD = 'scriptedthread000001';
export const THREAD_PAGE = `/forum/threads/${THREAD}/`;
export const FORUM_PAGE = `/forum/?salon=${DEMO_SALON.slug}`;
export const NEW_PAGE = `/forum/new/?kind=case&key=weiwang-shige&salon=${DEMO_SALON.slug}`;

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 20, 1, minute)).toISOString();
const CASE = {
  kind: 'case',
  key: 'weiwang-shige',
  name: '微网实格',
  link: '/cases/weiwang-shige/',
} as const;

const ROW: ThreadRow = {
  id: THREAD,
  salon: DEMO_SALON.slug,
  title: '微网格员是兼职，入户走访没有时间怎么办？',
  place: CASE,
  asks: true,
  isPublic: true,
  unit: '渭运社区',
  at: at(0),
  replies: 6,
  lastAt: at(300),
  lastUnit: '静怡社区',
  same: 5,
  accepted: 3,
  pinned: false,
  locked: false,
  unread: 2,
};

/** A list with a thread in each of its states. */
const LIST: ThreadList = {
  pinned: [
    {
      ...ROW,
      id: 'scriptedthread000002',
      title: '第 5 期沙龙前，请把各自社区的网格划分图发上来',
      asks: false,
      isPublic: false,
      place: { kind: 'session', key: '5', name: '第 5 期沙龙', link: '/salon/sessions/5/' },
      unit: '示例县民政局（演示）',
      lastUnit: '示例社区十二',
      replies: 17,
      same: 0,
      accepted: null,
      pinned: true,
      unread: 0,
    },
  ],
  threads: [
    ROW,
    {
      ...ROW,
      id: 'scriptedthread000003',
      title: '没有物业的老旧小区，楼道灯坏了谁来修，钱从哪里出？',
      place: { kind: 'theme', key: 'wuye', name: '物业与老旧小区', link: '/themes/wuye/' },
      unit: '示例社区七',
      lastUnit: '示例社区七',
      replies: 0,
      same: 12,
      accepted: null,
      unread: 1,
    },
    {
      ...ROW,
      id: 'scriptedthread000004',
      title: '居民议事会请不来年轻人',
      asks: false,
      place: {
        kind: 'method',
        key: 'yuanxiang-yishi',
        name: '院巷议事',
        link: '/methods/yuanxiang-yishi/',
      },
      unit: '杉拓社区',
      lastUnit: '静怡社区',
      replies: 3,
      same: 0,
      accepted: null,
      locked: true,
      unread: 0,
    },
  ],
  next: 'more',
};

const POST: Post = {
  n: 1,
  unit: '渭运社区',
  name: '王书记（演示）',
  state: 'shown',
  html: '<p>我们社区 42 个微网格，微网格员都是楼长、党员兼着，白天上班，晚上入户居民又嫌打扰。<a class="entry" href="/cases/weiwang-shige/">微网实格</a>里说的“走到、看到、记到”，实际一个月走不完一遍。</p><p>想问问大家：</p><ul><li>走访是按户，还是按事？</li><li>有没有给微网格员补一点误工费的办法？</li></ul>',
  reason: null,
  replyTo: null,
  at: at(0),
  editedAt: null,
  marks: 5,
};

const POSTS: readonly Post[] = [
  POST,
  {
    ...POST,
    n: 2,
    unit: '静怡社区',
    name: '李书记（演示）',
    html: '<blockquote><p>晚上入户居民又嫌打扰</p></blockquote><p>我们改成按事走：有诉求、有独居老人、有新租户的才上门，其余在楼门口见面就算。</p>',
    replyTo: 1,
    at: at(50),
    editedAt: at(120),
    marks: 3,
  },
  {
    ...POST,
    n: 3,
    unit: '杉拓社区',
    name: '赵书记（演示）',
    html: '<p>误工费可以走积分，月底在爱心超市兑换。<span class="mention">@渭运社区</span> 参考我们的折算：</p><table><thead><tr><th>事项</th><th>积分</th><th>每月上限</th></tr></thead><tbody><tr><td>入户一次并记录</td><td>2</td><td>40</td></tr><tr><td>报告一处隐患并跟到底</td><td>5</td><td>30</td></tr></tbody></table>',
    at: at(90),
    marks: 8,
  },
  {
    ...POST,
    n: 4,
    unit: '示例社区六',
    name: '孙书记（演示）',
    state: 'hidden',
    html: '',
    reason: '含有居民的姓名和门牌，已请作者改写。',
    at: at(100),
    marks: 0,
  },
  {
    ...POST,
    n: 5,
    unit: '示例社区八',
    name: '周书记（演示）',
    state: 'deleted',
    html: '',
    at: at(110),
    editedAt: at(130),
    marks: 0,
  },
  {
    ...POST,
    n: 6,
    unit: '渭运社区',
    name: '王书记（演示）',
    html: '<p>积分这个办法好，我们下个月试。</p>',
    replyTo: 3,
    at: at(200),
    marks: 0,
  },
  {
    ...POST,
    n: 7,
    unit: '静怡社区',
    name: '李书记（演示）',
    html: '<p>试了以后请回来说说效果，尤其是老人多的楼。</p>',
    at: at(300),
    marks: 1,
  },
];

const filler = (n: number): Post => ({
  ...POST,
  n,
  unit: `示例社区${n % 19}`,
  html: `<p>这是第 ${n} 楼。${'大家轮流说说自己社区的做法，一楼一条。'.repeat(1 + (n % 4))}</p>`,
  at: at(300 + n),
  marks: n % 3,
});

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
