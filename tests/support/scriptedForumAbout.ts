import type { Page, Route } from '@playwright/test';
import type { z } from 'zod';
import type {
  aboutPlace,
  postRow,
  reportDecision,
  reportList,
  searchHits,
  threadPage,
} from '../../api/forum/contract.ts';
import { DEMO_SALON } from '../../db/demo/fuping.ts';

/**
 * The forum beside other pages in its fullest states, by answers in the server's place: the stories
 * share one database, in which others ask and answer meanwhile.
 */

type About = z.infer<typeof aboutPlace>;
type Thread = About['threads'][number];
type Hit = z.infer<typeof searchHits>['hits'][number];
type Report = z.infer<typeof reportList>['reports'][number];
type Post = z.infer<typeof postRow>;

export const threadId = (number: number): string => `thread${number}`.padEnd(20, '0');

const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const thread = (number: number, title: string, given: Partial<Thread> = {}): Thread => ({
  id: threadId(number),
  salon: DEMO_SALON.slug,
  title,
  place: { kind: 'case', key: 'weiwang-shige', name: '微网实格', link: '/cases/weiwang-shige/' },
  asks: true,
  isPublic: true,
  unit: '渭运社区',
  at: daysAgo(9),
  replies: 3,
  lastAt: daysAgo(1),
  lastUnit: '景怡社区',
  same: 2,
  accepted: null,
  pinned: false,
  locked: false,
  unread: null,
  ...given,
});

const THREADS: readonly Thread[] = [
  thread(2, '夜班多的小区，微网格员白天敲不开门怎么办', { unread: 2 }),
  thread(3, '出租房住户换得快，信息多久核一次合适', {
    replies: 0,
    lastAt: daysAgo(3),
    lastUnit: '陕拖社区',
    unit: '陕拖社区',
    unread: 1,
  }),
  thread(4, '三长制和微网格怎么合到一张表上，不让楼栋长填两遍', {
    asks: false,
    replies: 12,
    unread: 0,
  }),
];

const SOLVED: About['solved'] = [
  {
    id: threadId(1),
    title: '一个微网格到底管多少户才管得过来',
    n: 3,
    unit: '景怡社区',
    gist: '我们先按楼门划，每格三十户上下，试了一个月再调：老人多的楼门再拆小一点，年轻人多的并到五十户。划完贴在楼道里，谁管哪几户一看就明白。',
  },
];

export const EMPTY: About = { threads: [], total: 0, solved: [], mayWrite: false };
export const FULL: About = { threads: [...THREADS], total: 7, solved: SOLVED, mayWrite: true };
/** As a visitor is told of them. */
export const PUBLIC: About = {
  ...FULL,
  threads: THREADS.map((one) => ({ ...one, unread: null })),
  mayWrite: false,
};

const answer = (json: unknown) => (route: Route) => route.fulfill({ json });

/** @returns the addresses that were asked for, as they come */
export async function scriptAbout(page: Page, about: About): Promise<string[]> {
  const asked: string[] = [];
  await page.route(/\/api\/places\/[^/]+\/[^/]+\/threads/, (route) => {
    asked.push(route.request().url());
    return answer(about)(route);
  });
  return asked;
}

const hit = (number: number, title: string, excerpt: string, given: Partial<Hit> = {}): Hit => ({
  thread: threadId(number),
  salon: DEMO_SALON.slug,
  title,
  n: number,
  unit: '景怡社区',
  at: daysAgo(number),
  accepted: false,
  excerpt,
  ...given,
});

const HITS: readonly Hit[] = [
  hit(2, '夜班多的小区，微网格员白天敲不开门怎么办', '…改成傍晚在楼下摆个茶桌，网格员坐两个钟头…'),
  hit(
    3,
    '一个微网格到底管多少户才管得过来',
    '我们先按楼门划，每格三十户上下，网格长试了一个月再调…',
    {
      accepted: true,
    },
  ),
];

