import { addMillionRows, type BenchDatabase, makeDatabase } from '../api/database.ts';
import { type Kind, percentile, perSecond, putLoad } from '../api/loads.ts';
import { coldStart, serve, syncsPerSecond } from '../api/processes.ts';
import { percent, printTable, type Summary, summarize } from '../measure/summary.ts';

const SECONDS = 4;
const CONNECTIONS = 32;

export type ApiResult = {
  hello: Summary;
  list: Summary;
  uncachedList: Summary;
  /** List ÷ hello, round by round. */
  ratio: Summary;
  reads: { p50: number; p99: number; max: number; writesP99: number };
  writes: { perSecond: Summary; syncsPerSecond: Summary };
  coldStart: Summary;
};

const flat = async (kind: Kind, port: number, cookies: readonly string[] = []): Promise<number> => {
  const load = { kind, port, cookies, connections: CONNECTIONS };
  await putLoad({ ...load, seconds: 1 });
  return perSecond(await putLoad({ ...load, seconds: SECONDS }));
};

/** Hello, list, uncached list, hello … so that a machine that slows down slows all alike. */
async function throughput({ file }: BenchDatabase, runs: number) {
  const figures = { hello: [] as number[], list: [] as number[], uncachedList: [] as number[] };
  const hello = await serve('hello');
  const app = await serve(file);
  for (let run = 0; run < runs; run += 1) {
    figures.hello.push(await flat('hello', hello.port));
    figures.list.push(await flat('list', app.port));
    figures.uncachedList.push(await flat('uncachedList', app.port));
  }
  await Promise.all([hello.close(), app.close()]);
  const ratio = figures.list.map((one, run) => one / (figures.hello[run] ?? Number.NaN));
  const { hello: bare, list, uncachedList } = figures;
  return {
    hello: summarize(bare),
    list: summarize(list),
    uncachedList: summarize(uncachedList),
    ratio: summarize(ratio),
  };
}

async function mixed({ file, readers, writers }: BenchDatabase): Promise<ApiResult['reads']> {
  const { port, close } = await serve(file);
  const load = { port, connections: 16 };
  const reading = { ...load, kind: 'signedIn', cookies: readers, rate: 200 } as const;
  const writing = { ...load, kind: 'write', cookies: writers, rate: 50 } as const;
  await putLoad({ ...reading, seconds: 3 });
  await putLoad({ ...writing, seconds: 3 });
  const [reads, writes] = await Promise.all([
    putLoad({ ...reading, seconds: 15 }),
    putLoad({ ...writing, seconds: 15 }),
  ]);
  await close();
  return {
    p50: percentile(reads.latencies, 0.5),
    p99: percentile(reads.latencies, 0.99),
    max: Math.max(...reads.latencies),
    writesP99: percentile(writes.latencies, 0.99),
  };
}

async function writing(runs: number): Promise<ApiResult['writes']> {
  const figures = { perSecond: [] as number[], syncs: [] as number[] };
  for (let run = 0; run < runs; run += 1) {
    const database = await makeDatabase('api-writes');
    const { port, close } = await serve(database.file);
    figures.syncs.push(syncsPerSecond(database.dir, 2));
    figures.perSecond.push(
      perSecond(
        await putLoad({
          kind: 'write',
          port,
          cookies: database.writers,
          connections: CONNECTIONS,
          seconds: SECONDS,
        }),
      ),
    );
    await close();
  }
  return {
    perSecond: summarize(figures.perSecond),
    syncsPerSecond: summarize(figures.syncs),
  };
}

async function starting(runs: number): Promise<Summary> {
  const { file } = await makeDatabase('api-million');
  await addMillionRows(file);
  const figures: number[] = [];
  for (let run = 0; run < runs; run += 1) figures.push(await coldStart(file));
  return summarize(figures);
}

const show = ({ median, min, max }: Summary) =>
  `${median.toFixed(0)}（${min.toFixed(0)}–${max.toFixed(0)}）`;

function print(result: ApiResult): void {
  const { hello, list, uncachedList, ratio, reads, writes, coldStart: cold } = result;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  printTable(
    '接口：中位数（最小–最大）',
    ['', '测得', '目标'],
    [
      ['空的 Hono，每秒', show(hello), ''],
      ['未登录者的 20 席列表，每秒', show(list), ''],
      ['列表 ÷ 空的 Hono', percent(ratio.median), '≥ 50%'],
      ['不经缓存的列表，每秒', show(uncachedList), '≥ 8000'],
      ['登录者读，每秒 200 次，p50', ms(reads.p50), ''],
      ['登录者读，每秒 200 次，p99', ms(reads.p99), '≤ 10 ms'],
      ['同时写，每秒 50 次，p99', ms(reads.writesP99), ''],
      ['全速写，每秒', show(writes.perSecond), ''],
      ['磁盘 fdatasync，每秒', show(writes.syncsPerSecond), ''],
      ['一百万行冷启动到就绪，毫秒', show(cold), '≤ 1500'],
    ],
  );
}

/** The API on this machine, server and client in processes of their own. */
export async function benchApi(runs: number): Promise<ApiResult> {
  const database = await makeDatabase('api');
  const result: ApiResult = {
    ...(await throughput(database, runs)),
    reads: await mixed(database),
    writes: await writing(runs),
    coldStart: await starting(runs),
  };
  print(result);
  return result;
}
