import { fold } from '../../../../api/core/fold.ts';
import type { Engine } from '../../../lib/search/engine.ts';
import { type Card, GRADE, type Grade } from '../../../lib/search/format.ts';

/** Words that any case could hold: they tell nothing. */
const COMMON = new Set(
  [
    '社区 居民 问题 我们 他们 大家 没有 不是 不能 可以 需要 怎么 怎样 如何 什么 这个 那个 一个 一些 很多',
    '有的 还有 但是 因为 所以 如果 现在 已经 去年 今年 每天 每次 经常 一直 之后 以后 时候 方面 情况 工作',
    '办法 解决 处理 进行 开展 希望 觉得 认为 知道 出现 发生 存在 影响 有人 别人 自己 小区 书记 居委会',
    '以上 以下 一次 上个 太多 到底 哪些 晚上 天天 一份 一日 上去 不了 不够 愿意 一轮 说不清 忙不过来',
    '不肯 不同意 同意 多次 部分 其中 目前 由于 以及 或者 而且 并且 这些 那些 为了 关于 对于 起来 出来',
  ].flatMap((line) => line.split(' ')),
);
/** So many words are looked up, the most telling first. */
const LOOKED_UP = 24;
const TITLE_WEIGHT = 2;

export interface Term {
  readonly text: string;
  readonly weight: number;
}

/** Characters that only hold a sentence together. */
const BINDING = /[的了着过们个是在和就都也很不没有人上下里来去到把被给让管多少大小一二三两几]/;

const pairsOf = (run: string): string[] =>
  [...run].slice(1).map((character, at) => `${[...run][at]}${character}`);

/** Words, where the browser can part Chinese; else single characters. */
function segmentsOf(text: string): string[] {
  if (typeof Intl.Segmenter === 'undefined') return text.match(/[\u4e00-\u9fff]/g) ?? [];
  return [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map(
    ({ segment }) => segment,
  );
}

/**
 * The words of a text. Where single characters follow each other, a word that the dictionary lacks
 * (网格员) may be among their pairs.
 */
export function wordsOf(text: string): string[] {
  const words: string[] = [];
  let run = '';
  for (const segment of [...segmentsOf(text), '']) {
    const single = /^[\u4e00-\u9fff]$/.test(segment) && !BINDING.test(segment);
    if (single) {
      run += segment;
      continue;
    }
    words.push(...pairsOf(run));
    run = '';
    if (/^[\p{L}\p{N}]{2,}$/u.test(segment)) words.push(segment);
  }
  return words;
}

/** What a topic is about: its telling words, those of the title and those said often first. */
export function salientTerms(title: string, situation: string): Term[] {
  const weights = new Map<string, number>();
  const count = (text: string, each: number): void => {
    for (const word of wordsOf(text)) {
      const term = fold(word);
      if ([...term].length < 2 || /^[\d.]+$/.test(term) || COMMON.has(term)) continue;
      weights.set(term, (weights.get(term) ?? 0) + each);
    }
  };
  count(title, TITLE_WEIGHT);
  count(situation, 1);
  return [...weights]
    .map(([text, weight]) => ({ text, weight: Math.sqrt(weight) }))
    .sort((a, b) => b.weight - a.weight || b.text.length - a.text.length)
    .slice(0, LOOKED_UP);
}

const GRADE_WEIGHT: Partial<Record<Grade, number>> = {
  [GRADE.head]: 3,
  [GRADE.often]: 2,
  [GRADE.once]: 1,
};

export interface Looked {
  readonly weight: number;
  readonly hits: readonly { readonly page: number; readonly grade: Grade }[];
}

/**
 * Cases by how much of the topic they hold; rare words tell more than common ones. One word alone
 * is enough only where a case has it in its head, or more than once.
 * @param range the cases' page numbers, [from, to)
 */
export function rankCases(
  terms: readonly Looked[],
  [from, to]: readonly [number, number],
): number[] {
  const scores = new Map<number, { score: number; words: number }>();
  for (const { weight, hits } of terms) {
    const cases = hits.filter(({ page }) => page >= from && page < to);
    const rarity = Math.log((to - from + 1) / (cases.length + 0.5));
    for (const { page, grade } of cases) {
      const gained = weight * rarity * (GRADE_WEIGHT[grade] ?? 0);
      if (gained <= 0) continue;
      const { score, words } = scores.get(page) ?? { score: 0, words: 0 };
      scores.set(page, { score: score + gained, words: words + (grade === GRADE.once ? 1 : 2) });
    }
  }
  return [...scores]
    .filter(([, { words }]) => words >= 2)
    .sort(([a, one], [b, other]) => other.score - one.score || a - b)
    .map(([page]) => page);
}

/** The site's search, as far as it is needed here. */
export type Library = Pick<Engine, 'directory' | 'find' | 'card'>;

/** Cases that a topic could learn from, the nearest first. Rejects when the index cannot be read. */
export async function suggestCases(
  engine: Library,
  title: string,
  situation: string,
  most: number,
): Promise<Card[]> {
  const terms = salientTerms(title, situation);
  if (terms.length === 0) return [];
  const { kinds } = await engine.directory();
  const looked = await Promise.all(
    terms.map(async ({ text, weight }) => ({ weight, hits: await engine.find(text) })),
  );
  const pages = rankCases(looked, kinds.case).slice(0, most);
  return Promise.all(pages.map((page) => engine.card(page)));
}

/** Cases that hold what was typed to look for, as the site's search finds them. */
export async function findCases(engine: Library, query: string, most: number): Promise<Card[]> {
  const [{ kinds }, found] = await Promise.all([engine.directory(), engine.find(query)]);
  const [from, to] = kinds.case;
  const cases = found.filter(({ page }) => page >= from && page < to).slice(0, most);
  return Promise.all(cases.map(({ page }) => engine.card(page)));
}
