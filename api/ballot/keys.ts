import { randomFillSync } from 'node:crypto';
import { mkdirSync, readdirSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { KeyAnswer, KeyRequest } from './keyWorker.ts';

/** The private keys of the ballots that are being taken; each in a thread and a file of its own. */
export interface KeyKeeper {
  /** @returns the public key, SPKI */
  make(ballot: string): Promise<Uint8Array>;
  /** @returns the blind signature, or why there is none */
  sign(ballot: string, blinded: Uint8Array): Promise<Uint8Array | 'badBlinded' | 'noKey'>;
  /** Ends the thread, overwrites the file and removes it. Nothing to do where there is none. */
  destroy(ballot: string): Promise<void>;
  /** Ballots whose key has a file. */
  held(): string[];
  /** Ends the threads; the files stay for the next start. */
  stop(): Promise<void>;
}

/** @param folder outside database and backups; made with access for its owner only */
export function createKeyKeeper(folder: string): KeyKeeper {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const threads = new Map<string, Thread>();
  const fileOf = (ballot: string): string => join(folder, `${ballot}.key`);
  const threadOf = (ballot: string): Thread => {
    let thread = threads.get(ballot);
    if (!thread) {
      thread = startThread(fileOf(ballot), () => threads.delete(ballot));
      threads.set(ballot, thread);
    }
    return thread;
  };
  const end = async (ballot: string): Promise<void> => {
    await threads.get(ballot)?.end();
  };
  return {
    async make(ballot) {
      const made = await threadOf(ballot).ask({ ask: 'make' });
      if ('failed' in made) throw new Error(`No key was made: ${made.failed}`);
      return made.bytes;
    },
    async sign(ballot, blinded) {
      const answer = await threadOf(ballot).ask({ ask: 'sign', blinded });
      return 'failed' in answer ? answer.failed : answer.bytes;
    },
    async destroy(ballot) {
      await end(ballot);
      await shred(fileOf(ballot), folder);
    },
    held: () => readdirSync(folder).flatMap((name) => /^([0-9a-z]+)\.key$/.exec(name)?.[1] ?? []),
    async stop() {
      await Promise.all([...threads.keys()].map(end));
    },
  };
}

type Question = { readonly ask: 'make' } | { readonly ask: 'sign'; readonly blinded: Uint8Array };

interface Thread {
  ask(question: Question): Promise<KeyAnswer>;
  end(): Promise<void>;
}

function startThread(file: string, ended: () => void): Thread {
  const worker = new Worker(new URL('./keyWorker.ts', import.meta.url), { workerData: { file } });
  const waiting = new Map<number, PromiseWithResolvers<KeyAnswer>>();
  let count = 0;
  let failure = new Error('The thread of a ballot’s key has ended.');
  worker.on('message', (answer: KeyAnswer) => {
    waiting.get(answer.id)?.resolve(answer);
    waiting.delete(answer.id);
  });
  worker.on('error', (error: Error) => {
    failure = error;
  });
  worker.on('exit', () => {
    ended();
    for (const { reject } of waiting.values()) reject(failure);
    waiting.clear();
  });
  return {
    ask(question) {
      count += 1;
      const request: KeyRequest = { id: count, ...question };
      const answer = Promise.withResolvers<KeyAnswer>();
      waiting.set(request.id, answer);
      worker.postMessage(request);
      return answer.promise;
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** The bytes are written over before the name goes, and both have reached the disk on return. */
async function shred(file: string, folder: string): Promise<void> {
  const handle = await open(file, 'r+').catch(ifAbsent);
  if (!handle) return;
  try {
    const { size } = await handle.stat();
    await handle.writeFile(randomFillSync(Buffer.alloc(size)));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rm(file, { force: true });
  const inFolder = await open(folder, 'r');
  await inFolder.sync().finally(() => inFolder.close());
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
