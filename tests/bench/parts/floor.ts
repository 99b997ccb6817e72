import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import type { PlainPage } from '../corpus/store.ts';
import { type FloorSearch, firstSearches, laterSearches } from '../floor/inBrowser.ts';
import { SHAPES, type Shape } from '../floor/shapes.ts';
import { runMeasured } from '../measure/processTree.ts';
import { serveStatic } from '../measure/staticServer.ts';
import { kilobytes, median, milliseconds, printTable, summarize } from '../measure/summary.ts';
import { FREQUENCIES, FREQUENCY_LABEL, LENGTHS, type Term } from '../measure/terms.ts';
import { openWire } from '../measure/wire.ts';
import { benchDir, inPeers, node, root } from '../projects/paths.ts';

const INDEXER = fileURLToPath(new URL('../floor/indexer.ts', import.meta.url));
/** What the visit before a later search looked for. */
const PRIMER = '社区';

type Searches = { first: FloorSearch[]; later: FloorSearch[] };

const siteDir = (shape: Shape, count: number) => join(benchDir, `floor-${count}-${shape.id}`);

async function indexInTurn(plainFile: string, count: number, runs: number) {
  const measured = new Map<string, { seconds: number; treeMiB: number; largestMiB: number }[]>();
  for (let run = 0; run < runs; run += 1) {
    for (const shape of SHAPES) {
      const out = join(siteDir(shape, count), 'pagefind');
      const { seconds, treeMiB, largestMiB } = await runMeasured(
        node,
        [INDEXER, shape.id, plainFile, out, inPeers('pagefind', 'lib', 'index.js')],
        { cwd: root },
      );
      console.log(`  第 ${run + 1} 次 ${shape.label}：${seconds.toFixed(1)} 秒`);
      measured.set(shape.id, [...(measured.get(shape.id) ?? []), { seconds, treeMiB, largestMiB }]);
    }
  }
  return measured;
}

async function searchShape(
  browser: Browser,
  shape: Shape,
  count: number,
  terms: readonly Term[],
): Promise<Searches> {
  const dir = siteDir(shape, count);
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, 'index.html'),
    `<!doctype html><html lang="${shape.language}"><title>Pagefind</title></html>\n`,
  );
  const server = await serveStatic(dir);
  const wire = await openWire(server.origin);
  try {
    // Once before anything is measured, so that the server has compressed its files.
    await firstSearches(browser, wire, shape, terms.slice(0, 1));
    return {
      first: await firstSearches(browser, wire, shape, terms),
      later: await laterSearches(browser, wire, shape, terms, PRIMER),
    };
  } finally {
    await wire.close();
    await server.close();
  }
}

function printSearches(shape: Shape, { first, later }: Searches): void {
  const rows = LENGTHS.flatMap((length) =>
    FREQUENCIES.map((frequency) => {
      const of = (all: FloorSearch[]) =>
        all.filter((one) => one.length === length && one.frequency === frequency);
      const [a, b] = [of(first), of(later)];
      const middle = (all: FloorSearch[], pick: (one: FloorSearch) => number) =>
        median(all.map(pick));
      return [
        `${length} 字 ${FREQUENCY_LABEL[frequency]}`,
        middle(a, (one) => one.truePages).toFixed(0),
        `${a.filter((one) => one.exact).length}/${a.length}`,
        kilobytes(middle(a, (one) => one.bytes)),
        kilobytes(middle(a, (one) => one.withFragments.bytes)),
        milliseconds(middle(a, (one) => one.withFragments.milliseconds)),
        kilobytes(middle(b, (one) => one.bytes)),
        kilobytes(middle(b, (one) => one.withFragments.bytes)),
        milliseconds(middle(b, (one) => one.withFragments.milliseconds)),
      ];
    }),
  );
  printTable(
    `Pagefind 的下限：${shape.label}（中位数；“含摘要”另取前 5 条结果的摘要）`,
    ['词', '页数', '全对', '首次', '含摘要', '毫秒', '以后', '含摘要', '毫秒'],
    rows,
  );
}

/** What Pagefind itself costs when fed so that Chinese is found exactly: the floor to beat. */
export async function benchFloor(
  browser: Browser,
  input: { pages: readonly PlainPage[]; plainFile: string; terms: readonly Term[]; runs: number },
) {
  const count = input.pages.length;
  const indexed = await indexInTurn(input.plainFile, count, input.runs);
  const shapes = [];
  for (const shape of SHAPES) {
    const runs = indexed.get(shape.id) ?? [];
    const searches = await searchShape(browser, shape, count, input.terms);
    shapes.push({
      shape: shape.label,
      seconds: summarize(runs.map((run) => run.seconds)),
      treeMiB: summarize(runs.map((run) => run.treeMiB)),
      largestMiB: summarize(runs.map((run) => run.largestMiB)),
      searches,
    });
    printSearches(shape, searches);
  }
  printTable(
    `Pagefind 的下限：建索引，${count} 个案例（中位数）`,
    ['', '秒', '进程树内存 MiB', '最大进程内存 MiB'],
    shapes.map((one) => [
      one.shape,
      one.seconds.median.toFixed(1),
      one.treeMiB.median.toFixed(0),
      one.largestMiB.median.toFixed(0),
    ]),
  );
  return { cases: count, shapes };
}
