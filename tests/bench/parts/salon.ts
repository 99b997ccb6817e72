import { type Connection, openConnection, requestBytes, type Wanted } from '../api/connection.ts';
import { perSecond, putLoad } from '../api/loads.ts';
import { type Measured, serve } from '../api/processes.ts';
import { median, printTable } from '../measure/summary.ts';
import { COUNTY, makeSalonDatabase, type SalonDatabase, withoutVotes } from '../salon/database.ts';
import { addressesOf, PAGES, type Page } from '../salon/pages.ts';
import { LARGE, type Plan, VOTES_A_SEAT, YOUNG } from '../salon/plan.ts';
import {
  middle,
  ms,
  READERS,
  READERS_RATE,
  readPages,
  type Spread,
  spread,
  spreadRow,
} from '../salon/readers.ts';
import { openStreams } from '../salon/streams.ts';

const READING_SECONDS = 12;
const STEP = 1.25;
const P99_TARGET = 100;
const ASKS_A_PAGE = 30;
const VOTE_SECONDS = 60;
/** Until the calendars were looked at for the first time, and the code is compiled. */
const WARM_SECONDS = 5;

export type SalonResult = {
  /** By salon and page, of requests one after another. */
  single: Record<string, Record<Page, Spread>>;
  /** Three years ÷ three months, round by round: the median. */
  growth: Record<Page, number>;
  readers: Spread & { highestRate: number };
  votes: Spread & { accepted: number; pages: Spread; streams: Spread & { asked: number } };
};

const names = Object.keys(PAGES) as Page[];
const byPage = <T>(make: (page: Page) => T): Record<Page, T> =>
  Object.fromEntries(names.map((page) => [page, make(page)])) as Record<Page, T>;

async function ask(connection: Connection, wanted: Wanted): Promise<number> {
  const request = requestBytes(wanted);
  const asked = performance.now();
  const { status } = await connection.ask(request);
  const took = performance.now() - asked;
  if (status !== 200) throw new Error(`${wanted.path}：${status}`);
  return took;
}

const PLANS: readonly Plan[] = [LARGE, YOUNG, COUNTY];

/**
 * One request after another, nothing is waited for. The salons take turns request by request, so
 * that a machine that slows down slows all alike.
 * @returns by salon
 */
async function askOf(page: Page, { cookies }: SalonDatabase, port: number): Promise<Spread[]> {
  const connection = await openConnection(port);
  const latencies = PLANS.map((): number[] => []);
  for (let number = 0; number < ASKS_A_PAGE; number += 1) {
    for (const [index, plan] of PLANS.entries()) {
      const own = cookies[plan.slug] ?? [];
      const cookie = own[number % own.length] ?? '';
      const wanted = { method: 'GET', path: addressesOf(plan)[page], port, cookie } as const;
      latencies[index]?.push(await ask(connection, wanted));
    }
  }
  connection.close();
  return latencies.map(spread);
}

async function single(database: SalonDatabase, { port }: Measured, rounds: number) {
  const found = byPage((): Spread[][] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const page of names) found[page].push(await askOf(page, database, port));
  }
  const of = (page: Page, index: number) => found[page].flatMap((round) => round[index] ?? []);
  const ratio = ([old, young]: readonly Spread[]) =>
    (old?.p50 ?? Number.NaN) / (young?.p50 ?? Number.NaN);
  return {
    single: Object.fromEntries(
      PLANS.map(({ slug }, index) => [slug, byPage((page) => middle(of(page, index)))]),
    ),
    growth: byPage((page) => median(found[page].map(ratio))),
  };
}

/** What 100 readers do, and then more and more of it while the target holds. */
async function readers(database: SalonDatabase, server: Measured, rounds: number) {
  const found: Spread[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { latencies } = await readPages(database, server, { seconds: READING_SECONDS });
    found.push(spread(latencies));
  }
  let highestRate = 0;
  for (let rate = READERS_RATE; ; rate *= STEP) {
    const counted = await readPages(database, server, { rate, seconds: READING_SECONDS });
    if (spread(counted.latencies).p99 > P99_TARGET) break;
    highestRate = perSecond(counted);
  }
  return { ...middle(found), highestRate };
}

