import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The page where a ballot is cast. */
const BOOTH = 'salon/booth/index.html';
const SCRIPT = /[\w.-]+\.js(?=["'?])/g;

/**
 * Writes ballot-code.json: the SHA-256 of the booth's page and of every script that it loads, and
 * that those load, by file. Whoever doubts the code compares it (salon-rules §6).
 */
export async function writeBallotCode(root: string): Promise<void> {
  const hashes = new Map<string, string>();
  const waiting = [BOOTH];
  for (const file of waiting) {
    const bytes = await readFile(join(root, file));
    hashes.set(file, createHash('sha256').update(bytes).digest('hex'));
    const named = bytes.toString().match(SCRIPT) ?? [];
    for (const name of named) {
      const next = `_astro/${name}`;
      if (!waiting.includes(next)) waiting.push(next);
    }
  }
  const code = Object.fromEntries([...hashes].sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(join(root, 'ballot-code.json'), `${JSON.stringify(code, null, 1)}\n`);
}
