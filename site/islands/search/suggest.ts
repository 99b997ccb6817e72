import type { Engine } from '../../lib/search/engine.ts';
import { fold, termsOf } from '../../lib/search/fold.ts';
import type { Name } from '../../lib/search/format.ts';

/** What to offer when nothing was found: names that look or sound alike, then parts that do occur. */
export interface Suggestions {
  names: Name[];
  parts: { text: string; pages: number }[];
}

const MOST = 5;
/** Parts are tried one by one, so only the beginning of a pasted sentence is. */
const LOOKED_AT = 8;

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
  const found: Suggestions['parts'] = [];
  for (let length = text.length - 1; length >= 2 && found.length < 3; length -= 1) {
    for (let from = 0; from + length <= text.length; from += 1) {
      const part = text.slice(from, from + length);
      if (found.some((longer) => longer.text.includes(part))) continue;
      const pages = (await engine.find(part)).length;
      if (pages > 0) found.push({ text: part, pages });
    }
  }
  return found.slice(0, 3);
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
