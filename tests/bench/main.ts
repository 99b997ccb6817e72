import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { measureText, type TextStatistics } from './corpus/statistics.ts';
import { writePlainPages } from './corpus/store.ts';
import { readTrainingSentences } from './corpus/training.ts';
import { type BenchCase, generateCases, plainText } from './corpus.ts';
import { findChromium, launchChromium } from './measure/browser.ts';
import { percent, printTable } from './measure/summary.ts';
import { chooseTerms } from './measure/terms.ts';
import { isCompared, type Options, type Part, readOptions } from './options.ts';
import { benchApi } from './parts/api.ts';
import { benchBallot } from './parts/ballot.ts';
import { benchBuild } from './parts/build.ts';
import { benchBytes } from './parts/bytes.ts';
import { benchFloor } from './parts/floor.ts';
import { benchForum } from './parts/forum.ts';
import { benchLighthouse } from './parts/lighthouse.ts';
import { benchSalon } from './parts/salon.ts';
import { benchSearch } from './parts/search.ts';
import { benchDir, contentDir, inPeers, root } from './projects/paths.ts';
import { resultsFile, saveResult } from './results.ts';

/** Of the salon each figure is the median of so many rounds at least. */
const SALON_ROUNDS = 5;

type Corpus = { cases: BenchCase[]; started: Date };

/** The generated text beside the real one, at equal length and in all. */
function reportCorpus(sentences: readonly string[], { cases, started }: Corpus): void {
  const real = measureText(sentences);
  const texts = cases.map(plainText);
  const bodies = cases.flatMap((entry) => entry.sections.flatMap((part) => part.paragraphs));
  const rows: [string, TextStatistics][] = [
    ['真实内容', real],
    ['生成的，同样长', measureText(bodies, real.characters)],
    [`生成的，全部 ${cases.length} 个`, measureText(texts)],
  ];
  printTable(
    '语料：不同的字与相连的字，最常见的各占多少',
    ['', '汉字', '单字', '双字', '三字', '四字', '最多的字', '最多的双字'],
    rows.map(([label, { characters, distinct, commonest }]) => [
      label,
      ...[characters, distinct[1], distinct[2], distinct[3], distinct[4]].map(String),
      `${commonest.character} ${percent(commonest.characterShare)}`,
      `${commonest.bigram} ${percent(commonest.bigramShare)}`,
    ]),
  );
  saveResult('corpus', started, Object.fromEntries(rows));
}

const IN_BROWSER: readonly Part[] = ['search', 'floor', 'bytes', 'forum'];

async function withChromium(parts: readonly Part[], work: (browser: Browser) => Promise<void>) {
  if (!parts.some((part) => IN_BROWSER.includes(part))) return;
  const browser = await launchChromium();
  try {
    await work(browser);
  } finally {
    await browser.close();
  }
}

async function run(options: Options): Promise<void> {
  const started = new Date();
  if (options.parts.some(isCompared)) await compare(options, started);
  if (options.parts.includes('api')) saveResult('api', started, await benchApi(options.runs));
  if (options.parts.includes('salon')) {
    saveResult('salon', started, await benchSalon(Math.max(options.runs, SALON_ROUNDS)));
  }
  if (options.parts.includes('ballot')) saveResult('ballot', started, await benchBallot(options));
  if (options.parts.includes('forum')) {
    await withChromium(['forum'], async (browser) =>
      saveResult('forum', started, await benchForum(browser, options.runs)),
    );
  }
  console.log(`\n全部数字在 ${resultsFile.replace(root, '')}`);
}

/** All that is measured beside the peers. */
async function compare(options: Options, started: Date): Promise<void> {
  const { parts, counts, runs, terms: termsEach } = options;
  inPeers('astro');
  if (parts.some((part) => part !== 'build' && isCompared(part))) findChromium();
  const sentences = readTrainingSentences(contentDir);
  const cases = [...generateCases(Math.max(...counts), sentences)];
  reportCorpus(sentences, { cases, started });

  if (parts.includes('build')) {
    const results = [];
    for (const count of counts) results.push(await benchBuild(cases.slice(0, count), runs));
    saveResult('build', started, results);
  }
  await withChromium(parts, async (browser) => {
    const dir = join(benchDir, `plain-${cases.length}`);
    const { file, pages } = writePlainPages(dir, cases);
    const terms = chooseTerms(pages, termsEach);
    if (parts.includes('floor')) {
      const input = { pages, plainFile: file, terms, runs };
      saveResult('floor', started, await benchFloor(browser, input));
    }
    if (parts.includes('search')) {
      saveResult('search', started, await benchSearch(browser, cases, pages, terms));
    }
    if (parts.includes('bytes')) saveResult('bytes', started, await benchBytes(browser, cases));
  });
  if (parts.includes('lighthouse')) saveResult('lighthouse', started, await benchLighthouse());
}

try {
  await run(readOptions(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
