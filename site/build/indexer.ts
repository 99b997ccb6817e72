import { parentPort } from 'node:worker_threads';
import { extract } from '../lib/search/extract.ts';
import { type Source, writeIndex } from '../lib/search/write.ts';
import type { Told } from './finish.ts';

/** The worker of finish.ts: hears every page as it was rendered and writes search/ at the end. */
const sources: Source[] = [];

parentPort?.on('message', (told: Told) => {
  if ('root' in told) {
    parentPort?.postMessage(writeIndex(told.root, sources));
    parentPort?.close();
    return;
  }
  const page = extract(told.html);
  if (page) sources.push({ ...page, url: told.pathname });
});
