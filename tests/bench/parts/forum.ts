import type { Browser } from '@playwright/test';
import SqliteDatabase from 'better-sqlite3';
import { openConnection, requestBytes, type Wanted } from '../api/connection.ts';
import { type Ask, perSecond, putLoad } from '../api/loads.ts';
import { type Measured, serve, syncsPerSecond } from '../api/processes.ts';
import { lists, replies, searches, unread } from '../forum/asks.ts';
import {
  copyForum,
  type ForumDatabase,
  FULL,
  makeForumDatabase,
  SLUG,
  TENTH,
} from '../forum/database.ts';
import { loadThread, type ThreadInBrowser } from '../forum/inBrowser.ts';
import { memoryOf } from '../measure/processTree.ts';
import { kilobytes, median, printTable, type Summary, summarize } from '../measure/summary.ts';
import { buildRealSite } from '../projects/realSite.ts';
import { type Spread, spread, spreadRow } from '../salon/readers.ts';

const SECONDS = 4;
const CONNECTIONS = 20;
const PACED_SECONDS = 15;
const LIST_RATE = 100;
const SEARCH_RATE = 20;
const POST_RATE = 100;
const LONG_ROUNDS = 20;
const BROWSER_ROUNDS = 3;

/**
 * NodeBB 4.11 on such a machine, wrk -t1 -c20, a thread of 20 posts; replies without fsync.
 * Requests a second, bytes of a cold page, and what we want of it.
 */
const NODEBB = { json: 505, html: 207, signedIn: 410, replies: 182, coldPage: 667 * 1024 };
const WANTED = {
  json: 15 * NODEBB.json,
  html: 15 * NODEBB.html,
  signedIn: 10 * NODEBB.signedIn,
  replies: 5 * NODEBB.replies,
  coldPage: NODEBB.coldPage / 10,
};

export type ForumResult = {
  lists: Spread;
  /** All of a thread of 1,000 posts in one answer: just changed, and as it was. */
  long: { changed: Spread; unchanged: Spread };
  search: Spread;
  posting: Spread;
  /** Signed in, medians: with 100,000 posts, with 10,000. */
  unread: { full: number; tenth: number };
  perSecond: { json: Summary; html: Summary; signedIn: Summary; replies: Summary; syncs: number };
  memory: { atStartKiB: number; highestKiB: number };
  page: ThreadInBrowser;
};

async function paced(kind: Ask[], port: number, rate: number): Promise<Spread> {
  const load = { kind, port, cookies: [], connections: CONNECTIONS, rate };
  return spread((await putLoad({ ...load, seconds: kind.length / rate })).latencies);
}

/** One after the other on one connection. @returns milliseconds each */
async function inTurn(asks: readonly Wanted[]): Promise<number[]> {
  const connection = await openConnection(asks[0]?.port ?? 0);
  const latencies: number[] = [];
  for (const wanted of asks) {
    const begun = performance.now();
    const { status, body } = await connection.ask(requestBytes(wanted));
    latencies.push(performance.now() - begun);
    if (status >= 300) throw new Error(`${wanted.path}：${status} ${body.toString()}`);
  }
  connection.close();
  return latencies;
}

async function longThread({ long, cookies }: ForumDatabase, { port }: Measured) {
  const path = `/api/threads/${long}`;
  const reads: Wanted = {
    method: 'GET',
    path: `${path}?limit=1000`,
    port,
    cookie: cookies[0] ?? '',
  };
  const [changed, unchanged]: [number[], number[]] = [[], []];
  for (let round = 0; round < LONG_ROUNDS; round += 1) {
    const cookie = cookies[round + 1] ?? '';
    const body = { source: `第 ${round} 次` };
    await inTurn([{ method: 'POST', path: `${path}/posts`, port, cookie, body }]);
    const [first = 0, again = 0] = await inTurn([reads, reads]);
    changed.push(first);
    unchanged.push(again);
  }
  return { changed: spread(changed), unchanged: spread(unchanged) };
}

function sourcesOf({ file }: ForumDatabase): string[] {
  const sqlite = new SqliteDatabase(file, { readonly: true });
  const rows = sqlite
    .prepare<[], string>('SELECT source FROM post WHERE seq % 50 = 0')
    .pluck()
    .all();
  sqlite.close();
  return rows;
}

async function unreadAtBoth(full: Measured, all: ForumDatabase) {
  const few = await makeForumDatabase('forum-tenth', TENTH);
  const tenth = await serve(few.file);
  const figures: { full: number[]; tenth: number[] } = { full: [], tenth: [] };
  for (let round = 0; round < 5; round += 1) {
    const asks = (database: ForumDatabase, { port }: Measured): Wanted[] =>
      unread(database, 200).map((ask) => ({ ...ask, port }));
    figures.full.push(median(await inTurn(asks(all, full))));
    figures.tenth.push(median(await inTurn(asks(few, tenth))));
  }
  await tenth.close();
  return { full: median(figures.full), tenth: median(figures.tenth) };
}

