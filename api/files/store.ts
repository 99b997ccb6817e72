import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import {
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type FileBody, readBody, type Section } from '../core/fileBody.ts';
import { Refused } from '../core/refused.ts';
import type { Kind } from './contract.ts';
import { readKind } from './kinds.ts';
import { FILES } from './refusals.ts';

/** A file that was checked and kept. */
export interface PutFile {
  /** SHA-256 of the content, 64 hex digits: its name in the store. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
  readonly kind: Kind;
}

export interface ListedFile {
  readonly hash: string;
  readonly size: number;
  /** When it was last put, milliseconds since 1970. */
  readonly putAt: number;
}

/** An open file of the store. Whoever opens it must send its body or close it. */
export interface StoredFile {
  readonly hash: string;
  readonly size: number;
  body(section?: Section): Promise<FileBody>;
  close(): Promise<void>;
}

export type FileStore = ReturnType<typeof createFileStore>;

/** Where the files of an installation lie: beside its database, never in the site. */
export const filesFolder = (databaseFile: string): string => join(dirname(databaseFile), 'files');

const PART = '.part';
const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** @returns undefined for what is no hash, so that no path can be made of it */
export const storedPath = (dir: string, hash: string): string | undefined =>
  isHash(hash) ? join(dir, hash.slice(0, 2), hash) : undefined;

/**
 * Uploaded files by the hash of their content, in a folder outside the site: the same content twice
 * is one file. It knows no names and no owners.
 *
 * The order that keeps a reference from pointing at nothing: first `put`, then the row that names
 * the hash; first delete the row, then, after a day or so, `remove` what `list` shows as long put
 * and no row names. Putting again makes a file young again.
 * @param dir absolute; made when it is first needed
 */
export function createFileStore(dir: string) {
  const oneAtATime = queue();

  /**
   * Keeps a file while it comes in, then checks it.
   * @param source the body of a request, or any pieces
   * @throws {Refused} one of FILES; or an error of the file system, of which a full disk becomes
   *   diskFull (http/errors.ts). Nothing is kept then
   */
  async function put(
    source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
    limits: { readonly maxSize: number },
  ): Promise<PutFile> {
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const part = join(dir, randomUUID() + PART);
    try {
      const { hash, size } = await receive(source, part, limits.maxSize);
      // Checking takes the whole file into memory: twenty at once would be too much.
      const kind = await oneAtATime(async () => readKind(await readFile(part)));
      const path = join(dir, hash.slice(0, 2), hash);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // Over one of the same content, if it is there: whoever reads that goes on reading it.
      await rename(part, path);
      await syncFolder(dirname(path));
      return { hash, size, kind };
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  /** @returns undefined when there is no such file */
  async function openStored(hash: string): Promise<StoredFile | undefined> {
    const path = storedPath(dir, hash);
    const handle = path && (await open(path, 'r').catch(ifAbsent));
    if (!handle) return undefined;
    try {
      const { size } = await handle.stat();
      return {
        hash,
        size,
        body: (section = { start: 0, length: size }) => readBody(handle, section),
        close: () => handle.close(),
      };
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  async function remove(hash: string): Promise<void> {
    const path = storedPath(dir, hash);
    if (path) await rm(path, { force: true });
  }

  /** Every file, in no order. */
  async function* list(): AsyncGenerator<ListedFile> {
    for (const folder of await names(dir)) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const hash of (await names(join(dir, folder))).filter(isHash)) {
        const found = await stat(join(dir, folder, hash)).catch(ifAbsent);
        if (found) yield { hash, size: found.size, putAt: found.mtimeMs };
      }
    }
  }

  /**
   * Removes what uploads left that were cut off with the server.
   * @param before milliseconds since 1970: an hour ago or more, as younger ones may be on their way
   */
  async function sweep(before: number): Promise<void> {
    for (const name of await names(dir)) {
      const path = join(dir, name);
      if (!name.endsWith(PART)) continue;
      const found = await stat(path).catch(ifAbsent);
      if (found && found.mtimeMs < before) await rm(path, { force: true });
    }
  }

  return { put, open: openStored, remove, list, sweep };
}

/** Writes what comes in, through to the disk. @returns what it is by hash and size */
async function receive(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
  path: string,
  maxSize: number,
): Promise<{ hash: string; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
  try {
    for await (const piece of unbroken(source)) {
      size += piece.length;
      if (size > maxSize) throw new Refused(FILES.fileTooLarge);
      hash.update(piece);
      await writeAll(handle, piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return { hash: hash.digest('hex'), size };
}

/** One write may take only a part of it. */
async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let written = 0; written < piece.length; ) {
    written += (await handle.write(piece, written)).bytesWritten;
  }
}

/** @throws {Refused} fileBroken where the source fails; not for what its reader does */
async function* unbroken(
  source: ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* source as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw error instanceof Refused ? error : new Refused(FILES.fileBroken);
  }
}

function ifAbsent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

const names = async (dir: string): Promise<string[]> => (await readdir(dir).catch(ifAbsent)) ?? [];

/** So that the new name, too, outlives a power cut; Windows does not open folders. */
async function syncFolder(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Runs what it is given one after the other. */
function queue(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    last = next.catch(() => undefined);
    return next;
  };
}
