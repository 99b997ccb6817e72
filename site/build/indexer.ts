import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { extract } from '../lib/search/extract.ts';
import { type Source, writeIndex } from '../lib/search/write.ts';

/** The worker of finish.ts: reads the pages as they were built and writes search/ beside them. */
const { root, pathnames } = workerData as { root: string; pathnames: string[] };
const sources: Source[] = [];
for (const pathname of pathnames) {
  if (!/^(cases|methods)\/[^/]+\/$/.test(pathname)) continue;
  const page = extract(readFileSync(join(root, pathname, 'index.html'), 'utf8'));
  if (page) sources.push({ ...page, url: `/${pathname}` });
}
parentPort?.postMessage(writeIndex(root, sources));