/** Everyone votes within a minute, while some read the round and a room of pages listens. */
async function vote(database: SalonDatabase) {
  const { file, ballot } = await withoutVotes(database);
  const everyone = database.cookies[LARGE.slug] ?? [];
  const path = addressesOf(LARGE).voting;
  const server = await serve(file, 'calendar');
  const { port } = server;
  const votes = everyone.map((cookie, seat) => {
    const topics = Array.from(
      { length: VOTES_A_SEAT },
      (_, choice) => ballot[(seat * 3 + choice * 11) % ballot.length] ?? '',
    );
    return { method: 'PUT', path: `${path}/vote`, cookie, body: { topics } } as const;
  });
  const reading = everyone.map((cookie) => ({ method: 'GET', path, cookie }) as const);
  const load = { port, cookies: [], seconds: VOTE_SECONDS };
  await putLoad({ ...load, kind: reading, rate: 10, connections: 8, seconds: WARM_SECONDS });
  const listeners = everyone.slice(0, READERS);
  const [voting, pages, streams] = await Promise.all([
    putLoad({ ...load, kind: votes, rate: everyone.length / VOTE_SECONDS, connections: 32 }),
    putLoad({ ...load, kind: reading, rate: 10, connections: 8 }),
    openStreams({ ...load, salon: LARGE.slug, path, cookies: listeners }),
  ]);
  await server.close();
  return { accepted: voting.latencies.length, voting, pages, streams };
}

async function votes(database: SalonDatabase, rounds: number): Promise<SalonResult['votes']> {
  const found: Awaited<ReturnType<typeof vote>>[] = [];
  for (let round = 0; round < rounds; round += 1) found.push(await vote(database));
  const of = (what: 'voting' | 'pages' | 'streams') =>
    middle(found.map((one) => spread(one[what].latencies)));
  return {
    ...of('voting'),
    accepted: Math.min(...found.map(({ accepted }) => accepted)),
    pages: of('pages'),
    streams: { ...of('streams'), asked: median(found.map((one) => one.streams.latencies.length)) },
  };
}

function print({ single: salons, growth, readers: read, votes: cast }: SalonResult): void {
  const cell = (salon: string, page: Page) => {
    const found = salons[salon]?.[page];
    return found ? `${ms(found.p50)} / ${ms(found.p99)}` : '';
  };
  printTable(
    '沙龙：一次一个，中位数 / p99（目标 ≤ 50 ms）',
    ['', '3045 席三年', '3045 席三个月', '三年 ÷ 三个月', '19 席三年'],
    names.map((page) => [
      PAGES[page],
      cell(LARGE.slug, page),
      cell(YOUNG.slug, page),
      growth[page].toFixed(2),
      cell(COUNTY.slug, page),
    ]),
  );
  printTable(
    '沙龙：许多人同时',
    ['', '中位数', 'p99', '目标'],
    [
      spreadRow(`${READERS} 人，每人两秒一页`, read, '≤ 100 ms'),
      [`p99 ≤ 100 ms 的最高速度`, '', `${read.highestRate.toFixed(0)} 次/秒`, ''],
      spreadRow(`${cast.accepted} 票在 ${VOTE_SECONDS} 秒内`, cast, '≤ 250 ms'),
      spreadRow('同时每秒 10 次看本轮', cast.pages, ''),
      spreadRow(`同时 ${READERS} 页收知会再问，共 ${cast.streams.asked} 次`, cast.streams, ''),
    ],
  );
}

/** The salon with all its months, through the server; it is in a process of its own. */
export async function benchSalon(rounds: number): Promise<SalonResult> {
  const database = await makeSalonDatabase();
  const server = await serve(database.file, 'calendar');
  await readPages(database, server, { seconds: WARM_SECONDS });
  const pages = await single(database, server, rounds);
  const reading = await readers(database, server, rounds);
  await server.close();
  const result = { ...pages, readers: reading, votes: await votes(database, rounds) };
  print(result);
  return result;
}
