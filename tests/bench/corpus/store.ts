import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BenchCase, plainText } from '../corpus.ts';

/** One line of plain.jsonl: what indexers are fed and what truth is computed from. */
export type PlainPage = { slug: string; title: string; text: string };

/** Writes the plain text of the cases, a JSON object a line. */
export function writePlainPages(
  dir: string,
  cases: readonly BenchCase[],
): { file: string; pages: PlainPage[] } {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'plain.jsonl');
  const pages = cases.map((entry) => ({
    slug: entry.slug,
    title: entry.title,
    text: plainText(entry),
  }));
  writeFileSync(file, `${pages.map((page) => JSON.stringify(page)).join('\n')}\n`);
  return { file, pages };
}

export async function* readPlainPages(file: string): AsyncGenerator<PlainPage> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line) yield JSON.parse(line) as PlainPage;
  }
}
