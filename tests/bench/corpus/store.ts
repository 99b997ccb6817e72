import { createReadStream, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BenchCase, plainText } from '../corpus.ts';

/** One line of plain.jsonl: what indexers are fed and what truth is computed from. */
export type PlainPage = { slug: string; title: string; text: string };

/** Writes the plain text of the cases, a JSON object a line, and gives the file's path. */
export function writePlainPages(dir: string, cases: readonly BenchCase[]): string {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'plain.jsonl');
  const lines = cases.map((entry) => {
    const page: PlainPage = { slug: entry.slug, title: entry.title, text: plainText(entry) };
    return JSON.stringify(page);
  });
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

export async function* readPlainPages(file: string): AsyncGenerator<PlainPage> {
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (line) yield JSON.parse(line) as PlainPage;
  }
}