async function throughput(database: ForumDatabase, { port }: Measured, runs: number) {
  const { read, cookies } = database;
  const path = `/api/threads/${read}`;
  const own = cookies.slice(0, CONNECTIONS);
  const get = (where: string): Ask[] => [{ method: 'GET', path: where }];
  const flat = async (kind: Ask[], signedIn: readonly string[] = []): Promise<number> => {
    const load = { kind, port, cookies: signedIn, connections: CONNECTIONS };
    await putLoad({ ...load, seconds: 1 });
    return perSecond(await putLoad({ ...load, seconds: SECONDS }));
  };
  const writes = async (salt: string): Promise<number> => {
    // More than can be sent, so that none is sent twice.
    const kind = replies(database, 8000, salt);
    const load = { kind, port, cookies: [], connections: CONNECTIONS, seconds: SECONDS };
    return perSecond(await putLoad(load));
  };
  const figures = {
    json: [] as number[],
    html: [] as number[],
    signedIn: [] as number[],
    replies: [] as number[],
  };
  for (let run = 0; run < runs; run += 1) {
    figures.json.push(await flat(get(path)));
    figures.html.push(await flat(get(`/forum/threads/${read}/`)));
    figures.signedIn.push(await flat(get(path), own));
    figures.replies.push(await writes(`${run} `));
  }
  return {
    json: summarize(figures.json),
    html: summarize(figures.html),
    signedIn: summarize(figures.signedIn),
    replies: summarize(figures.replies),
  };
}

const show = ({ median: middle, min, max }: Summary): string =>
  `${middle.toFixed(0)}（${min.toFixed(0)}–${max.toFixed(0)}）`;

function print(result: ForumResult): void {
  const { perSecond: rates, memory, page } = result;
  printTable(
    `讨论：${FULL.threads} 个，共 ${FULL.posts} 条`,
    ['', '中位数', 'p99', '目标'],
    [
      spreadRow(`列表，每秒 ${LIST_RATE} 次`, result.lists, '≤ 50 ms'),
      spreadRow('一千条的讨论，刚有新回复', result.long.changed, '≤ 100 ms'),
      spreadRow('一千条的讨论，没有变化', result.long.unchanged, '≤ 100 ms'),
      spreadRow(`搜索，每秒 ${SEARCH_RATE} 次`, result.search, '≤ 100 ms'),
      spreadRow(`回复，每秒 ${POST_RATE} 条`, result.posting, '≤ 50 ms'),
    ],
  );
  const row = (name: string, figure: Summary, theirs: number, wanted: number): string[] => [
    name,
    show(figure),
    `${theirs}，${(figure.median / theirs).toFixed(1)} 倍`,
    `≥ ${wanted}`,
  ];
  printTable(
    '讨论：全速，20 条一页，每秒次数，中位数（最小–最大）',
    ['', '测得', 'NodeBB', '目标'],
    [
      row('未登录，JSON', rates.json, NODEBB.json, WANTED.json),
      row('未登录，网页', rates.html, NODEBB.html, WANTED.html),
      row('已登录，JSON', rates.signedIn, NODEBB.signedIn, WANTED.signedIn),
      row('落盘的回复', rates.replies, NODEBB.replies, WANTED.replies),
      ['磁盘 fdatasync', rates.syncs.toFixed(0), '', ''],
    ],
  );
  const mib = (kibibytes: number): string => `${(kibibytes / 1024).toFixed(0)} MiB`;
  printTable(
    '讨论：其余',
    ['', '测得', '目标'],
    [
      ['未读数，十万条与一万条之比', (result.unread.full / result.unread.tenth).toFixed(2), '≈ 1'],
      ['未读数，十万条，中位数', `${result.unread.full.toFixed(2)} ms`, ''],
      ['冷开一页的字节', kilobytes(page.bytes), `≤ ${kilobytes(WANTED.coldPage)}`],
      ['冷开一页的请求', String(page.requests), ''],
      ['一千条：打开到能读', `${page.readable.toFixed(0)} ms`, ''],
      ['一千条：读到底，最长的停顿', `${page.longestTask.toFixed(0)} ms`, ''],
      ['服务的内存，开始', mib(memory.atStartKiB), ''],
      ['服务的内存，最多', mib(memory.highestKiB), '≤ 200 MiB'],
    ],
  );
}

/** A forum of 100,000 posts, server and client in processes of their own. */
export async function benchForum(browser: Browser, runs: number): Promise<ForumResult> {
  const siteDir = await buildRealSite();
  const made = await makeForumDatabase('forum', FULL);
  const database = { ...made, file: copyForum(made, 'forum-run') };
  const server = await serve(database.file, 'calendar', siteDir);
  const { port, pid } = server;
  try {
    await putLoad({ kind: lists(database, 50), port, cookies: [], connections: 4, seconds: 1 });
    const atStartKiB = memoryOf(pid).resident;
    const listed = await paced(lists(database, LIST_RATE * PACED_SECONDS), port, LIST_RATE);
    const long = await longThread(database, server);
    const asks = searches(sourcesOf(database), SEARCH_RATE * PACED_SECONDS);
    const search = await paced(asks, port, SEARCH_RATE);
    const posts = replies(database, POST_RATE * PACED_SECONDS, '按时 ');
    const posting = await paced(posts, port, POST_RATE);
    const counted = await unreadAtBoth(server, database);
    const rates = await throughput(database, server, runs);
    const { highWater: highestKiB } = memoryOf(pid);
    const origin = `http://127.0.0.1:${port}`;
    const addresses = {
      short: `${origin}/forum/threads/${database.read}/?salon=${SLUG}`,
      long: `${origin}/forum/threads/${database.long}/?salon=${SLUG}`,
    };
    const page = await loadThread(browser, addresses, BROWSER_ROUNDS);
    const syncs = syncsPerSecond(siteDir, 2);
    const result = {
      lists: listed,
      long,
      search,
      posting,
      unread: counted,
      perSecond: { ...rates, syncs },
      memory: { atStartKiB, highestKiB },
      page,
    };
    print(result);
    return result;
  } finally {
    await server.close();
  }
}
