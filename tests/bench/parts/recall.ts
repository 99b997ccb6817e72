import type { Browser } from '@playwright/test';
import type { PlainPage } from '../corpus/store.ts';
import { percent, printTable } from '../measure/summary.ts';
import { drawTerms, pagesWith } from '../measure/terms.ts';
import { PROJECTS, type Project } from '../projects/project.ts';
import { openEngine } from '../search/engines.ts';
import { loosen, pageReader } from '../search/visibleText.ts';

const LENGTHS = [1, 2, 3, 4, 6] as const;
const TERMS_OF_EACH_LENGTH = 12;
const SEED = 60;

type Judged = { term: string; truth: number; found: number; missed: number; wrong: number };

/** 60 places of the corpus, of one to six characters, wherever words begin and end. */
const drawSixty = (pages: readonly PlainPage[]) =>
  LENGTHS.flatMap((length) => drawTerms(pages, length, TERMS_OF_EACH_LENGTH, SEED + length));

async function judge(
  project: Project,
  browser: Browser,
  pages: readonly PlainPage[],
  terms: readonly string[],
): Promise<Judged[]> {
  const count = pages.length;
  const engine = await openEngine(project, count, browser);
  const read = pageReader(project.dist(count));
  try {
    const judged: Judged[] = [];
    for (const term of terms) {
      const truth = pagesWith(pages, term);
      const addresses = await engine.find(term);
      const slugs = new Set(addresses.map((address) => project.slugOf(address)));
      judged.push({
        term,
        truth: truth.size,
        found: addresses.length,
        missed: [...truth].filter((slug) => !slugs.has(slug)).length,
        wrong: addresses.filter((address) => !read(address).includes(loosen(term))).length,
      });
    }
    return judged;
  } finally {
    await engine.close();
  }
}

const mean = (shares: readonly number[]) =>
  shares.reduce((sum, share) => sum + share, 0) / shares.length;

/** Means over the terms; a search that finds nothing has no precision and does not count for it. */
function score(judged: readonly Judged[]) {
  const answered = judged.filter((one) => one.found > 0);
  return {
    recall: mean(judged.map((one) => (one.truth - one.missed) / one.truth)),
    precision: mean(answered.map((one) => (one.found - one.wrong) / one.found)),
    faultless: judged.filter((one) => one.missed === 0 && one.wrong === 0).length,
    unanswered: judged.length - answered.length,
  };
}

/**
 * Recall against the generated text, precision against what the found page shows: a site is not
 * blamed for finding what it adds to a page itself.
 */
export async function benchRecall(
  browser: Browser,
  projects: readonly Project[],
  pages: readonly PlainPage[],
) {
  const terms = drawSixty(pages);
  const sites = [];
  for (const project of projects) {
    const judged = await judge(project, browser, pages, terms);
    sites.push({ site: project.label, ...score(judged), judged });
  }
  printTable(
    `查全与查准，${terms.length} 个词，${pages.length} 个案例`,
    ['', '查全', '查准', '全对的词', '没有结果的词'],
    sites.map((one) => [
      one.site,
      percent(one.recall),
      percent(one.precision),
      `${one.faultless}/${terms.length}`,
      String(one.unanswered),
    ]),
  );
  if (projects.length < PROJECTS.length) console.log('（没有列出的网站还没有构建。）');
  return { cases: pages.length, terms, sites };
}
