import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CodeFile, Part } from '../lib/ballots/code.ts';

/** The pages where a ballot is taken, cast and recounted. */
const PAGES: Readonly<Record<Part, string>> = {
  领票: 'salon/sessions/one/index.html',
  投票: 'salon/booth/index.html',
  重新计票: 'salon/ballots/one/index.html',
};
const SCRIPT = /[\w.-]+\.js(?=["'?])/g;

/**
 * Writes ballot-code.json: the SHA-256 of each page that handles a ballot and of every script that
 * it loads, and that those load, a file a line. Any of them could read a paper in the browser, so
 * none is left out. Whoever doubts the code compares it (salon-rules §6).
 */
export async function writeBallotCode(root: string): Promise<void> {
  const files = new Map<string, { readonly sha256: string; readonly parts: Part[] }>();
  for (const [part, page] of Object.entries(PAGES) as [Part, string][]) {
    for (const [file, sha256] of await loadedBy(root, page)) {
      const parts = [...(files.get(file)?.parts ?? []), part];
      files.set(file, { sha256, parts });
    }
  }
  const list = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = list.map(([file, rest]) => JSON.stringify({ file, ...rest } satisfies CodeFile));
  await writeFile(join(root, 'ballot-code.json'), `[\n ${lines.join(',\n ')}\n]\n`);
}

/** @returns the hashes of a page and of its scripts, by file */
async function loadedBy(root: string, page: string): Promise<ReadonlyMap<string, string>> {
  const hashes = new Map<string, string>();
  const waiting = [page];
  for (const file of waiting) {
    const bytes = await readFile(join(root, file));
    hashes.set(file, createHash('sha256').update(bytes).digest('hex'));
    const named = bytes.toString().match(SCRIPT) ?? [];
    for (const name of named) {
      const next = `_astro/${name}`;
      if (!waiting.includes(next)) waiting.push(next);
    }
  }
  return hashes;
}
