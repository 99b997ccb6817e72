import type { Browser } from '@playwright/test';
import type { PlainPage } from '../corpus/store.ts';
import type { BenchCase } from '../corpus.ts';
import { again } from '../measure/again.ts';
import { type Server, serveStatic } from '../measure/staticServer.ts';
import { kilobytes, median, milliseconds, printTable } from '../measure/summary.ts';
import { FREQUENCIES, FREQUENCY_LABEL, LENGTHS, type Term } from '../measure/terms.ts';
import { openWire } from '../measure/wire.ts';
import { builtProjects } from '../projects/built.ts';
import type { Project } from '../projects/project.ts';
import { DRIVERS } from '../search/drivers.ts';
import { serveOurs } from '../search/ourServer.ts';
import { firstSearch, laterSearch, type Search } from '../search/timing.ts';
import { benchRecall } from './recall.ts';

const serve = (project: Project, count: number): Promise<Server> =>
  project.id === 'ours' ? serveOurs(project.dist(count)) : serveStatic(project.dist(count));

/** VitePress loads its whole index, seconds each time, whatever the term: a third of them will do. */
const termsFor = ({ id }: Project, terms: readonly Term[]) =>
  id === 'vitepress' ? terms.filter((_, index) => index % 3 === 0) : terms;

async function timeSearches(
  browser: Browser,
  project: Project,
  count: number,
  terms: readonly Term[],
) {
  const driver = DRIVERS[project.id];
  const server = await serve(project, count);
  const wire = await openWire(server.origin);
  const first: Search[] = [];
  const later: Search[] = [];
  try {
    // One visit that is not counted: the server reads and compresses its files then.
    for (const term of terms.slice(0, 1)) {
      await again(() => laterSearch(browser, wire, driver, term));
    }
    for (const term of terms) {
      first.push(await again(() => firstSearch(browser, wire, driver, term)));
      later.push(await again(() => laterSearch(browser, wire, driver, term)));
    }
  } finally {
    await wire.close();
    await server.close();
  }
  return { site: project.label, first, later };
}

type Timed = Awaited<ReturnType<typeof timeSearches>>;

const times = (all: readonly Search[]) => all.flatMap((one) => one.milliseconds ?? []);
const shownMilliseconds = (all: readonly Search[]) =>
  times(all).length === 0 ? '无结果' : milliseconds(median(times(all)));

function print({ site, first, later }: Timed): void {
  const row = (label: string, a: readonly Search[], b: readonly Search[]) => [
    label,
    median(a.map((one) => one.truePages)).toFixed(0),
    `${a.filter((one) => one.outcome === 'result').length}/${a.length}`,
    kilobytes(median(a.map((one) => one.bytes))),
    shownMilliseconds(a),
    kilobytes(median(b.map((one) => one.bytes))),
    kilobytes(Math.max(...b.map((one) => one.bytes))),
    shownMilliseconds(b),
  ];
  const rows = LENGTHS.flatMap((length) =>
    FREQUENCIES.map((frequency) => {
      const of = (all: readonly Search[]) =>
        all.filter((one) => one.length === length && one.frequency === frequency);
      return row(`${length} 字 ${FREQUENCY_LABEL[frequency]}`, of(first), of(later));
    }),
  );
  printTable(
    `搜索：${site}（中位数；字节从打开搜索框算起，毫秒从最后一次输入到第一条结果画出）`,
    ['词', '页数', '有结果', '首次', '毫秒', '以后', '以后最多', '毫秒'],
    [...rows, row('全部', first, later)],
  );
}

/** Bytes and milliseconds of searches in each site's own box, then recall and precision. */
export async function benchSearch(
  browser: Browser,
  cases: readonly BenchCase[],
  pages: readonly PlainPage[],
  terms: readonly Term[],
) {
  const projects = await builtProjects(cases);
  const sites: Timed[] = [];
  for (const project of projects) {
    const own = termsFor(project, terms);
    console.log(`  ${project.label}：${own.length} 个词，各作一次首次、一次以后的搜索…`);
    const timed = await timeSearches(browser, project, cases.length, own);
    print(timed);
    sites.push(timed);
  }
  return { cases: cases.length, sites, recall: await benchRecall(browser, projects, pages) };
}
