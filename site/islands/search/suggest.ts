import { fold, termsOf } from '../../../api/core/fold.ts';
import type { Engine } from '../../lib/search/engine.ts';
import type { Name } from '../../lib/search/format.ts';

/** What to offer when nothing was found: names that look or sound alike, then parts that do occur. */
export interface Suggestions {
  names: Name[];
  parts: { text: string; pages: number }[];
}

const MOST = 5;
/** Parts are tried one by one, so only the beginning of a pasted sentence is. */
const LOOKED_AT = 12;
/** In a larger library no page is read for a mere suggestion. */
const FEW_PAGES = 500;
/** A part that begins or ends so is a scrap of grammar, nothing to look for. */
const SCRAP =
  /^[的了着过们个是在和就都也我你他她它这那]|[的了着过们个是在和就都也我你他她它这那]$/u;

export async function suggest(engine: Engine, query: string): Promise<Suggestions> {
  const wanted = termsOf(query).join('');
  const names = closest(await engine.names(), wanted);
  return { names, parts: await partsOf(engine, wanted) };
}

/** Names at most a third of the query away, in characters or in pinyin, nearest first. */
export function closest(names: readonly Name[], wanted: string): Name[] {
  const limit = Math.max(1, Math.floor([...wanted].length / 3));
  const latin = /^[a-z0-9]+$/.test(wanted);
  return names
    .map((name) => {
      const forms = latin ? name.pinyin.map((one) => one.replaceAll(' ', '')) : [fold(name.text)];
      return { name, away: Math.min(...forms.map((form) => distance(form, wanted))) };
    })
    .filter(({ away }) => away <= limit)
    .sort((a, b) => a.away - b.away)
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** The longest parts of the query that do occur, none inside another. */
async function partsOf(engine: Engine, wanted: string): Promise<Suggestions['parts']> {
  const text = wanted.slice(0, LOOKED_AT);
  const { kinds } = await engine.directory();
  const few = Math.max(...Object.values(kinds).flat()) <= FEW_PAGES;
  const found: Suggestions['parts'] = [];
  for (let length = text.length - 1; length >= 2 && found.length < 3; length -= 1) {
    for (let from = 0; from + length <= text.length; from += 1) {
      const part = text.slice(from, from + length);
      if (SCRAP.test(part) || found.some((longer) => longer.text.includes(part))) continue;
      const pages = few ? (await engine.find(part)).length : ((await engine.count(part)) ?? 0);
      if (pages > 0) found.push({ text: part, pages });
    }
  }
  return found.slice(0, 3);
}

/** A kind of problem and how a secretary would say it. */
export interface AskedProblem {
  name: string;
  ask: string;
  url: string;
}

/** The problems that share most pairs of characters with the query: 下水道堵了没人管 → 没有物业. */
export function akin(problems: readonly AskedProblem[], query: string): AskedProblem[] {
  const wanted = pairsOf(termsOf(query).join(''));
  const needed = wanted.size > 3 ? 2 : 1;
  return problems
    .map((problem) => {
      const own = pairsOf(fold(problem.name + problem.ask));
      return { problem, shared: [...wanted].filter((pair) => own.has(pair)).length };
    })
    .filter(({ shared }) => shared >= needed)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ problem }) => problem);
}

function pairsOf(text: string): Set<string> {
  const points = [...text];
  const pairs = points.slice(1).map((point, index) => `${points[index]}${point}`);
  return new Set(pairs.filter((pair) => !SCRAP.test(pair)));
}

/** Levenshtein distance, by characters. */
export function distance(a: string, b: string): number {
  const right = [...b];
  let row = right.map((_, index) => index + 1);
  row.unshift(0);
  for (const [i, left] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of right.entries()) {
      const change = (row[j] ?? 0) + (left === other ? 0 : 1);
      next.push(Math.min(change, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[right.length] ?? 0;
}