/** @param hits of each page in turn; undefined fails */
export async function scriptTalk(
  page: Page,
  pages: readonly (readonly Hit[] | undefined)[] = [HITS],
): Promise<string[]> {
  const asked: string[] = [];
  await page.route('**/api/forum/search?*', (route) => {
    const hits = pages[asked.length];
    const next = asked.length + 1 < pages.length ? String(asked.length + 1) : null;
    asked.push(new URL(route.request().url()).searchParams.get('q') ?? '');
    return hits ? answer({ hits, next })(route) : route.abort('connectionrefused');
  });
  return asked;
}
export const LATER_HITS = [hit(9, '楼道里的电动车谁来管', '网格里有三位退休电工，先请他们看线路…')];
export { HITS };

export const REPORTS_PATH = `/forum/reports/?salon=${DEMO_SALON.slug}`;

const REPORTED: readonly Post[] = [
  post(4, '景怡社区', '<p>三号楼那边我去看过，车棚够用，就是没人愿意停远的。</p>'),
  post(5, '第七社区', '<p>就是三号楼 502 老李家带的头，他儿子欠债在外头躲着，谁不知道。</p>'),
  post(6, '渭运社区', '<p>先说车棚的事吧。</p>'),
];

function post(n: number, unit: string, html: string): Post {
  const name = `${unit.slice(0, 1)}书记`;
  const rest = {
    reason: null,
    goneAt: null,
    replyTo: null,
    at: daysAgo(1),
    editedAt: null,
    marks: 0,
  };
  return { n, unit, name, state: 'shown', html, ...rest };
}

const REPORTS: readonly Report[] = [
  {
    id: 'report1'.padEnd(20, '0'),
    thread: threadId(4),
    title: '楼道里的电动车，劝了三回还在充',
    n: 5,
    unit: '第七社区',
    html: REPORTED[1]?.html ?? '',
    reason: '写到了别人家的私事，还有门牌号',
    reporter: '张书记（渭运社区）',
    at: daysAgo(1),
  },
  {
    id: 'report2'.padEnd(20, '0'),
    thread: threadId(2),
    title: '夜班多的小区，微网格员白天敲不开门怎么办',
    n: 2,
    unit: '第九社区',
    html: '<p>照着<a class="entry" href="/cases/weiwang-shige/">微网实格</a>的办法，先问清各家作息。敲门是最笨的办法。</p>',
    reason: '说话难听',
    reporter: '第九社区的学员',
    at: daysAgo(2),
  },
];

type Decision = z.infer<typeof reportDecision>;

/** The queue of the hosts; what they decide is gone from it. @returns the decisions, as they come */
export async function scriptReports(page: Page): Promise<Decision[]> {
  const decisions: Decision[] = [];
  const waiting = new Map(REPORTS.map((one) => [one.id, one]));
  await page.route('**/api/salons/*/reports', (route) =>
    answer({ reports: [...waiting.values()] })(route),
  );
  await page.route('**/api/salons/*/reports/*', (route) => {
    waiting.delete(new URL(route.request().url()).pathname.split('/').at(-1) ?? '');
    decisions.push(route.request().postDataJSON());
    return answer({})(route);
  });
  await page.route('**/api/threads/*', answer({ thread: AROUND, mine: null }));
  return decisions;
}

const AROUND: z.infer<typeof threadPage>['thread'] = {
  id: threadId(4),
  salon: DEMO_SALON.slug,
  salonName: DEMO_SALON.name,
  title: '楼道里的电动车，劝了三回还在充',
  place: { kind: 'theme', key: 'wangge', name: '网格治理', link: '/themes/wangge/' },
  asks: true,
  isPublic: false,
  posts: 6,
  replies: 5,
  accepted: null,
  pinned: false,
  locked: false,
  moderation: null,
  version: 6,
  rows: [...REPORTED],
};
